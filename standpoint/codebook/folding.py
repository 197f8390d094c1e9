"""Folded forms of names and cues: equal forms match the same text."""

from collections.abc import Sequence

from standpoint.text import cue_stem, phrase_words


def fold_name(name: str) -> str:
    """The form in which two names are equal: their words without case, dots, accents or "the".

    >>> fold_name("The  Kremlin") == fold_name("kremlin")
    True
    """
    return _without_article([word.key for word in phrase_words(name)])


def fold_cue(cue: str) -> str:
    """The form in which two cues are equal: the stems of their words.

    >>> fold_cue("inviting Iran") == fold_cue("Invite Iran")
    True
    """
    return _without_article([cue_stem(word.key) for word in phrase_words(cue)])


def _without_article(keys: Sequence[str]) -> str:
    return " ".join(keys[1:] if keys[:1] == ["the"] and len(keys) > 1 else keys)
