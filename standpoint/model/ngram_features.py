"""N-gram features of a pair: the sentence with its roles marked, and the words at the roles."""

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from standpoint.model.feature_config import NgramFeatures
from standpoint.model.pairs import PairText

# Brackets that occur in no text, so that no real word is taken for a mark.
HOLDER_MARK = "⟦h⟧"
TARGET_MARK = "⟦t⟧"
_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"⟦[ht]⟧|[^\W_]+|[!?\"“”]")
Units = TypeVar("Units", str, list[str])


def ngrams_of(pair: PairText, *, settings: NgramFeatures) -> list[str]:
    """Every n-gram of a pair, as ``FAMILY:NGRAM``.

    The families are ``w`` (words), ``c`` (characters), a role's mark (words before it ``<``, after
    it ``>``, or that name it ``=``) and ``b`` with a mark (words between the roles).
    """
    marked = mark_roles(pair).casefold()
    tokens = _TOKEN.findall(marked)
    terms = [f"w:{' '.join(gram)}" for gram in _ngrams(tokens, *settings.words)]
    # Character n-grams of each word with a space on either side, or of the whole text.
    words = [f" {word} " for word in marked.split()]
    texts = words if settings.within_words else [re.sub(r"\s+", " ", marked)]
    terms += [f"c:{gram}" for text in texts for gram in _ngrams(text, *settings.chars)]
    for role in (HOLDER_MARK, TARGET_MARK):
        terms += [f"{role}:{gram}" for gram in _window(tokens, role, settings.window)]
    terms += _words_between(tokens)
    if pair.target is None and pair.topic:
        terms += [f"{TARGET_MARK}:={word}" for word in _WORD.findall(pair.topic.casefold())]
    if pair.holder is None and pair.holder_name:
        terms += [f"{HOLDER_MARK}:={word}" for word in _WORD.findall(pair.holder_name.casefold())]
    return terms


def _ngrams(units: Units, low: int, high: int) -> Iterator[Units]:
    """Every run of ``low`` to ``high`` characters or tokens."""
    for n in range(low, high + 1):
        for start in range(len(units) - n + 1):
            yield units[start : start + n]


def readable_ngram(term: str) -> str:
    """An n-gram in words, for explanations.

    >>> readable_ngram("w:⟦h⟧ backs"), readable_ngram("c:eje"), readable_ngram("b⟦h⟧:rejects")
    ('[holder] backs', '…eje…', 'rejects (between holder and target)')
    >>> readable_ngram("⟦t⟧:<no"), readable_ngram("⟦h⟧:>said"), readable_ngram("⟦t⟧:=dam")
    ('no (before the target)', 'said (after the holder)', 'dam (names the target)')
    """
    family, _, gram = term.partition(":")
    shown = gram.replace(HOLDER_MARK, "[holder]").replace(TARGET_MARK, "[target]")
    if family == "w":
        return shown
    if family == "c":
        return f"…{shown}…"
    if family[0] == "b":
        order = "holder and target" if family[1:] == HOLDER_MARK else "target and holder"
        return f"{shown} (between {order})"
    role = "holder" if family == HOLDER_MARK else "target"
    relation = {"<": "before", ">": "after", "=": "names"}[gram[0]]
    return f"{shown[1:]} ({relation} the {role})"


def mark_roles(pair: PairText) -> str:
    """The sentence with each role's words between two of its marks."""
    roles = ((pair.holder, HOLDER_MARK), (pair.target, TARGET_MARK))
    text = pair.text
    for span, mark in sorted(((s, mark) for s, mark in roles if s is not None), reverse=True):
        text = f"{text[: span.start]} {mark} {span.of(pair.text)} {mark} {text[span.end :]}"
    return text


def _window(tokens: Sequence[str], role: str, width: int) -> Iterator[str]:
    """The words just before a role's first mark (``<``) and just after its second (``>``)."""
    marks = [n for n, token in enumerate(tokens) if token == role]
    if len(marks) < 2 or not width:
        return
    yield from (f"<{token}" for token in tokens[max(0, marks[0] - width) : marks[0]])
    yield from (f">{token}" for token in tokens[marks[1] + 1 : marks[1] + 1 + width])


def _words_between(tokens: Sequence[str]) -> Iterator[str]:
    """The words between the two roles; the family says which role comes first."""
    marks = [(n, token) for n, token in enumerate(tokens) if token in (HOLDER_MARK, TARGET_MARK)]
    if len(marks) != 4:
        return
    (_, first), (start, _), (end, _), _ = marks
    for token in tokens[start + 1 : end]:
        yield f"b{first}:{token}"
