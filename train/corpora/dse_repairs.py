"""Corrected spans of DSE: many begin or end inside a word or include punctuation."""

import re
from collections.abc import Sequence

from standpoint.text import Span

_QUOTES = "'’‘\"“”"
_LEADING = re.compile(rf"(?:[\s,;:.—–\-()/{_QUOTES}]|(?<=['’])s\s)+")
_TRAILING = re.compile(rf"[\s,;:—–\-(/{_QUOTES}]+$")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?$")
_NO_NAME = re.compile(r"\W*|['’](?:d|ll|m|re|s|ve)")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD_BEFORE = re.compile(r"\w+$")


def repaired(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans corrected to whole names.

    The owners stripped every ``s`` and ``'`` from the ends of a name, so that ``Los Angeles``
    became ``[Los Angele]s``, ``Congress`` ``[Congre]ss``, ``secret`` ``s[ecret]`` and ``Kratz’s``
    ``[Kratz’]s``. Hence:

    - a span that ends inside a word takes in the lower-case letters that follow;
    - one that begins inside a word with a lower-case letter takes in the word's beginning, or
      leaves the rest of the word out where that is a lone ``s`` (``group[s Facebook]``);
    - quotation marks, commas, dashes, white space and possessive endings are left out at both ends;
    - a span without a name (``the nation[’]s``) becomes the word that it touches on its left, and
      is not changed where there is none;
    - two spans that would overlap are not changed.

    >>> text = "Los Angeles met Kratz’s"
    >>> [span.of(text) for span in repaired(text, [Span(0, 10), Span(16, 22)])]
    ['Los Angeles', 'Kratz']
    """
    corrected = tuple(_corrected(text, span) for span in spans)
    if any(a.overlaps(b) for n, a in enumerate(corrected) for b in corrected[:n]):
        return tuple(spans)
    return corrected


def _corrected(text: str, span: Span) -> Span:
    if _NO_NAME.fullmatch(span.of(text)):
        word = _WORD_BEFORE.search(text[: span.start])
        return Span(*word.span()) if word else span
    start, end = _start(text, span), _end(text, span)
    return Span(start, end) if start < end else span


def _end(text: str, span: Span) -> int:
    """The end of the name: of its last word, before a possessive ending and punctuation."""
    end = span.end
    more = _LETTERS.match(text, end) if text[end - 1].isalpha() else None
    if more:
        end += next((n for n, x in enumerate(more.group()) if x.isupper()), len(more.group()))
    name = text[span.start : end]
    while (shorter := _POSSESSIVE.sub("", _TRAILING.sub("", name))) != name:
        name = shorter
    return span.start + len(name)


def _start(text: str, span: Span) -> int:
    """The start of the name: of its first word, after punctuation and a lone ``s``."""
    name = span.of(text)
    before = _WORD_BEFORE.search(text[: span.start]) if name[0].islower() else None
    if before:
        lone = re.match(r"s\s+(?=\S)", name)
        return span.start + lone.end() if lone else before.start()
    leading = _LEADING.match(name)
    return span.start + leading.end() if leading else span.start
