"""Whether the capitals of a text fit those of a name."""

from collections.abc import Sequence

from standpoint.lexicon.bodies import BODY_NOUNS, LOWERCASE_HEADS, SIDE_NOUNS
from standpoint.lexicon.countries import country_words
from standpoint.lexicon.holder_words import TROOPS
from standpoint.text import key_of

# A longer word in capitals is a name that a codebook prints so, and not an acronym.
MAX_ACRONYM_CHARS = 5
# In a sentence all in capitals, "US" may be "us": such short acronyms need their dots there.
MAX_AMBIGUOUS_CHARS = 3
# Heads of the names of a state's bodies, which one country has one of each.
_NATIONAL_BODIES = BODY_NOUNS | LOWERCASE_HEADS | SIDE_NOUNS | TROOPS | {"police"}


def matches_case(written: Sequence[str], texts: Sequence[str], *, shouted: bool) -> bool:
    """Whether each word of a text has the capitals that the same word of a name has.

    Parameters
    ----------
    written : the words of the name
    texts : the words of the text
    shouted : whether the sentence is all in capitals
    """
    return all(
        _word_matches(pattern, text, shouted=shouted)
        for pattern, text in zip(written, texts, strict=True)
    )


def _word_matches(pattern: str, text: str, *, shouted: bool) -> bool:
    letters = pattern.replace(".", "")
    if letters.isupper() and 1 < len(letters) <= MAX_ACRONYM_CHARS:
        ambiguous = shouted and len(letters) <= MAX_AMBIGUOUS_CHARS and "." not in text
        return _is_acronym(text.replace(".", ""), letters) and not ambiguous
    return not pattern[0].isupper() or text[0].isupper()


def _is_acronym(text: str, letters: str) -> bool:
    """Whether a word is an acronym, if one with small letters inside: "MbS" for "MBS"."""
    is_outer = len(text) > 2 and text[0].isupper() and text[-1].isupper()
    return text == letters or (is_outer and text.upper() == letters)


def is_national_body(written: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether a state's body is printed in small letters behind its state: "the Syrian army"."""
    is_national = key_of(written[0]) in country_words() and texts[0][0].isupper()
    return (
        is_national and key_of(texts[-1]) in _NATIONAL_BODIES and all(map(str.islower, texts[1:]))
    )


def is_lowercase_body(written: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether a body's name is printed in small letters ("consumers' federation")."""
    return key_of(texts[-1]) in BODY_NOUNS and all(
        text.islower() or _word_matches(pattern, text, shouted=False)
        for pattern, text in zip(written, texts, strict=True)
    )
