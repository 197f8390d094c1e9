import json
import math

import numpy as np
import pytest

from standpoint.errors import BundleError
from standpoint.files import file_sha256
from standpoint.model.bundle import load_bundle, read_manifest
from standpoint.model.bundle_writing import write_bundle
from standpoint.model.encoder import EncodedSentence
from standpoint.model.ensemble import predict
from standpoint.model.linear import EncodedPairs, Head, LinearModel, ngram_family
from standpoint.model.manifest import Manifest
from standpoint.model.pairs import PairText
from standpoint.text.article import Span

MAJORITY = {"kind": "majority"}
NGRAMS = {"kind": "ngrams", "words": (1, 1), "chars": (1, 0), "window": 0, "min_count": 1}
ENCODER = {
    "kind": "encoder",
    "layers": (1,),
    "holder": False,
    "between": False,
    "windows": (),
    "products": False,
    "signs": False,
}
TERMS = ("w:backs", "w:opposes")
RAIN = PairText("Rain falls.", None, None)
BACKS = PairText("Kovac backs it.", None, None)
OPPOSES = PairText("Kovac opposes it.", None, None)


def manifest(features, task="stance", **changes):
    labels = {
        "stance": ("favor", "against", "none"),
        "sentiment": ("positive", "neutral", "negative"),
    }
    return {
        "task": task,
        "labels": labels[task],
        "features": features,
        "encoder": None,
        "run_id": "r1",
        "config": "tiny",
        "created": "2025-01-01T00:00:00+00:00",
        "corpus": {"name": "seeds"},
        "scores": {"test.f1_macro": 0.5},
        "note": "",
        **changes,
    }


def head(weights, *, bias=(0, 0, 0), temperature=1.0, idf=None):
    return Head(
        np.array(weights, dtype=np.float32).reshape(-1, len(bias)),
        np.array(bias, dtype=np.float32),
        temperature,
        None if idf is None else np.array(idf, dtype=np.float32),
    )


def ngram_head(**changes):
    return head([[2, 0, 0], [0, 2, 0]], idf=[1, 1], **changes)


def model(features, weighed, terms=()):
    checked = Manifest.model_validate({**manifest(features), "format": 1, "files": {}})
    return LinearModel(checked, weighed, terms)


def softmax(*logits):
    powers = [math.exp(logit) for logit in logits]
    return [power / sum(powers) for power in powers]


@pytest.fixture
def bundle(tmp_path):
    folder = tmp_path / "1"
    write_bundle(folder, manifest=manifest(NGRAMS), head=ngram_head(), terms=TERMS)
    return folder


def edit(folder, **changes):
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")


def complaint(folder):
    with pytest.raises(BundleError) as caught:
        load_bundle(folder)
    return str(caught.value)


def test_probabilities_are_the_softmax_of_logits_and_bias():
    weighed = head([], bias=(1, 0, -1))
    shares = weighed.probabilities(np.array([[0, 2, 0]], dtype=np.float32))
    assert shares[0].tolist() == pytest.approx(softmax(1, 2, -1))


def test_a_temperature_above_one_flattens_and_keeps_the_order():
    logits = np.array([[3, 1, 0]], dtype=np.float32)
    (sharp,), (flat,) = (
        head([], temperature=degrees).probabilities(logits) for degrees in (1.0, 4.0)
    )
    assert flat.tolist() == pytest.approx(softmax(0.75, 0.25, 0))
    assert flat.max() < sharp.max()
    assert flat.argsort().tolist() == sharp.argsort().tolist()


def test_huge_logits_do_not_overflow():
    shares = head([]).probabilities(np.array([[1e4, -1e4, 0]], dtype=np.float32))
    assert shares[0].tolist() == [1, 0, 0]


def test_the_majority_baseline_gives_every_pair_its_bias():
    baseline = model(MAJORITY, head([], bias=(0, 0, 1)))
    shares = baseline.predict_proba([RAIN, BACKS], EncodedPairs([None, None]))
    assert shares.shape == (2, 3)
    assert shares[0].tolist() == shares[1].tolist() == pytest.approx(softmax(0, 0, 1))


def test_an_ngram_weighs_for_its_label():
    shares = model(NGRAMS, ngram_head(), TERMS).predict_proba(
        [BACKS, OPPOSES, RAIN], EncodedPairs([None] * 3)
    )
    assert shares[0].tolist() == pytest.approx(softmax(2, 0, 0))
    assert shares[1].tolist() == pytest.approx(softmax(0, 2, 0))
    assert shares[2].tolist() == pytest.approx(softmax(0, 0, 0))


