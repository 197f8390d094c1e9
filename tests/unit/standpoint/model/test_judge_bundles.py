"""The bundle of a judge: written, promoted, loaded, and refused where it is damaged."""

import json

import numpy as np
import pytest

from standpoint.errors import BundleError, PairError
from standpoint.judge import HOLDER_FEATURES
from standpoint.model import (
    JudgeModel,
    PairText,
    explain,
    load_champions,
    pair_toward,
    predict,
    reads_target_words,
)
from standpoint.model import bundle as bundle_module
from standpoint.model.bundle import load_bundle, read_manifest
from standpoint.model.registry import Pointer, load_champion, write_pointer
from standpoint.text import Span
from tests.judges import bundle_of, settings, write_parts, write_taught
from tests.unit.standpoint.model.test_registry import promote as promote_linear


@pytest.fixture
def taught(tmp_path):
    return write_taught(tmp_path / "taught")


@pytest.fixture
def parts(tmp_path):
    return write_parts(tmp_path / "parts", words=("iran",))


def test_a_judge_is_loaded_with_its_settings(taught):
    model = load_bundle(taught)
    assert isinstance(model, JudgeModel)
    assert (model.task, model.labels) == ("stance", ("favor", "against", "none"))
    assert model.judge.settings == settings()
    assert model.manifest.targets_are_words
    assert model.encoder is None
    assert model.manifest.encoder is None


def test_a_judge_may_be_the_champion_beside_a_sentiment_model_of_before(tmp_path, taught):
    models = tmp_path / "models"
    (models / "stance").mkdir(parents=True)
    taught.rename(models / "stance" / "7")
    write_pointer(models, "stance", Pointer(version=7))
    promote_linear(models, "sentiment", 2)
    champions = load_champions(models)
    assert champions.stance.version == 7
    assert isinstance(champions.stance.model, JudgeModel)
    assert not isinstance(champions.sentiment.model, JudgeModel)
    assert champions.encoder is None


def test_a_judge_is_no_champion_of_another_task(tmp_path, taught):
    models = tmp_path / "models"
    (models / "sentiment").mkdir(parents=True)
    taught.rename(models / "sentiment" / "1")
    write_pointer(models, "sentiment", Pointer(version=1))
    with pytest.raises(BundleError, match="must be a bundle for sentiment, got one for stance"):
        load_champion(models, "sentiment")


def test_the_digest_of_a_judge_from_before_sentiment_still_holds(taught):
    manifest = json.loads((taught / "manifest.json").read_text("utf-8"))
    assert not {"sentiment", "max_text_tokens"} & manifest["features"].keys()
    assert not load_bundle(taught).has_sentiment


@pytest.fixture
def tonal(tmp_path):
    return write_taught(tmp_path / "tonal", sentiment=True)


def test_a_judge_with_a_head_for_sentiment_is_the_champion_of_both_tasks(tmp_path, tonal):
    models = tmp_path / "models"
    (models / "stance").mkdir(parents=True)
    tonal.rename(models / "stance" / "7")
    write_pointer(models, "stance", Pointer(version=7))
    promote_linear(models, "sentiment", 2)
    champions = load_champions(models)
    assert champions.sentiment.version == 7
    assert champions.sentiment.model.judge is champions.stance.model.judge
    assert champions.sentiment.model.manifest.labels == ("positive", "neutral", "negative")
    assert champions.stance.model.manifest.task == "stance"
    alone = load_champion(models, "sentiment")
    assert (alone.version, alone.model.task) == (7, "sentiment")


def test_the_sentiment_of_a_pair_is_that_of_its_target(tonal):
    model = load_bundle(tonal).for_task("sentiment")
    assert not reads_target_words(model)
    assert reads_target_words(load_bundle(tonal))
    pairs = [
        PairText(f"Iran {verb} the talks.", Span(0, 4), None, "talks")
        for verb in ("backs", "mentions", "opposes")
    ]
    (probabilities,) = predict(pairs, models=[model], encoder=None)
    assert [model.labels[n] for n in probabilities.argmax(axis=1)] == [
        "positive", "neutral", "negative",
    ]  # fmt: skip
    both = PairText("Iran backs and opposes talks.", None, Span(5, 10))
    assert predict([both], models=[model], encoder=None)[0].argmax() == 0


def missing(folder):
    (folder / "stage-two.onnx").unlink()


def altered(folder):
    with (folder / "stage-one.onnx").open("ab") as file:
        file.write(b"\0")


