"""Models of several parts: heads for single targets, averages, calibration, and their bundles."""

from dataclasses import replace

import numpy as np
import pytest

from standpoint.errors import BundleError, ConfigError, PairError
from standpoint.labels import LABELS
from standpoint.model.bundle import load_bundle
from standpoint.model.encoder import EncodedSentence
from standpoint.model.ensemble import Ensemble
from standpoint.model.linear import EncodedPairs
from standpoint.model.pairs import PairText
from standpoint.text.article import Span
from train.config.model import AverageModel, EncoderModel, MajorityModel, NgramsModel, parts_of
from train.features.extraction import FeatureTable, extract_features
from train.models.fitting import fit, fit_calibration
from train.tracking.bundle_export import save_parts

STANCES = LABELS["stance"]
NGRAMS = NgramsModel(
    kind="ngrams", words=(1, 2), chars=(2, 4), window=3, min_count=1, c=10.0, balanced=True
)
VECTORS = EncoderModel(
    kind="encoder", layers=(1,), holder=False, between=False, windows=(), products=True,
    signs=False, c=1.0, balanced=True,
)  # fmt: skip
PER_TARGET = NGRAMS.model_copy(update={"per_target": True})
AVERAGE = AverageModel(kind="average", parts=(NGRAMS, VECTORS), weights=(0.3, 0.7))
WORDS = {"favor": "backs", "against": "rejects", "none": "visits"}
MANIFEST = {
    "task": "stance",
    "labels": STANCES,
    "encoder": "a" * 64,
    "run_id": "r",
    "config": "c",
    "created": "now",
    "corpus": {},
    "scores": {},
    "note": "",
}


class LetterEncoder:
    """Reads a text as one token a character, whose vector is drawn from the character."""

    digest = "a" * 64

    def encode(self, sentence, *, layers):
        places = np.arange(len(sentence))
        drawn = [np.random.default_rng(ord(c)).normal(size=8) for c in sentence]
        vectors = np.stack(drawn).astype(np.float32)
        offsets = np.stack([places, places + 1], axis=1)
        return EncodedSentence(offsets, np.stack([vectors for _ in layers]), tuple(layers))


def pairs_and_labels():
    """On the dam the verb means what it says; on the war it means the opposite."""
    pairs, labels = [], []
    turned = {"favor": "against", "against": "favor", "none": "none"}
    for number in range(60):
        said = STANCES[number % 3]
        target = "the dam" if number % 2 else "the war"
        text = f"He {WORDS[said]} it, number {number}, again and again."
        pairs.append(PairText(text, None, None, target))
        labels.append(said if target == "the dam" else turned[said])
    return pairs, np.array(labels)


def table_of(pairs, model, tmp_path):
    parts = {
        part.features(): extract_features(
            pairs,
            features=part.features(),
            encoder=LetterEncoder(),
            cache=tmp_path / "cache",
            progress=lambda *_: None,
        )
        for part, _ in parts_of(model)
    }
    return FeatureTable(parts, np.array([pair.topic for pair in pairs]))


def fitted(model, tmp_path):
    pairs, y = pairs_and_labels()
    table = table_of(pairs, model, tmp_path)
    return pairs, y, table, fit(model, table, y, labels=STANCES, seed=0)


def readings_of(pairs):
    encoder = LetterEncoder()
    sentences = [encoder.encode(pair.text, layers=(1,)) for pair in pairs]
    names = {pair.topic: encoder.encode(pair.topic, layers=(1,)) for pair in pairs}
    return sentences, names


@pytest.mark.parametrize(
    "model",
    [
        NGRAMS,
        PER_TARGET,
        VECTORS,
        VECTORS.model_copy(update={"per_target": True}),
        AVERAGE,
        AVERAGE.model_copy(update={"parts": (PER_TARGET, VECTORS)}),
        MajorityModel(kind="majority", per_target=True),
    ],
    ids=["ngrams", "ngrams per target", "encoder", "encoder per target", "average",
         "average of per target and shared", "majority per target"],
)  # fmt: skip
def test_a_bundle_judges_as_the_model_that_was_fitted(model, tmp_path):
    pairs, y, table, found = fitted(model, tmp_path)
    if model.kind != "majority":
        found = fit_calibration(found, table, y, labels=STANCES)
    found = replace(found, shift=np.array([0.0, 0.4, -0.3], dtype=np.float32))
    save_parts(found, tmp_path / "b", manifest=dict(MANIFEST))
    sentences, names = readings_of(pairs)
    loaded = load_bundle(tmp_path / "b").predict_proba(pairs, EncodedPairs(sentences, names))
    assert np.allclose(loaded, found.probabilities(table), atol=2e-5)
    assert np.allclose(loaded.sum(axis=1), 1, atol=1e-5)


