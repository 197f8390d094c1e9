"""The unit of prediction: a sentence with its holder and its target."""

import re
from dataclasses import dataclass

from standpoint.codebook import Kind
from standpoint.errors import PairError
from standpoint.text import Span


@dataclass(frozen=True, slots=True)
class Name:
    """Words of a sentence that name an actor: ``who`` tells the actors of a sentence apart."""

    span: Span
    kind: Kind
    who: str


@dataclass(frozen=True, slots=True)
class PairText:
    """A sentence with its roles marked: the unit of prediction.

    ``holder`` is None where the author of the sentence is the holder; ``target`` is None where the
    target is no span of the text, and ``topic`` then says it in words; so does ``holder_name`` of a
    holder who is not named in the text.
    ``names`` are all the names of actors in it, for models that read stand-ins in their place.
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
    """A pair as a model learned to read its target.

    Parameters
    ----------
    target : a span of the text, or words, which are looked for in the text in any case
    by_words : whether the model learned from targets that are no spans; it then reads the target's
        own words, also where they stand in the text

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
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)
    return Span(found.start(), found.end()) if found else None


def role_words(pair: PairText) -> tuple[str | None, str | None]:
    """The words of holder and target: those of the text where they stand in it, else their own."""
    holder = pair.holder.of(pair.text) if pair.holder else pair.holder_name
    target = pair.target.of(pair.text) if pair.target else pair.topic
    return holder or None, target or None


def between(pair: PairText) -> Span | None:
    """What stands between holder and target, if both are in the text and apart."""
    if pair.holder is None or pair.target is None:
        return None
    first, last = sorted((pair.holder, pair.target))
    return Span(first.end, last.start) if last.start > first.end else None
