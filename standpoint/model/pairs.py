"""The unit of prediction: a sentence with its holder and its target."""

import re
from dataclasses import dataclass

from standpoint.codebook import Kind
from standpoint.errors import PairError
from standpoint.text import Span


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an actor in a sentence; ``who`` is the same for all names of one actor."""

    span: Span
    kind: Kind
    who: str


@dataclass(frozen=True, slots=True)
class PairText:
    """A sentence with the spans of its holder and its target: the unit of prediction.

    Attributes
    ----------
    holder : None where the holder is the author of the sentence, or is not named in it
    target : None where the target is no span of the sentence
    topic : the target in words, where it is no span
    holder_name : the holder in words, where it is no span
    names : all names of actors in the sentence, for models that read it masked
    """

    text: str
    holder: Span | None
    target: Span | None
    topic: str | None = None
    holder_name: str | None = None
    names: tuple[Name, ...] = ()


def check_pair(pair: PairText, *, where: str) -> PairText:
    """Refuse spans outside the text, and a holder that overlaps its target."""
    for role, span in (("holder", pair.holder), ("target", pair.target)):
        if span is not None and span.end > len(pair.text):
            raise PairError(
                f"{where}: {role} must lie within the {len(pair.text)} characters of its text, "
                f"got {span}."
            )
    if pair.holder and pair.target and pair.holder.overlaps(pair.target):
        raise PairError(
            f"{where}: holder and target must not overlap, got {pair.holder} and {pair.target}."
        )
    return pair


def pair_toward(
    text: str, *, holder: Span | None, target: Span | str | None, by_words: bool
) -> PairText:
    """A pair with its target as a span or as words, whichever the model was trained with.

    Parameters
    ----------
    target : a span of the text, or words, which are searched for in the text, ignoring case
    by_words : whether the model was trained with targets as words; then words are used even where
        they occur in the text

    >>> pair_toward("Up the dam!", holder=None, target="Dam", by_words=False).target
    Span(start=7, end=10)
    >>> pair_toward("Up the dam!", holder=None, target=Span(7, 10), by_words=True).topic
    'dam'
    """
    words = target.of(text) if isinstance(target, Span) else target
    if by_words:
        return PairText(text, holder, None, words)
    span = _find(text, target) if isinstance(target, str) else target
    return PairText(text, holder, span, words if span is None else None)


def _find(text: str, words: str) -> Span | None:
    match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)
    return Span(*match.span()) if match else None


def role_words(pair: PairText) -> tuple[str | None, str | None]:
    """The words of holder and target: of their span where there is one, else their own."""
    holder = pair.holder.of(pair.text) if pair.holder else pair.holder_name
    target = pair.target.of(pair.text) if pair.target else pair.topic
    return holder or None, target or None


def between(pair: PairText) -> Span | None:
    """The span between holder and target; None unless both are spans with text between them."""
    if pair.holder is None or pair.target is None:
        return None
    first, last = sorted((pair.holder, pair.target))
    return Span(first.end, last.start) if last.start > first.end else None
