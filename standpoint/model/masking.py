"""Masking: names of actors are replaced by placeholders, so that no prediction depends on them.

A model that reads masked sentences gives the same answer whatever the actors are called: it cannot
have learned that one of them is always against (docs/decisions/0006).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from standpoint.codebook import Kind
from standpoint.lexicon.stand_ins import STAND_INS
from standpoint.mentions import ActorMention
from standpoint.model.pairs import Name, PairText
from standpoint.text import Span

Moved = tuple[Span, Span]


def names_among(
    mentions: Iterable[ActorMention], *, kinds: Mapping[str, Kind], origin: Span
) -> tuple[Name, ...]:
    """The mentions by name within a span of an article, with offsets from the span's start."""
    return tuple(
        Name(mention.span.shift(-origin.start), kinds[mention.actor], mention.actor)
        for mention in mentions
        if mention.how not in ("title", "pronoun") and origin.contains(mention.span)
    )


def mask_names(pair: PairText) -> PairText:
    """The pair with a placeholder of its kind for each name; the first actor gets the first one.

    Of names that overlap, the first is replaced, and the longest of those that begin together.

    >>> pair = PairText("Iran snubbed Oslo.", Span(0, 4), Span(13, 17))
    >>> mask_names(replace(pair, names=(Name(Span(0, 4), "state", "iran"),))).text
    'Norway snubbed Oslo.'
    """
    if not pair.names:
        return pair
    names = sorted(pair.names, key=lambda name: (name.span.start, -name.span.end))
    replacements = list(_replacements(names))
    pieces, end = [], 0
    for (span, _), placeholder in replacements:
        pieces += [pair.text[end : span.start], placeholder]
        end = span.end
    moved = [spans for spans, _ in replacements]
    return replace(
        pair,
        text="".join([*pieces, pair.text[end:]]),
        holder=_map_span(pair.holder, moved),
        target=_map_span(pair.target, moved),
        names=(),
    )


def _replacements(names: Sequence[Name]) -> Iterator[tuple[Moved, str]]:
    """Each name's span, the span of its placeholder in the masked text, and the placeholder."""
    placeholders: dict[str, str] = {}
    n_used: Counter[tuple[str, ...]] = Counter()
    shift = last = 0
    for name in names:
        if name.span.start < last:
            continue
        if name.who not in placeholders:
            of_kind = STAND_INS[name.kind]
            placeholders[name.who] = of_kind[n_used[of_kind] % len(of_kind)]
            n_used[of_kind] += 1
        placeholder = placeholders[name.who]
        start = name.span.start + shift
        yield (name.span, Span(start, start + len(placeholder))), placeholder
        shift += len(placeholder) - (name.span.end - name.span.start)
        last = name.span.end


def _map_span(span: Span | None, moved: Sequence[Moved]) -> Span | None:
    if span is None:
        return None
    start = _map_offset(span.start, moved, is_end=False)
    return Span(start, max(start + 1, _map_offset(span.end, moved, is_end=True)))


def _map_offset(offset: int, moved: Sequence[Moved], *, is_end: bool) -> int:
    """An offset in the masked text; one inside a name becomes an edge of its placeholder."""
    shift = 0
    for old, new in moved:
        if offset >= old.end:
            shift = new.end - old.end
        elif offset > old.start:
            return new.end if is_end else new.start
        else:
            break
    return offset + shift
