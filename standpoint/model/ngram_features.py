"""What a model reads of a pair as n-grams: the sentence with its roles marked, and near them."""

import re
from collections.abc import Iterator

from standpoint.model.feature_config import NgramFeatures
from standpoint.model.pairs import PairText

HOLDER_MARK = "⟦h⟧"
TARGET_MARK = "⟦t⟧"
_WORDS = re.compile(r"[^\W_]+")


def ngrams_of(pair: PairText, *, settings: NgramFeatures) -> list[str]:
    """Every n-gram of a pair, with its family before a colon.

    Roles are marked by signs that are no words, so that no real word is taken for a mark.
    """
    marked = mark(pair)
    tokens = re.findall(r"⟦[ht]⟧|[^\W_]+|[!?\"“”]", marked.casefold())
    found = [f"w:{gram}" for gram in _grams(tokens, *settings.words, joint=" ")]
    found += [f"c:{gram}" for gram in _char_grams(marked, settings)]
    for role in (HOLDER_MARK, TARGET_MARK):
        found += [f"{role}:{gram}" for gram in _window(tokens, role, settings.window)]
    found += _span_words(tokens)
    if pair.target is None and pair.topic:
        found += [f"{TARGET_MARK}:={word}" for word in _WORDS.findall(pair.topic.casefold())]
    if pair.holder is None and pair.holder_name:
        found += [f"{HOLDER_MARK}:={word}" for word in _WORDS.findall(pair.holder_name.casefold())]
    return found


def _char_grams(marked: str, settings: NgramFeatures) -> Iterator[str]:
    """Stretches of characters: of the whole text, or of each word with a space on either side."""
    if not settings.within_words:
        yield from _slices(re.sub(r"\s+", " ", marked.casefold()), *settings.chars)
        return
    for word in marked.casefold().split():
        yield from _slices(f" {word} ", *settings.chars)


def _slices(text: str, low: int, high: int) -> Iterator[str]:
    for n in range(low, high + 1):
        for start in range(len(text) - n + 1):
            yield text[start : start + n]


def in_words(term: str) -> str:
    """A term as people read it.

    >>> in_words("w:⟦h⟧ backs"), in_words("c:eje"), in_words("b⟦h⟧:rejects")
    ('[holder] backs', '…eje…', 'rejects (between holder and target)')
    >>> in_words("⟦t⟧:<no"), in_words("⟦h⟧:>said"), in_words("⟦t⟧:=dam")
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
    how = {"<": "before", ">": "after", "=": "names"}[gram[0]]
    return f"{shown[1:]} ({how} the {role})"


def mark(pair: PairText) -> str:
    """The sentence with each role's words between two of its marks."""
    marks = [
        (span, sign)
        for span, sign in ((pair.holder, HOLDER_MARK), (pair.target, TARGET_MARK))
        if span is not None
    ]
    text = pair.text
    for span, sign in sorted(marks, reverse=True):
        text = f"{text[: span.start]} {sign} {span.of(pair.text)} {sign} {text[span.end :]}"
    return text


def _grams(tokens: list[str], low: int, high: int, *, joint: str) -> Iterator[str]:
    for n in range(low, high + 1):
        for start in range(len(tokens) - n + 1):
            yield joint.join(tokens[start : start + n])


def _window(tokens: list[str], role: str, width: int) -> Iterator[str]:
    places = [n for n, token in enumerate(tokens) if token == role]
    if len(places) < 2 or not width:
        return
    yield from (f"<{token}" for token in tokens[max(0, places[0] - width) : places[0]])
    yield from (f">{token}" for token in tokens[places[1] + 1 : places[1] + 1 + width])


def _span_words(tokens: list[str]) -> Iterator[str]:
    """The words between the two roles, with the order in which the roles stand."""
    places = [(n, token) for n, token in enumerate(tokens) if token in (HOLDER_MARK, TARGET_MARK)]
    if len(places) != 4:
        return
    (_, first), (start, _), (end, _), _ = places
    for token in tokens[start + 1 : end]:
        yield f"b{first}:{token}"