def test_ngrams_of_a_family_share_one_unit_of_length():
    both = PairText("One backs it, one opposes it.", None, None)
    (shares,) = model(NGRAMS, ngram_head(), TERMS).predict_proba([both], EncodedPairs([None]))
    part = 2 / math.sqrt(2)
    assert shares.tolist() == pytest.approx(softmax(part, part, 0))


def test_a_repeated_ngram_counts_with_its_logarithm():
    often = PairText("One backs it, one backs it, one opposes it.", None, None)
    (shares,) = model(NGRAMS, ngram_head(), TERMS).predict_proba([often], EncodedPairs([None]))
    twice = 1 + math.log(2)
    length = math.hypot(twice, 1)
    assert shares.tolist() == pytest.approx(softmax(2 * twice / length, 2 / length, 0))


def test_families_are_normalised_apart():
    terms = ("w:backs", "c:k")
    settings = {**NGRAMS, "chars": (1, 1)}
    weighed = head([[1, 0, 0], [0, 1, 0]], idf=[1, 5])
    (shares,) = model(settings, weighed, terms).predict_proba([BACKS], EncodedPairs([None]))
    assert shares.tolist() == pytest.approx(softmax(1, 1, 0))


@pytest.mark.parametrize(
    ("term", "family"),
    [("w:a:b", "w"), ("c: :", "c"), ("⟦h⟧:>c", "roles"), ("b⟦t⟧:w", "roles")],
)
def test_the_family_of_a_term_is_what_stands_before_its_first_colon(term, family):
    assert ngram_family(term) == family


def test_an_encoder_model_reads_its_layer_of_a_reading():
    offsets = np.array([[0, 0], [0, 4], [5, 10]])
    layers = np.array([[[9], [9], [9]], [[9], [1], [3]]], dtype=np.float32)
    read = EncodedSentence(offsets, layers, (0, 1))
    pair = PairText("Rain falls", None, Span(0, 4))
    # The features are the mean of the sentence, 2, and of the target, 1.
    weighed = head([[1, 0, 0], [0, 1, 0]])
    judged = model({**ENCODER}, weighed)
    assert judged.layers == (1,)
    assert judged.predict_proba([pair], EncodedPairs([read]))[0].tolist() == pytest.approx(
        softmax(2, 1, 0)
    )


def test_no_pairs_give_no_rows():
    assert model(NGRAMS, ngram_head(), TERMS).predict_proba([], EncodedPairs([])).shape == (0, 3)


def test_every_model_judges_every_pair():
    models = [model(NGRAMS, ngram_head(), TERMS), model(MAJORITY, head([], bias=(0, 0, 1)))]
    first, second = predict([BACKS, RAIN], models=models, encoder=None)
    assert first.argmax(axis=1).tolist() == [0, 0]
    assert second.argmax(axis=1).tolist() == [2, 2]


def test_a_pair_is_judged_alike_alone_and_among_others():
    judged = model(NGRAMS, ngram_head(), TERMS)
    alone = judged.predict_proba([OPPOSES], EncodedPairs([None]))[0]
    among = judged.predict_proba([BACKS, OPPOSES, RAIN], EncodedPairs([None] * 3))[1]
    assert alone.tolist() == among.tolist()


def test_a_bundle_that_is_written_can_be_loaded(bundle):
    loaded = load_bundle(bundle)
    assert (loaded.task, loaded.labels) == ("stance", ("favor", "against", "none"))
    assert loaded.manifest.scores == {"test.f1_macro": 0.5}
    assert sorted(loaded.manifest.files) == ["head.safetensors", "terms.json"]
    assert loaded.predict_proba([BACKS], EncodedPairs([None])).argmax() == 0


def test_a_bundle_holds_data_and_nothing_else(bundle):
    assert sorted(path.name for path in bundle.iterdir()) == [
        "head.safetensors",
        "manifest.json",
        "terms.json",
    ]


def test_a_majority_bundle_has_no_terms(tmp_path):
    write_bundle(tmp_path, manifest=manifest(MAJORITY), head=head([]), terms=())
    assert not (tmp_path / "terms.json").exists()
    assert load_bundle(tmp_path).predict_proba([RAIN], EncodedPairs([None]))[
        0
    ].tolist() == pytest.approx([1 / 3] * 3)


def test_a_sentiment_bundle_has_its_own_labels(tmp_path):
    write_bundle(tmp_path, manifest=manifest(MAJORITY, "sentiment"), head=head([]), terms=())
    assert load_bundle(tmp_path).labels == ("positive", "neutral", "negative")