def unlisted(folder):
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    del manifest["files"]["tokenizer.json"]
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def other_floor(folder):
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["features"]["statement_floor"] = 0.1
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def path_outside(folder):
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["features"]["stage_two"] = ["../stage-two.onnx"]
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (missing, "stage-two.onnx: must exist, got no such file. Promote the run again."),
        (altered, "stage-one.onnx: must have the sha256"),
        (unlisted, "manifest.json: files must name tokenizer.json, got"),
        (other_floor, "manifest.json: must have the digest"),
        (path_outside, "features.*stage_two"),
    ],
)
def test_a_damaged_judge_is_refused(taught, damage, sentence):
    damage(taught)
    with pytest.raises(BundleError, match=sentence):
        load_bundle(taught)


def test_a_graph_that_is_too_large_is_neither_written_nor_read(
    tmp_path, parts, taught, monkeypatch
):
    monkeypatch.setattr(bundle_module, "MAX_JUDGE_FILE_BYTES", 100)
    sentence = r"must have at most 100 bytes, got [\d,]+\. Export the judge in more files\."
    with pytest.raises(BundleError, match=sentence):
        bundle_of(tmp_path / "new", parts)
    with pytest.raises(BundleError, match=sentence):
        load_bundle(taught)


@pytest.mark.parametrize(
    "changes", [{"features_version": 2}, {"holder_features": HOLDER_FEATURES[:-1]}]
)
def test_a_judge_of_other_features_than_the_reader_gives_is_refused(tmp_path, parts, changes):
    folder = bundle_of(tmp_path / "bundle", parts, features=settings(**changes))
    with pytest.raises(BundleError, match="features must be of version 1 with 17 of a holder, got"):
        load_bundle(folder)


def test_a_manifest_of_a_judge_says_what_it_reads(taught):
    features = read_manifest(taught).features
    assert features.kind == "judge"
    assert features.holder_features == HOLDER_FEATURES


def pair(text, holder, target):
    return pair_toward(text, holder=holder, target=target, by_words=True)


def test_pairs_are_judged_toward_the_words_of_their_target(taught):
    model = load_bundle(taught)
    pairs = [
        pair("Iran backs the talks.", Span(0, 4), "peace talks in Geneva"),
        pair("Iran backs the talks.", None, Span(11, 20)),
        pair("Iran opposes the talks.", Span(0, 4), "the talks"),
        pair("Iran mentions the talks.", Span(0, 4), "the talks"),
        pair("Iran attends the talks.", Span(0, 4), "the talks"),
    ]
    (probabilities,) = predict(pairs, models=[model], encoder=None)
    labels = [model.labels[n] for n in probabilities.argmax(axis=1)]
    assert labels == ["favor", "favor", "against", "none", "none"]
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-5)


def test_a_pair_is_read_whole_where_an_article_would_leave_early(tmp_path, taught):
    early = load_bundle(write_taught(tmp_path / "early", features=settings(about_floor=1.0)))
    pairs = [pair("Iran opposes the talks.", Span(0, 4), "the talks")]
    answers = [predict(pairs, models=[m], encoder=None)[0] for m in (early, load_bundle(taught))]
    np.testing.assert_array_equal(*answers)


def test_no_pairs_are_no_rows(taught):
    (probabilities,) = predict([], models=[load_bundle(taught)], encoder=None)
    assert probabilities.shape == (0, 3)


def test_a_pair_without_a_target_is_refused(taught):
    with pytest.raises(PairError, match=r"pairs\[0\].target: must be given, got none"):
        predict([PairText("It rains.", None, None)], models=[load_bundle(taught)], encoder=None)


def test_a_pair_is_explained_by_its_words(taught):
    pairs = [pair("Iran backs the talks.", Span(0, 4), "the talks")]
    (explanation,) = explain(pairs, ["favor"], model=load_bundle(taught), encoder=None)
    assert [part.name for part in explanation.parts] == ["judge"]
    assert explanation.words[0].name == "backs"


def test_a_judge_of_sentiment_answers_with_tones(tmp_path):
    tones = ("positive", "neutral", "negative")
    folder = write_taught(tmp_path / "tone", task="sentiment", labels=tones)
    model = load_bundle(folder)
    pairs = [
        pair(f"Iran {verb} the talks.", None, "the talks")
        for verb in ("backs", "mentions", "opposes")
    ]
    (probabilities,) = predict(pairs, models=[model], encoder=None)
    assert tuple(model.labels[n] for n in probabilities.argmax(axis=1)) == tones
