"""Acronyms where a text introduces them: "The European Steel Association (ESA)"."""

import re

from standpoint.mentions.name_search import NameHit
from standpoint.mentions.sentence_view import SentenceView
from standpoint.text import key_of

_ACRONYM = r"[A-Z][A-Za-z&.-]{0,8}[A-Z]\.?"
_BEHIND = re.compile(
    r"\s*[(\[,]\s*[\"“'‘]?(?:(?:the|or|hereafter|known as|called)\s+)*"
    rf"[\"“'‘]?({_ACRONYM})[\"”'’]?\s*[)\],;]"
)
_BEFORE = re.compile(rf"(?<![\w&.])({_ACRONYM})\s*[(\[,]\s*(?:the\s+)?[\"“'‘]?(?:the\s+)?$")
_CLOSING = re.compile(r"[\"”'’]?\s*[)\],]")
MIN_LETTERS = 2


def acronym_beside(view: SentenceView, hit: NameHit) -> str | None:
    """The acronym that stands for a name, in brackets behind it or before it."""
    text = view.sentence.text
    start, end = view.words[hit.first].start, view.words[hit.past - 1].end
    behind = _BEHIND.match(text, end)
    before = _BEFORE.search(text, max(0, start - 20), start) if _CLOSING.match(text, end) else None
    match = behind or before
    if match is None:
        return None
    acronym = match.group(1).replace(".", "")
    name = [view.keys[at] for at in range(hit.first, hit.past)]
    return acronym if _fits(acronym, name) else None


def _fits(acronym: str, name: list[str]) -> bool:
    """Whether the capitals of an acronym are letters of a name, in order, each word's first among
    them: it begins as the name does, or as its second word.
    """
    letters = [key_of(letter) for letter in acronym if letter.isupper()]
    if len(letters) < MIN_LETTERS or letters[0] not in {word[0] for word in name[:2]}:
        return False
    remaining = iter("".join(name))
    return all(letter in remaining for letter in letters)
