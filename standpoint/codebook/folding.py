"""Folded forms of names and cues: equal forms match the same text."""

from collections.abc import Iterable

from standpoint.text import key_of, split_words, stem_of


def fold_name(name: str) -> str:
    """The form in which two names are equal: their words without case, dots, accents or "the".

    >>> fold_name("The  Kremlin") == fold_name("kremlin")
    True
    """
    return _without_article(map(key_of, split_words(name)))


def fold_cue(cue: str) -> str:
    """The form in which two cues are equal: the stems of their words.

    >>> fold_cue("inviting Iran") == fold_cue("Invite Iran")
    True
    """
    return _without_article(stem_of(key_of(word)) for word in split_words(cue))


def _without_article(keys: Iterable[str]) -> str:
    first, *others = [*keys] or [""]
    return " ".join(others if first == "the" and others else [first, *others])
