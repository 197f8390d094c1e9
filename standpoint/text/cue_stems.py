"""Stems by which the cues of issues are matched, the same for British and American spelling."""

import re
from functools import cache, lru_cache

from standpoint.lexicon.matching.word_forms import (
    AMERICAN_WORDS,
    IRREGULAR_PLURALS,
    SPELLING_RULES,
    UNRELATED_TO_STEM,
)
from standpoint.text.tokens import stem_of

# Shorter words that end like British ones are others: "hour", "four", "wise", "tre".
MIN_RESPELLED_CHARS = 5
# Snowball cuts "-ize" off: "privatize" has the stem of "private".
_IZE = re.compile(r"(.{3,}iz)(?:e|es|ed|ing|ation|ations|er|ers)$")
_RULES = tuple((re.compile(pattern), american) for pattern, american in SPELLING_RULES)


# As many as there are stems: see `standpoint.text.tokens.stem_of`.
@lru_cache(maxsize=50_000)
def american_key(key: str) -> str:
    """The key of a word in American spelling; of other words a key that is the same on both sides.

    >>> american_key("labour"), american_key("organisation"), american_key("centre")
    ('labor', 'organization', 'center')
    """
    if len(key) < MIN_RESPELLED_CHARS:
        return AMERICAN_WORDS.get(key, key)
    if key in AMERICAN_WORDS:
        return AMERICAN_WORDS[key]
    for pattern, american in _RULES:
        key = pattern.sub(american, key)
    return key


@lru_cache(maxsize=50_000)
def cue_stem(key: str) -> str:
    """The stem of a word of a cue, the same for British and American spelling.

    Words that the Snowball stemmer confuses with others keep a stem of their own, and so do verbs
    in -ize and their nouns.

    >>> cue_stem("labour") == cue_stem("labor"), cue_stem("tariffs") == cue_stem("tariff")
    (True, True)
    >>> cue_stem("important") == cue_stem("imports"), cue_stem("privatise") == cue_stem("private")
    (False, False)
    """
    if key in _own_stems():
        return _own_stems()[key]
    american = american_key(key)
    if verb := _IZE.match(american):
        return f"{verb.group(1)}_"
    return stem_of(IRREGULAR_PLURALS.get(american, american))


@cache
def _own_stems() -> dict[str, str]:
    """Words that are unrelated to their Snowball stem, each to the first word of its line."""
    lines = (line.split() for line in UNRELATED_TO_STEM.strip().splitlines())
    return {form: f"{forms[0]}_" for forms in lines for form in forms}
