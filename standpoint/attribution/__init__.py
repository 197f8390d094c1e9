"""Attribution: the source, cue and content of quotations, indirect speech and turns."""

from standpoint.attribution.eligibility import grade_mention
from standpoint.attribution.extraction import find_attributions
from standpoint.attribution.frames import Attribution, Source
from standpoint.attribution.governed_mentions import is_set_apart
from standpoint.attribution.mention_places import Eligibility
from standpoint.attribution.nested import is_addressed, is_cited, is_plain_report, takes_side
from standpoint.attribution.voices import (
    Voice,
    VoicedSpan,
    find_voices,
    voice_attributions,
    voices_by_sentence,
    with_first_person,
)

__all__ = [
    "Attribution",
    "Eligibility",
    "Source",
    "Voice",
    "VoicedSpan",
    "find_attributions",
    "find_voices",
    "grade_mention",
    "is_addressed",
    "is_cited",
    "is_plain_report",
    "is_set_apart",
    "takes_side",
    "voice_attributions",
    "voices_by_sentence",
    "with_first_person",
]
