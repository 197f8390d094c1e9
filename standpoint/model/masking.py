"""Names of actors replaced by stand-ins, so that no judgement rests on who is named.

A model that reads masked sentences gives the same answer whatever the actors are called: it cannot
have learned that one of them is always against.
"""

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
    """The mentions by name that lie in a stretch of an article, counted from its start."""
    return tuple(
        Name(mention.span.shift(-origin.start), kinds[mention.actor], mention.actor)
        for mention in mentions
        if mention.how not in ("title", "pronoun") and origin.contains(mention.span)
    )


def mask_names(pair: PairText) -> PairText:
    """The pair with a stand-in of its kind for each name, the first named getting the first.

    Of names that overlap, the first is replaced, and the longest of those that begin together.

    >>> pair = PairText("Iran snubbed Oslo.", Span(0, 4), Span(13, 17))
    >>> mask_names(replace(pair, names=(Name(Span(0, 4), "state", "iran"),))).text
    'Norway snubbed Oslo.'
    """
    if not pair.names:
        return pair
    moved = list(_moved(sorted(pair.names, key=lambda name: (name.span.start, -name.span.end))))
    pieces, at = [], 0
    for (span, _), stand_in in moved:
        pieces += [pair.text[at : span.start], stand_in]
        at = span.end
    text = "".join([*pieces, pair.text[at:]])
    spans = [spans for spans, _ in moved]
    return replace(
        pair, text=text, holder=_mapped(pair.holder, spans), target=_mapped(pair.target, spans),
        names=(),
    )  # fmt: skip


def _moved(names: Sequence[Name]) -> Iterator[tuple[Moved, str]]:
    """Each name's span, the span of its stand-in in the new text, and the stand-in."""
    given: dict[str, str] = {}
    counts: dict[tuple[str, ...], int] = {}
    shift = last = 0
    for name in names:
        if name.span.start < last:
            continue
        if name.who not in given:
            of_kind = STAND_INS[name.kind]
            given[name.who] = of_kind[counts.get(of_kind, 0) % len(of_kind)]
            counts[of_kind] = counts.get(of_kind, 0) + 1
        stand_in = given[name.who]
        start = name.span.start + shift
        yield (name.span, Span(start, start + len(stand_in))), stand_in
        shift += len(stand_in) - (name.span.end - name.span.start)
        last = name.span.end


def _mapped(span: Span | None, moved: Sequence[Moved]) -> Span | None:
    if span is None:
        return None
    start = _place(span.start, moved, past=False)
    return Span(start, max(start + 1, _place(span.end, moved, past=True)))


def _place(offset: int, moved: Sequence[Moved], *, past: bool) -> int:
    """Where an offset lies in the new text; within a name it goes to the stand-in's edge."""
    shift = 0
    for old, new in moved:
        if offset >= old.end:
            shift = new.end - old.end
        elif offset > old.start:
            return new.end if past else new.start
        else:
            break
    return offset + shift
