"""Attribution: the source, cue and content of quotations, indirect speech and turns."""

from standpoint.attribution.eligibility import grade_mention
from standpoint.attribution.extraction import find_attributions
from standpoint.attribution.frames import Attribution, Source
from standpoint.attribution.mention_places import Eligibility
from standpoint.attribution.transcripts import find_turns

__all__ = [
    "Attribution",
    "Eligibility",
    "Source",
    "find_attributions",
    "find_turns",
    "grade_mention",
]
