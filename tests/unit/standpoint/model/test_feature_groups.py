"""Which group each column of a pair's features belongs to."""

import numpy as np
import pytest

from standpoint.model.feature_config import EncoderFeatures
from standpoint.model.pairs import PairText
from standpoint.model.polarity_features import polarity_features
from standpoint.model.span_features import (
    column_groups,
    feature_groups,
    feature_vector,
    texts_to_encode,
)
from standpoint.model.syntax_features import syntax_features
from standpoint.text.article import Span

PAIR = PairText("Kovac backed the dam.", Span(0, 5), Span(17, 20))
LAYERS = (1, 3)
PLAIN = {"holder": False, "between": False, "windows": (), "products": False, "signs": False}
EVERYTHING = {
    "holder": True, "between": True, "windows": (1, 3), "products": True, "signs": True,
    "differences": True, "cosines": True, "maxima": True, "names": True, "decays": (2.0, 8.0),
    "leanings": True,
}  # fmt: skip
SETTINGS = [
    pytest.param({}, id="the least"),
    pytest.param({"target": False}, id="no target"),
    pytest.param({"holder": True, "windows": (2,)}, id="windows of both roles"),
    pytest.param({"windows": (2,)}, id="windows of the target"),
    pytest.param({"cosines": True, "signs": True}, id="columns that do not grow with the width"),
    pytest.param({"maxima": True, "differences": True}, id="maxima between"),
    pytest.param({"names": True, "products": True}, id="names and products"),
    pytest.param({"decays": (8.0,), "leanings": True}, id="decays and leanings"),
    pytest.param(EVERYTHING, id="everything"),
    pytest.param({**EVERYTHING, "target": False}, id="everything but the target"),
]


def features(changes):
    return EncoderFeatures(layers=LAYERS, **{**PLAIN, **changes})


def read(letters, pair, settings):
    names = {w: letters.encode(w, layers=LAYERS) for w in texts_to_encode(pair, settings=settings)}
    return letters.encode(pair.text, layers=LAYERS), names


@pytest.mark.parametrize("changes", SETTINGS)
def test_every_column_has_the_group_of_the_part_it_is_of(letters, changes):
    settings = features(changes)
    reading, names = read(letters, PAIR, settings)
    vector = feature_vector(reading, PAIR, settings=settings, texts=names)
    parts = list(feature_groups(reading, PAIR, settings=settings, texts=names))
    assert column_groups(settings, n_columns=len(vector)) == [
        group for group, part in parts for _ in range(part.size)
    ]


@pytest.mark.parametrize("changes", SETTINGS)
@pytest.mark.parametrize(
    "pair",
    [
        PairText("Rain fell.", None, None),
        PairText("Rain fell.", None, None, topic="the dam", holder_name="Kovac"),
        PairText("The dam fell on Kovac.", Span(16, 21), Span(4, 7)),
        PairText("Rain", None, Span(0, 4)),
    ],
    ids=["no roles", "roles that are not in the text", "the target first", "one word"],
)
def test_every_pair_has_the_same_columns(letters, changes, pair):
    settings = features(changes)
    one, other = (
        feature_vector(reading, given, settings=settings, texts=names)
        for given in (PAIR, pair)
        for reading, names in [read(letters, given, settings)]
    )
    assert one.shape == other.shape


def test_the_columns_of_a_group_are_what_its_name_says(letters):
    settings = features({**EVERYTHING, "products": False, "differences": False, "cosines": False})
    reading, names = read(letters, PAIR, settings)
    vector = feature_vector(reading, PAIR, settings=settings, texts=names)
    groups = np.array(column_groups(settings, n_columns=len(vector)))
    alone = [names[words].mean() for words in ("Kovac", "dam")]
    roles = (PAIR.target, PAIR.holder)
    expected = {
        "sentence": [reading.mean(), reading.max()],
        "target": [reading.span_mean(PAIR.target)],
        "holder": [reading.span_mean(PAIR.holder)],
        "names": alone,
        "decays": [reading.decayed_mean(r, decay=d) for r in roles for d in settings.decays],
        "between": [reading.span_mean(Span(5, 17))],
        "signs": [np.array(list(syntax_features(PAIR)), dtype=np.float32)],
        "leanings": [polarity_features(PAIR)],
    }
    for group, parts in expected.items():
        assert np.array_equal(vector[groups == group], np.concatenate([p.ravel() for p in parts]))
    n_windows = len(roles) * len(settings.windows) * 2
    assert (groups == "windows").sum() == n_windows * reading.mean().size
    assert set(groups) == {*expected, "windows"}


@pytest.mark.parametrize("width", [1, 2, 5])
def test_the_groups_follow_the_width_of_the_encoder(letters, width):
    letters.width = width
    settings = features({"signs": True, "cosines": True})
    reading, names = read(letters, PAIR, settings)
    n_columns = len(feature_vector(reading, PAIR, settings=settings, texts=names))
    groups = column_groups(settings, n_columns=n_columns)
    assert groups.count("sentence") == width * len(LAYERS)
    assert groups.count("target") == width * len(LAYERS) + len(LAYERS)
