"""From a config to an encoder and its heads: fitted once, kept, and taken up again."""

import json
import shutil
import threading
import time

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

from standpoint.errors import ConfigError
from standpoint.labels import LABELS
from standpoint.model.encoder_folder import open_encoder
from standpoint.model.pairs import PairText
from standpoint.text.article import Span
from tests.tiny import finetuned, rows, run_config, table_of, write_table
from train.config.model import FinetunedModel
from train.corpora.load import load_corpus
from train.features.extraction import PairRows
from train.finetune import fitting, trainer_setup
from train.finetune.auxiliary import context_for
from train.finetune.cache import fit_lock
from train.finetune.context import DevSet, FinetuneContext
from train.finetune.tuning import tune

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch

STANCES = LABELS["stance"]
TONES = {"favor": "positive", "against": "negative", "none": "neutral"}


def pair_of(row):
    ends = {role: Span(row[f"{role}_start"], row[f"{role}_end"]) for role in ("holder", "target")}
    return PairText(row["text"], ends["holder"], ends["target"])


ROWS = tuple(rows())
PAIRS = PairRows(tuple(map(pair_of, ROWS)), np.array([row["group"] for row in ROWS]))
Y = np.array([row["label"] for row in ROWS])
LEARNED, HELD_OUT = range(72), range(108, 132)


def accuracy_of(numbers):
    def score(shares):
        return float(np.mean(np.array(STANCES)[shares.argmax(axis=1)] == Y[list(numbers)]))

    return score


def dev_set(metric="accuracy"):
    return DevSet(PAIRS.take(HELD_OUT), Y[list(HELD_OUT)], metric, accuracy_of(HELD_OUT))


def model_of(encoder, **changes):
    return FinetunedModel.model_validate(finetuned(encoder, **changes))


def context_in(folder, *, said=None, watch=None, **more):
    say = (said if said is not None else []).append
    return FinetuneContext(
        folder, folder / "models", "tiny", say, watch or (lambda *_: None), **more
    )


def tuned(encoder, context, *, seed=13, **changes):
    return tune(
        model_of(encoder, **changes), PAIRS.take(LEARNED), Y[list(LEARNED)], labels=STANCES,
        seed=seed, context=context,
    )  # fmt: skip


def place_of(folder):
    (place,) = (folder / "models" / "cache" / "tuned").iterdir()
    return place


@pytest.fixture(scope="module")
def first(tiny_encoder, tmp_path_factory):
    """A fit with an exam: its folder, what came of it, and what it said."""
    folder, said = tmp_path_factory.mktemp("first"), []
    return folder, tuned(tiny_encoder, context_in(folder, said=said, dev_set=dev_set())), said


@pytest.fixture
def copied(first, tmp_path):
    """A copy of the folder of the first fit, to change."""
    return shutil.copytree(first[0], tmp_path / "copied")


def test_what_is_exported_judges_as_torch_does(first):
    _, found, said = first
    assert found.metrics["export.agreement_fp32"] >= 0.99
    assert found.metrics["export.agreement_int8"] >= 0.9
    assert found.metrics["export.int8"] >= found.metrics["export.fp32"] - 0.007
    logits = found.logits(PAIRS.take(HELD_OUT), features=model_of("e").features())
    assert accuracy_of(HELD_OUT)(logits) == found.metrics["export.int8"] > 0.9
    assert said[0] == "tiny: 72 sentences, 2 epochs, batches of 8, on cpu in float32"


def test_a_fit_that_is_done_keeps_what_serves_and_no_checkpoint(first):
    place = place_of(first[0])
    assert {path.name for path in place.iterdir()} == {
        "done.json", "encoder", "heads.safetensors", "weights",
    }  # fmt: skip
    assert open_encoder(place / "encoder").digest == first[1].encoder.digest


def test_the_weights_that_are_kept_are_an_encoder_to_train_on(first, tiny_encoder, tmp_path):
    kept = place_of(first[0]) / "weights"
    one, other = (load_file(folder / "model.safetensors") for folder in (tiny_encoder, kept))
    assert any(not np.array_equal(one[name], other[name]) for name in other)
    said = []
    tuned(kept, context_in(tmp_path, said=said, epochs=1))
    assert said[-1] == "tiny: writing the int8 graph"


def test_the_same_config_again_trains_nothing_and_gives_the_same(copied, first, tiny_encoder):
    said = []
    again = tuned(tiny_encoder, context_in(copied, said=said, dev_set=dev_set()))
    assert said == []
    assert again.metrics == first[1].metrics
    assert again.encoder.digest == first[1].encoder.digest
    assert np.array_equal(again.heads["main"].weights, first[1].heads["main"].weights)


