"""25 hand-crafted syntactic features of a pair in [0, 1], in the order of `SYNTAX_FEATURES`."""

import re
from collections.abc import Iterator, Sequence

from standpoint.lexicon.function_words import BEFORE_ADDRESSEE, CONDITIONALS, NEGATIONS
from standpoint.lexicon.verbs import ACTING, JUDGING, SPEAKING, URGING
from standpoint.model.pairs import PairText, between
from standpoint.text import Span, Word, words_of

SYNTAX_FEATURES = (
    "holder is the author",
    "holder before target",
    "distance of holder and target",
    "target in quotation marks",
    "holder in quotation marks",
    "quotation mark in the sentence",
    "question",
    *(f"{f} between" for f in ("negation", "condition", "speaking", "urging", "judging", "acting")),
    *(f"{f} after the holder" for f in ("speaking", "urging", "judging", "acting")),
    *(f"{f} before the holder" for f in ("by", "preposition", "speaking")),
    "holder is possessive",
    *(f"{f} before the target" for f in ("negation", "condition", "judging", "urging")),
)
N_SYNTAX_FEATURES = len(SYNTAX_FEATURES)
# Distances are divided by this and clipped to 1. Set by hand, as a very long sentence.
MAX_DISTANCE_CHARS = 300
_QUOTE_MARKS = re.compile('["“”]')


def syntax_features(pair: PairText) -> Iterator[float]:
    """The values of `SYNTAX_FEATURES` for a pair: all 0 or 1 but the distance."""
    words = words_of(pair.text)
    holder, target = pair.holder, pair.target
    yield float(holder is None)
    yield float(holder is not None and target is not None and holder.start < target.start)
    yield _distance(pair)
    yield float(target is not None and _in_quotes(pair.text, target))
    yield float(holder is not None and _in_quotes(pair.text, holder))
    yield float('"' in pair.text or "“" in pair.text)
    yield float(pair.text.rstrip(" \"'”").endswith("?"))
    inner = _keys(words, between(pair))
    for family in (NEGATIONS, CONDITIONALS, SPEAKING, URGING, JUDGING, ACTING):
        yield float(bool(inner & family))
    after = _next_key(words, holder)
    before = _last_key(words, holder)
    for family in (SPEAKING, URGING, JUDGING, ACTING):
        yield float(after in family)
    yield float(before == "by")
    yield float(before in BEFORE_ADDRESSEE)
    yield float(before in SPEAKING)
    yield float(_is_possessive(words, holder))
    near = {_last_key(words, target, back=n) for n in (1, 2, 3)}
    for family in (NEGATIONS, CONDITIONALS, JUDGING, URGING):
        yield float(bool(near & family))


def _distance(pair: PairText) -> float:
    span = between(pair)
    return min(1.0, (span.end - span.start) / MAX_DISTANCE_CHARS) if span else 0.0


def _in_quotes(text: str, span: Span) -> bool:
    return len(_QUOTE_MARKS.findall(text[: span.start])) % 2 == 1


def _keys(words: Sequence[Word], span: Span | None) -> set[str]:
    return {w.key for w in words if span and span.start <= w.start < span.end}


def _next_key(words: Sequence[Word], span: Span | None) -> str:
    return next((w.key for w in words if span and w.start >= span.end), "")


def _last_key(words: Sequence[Word], span: Span | None, *, back: int = 1) -> str:
    """The key of the word ``back`` words before a span, articles not counted."""
    before = [w.key for w in words if span and w.end <= span.start and w.key not in ("the", "a")]
    return before[-back] if len(before) >= back else ""


def _is_possessive(words: Sequence[Word], span: Span | None) -> bool:
    return any(w.possessive for w in words if span and w.end == span.end)
