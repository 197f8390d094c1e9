"""What counts of leaning words must hold, for any roles in any text."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standpoint.model.pairs import PairText
from standpoint.model.polarity_features import (
    MAX_COUNT,
    N_COUNTS,
    N_POLARITY_FEATURES,
    N_ZONES,
    polarity_features,
)
from standpoint.text.article import Span

# Slow machines are no fault of what is tested.
USUAL = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PIECES = st.one_of(
    st.sampled_from(
        ["not ", "no longer ", "backs ", "opposes ", "in favour of ", "it ", "Kovac", "’s ", "n't "]
    ),
    st.text(max_size=4),
)
TEXTS = st.lists(PIECES, max_size=15).map("".join)


@st.composite
def spans(draw, text):
    """A span of a text, past its end at times, or none."""
    start = draw(st.integers(0, len(text)))
    return draw(st.none() | st.integers(1, len(text) + 2).map(lambda n: Span(start, start + n)))


@st.composite
def pairs(draw):
    text = draw(TEXTS)
    return PairText(text, draw(spans(text)), draw(spans(text)))


@USUAL
@given(pairs())
def test_counts_are_finite_in_bounds_and_as_many_as_promised(pair):
    found = polarity_features(pair)
    assert found.shape == (N_POLARITY_FEATURES,)
    assert np.isfinite(found).all()
    rows = found.reshape(3, N_ZONES, N_COUNTS + 2)
    assert ((rows[..., :N_COUNTS] >= 0) & (rows[..., :N_COUNTS] <= MAX_COUNT)).all()
    assert set(np.unique(rows[..., N_COUNTS:]).tolist()) <= {-1.0, 0.0, 1.0}


@USUAL
@given(pairs())
def test_the_sentence_counts_the_same_wherever_the_roles_stand(pair):
    alone = polarity_features(PairText(pair.text, None, None)).reshape(3, N_ZONES, -1)
    found = polarity_features(pair).reshape(3, N_ZONES, -1)
    assert found[0, -1].tolist() == alone[0, -1].tolist()


@USUAL
@given(pairs())
def test_no_zone_counts_more_than_the_sentence(pair):
    counts = polarity_features(pair).reshape(3, N_ZONES, -1)[0, :, :N_COUNTS]
    assert (counts <= counts[-1]).all()