def said_by(found, table):
    return np.array(STANCES)[found.probabilities(table).argmax(axis=1)]


def test_heads_for_single_targets_learn_what_a_shared_head_cannot(tmp_path):
    _, y, table, alone = fitted(PER_TARGET, tmp_path)
    _, _, _, shared = fitted(NGRAMS.model_copy(update={"words": (1, 1)}), tmp_path)
    assert (said_by(alone, table) == y).all()
    assert set(alone.parts[0].heads) == {"the dam", "the war"}
    assert set(shared.parts[0].heads) == {""}


def test_a_target_that_train_lacks_is_refused_where_each_has_its_head(tmp_path):
    pairs, _, _, found = fitted(PER_TARGET, tmp_path)
    strange = table_of([PairText(pairs[0].text, None, None, "the tax")], PER_TARGET, tmp_path)
    with pytest.raises(ConfigError) as caught:
        found.probabilities(strange)
    assert str(caught.value) == (
        "model.per_target: must be used where train has every target of test (the dam, the war), "
        "got 'the tax'. Use another protocol, or per_target = false."
    )


def test_a_loaded_model_says_which_targets_it_knows(tmp_path):
    pairs, _, _, found = fitted(PER_TARGET, tmp_path)
    save_parts(found, tmp_path / "b", manifest=dict(MANIFEST))
    loaded = load_bundle(tmp_path / "b")
    with pytest.raises(PairError) as caught:
        loaded.predict_proba(
            [pairs[0], PairText("He backs it.", None, None, "the tax")], EncodedPairs([None] * 2)
        )
    assert str(caught.value) == (
        "pairs[1].target: must be one that this model was trained for (the dam, the war), "
        "got 'the tax'."
    )


def test_an_average_lies_between_its_parts(tmp_path):
    _, _, table, both = fitted(AVERAGE, tmp_path)
    one, other = (fitted(model, tmp_path)[3].probabilities(table) for model in (NGRAMS, VECTORS))
    mean = both.probabilities(table)
    assert np.allclose(mean, 0.3 * one + 0.7 * other, atol=1e-5)


def test_a_mixture_whose_part_is_changed_is_refused(tmp_path):
    found = fitted(AVERAGE, tmp_path)[3]
    save_parts(found, tmp_path / "b", manifest=dict(MANIFEST))
    part = tmp_path / "b" / "part-1" / "manifest.json"
    part.write_text(part.read_text("utf-8").replace('"now"', '"then"'), "utf-8")
    with pytest.raises(BundleError, match=r"part-1/manifest.json: must have the sha256"):
        load_bundle(tmp_path / "b")


def test_a_mixture_without_one_of_its_parts_is_refused(tmp_path):
    found = fitted(AVERAGE, tmp_path)[3]
    save_parts(found, tmp_path / "b", manifest=dict(MANIFEST))
    (tmp_path / "b" / "part-0" / "head.safetensors").unlink()
    with pytest.raises(BundleError, match="must exist, got no such file"):
        load_bundle(tmp_path / "b")


def test_a_mixture_names_the_layers_of_every_part(tmp_path):
    save_parts(fitted(AVERAGE, tmp_path)[3], tmp_path / "b", manifest=dict(MANIFEST))
    loaded = load_bundle(tmp_path / "b")
    assert isinstance(loaded, Ensemble)
    assert loaded.layers == (1,)


def test_one_label_alone_cannot_be_fitted(tmp_path):
    pairs, _ = pairs_and_labels()
    table = table_of(pairs, NGRAMS, tmp_path)
    with pytest.raises(ConfigError, match="must have rows of at least 2 labels to fit on, got 60"):
        fit(NGRAMS, table, np.array(["favor"] * 60), labels=STANCES, seed=0)


def test_a_shift_moves_decisions_toward_the_label_it_favors(tmp_path):
    _, _, table, found = fitted(NGRAMS, tmp_path)
    toward = replace(found, shift=np.array([0.0, 50.0, 0.0], dtype=np.float32))
    assert set(said_by(toward, table)) == {"against"}


def test_names_are_read_apart_from_the_sentence(tmp_path):
    """A pair whose roles stand in the text has their names' vectors too, and those differ."""
    settings = VECTORS.model_copy(update={"names": True}).features()
    text = "Kovac backs the dam."
    pair = PairText(text, Span(0, 5), Span(16, 19))
    other = PairText(text, None, Span(16, 19), holder_name="Brandt")
    rows = extract_features(
        [pair, other], features=settings, encoder=LetterEncoder(), cache=tmp_path,
        progress=lambda *_: None,
    )  # fmt: skip
    assert rows.shape[0] == 2
    assert not np.allclose(rows[0], rows[1])
