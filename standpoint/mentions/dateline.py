"""Datelines: where and when a story was filed."""

import re
from collections.abc import Sequence

from standpoint.text import Word

# "GENEVA, Feb 18 - ", "PARIS (AP) — ": the place where a story was filed holds no stance.
DATELINE = re.compile(r"[A-Z][A-Z .'/]{2,40}(?:,[^-–—\n]{1,25})?(?: ?\([\w. ]+\))? ?(?:--|[-–—]) ")


def words_in_dateline(text: str, words: Sequence[Word]) -> int:
    """The number of words in a sentence's dateline; 0 if it has none."""
    dateline = DATELINE.match(text)
    return sum(word.start < dateline.end() for word in words) if dateline else 0