def test_a_folder_without_a_manifest_is_no_bundle(tmp_path):
    assert complaint(tmp_path) == (
        f"{tmp_path / 'manifest.json'}: must exist, got no such file. Is this a bundle?"
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"format": 2}, "format: must be one of 1, got 2.", id="another format"),
        pytest.param({"tsk": "stance"}, "tsk: unknown key.", id="unknown key"),
        pytest.param(
            {"task": "irony"}, "task: must be one of stance, sentiment, got 'irony'.", id="task"
        ),
        pytest.param(
            {"features": {"kind": "pickle"}},
            "features.kind: must be one of encoder, ngrams, majority, mixture, judge, got 'pickle'.",
            id="unknown features",
        ),
        pytest.param({"encoder": "minilm"}, "encoder: string should match", id="encoder's digest"),
        pytest.param(
            {"labels": ["against", "favor", "none"]},
            "labels must be favor, against, none, got ('against', 'favor', 'none').",
            id="labels in another order",
        ),
        pytest.param(
            {"task": "sentiment"},
            "labels must be positive, neutral, negative, got ('favor', 'against', 'none').",
            id="labels of another task",
        ),
    ],
)
def test_a_manifest_with_a_fault_is_refused(bundle, changes, sentence):
    edit(bundle, **changes)
    message = complaint(bundle)
    assert message.startswith(f"{bundle / 'manifest.json'}:")
    assert sentence in message


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff\xfe"], ids=["empty", "cut off", "list", "not UTF-8"]
)
def test_a_manifest_that_is_no_json_object_is_refused(bundle, content):
    (bundle / "manifest.json").write_bytes(content)
    with pytest.raises(BundleError, match=r"manifest\.json:"):
        read_manifest(bundle)


@pytest.mark.parametrize("name", ["head.safetensors", "terms.json"])
def test_a_missing_file_of_a_bundle_is_told(bundle, name):
    (bundle / name).unlink()
    assert complaint(bundle) == (
        f"{bundle / name}: must exist, got no such file. Promote the run again."
    )


def test_a_file_from_outside_the_bundle_is_refused(bundle):
    outside = bundle.parent / "secret.json"
    outside.write_text("[]", "utf-8")
    edit(
        bundle,
        files={
            "head.safetensors": file_sha256(bundle / "head.safetensors"),
            "../secret.json": "0" * 64,
        },
    )
    assert "secret.json: must exist, got no such file." in complaint(bundle)


def test_a_changed_file_is_told_with_both_sums(bundle):
    (bundle / "terms.json").write_text("[]", "utf-8")
    message = complaint(bundle)
    assert message.startswith(f"{bundle / 'terms.json'}: must have the sha256 ")
    assert message.endswith("got 4f53cda18c2baa0c…. Promote the run again.")


@pytest.mark.parametrize(
    ("weighed", "terms", "sentence"),
    [
        pytest.param(
            ngram_head(),
            ("w:backs",),
            "terms, idf and weights must be as many, got 1, 2 and 2.",
            id="fewer terms",
        ),
        pytest.param(
            head([[1, 0, 0]], idf=[1, 1]),
            TERMS,
            "terms, idf and weights must be as many, got 2, 2 and 1.",
            id="fewer weights",
        ),
        pytest.param(
            head([[1, 0], [0, 1]], bias=(0, 0)),
            (),
            "weights must be of shape (n, 3), got (2, 2).",
            id="another number of labels",
        ),
    ],
)
def test_arrays_that_do_not_fit_the_manifest_are_refused(tmp_path, weighed, terms, sentence):
    write_bundle(tmp_path, manifest=manifest(NGRAMS), head=weighed, terms=terms)
    assert sentence in complaint(tmp_path)


def test_arrays_without_a_bias_are_refused(tmp_path):
    from safetensors.numpy import save_file

    write_bundle(tmp_path, manifest=manifest(MAJORITY), head=head([]), terms=())
    path = tmp_path / "head.safetensors"
    save_file({"weights": np.zeros((1, 3), dtype=np.float32)}, path)
    edit(tmp_path, files={path.name: file_sha256(path)})
    assert complaint(tmp_path) == f"{path}: must hold the head's arrays, got 'bias'."


def test_a_changed_score_in_a_manifest_is_refused(bundle):
    path = bundle / "manifest.json"
    path.write_text(path.read_text("utf-8").replace("0.5", "0.9"), "utf-8")
    assert f"{path}: must have the digest " in complaint(bundle)


def test_ngram_features_without_an_idf_are_refused(tmp_path):
    weighed = head([[2, 0, 0], [0, 2, 0]])
    write_bundle(tmp_path / "b", manifest=manifest(NGRAMS), head=weighed, terms=TERMS)
    with pytest.raises(BundleError, match="terms, idf and weights must be as many, got 2, 0 and 2"):
        load_bundle(tmp_path / "b")
