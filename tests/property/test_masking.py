"""What a masked sentence must never tell: how the actors in it are called."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standpoint.lexicon.stand_ins import STAND_INS
from standpoint.model.masking import mask_names
from standpoint.model.pairs import Name, PairText
from standpoint.text.article import Span

# Slow machines are no fault of what is tested.
USUAL = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
KINDS = {
    "a": "person",
    "b": "person",
    "c": "state",
    "d": "state",
    "e": "organisation",
    "f": "group",
}
ACTORS = sorted(KINDS)
# A sentence is words between names: ("said ", None), or ("", actor).
PIECES = st.lists(
    st.one_of(
        st.tuples(st.text(max_size=6), st.none()), st.tuples(st.just(""), st.sampled_from(ACTORS))
    ),
    min_size=1,
    max_size=10,
)
CALLED = st.fixed_dictionaries({actor: st.text(min_size=1, max_size=9) for actor in ACTORS})
ROLES = st.none() | st.tuples(st.integers(0, 9), st.integers(0, 9))


def written(pieces, called):
    """The text, where each piece of it stands, and its names."""
    texts = [words if actor is None else called[actor] for words, actor in pieces]
    ends = [sum(map(len, texts[: n + 1])) for n in range(len(texts))]
    places = [(end - len(text), end) for text, end in zip(texts, ends, strict=True)]
    names = tuple(
        Name(Span(*place), KINDS[actor], actor)
        for place, (_, actor) in zip(places, pieces, strict=True)
        if actor is not None
    )
    return "".join(texts), places, names


def role(places, chosen):
    """The stretch from one piece to another; none where that is empty."""
    first, last = sorted(min(n, len(places) - 1) for n in chosen) if chosen else (0, 0)
    start, end = places[first][0], places[last][1]
    return Span(start, end) if chosen and start < end else None


def pair_of(pieces, called, holder, target):
    text, places, names = written(pieces, called)
    return PairText(text, role(places, holder), role(places, target), names=names)


@USUAL
@given(PIECES, CALLED, CALLED, ROLES, ROLES)
def test_whatever_the_actors_are_called_the_masked_pair_is_the_same(
    pieces, called, otherwise, holder, target
):
    one, other = (mask_names(pair_of(pieces, c, holder, target)) for c in (called, otherwise))
    assert replace(one, names=()) == replace(other, names=())


@USUAL
@given(PIECES, CALLED, ROLES)
def test_a_role_names_stand_ins_where_it_named_actors_and_else_the_same_words(
    pieces, called, holder
):
    given_pair = pair_of(pieces, called, holder, None)
    found = mask_names(given_pair)
    if given_pair.holder is None:
        assert found.holder is None
        return
    stand_ins = {}
    for actor in dict.fromkeys(actor for _, actor in pieces if actor):
        of_kind = STAND_INS[KINDS[actor]]
        taken = set(stand_ins.values())
        stand_ins[actor] = next(name for name in of_kind if name not in taken)
    text, places, _ = written(pieces, stand_ins)
    assert found.text == text
    assert found.holder == role(places, holder)


@USUAL
@given(PIECES, CALLED, CALLED, st.data())
def test_a_part_of_a_name_as_a_role_does_not_tell_the_name(pieces, called, otherwise, data):
    places = [n for n, (_, actor) in enumerate(pieces) if actor is not None]
    if not places:
        return
    chosen = data.draw(st.sampled_from(places))
    found = []
    for names in (called, otherwise):
        text, spans, marked = written(pieces, names)
        start, end = spans[chosen]
        within = data.draw(st.integers(start, end - 1))
        part = Span(within, data.draw(st.integers(within + 1, end)))
        found.append(mask_names(PairText(text, None, part, names=marked)))
    assert found[0] == found[1]