@pytest.mark.parametrize("name", ["heads.safetensors", "encoder/graph.onnx", "done.json"])
def test_a_fit_that_was_kept_and_then_damaged_is_done_again(copied, first, tiny_encoder, name):
    path = place_of(copied) / name
    path.write_bytes(path.read_bytes()[:-20])
    said = []
    again = tuned(tiny_encoder, context_in(copied, said=said, dev_set=dev_set()))
    assert said[-1] == "tiny: writing the int8 graph"
    assert again.encoder.digest == first[1].encoder.digest
    assert np.array_equal(again.heads["main"].weights, first[1].heads["main"].weights)


@pytest.mark.parametrize(
    "change",
    [
        {"dropout": 0.2},
        {"seed": 14},
        {"layers": [2]},
        {"dev_set": dev_set("f1_macro")},
        {"dev_set": None},
        {"epochs": 1, "dev_set": None},
    ],
    ids=["dropout", "seed", "layers", "metric of dev", "no dev", "epochs"],
)
def test_whatever_decides_a_fit_makes_it_another(copied, tiny_encoder, change, monkeypatch):
    def begun(self, **kwargs):
        raise InterruptedError

    monkeypatch.setattr(fitting.Trainer, "run", begun)
    context = {
        "dev_set": dev_set(),
        **{key: change[key] for key in ("dev_set", "epochs") if key in change},
    }
    rows_told = {key: value for key, value in change.items() if key not in context}
    with pytest.raises(InterruptedError):
        tuned(tiny_encoder, context_in(copied, **context), **rows_told)


def test_the_device_does_not_make_a_fit_another(copied, first, tiny_encoder):
    again = tuned(tiny_encoder, context_in(copied, dev_set=dev_set()), device="auto")
    assert again.metrics == first[1].metrics


def test_a_refit_has_as_many_epochs_as_were_best(tiny_encoder, tmp_path):
    said = []
    context = context_in(tmp_path, said=said).refitting(1, ())
    found = tuned(tiny_encoder, context)
    assert found.epochs == 1
    assert list(context.earlier_seconds.values()) == [0.0]  # all of it was spent in this process
    assert said[0] == "tiny: 72 sentences, 1 epochs, batches of 8, on cpu in float32"
    assert not {name for name in found.metrics if name.startswith(("dev.", "export.agreement"))}


def test_a_fit_that_was_stopped_goes_on_and_leaves_nothing_behind(first, tiny_encoder, tmp_path):
    def stop(step, name, value):
        if step == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tuned(tiny_encoder, context_in(tmp_path, watch=stop, dev_set=dev_set()))
    place = place_of(tmp_path)
    assert {path.name for path in place.iterdir()} == {"checkpoint"}
    (place / ".checkpoint-killed.part").mkdir()
    (place / ".export-killed.part").mkdir()
    said = []
    again = tuned(tiny_encoder, context_in(tmp_path, said=said, dev_set=dev_set()))
    assert said[1] == "tiny: going on after epoch 1, step 0"
    assert again.encoder.digest == first[1].encoder.digest
    for name, head in first[1].heads.items():
        assert np.array_equal(again.heads[name].weights, head.weights)
    assert not [path for path in place.iterdir() if path.name.startswith(".")]


def test_a_batch_that_cannot_fit_is_refused_before_anything_is_learned(
    tiny_encoder, tmp_path, monkeypatch
):
    monkeypatch.setattr(trainer_setup, "free_bytes", lambda device: 600_000)
    said = []
    with pytest.raises(
        ConfigError,
        match=r"^model\.schedule\.batch: must fit in memory, got 64, .* A batch of \d+ fits\.",
    ):
        tuned(
            tiny_encoder, context_in(tmp_path, said=said),
            schedule={**finetuned("e")["schedule"], "batch": 64},
        )  # fmt: skip
    assert said == []


def test_a_layer_above_the_encoders_is_refused_before_anything_is_learned(tiny_encoder, tmp_path):
    said = []
    with pytest.raises(ConfigError) as caught:
        tuned(tiny_encoder, context_in(tmp_path, said=said), layers=[1, 3])
    assert str(caught.value) == (
        "model.layers: must be at most 2 for this encoder, got 3. Name lower ones."
    )
    assert said == []


# --- other data ---------------------------------------------------------------


@pytest.fixture
def tones(tmp_path):
    """A lesson of the same sentences for the other task."""
    write_table(tmp_path / "stances.jsonl")
    path = write_table(tmp_path / "tones.jsonl", labels=TONES)
    return {"task": "sentiment", "data": table_of(path, labels=TONES.values()), "champion": True}


