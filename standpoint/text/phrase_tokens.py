"""Words for matching phrases: besides the words of a text, its signs, and the words in its tags.

"AT&T" has the words of "AT and T", "50%" those of "50 percent", and "#NoCarbonTariff" the words
"No", "Carbon" and "Tariff".
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest

from standpoint.text.tokens import Word, key_of, words_of

# Signs that are read out as words.
_SIGN_WORDS = {"&": "and", "%": "percent", "§": "section"}
_MARKS = ("&", "%", "§", "#", "@", "per cent", "PER CENT", "Per cent")
_TAG = re.compile(r"(?<![\w.])([#@])(\w+)")
# The words of a tag in camel case: "NoCarbonTariff", "EUBan", "Brexit2019".
_TAG_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+|[^\W_]+")


@lru_cache(maxsize=2_000)  # as many as `words_of` keeps
def phrase_words(text: str) -> tuple[Word, ...]:
    """The words of a text for matching phrases, in order; mostly those of `words_of`.

    >>> [word.key for word in phrase_words("AT&T wants 50% #NoCarbonTariff")]
    ['at', 'and', 't', 'wants', '50', 'percent', 'no', 'carbon', 'tariff']
    """
    words = words_of(text)
    if not any(mark in text for mark in _MARKS):
        return words
    tags = [match.span() for match in _TAG.finditer(text)]
    outside = [word for word in words if not any(s <= word.start < e for s, e in tags)]
    extra = [*_sign_words(text), *_tag_words(text, {word.end: word for word in words})]
    return tuple(_with_percent(sorted([*outside, *extra], key=lambda word: word.start)))


def _sign_words(text: str) -> Iterator[Word]:
    for match in re.finditer(f"[{''.join(_SIGN_WORDS)}]", text):
        key = _SIGN_WORDS[match.group()]
        yield Word(match.start(), match.end(), key, possessive=False, joined=True, key=key)


def _tag_words(text: str, by_end: Mapping[int, Word]) -> Iterator[Word]:
    """The words of hashtags and handles; the last keeps what `words_of` says of what follows."""
    for tag in _TAG.finditer(text):
        parts = [
            Word(
                m.start(), m.end(), m.group(), possessive=False, joined=True, key=key_of(m.group())
            )
            for m in _TAG_WORD.finditer(text, tag.start(2), tag.end())
        ]
        if parts and (end := by_end.get(parts[-1].end)) is not None:
            parts[-1] = replace(parts[-1], possessive=end.possessive, joined=end.joined)
        yield from parts


def _with_percent(words: list[Word]) -> Iterator[Word]:
    """The words, with "per cent" as one."""
    skip = False
    for word, following in zip_longest(words, words[1:]):
        if skip:
            skip = False
            continue
        if word.key == "per" and following is not None and following.key == "cent":
            skip = True
            yield replace(following, start=word.start, text="percent", key="percent")
        else:
            yield word
