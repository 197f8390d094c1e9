import numpy as np
import pytest

from standpoint.labels import LABELS
from standpoint.model.bundle import load_bundle
from standpoint.model.bundle_writing import write_bundle
from standpoint.model.feature_config import NgramFeatures
from standpoint.model.linear import EncodedPairs
from standpoint.model.pairs import PairText
from standpoint.text.article import Span
from train.config.model import EncoderModel, MajorityModel, NgramsModel
from train.features.extraction import extract_features
from train.models.calibration import fit_temperature
from train.models.heads import fit_head

NGRAMS = NgramsModel(
    kind="ngrams", words=(1, 2), chars=(2, 4), window=3, min_count=1, c=10.0, balanced=True
)
VERBS = {"favor": "backs", "against": "rejects", "none": "visits"}


def shares_of(fitted, rows):
    return fitted.head.probabilities(fitted.logits(rows))


def pairs_and_labels():
    pairs, labels = [], []
    for number in range(30):
        label = LABELS["stance"][number % 3]
        text = f"Ruritania {VERBS[label]} the plan number {number} again."
        pairs.append(PairText(text, Span(0, 9), Span(text.index("plan"), text.index("plan") + 4)))
        labels.append(label)
    return pairs, np.array(labels)


def rows_of(pairs, features):
    return extract_features(
        pairs, features=features, encoder=None, cache=None, progress=lambda *_: None
    )


@pytest.mark.parametrize("model", [NGRAMS, MajorityModel(kind="majority")], ids=lambda m: m.kind)
def test_a_bundle_gives_the_probabilities_of_the_head_that_was_fitted(model, tmp_path):
    pairs, y = pairs_and_labels()
    rows = rows_of(pairs, model.features())
    fitted = fit_head(model, rows, y, labels=LABELS["stance"], seed=0).with_temperature(1.7)
    manifest = {
        "task": "stance", "labels": LABELS["stance"], "features": model.features(),
        "encoder": None, "run_id": "r", "config": "c", "created": "now", "corpus": {},
        "scores": {}, "note": "",
    }  # fmt: skip
    write_bundle(tmp_path / "b", manifest=manifest, head=fitted.head, terms=fitted.terms)
    loaded = load_bundle(tmp_path / "b").predict_proba(pairs, EncodedPairs([None] * len(pairs)))
    assert np.allclose(loaded, shares_of(fitted, rows), atol=1e-5)


def test_ngrams_learn_a_verb_that_decides():
    pairs, y = pairs_and_labels()
    rows = rows_of(pairs, NGRAMS.features())
    fitted = fit_head(NGRAMS, rows.take(range(21)), y[:21], labels=LABELS["stance"], seed=0)
    said = np.array(LABELS["stance"])[shares_of(fitted, rows.take(range(21, 30))).argmax(axis=1)]
    assert list(said) == list(y[21:])


def test_a_label_that_training_never_saw_is_never_predicted():
    pairs, y = pairs_and_labels()
    some = y != "none"
    rows = rows_of(pairs, NGRAMS.features()).take(np.flatnonzero(some))
    fitted = fit_head(NGRAMS, rows, y[some], labels=LABELS["stance"], seed=0)
    shares = shares_of(fitted, rows)
    assert shares[:, 2].max() < 0.01
    said = np.array(LABELS["stance"])[shares.argmax(axis=1)]
    assert list(said) == list(y[some])


def test_vectors_far_from_the_origin_are_fitted_as_well_as_near_it():
    random = np.random.default_rng(0)
    y = np.repeat(LABELS["stance"], 40)
    rows = random.normal(size=(120, 5)).astype(np.float32)
    rows[:40, 0] += 4
    rows[40:80, 0] -= 4
    model = EncoderModel(
        kind="encoder", layers=(1,), holder=True, between=True, windows=(), products=True,
        signs=True, c=1.0, balanced=True,
    )  # fmt: skip
    near = shares_of(fit_head(model, rows, y, labels=LABELS["stance"], seed=0), rows)
    moved = rows * 100 + 1000
    far = shares_of(fit_head(model, moved, y, labels=LABELS["stance"], seed=0), moved)
    assert np.allclose(near, far, atol=1e-2)
    assert (np.array(LABELS["stance"])[near.argmax(axis=1)] == y).mean() > 0.9


def test_the_temperature_flattens_a_head_that_is_too_sure():
    random = np.random.default_rng(0)
    truth = random.integers(0, 3, 600)
    logits = random.normal(size=(600, 3))
    logits[np.arange(600), truth] += 1.0
    y = np.array(LABELS["stance"])[truth]
    right = fit_temperature(logits, y, labels=LABELS["stance"])
    sure = fit_temperature(logits * 5, y, labels=LABELS["stance"])
    assert sure == pytest.approx(5 * right, rel=0.01)


def test_ngram_settings_survive_the_way_into_the_bundle():
    assert NGRAMS.features() == NgramFeatures(words=(1, 2), chars=(2, 4), window=3, min_count=1)


def test_more_columns_than_rows_give_the_head_that_a_plain_fit_gives():
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    random = np.random.default_rng(1)
    y = np.repeat(LABELS["stance"], 20)
    rows = random.normal(size=(60, 300)).astype(np.float32)
    rows[:20, :5] += 1
    rows[20:40, :5] -= 1
    model = EncoderModel(
        kind="encoder", layers=(1,), holder=True, between=True, windows=(), products=True,
        signs=True, c=0.01, balanced=True,
    )  # fmt: skip
    fitted = fit_head(model, rows, y, labels=LABELS["stance"], seed=0)
    plain = LogisticRegression(C=0.01, class_weight="balanced", max_iter=1000, tol=1e-8)
    scaled = StandardScaler().fit_transform(rows)
    expected = plain.fit(scaled, y).predict_proba(scaled)[:, [1, 0, 2]]
    assert np.allclose(shares_of(fitted, rows), expected, atol=2e-3)


def test_a_column_that_never_varies_weighs_nothing():
    random = np.random.default_rng(2)
    y = np.repeat(LABELS["stance"], 30)
    rows = random.normal(size=(90, 4)).astype(np.float32)
    rows[:, 2] = 7.0
    rows[:, 3] = 0.0
    rows[5, 3] = 1e-30
    model = EncoderModel(
        kind="encoder", layers=(1,), holder=True, between=True, windows=(), products=True,
        signs=True, c=1.0, balanced=True,
    )  # fmt: skip
    fitted = fit_head(model, rows, y, labels=LABELS["stance"], seed=0)
    assert not fitted.head.weights[2].any()
    assert fitted.head.weights[0].any()
