"""Attribution: the source, cue and content of quotations, indirect speech and turns."""

from standpoint.attribution.extraction import find_attributions
from standpoint.attribution.frames import Attribution, Source

__all__ = [
    "Attribution",
    "Source",
    "find_attributions",
]