def opened(model, folder, *, said):
    config = run_config(folder / "stances.jsonl", model=model)
    return context_for(
        config, lambda: load_corpus(config.data, task="stance", root=folder), root=folder,
        models_dir=folder / "models", report_progress=said.append,
    )  # fmt: skip


def test_a_lesson_beside_has_a_head_of_its_own_from_the_groups_that_are_learned_from(
    tiny_encoder, tmp_path, tones
):
    said = []
    model = model_of(tiny_encoder, beside=[tones])
    context = opened(model, tmp_path, said=said)
    found = tune(
        model, PAIRS.take(LEARNED), Y[list(LEARNED)], labels=STANCES, seed=13, context=context
    )
    assert said[:2] == [
        "tiny: table-sentiment has 144 pairs",
        "tiny: 72 sentences, 2 epochs, batches of 8, on cpu in float32",
    ]
    assert sorted(found.heads) == ["main", "table-sentiment"]
    logits = found.logits(
        PAIRS.take(HELD_OUT), features=model.features(), head="table-sentiment"
    )  # fmt: skip
    expected = [TONES[label] for label in Y[list(HELD_OUT)]]
    assert np.mean(np.array(LABELS["sentiment"])[logits.argmax(axis=1)] == expected) > 0.9


def test_what_is_learned_before_is_learned_once_for_all_folds(tiny_encoder, tmp_path):
    write_table(tmp_path / "stances.jsonl")
    text = "Nobody in the valley had ever heard of such a thing, {} said with much ado."
    rows_told = [
        {**row, "text": text.format(row["text"].split()[1]), "label": TONES[row["label"]]}
        for row in ROWS[:12]
    ]
    path = tmp_path / "more.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows_told), "utf-8")
    task = {"task": "sentiment", "data": table_of(path, labels=TONES.values())}
    schedule = finetuned("e")["schedule"]
    model = model_of(tiny_encoder, before={"schedule": schedule, "lessons": [task]})
    said = []
    context = opened(model, tmp_path, said=said).refitting(1, ())
    for numbers in (range(36), range(36, 72)):
        tune(model, PAIRS.take(numbers), Y[list(numbers)], labels=STANCES, seed=13, context=context)
    assert sum(line.startswith("tiny, before: epoch 2 of 2 done") for line in said) == 1
    assert sum(line.startswith("tiny: epoch 1 of 1 done") for line in said) == 2
    kept = next((tmp_path / "models" / "cache" / "tuned").glob("*/encoder.safetensors"))
    names = sorted(path.name for path in kept.parent.iterdir())
    assert names == ["encoder.safetensors", "seconds.json"]
    kept.write_bytes(kept.read_bytes()[:-20])
    tune(model, PAIRS.take(LEARNED), Y[list(LEARNED)], labels=STANCES, seed=13, context=context)
    assert sum(line.startswith("tiny, before: epoch 2 of 2 done") for line in said) == 2


def test_the_generators_of_others_are_left_alone(tiny_encoder, tmp_path):
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    tuned(tiny_encoder, context_in(tmp_path, epochs=1))
    assert torch.equal(torch.rand(3), expected)


def test_a_fit_that_another_run_is_at_is_waited_for(tmp_path):
    said, order = [], []
    place = tmp_path / "tuned" / "one"

    def second():
        with fit_lock(place, report_progress=said.append):
            order.append("second")

    with fit_lock(place, report_progress=said.append):
        thread = threading.Thread(target=second)
        thread.start()
        while not said:
            time.sleep(0.01)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]
    assert said == ["one: another run is at the same fit, waiting for it"]


def test_weights_that_learned_from_a_corpus_are_refused_for_a_run_on_it(
    tiny_encoder, tmp_path, tones
):
    weights = shutil.copytree(tiny_encoder, tmp_path / "weights")
    rows_told = [{"name": "table-stance", "corpus": "table", "licence": "MIT"}]
    (weights / "learned.json").write_text(json.dumps(rows_told), "utf-8")
    model = FinetunedModel.model_validate(finetuned(weights))
    with pytest.raises(ConfigError) as refused:
        opened(model, tmp_path, said=[])
    assert str(refused.value) == (
        "model.encoder.name: must not have learned from table, whose rows this run is scored on, "
        f"got {str(weights)!r}, which learned from table-stance. Start from other weights."
    )


def test_a_fit_that_is_kept_costs_a_run_once_what_it_cost_then(copied, first, tiny_encoder):
    context = context_in(copied, dev_set=dev_set())
    for _ in range(2):
        tuned(tiny_encoder, context)
    assert list(context.earlier_seconds.values()) == [first[1].metrics["seconds"]]
