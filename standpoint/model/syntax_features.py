"""25 hand-crafted syntactic features of a pair in [0, 1]."""

import re
from collections.abc import Sequence

from standpoint.lexicon.function_words import BEFORE_ADDRESSEE, CONDITIONALS, NEGATIONS
from standpoint.lexicon.verbs import ACTING, JUDGING, SPEAKING, URGING
from standpoint.model.pairs import PairText, between
from standpoint.text import Span, Word, words_of

# Distances are divided by this and clipped to 1. Set by hand, as a very long sentence.
MAX_DISTANCE_CHARS = 300
_QUOTE_MARKS = re.compile('["“”]')


def syntax_features(pair: PairText) -> list[float]:
    """The features of a pair: all 0 or 1 but the distance.

    They are, in this order: whether the holder is the author; whether it stands before the target;
    their distance; whether target, holder or anything is in quotation marks; whether it is a
    question; negation, condition, speaking, urging, judging and acting between the roles; speaking,
    urging, judging and acting right after the holder; "by", a preposition and speaking right before
    it; whether it is possessive; negation, condition, judging and urging before the target.
    """
    words = words_of(pair.text)
    holder, target = pair.holder, pair.target
    inner = _keys(words, between(pair))
    after = next((w.key for w in words if holder and w.start >= holder.end), "")
    before = _last_key(words, holder)
    near = {_last_key(words, target, back=n) for n in (1, 2, 3)}
    between_roles = (NEGATIONS, CONDITIONALS, SPEAKING, URGING, JUDGING, ACTING)
    values = (
        holder is None,
        holder is not None and target is not None and holder.start < target.start,
        _distance(pair),
        _in_quotes(pair.text, target),
        _in_quotes(pair.text, holder),
        '"' in pair.text or "“" in pair.text,
        pair.text.rstrip(" \"'”").endswith("?"),
        *(not inner.isdisjoint(family) for family in between_roles),
        *(after in family for family in (SPEAKING, URGING, JUDGING, ACTING)),
        before == "by",
        before in BEFORE_ADDRESSEE,
        before in SPEAKING,
        any(word.possessive for word in words if holder and word.end == holder.end),
        *(not near.isdisjoint(family) for family in (NEGATIONS, CONDITIONALS, JUDGING, URGING)),
    )
    return list(map(float, values))


def _distance(pair: PairText) -> float:
    span = between(pair)
    return min(1.0, (span.end - span.start) / MAX_DISTANCE_CHARS) if span else 0.0


def _in_quotes(text: str, span: Span | None) -> bool:
    return span is not None and len(_QUOTE_MARKS.findall(text[: span.start])) % 2 == 1


def _keys(words: Sequence[Word], span: Span | None) -> set[str]:
    return {w.key for w in words if span and span.start <= w.start < span.end}


def _last_key(words: Sequence[Word], span: Span | None, *, back: int = 1) -> str:
    """The key of the word ``back`` words before a span, articles not counted."""
    before = [w.key for w in words if span and w.end <= span.start and w.key not in ("the", "a")]
    return before[-back] if len(before) >= back else ""
