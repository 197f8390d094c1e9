"""Attribution: the source, cue and content of quotations, indirect speech and turns."""

from standpoint.attribution.clause import Source
from standpoint.attribution.extraction import Attribution, find_attributions

__all__ = [
    "Attribution",
    "Source",
    "find_attributions",
]
