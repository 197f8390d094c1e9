"""The loop that learns: what it learns, how it ends, and how it goes on after it was stopped."""

import itertools
import json
import math
import re
from pathlib import Path

import numpy as np
import pytest
import torch

from standpoint.errors import CheckpointError, ConfigError, TrainingError
from standpoint.labels import LABELS
from standpoint.model.feature_config import EncoderFeatures
from standpoint.model.pairs import PairText
from standpoint.text.article import Span
from tests.tiny import N_LAYERS, WIDTH, rows, tokenizer_of, torch_encoder
from train.config.model import Schedule
from train.finetune import fitting
from train.finetune.batches import TrainingTask, sentences_of
from train.finetune.context import FinetuneContext
from train.finetune.device import Device, deterministic, select_device
from train.finetune.fitting import Trainer
from train.finetune.loss import logits_of
from train.finetune.network import Head, Network

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch

SEED = 13
KEY = "k" * 64
CPU = Device(torch.device("cpu"), "float32")
READING = EncoderFeatures(
    layers=(1, 2), holder=True, between=True, windows=(), products=False, signs=False
)
# 48 sentences, 4 at a time: 12 steps to an epoch.
SCHEDULE = Schedule(epochs=3, batch=4, learning_rate=3e-3, head_learning_rate=3e-2)
NOWHERE = Path("not-used")
QUIET = FinetuneContext(NOWHERE, NOWHERE, "tiny", lambda text: None)


def pairs_and_labels():
    for row in itertools.islice(rows(), 48):
        ends = {
            role: Span(row[f"{role}_start"], row[f"{role}_end"]) for role in ("holder", "target")
        }
        yield PairText(row["text"], ends["holder"], ends["target"]), row["label"]


@pytest.fixture(scope="module")
def material(tiny_encoder):
    pairs, labels = zip(*pairs_and_labels(), strict=True)
    numbers = np.array([LABELS["stance"].index(label) for label in labels], np.int64)
    task = TrainingTask("main", pairs, numbers, 3, READING)
    tokenizer = tokenizer_of(tiny_encoder)
    return tiny_encoder, task, tokenizer, sentences_of([task], tokenizer=tokenizer)


class Slow(Network):
    """A network that cannot hold more than so many sentences at once."""

    most = 0
    error = "CUDA out of memory. Tried to allocate 20.00 MiB."

    def forward(self, batch):
        if len(batch.blocks[0][0]) > self.most:
            raise torch.OutOfMemoryError(self.error)
        return super().forward(batch)


def fit_of(material, *, schedule=SCHEDULE, seed=SEED, of=Network):
    source, task, tokenizer, sentences = material
    head = Head(READING, width=WIDTH, n_text_features=0, n_labels=3, dropout=0.1)
    return Trainer(
        of(torch_encoder(source), {"main": head}, n_layers=N_LAYERS),
        [task],
        sentences=sentences,
        tokenizer=tokenizer,
        schedule=schedule,
        device=CPU,
        seed=seed,
    )


def learn(material, folder, *, context=QUIET, key=KEY, score_dev=None, patience=0, **more):
    """Fit from the start, or from a checkpoint in the folder; gives the fit and what it says."""
    with deterministic(more.get("seed", SEED)):
        fit = fit_of(material, **more)
        return fit, fit.run(
            folder=folder, key=key, context=context, score_dev=score_dev, patience=patience
        )


def weights_of(fit):
    return {name: array.clone() for name, array in fit.network.state_dict().items()}


def same(one, other):
    return all(torch.equal(one[name], other[name]) for name in one) and one.keys() == other.keys()


def context_of(curve, *, stop_at=None, said=None):
    """One who notes the curve, and stops the fit at a step as a signal would."""

    def watch(step, name, value):
        curve.append((step, name, value))
        if name == "train.loss" and step == stop_at:
            raise KeyboardInterrupt

    return FinetuneContext(
        NOWHERE, NOWHERE, "tiny", (said if said is not None else []).append, watch
    )


def accuracy(material):
    """A score of dev on the very sentences that are learned from."""
    _, task, tokenizer, sentences = material

    def score(network):
        logits = logits_of(
            network, sentences, head="main", tokenizer=tokenizer, device=CPU, size=64
        )  # fmt: skip
        return float((logits.argmax(dim=1).numpy() == task.labels).mean())

    return score


# --- what is learned ----------------------------------------------------------


@pytest.fixture(scope="module")
def whole(material, tmp_path_factory):
    """A fit that nothing stopped: it, its curve, and what was learned."""
    curve = []
    folder = tmp_path_factory.mktemp("whole") / "checkpoint"
    context = context_of(curve)
    fit, learned = learn(material, folder, context=context, score_dev=accuracy(material))
    return fit, curve, learned


def test_the_loss_falls_and_what_was_learned_is_known(whole):
    _, curve, learned = whole
    losses = [value for _, name, value in curve if name == "train.loss"]
    assert losses[-1] < losses[0] < math.log(3)  # of three labels, before anything is learned
    assert losses[-1] < 0.1 * math.log(3)
    assert learned.scores[-1] == max(learned.scores) > 0.9
    assert (learned.epochs, learned.n_sentences) == (3, 48)


def test_the_curve_has_a_loss_every_ten_steps_and_a_score_every_epoch(whole):
    steps = [(step, name) for step, name, _ in whole[1]]
    assert [step for step, name in steps if name == "train.loss"] == [10, 20, 30, 36]
    assert [step for step, name in steps if name == "dev.score"] == [12, 24, 36]


def test_the_same_seed_gives_the_same_weights_and_another_gives_others(material, whole, tmp_path):
    again, _ = learn(material, tmp_path / "again", score_dev=accuracy(material))
    assert same(weights_of(again), weights_of(whole[0]))
    other, _ = learn(material, tmp_path / "other", seed=14)
    assert not same(weights_of(other), weights_of(whole[0]))


def test_a_fit_leaves_the_numbers_that_others_draw_as_they_were(material, tmp_path):
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    learn(material, tmp_path / "c", schedule=SCHEDULE.model_copy(update={"epochs": 1}))
    assert torch.equal(torch.rand(3), expected)
    assert not torch.are_deterministic_algorithms_enabled()


# --- stopped and started again ------------------------------------------------


@pytest.mark.parametrize(
    ("every", "stop_at", "begun"),
    [
        pytest.param(math.inf, 20, "epoch 1, step 0", id="after an epoch"),
        pytest.param(-1.0, 20, "epoch 1, step 7", id="within an epoch"),
        pytest.param(-1.0, 36, "epoch 2, step 11", id="at the last step"),
    ],
)
def test_a_fit_that_was_stopped_ends_with_the_weights_of_one_that_was_not(
    material, whole, tmp_path, monkeypatch, every, stop_at, begun
):
    monkeypatch.setattr(fitting, "CHECKPOINT_EVERY_S", every)
    score_dev = accuracy(material)
    with pytest.raises(KeyboardInterrupt):
        learn(
            material,
            tmp_path / "c",
            context=context_of([], stop_at=stop_at),
            score_dev=score_dev,
        )
    curve, said = [], []
    context = context_of(curve, said=said)
    fit, learned = learn(material, tmp_path / "c", context=context, score_dev=score_dev)
    assert said[0] == f"tiny: going on after {begun}"
    assert same(weights_of(fit), weights_of(whole[0]))
    assert curve == whole[1]
    assert (learned.epochs, learned.scores) == (whole[2].epochs, whole[2].scores)


def test_a_fit_that_was_done_learns_nothing_more(material, whole, tmp_path):
    score_dev = accuracy(material)
    learn(material, tmp_path / "c", score_dev=score_dev)
    said = []
    fit, learned = learn(
        material, tmp_path / "c", context=context_of([], said=said), score_dev=score_dev
    )
    assert said == ["tiny: going on after epoch 3, step 0"]
    assert learned.scores == whole[2].scores
    assert same(weights_of(fit), weights_of(whole[0]))


@pytest.fixture
def stopped(material, tmp_path):
    """The checkpoint of a fit that was stopped in its second epoch."""
    with pytest.raises(KeyboardInterrupt):
        learn(material, tmp_path / "c", context=context_of([], stop_at=20))
    return tmp_path / "c"


def refused(material, folder, *, key=KEY):
    with pytest.raises(CheckpointError) as caught:
        learn(material, folder, key=key)
    return str(caught.value)


def test_a_checkpoint_of_another_config_is_refused(material, stopped):
    assert refused(material, stopped, key="other " * 9) == (
        f"{stopped}: must be a checkpoint of this config, data and seed (other other othe), got "
        "one of another (kkkkkkkkkkkkkkkk). Delete the folder; training then starts again."
    )


def cut(folder):
    path = folder / "state.safetensors"
    path.write_bytes(path.read_bytes()[:-100])


def flip(folder):
    path = folder / "state.safetensors"
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    "spoil",
    [
        cut,
        flip,
        lambda folder: (folder / "state.safetensors").unlink(),
        lambda folder: (folder / "state.json").unlink(),
        lambda folder: (folder / "state.json").write_text("{", "utf-8"),
        lambda folder: (folder / "state.json").write_text("[]", "utf-8"),
        lambda folder: (folder / "state.json").write_text(
            json.dumps({"key": KEY, "sha256": "0" * 64, "scores": [], "curve": []}), "utf-8"
        ),
    ],
    ids=["cut", "a byte changed", "no arrays", "no rest", "no JSON", "a list", "another sum"],
)
def test_a_damaged_checkpoint_is_refused(material, stopped, spoil):
    spoil(stopped)
    message = refused(material, stopped)
    assert message.startswith(f"{stopped}: must be a whole checkpoint, got ")
    assert message.endswith(". Delete the folder; training then starts again.")


def test_a_checkpoint_is_replaced_whole_and_leaves_nothing_beside_it(material, stopped):
    assert sorted(path.name for path in stopped.iterdir()) == ["state.json", "state.safetensors"]
    assert [path.name for path in stopped.parent.iterdir()] == ["c"]


# --- what goes wrong ----------------------------------------------------------


def test_a_loss_that_is_no_number_stops_the_fit_with_its_place_and_keeps_the_checkpoint(
    material, stopped
):
    before = (stopped / "state.safetensors").read_bytes()
    with deterministic(SEED):
        fit = fit_of(material)
        forward = fit.network.forward
        fit.network.forward = lambda batch: {n: a * math.nan for n, a in forward(batch).items()}
        with pytest.raises(TrainingError) as caught:
            fit.run(folder=stopped, key=KEY, context=QUIET)
    assert re.fullmatch(
        r"loss: must be a number, got nan in epoch 2, step 1 of 12, in the batch with "
        rf"'[^']+'\. The last good checkpoint is in {re.escape(str(stopped))}\. Lower "
        r"model\.schedule\.learning_rate \(now 0\.003\), or set model\.precision=float32\.",
        str(caught.value),
    )
    assert (stopped / "state.safetensors").read_bytes() == before
    learn(material, stopped)


def test_weights_that_are_no_numbers_stop_the_fit_in_its_first_step(material, tmp_path):
    with deterministic(SEED):
        fit = fit_of(material)
        with torch.no_grad():
            fit.network.heads["main"].linear.bias[0] = math.nan
        with pytest.raises(
            TrainingError, match=r"in epoch 1, step 1 of 12, .* There is no checkpoint yet\."
        ):
            fit.run(folder=tmp_path / "c", key=KEY, context=QUIET)
    assert not (tmp_path / "c").exists()


def test_gradients_that_are_no_numbers_stop_the_fit_before_they_spoil_the_weights(
    material, stopped
):
    with deterministic(SEED):
        fit = fit_of(material)
        fit.network.heads["main"].linear.weight.register_hook(lambda gradient: gradient * math.inf)
        with pytest.raises(
            TrainingError, match=r"^gradients: must be numbers, got .* in epoch 2, step 1"
        ):
            fit.run(folder=stopped, key=KEY, context=QUIET)
    assert all(torch.isfinite(array).all() for array in weights_of(fit).values())


@pytest.mark.parametrize(
    ("most", "advice"),
    [(2, "A batch of 2 fits"), (1, "A batch of 1 fits"), (0, "No smaller batch was found to fit")],
)
def test_where_memory_runs_out_a_batch_that_fits_is_told(material, tmp_path, most, advice):
    limited = type("Limited", (Slow,), {"most": most})
    with pytest.raises(ConfigError) as caught:
        learn(material, tmp_path / "c", of=limited)
    assert str(caught.value) == (
        "model.schedule.batch: must fit in memory, got 4, and memory ran out (CUDA out of memory. "
        f"Tried to allocate 20.00 MiB.). {advice}; what was learned is kept, and a config with "
        "another batch starts again."
    )


def test_an_error_that_is_not_of_memory_is_told_as_it_is(material, tmp_path):
    broken = type("Broken", (Slow,), {"error": "index out of range in self"})
    with pytest.raises(RuntimeError, match=r"^index out of range in self$"):
        learn(material, tmp_path / "c", of=broken)


def test_a_gpu_that_is_not_there_is_refused(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert select_device("auto", "float32").torch_device.type == "cpu"
    with pytest.raises(TrainingError) as caught:
        select_device("cuda:1", "float32")
    assert str(caught.value) == (
        "model.device: must be there, got 'cuda:1' without a GPU that torch can use. "
        "Set model.device=auto."
    )


# --- the best epoch -----------------------------------------------------------


def scripted(*scores):
    """A score of dev whose scores are known beforehand, and the weights it was given for each."""
    left, seen = iter(scores), []

    def score(network):
        seen.append({name: array.clone() for name, array in network.state_dict().items()})
        return next(left)

    return score, seen


def test_the_weights_of_the_best_epoch_are_kept(material, tmp_path):
    score_dev, seen = scripted(0.3, 0.9, 0.5)
    fit, learned = learn(material, tmp_path / "c", score_dev=score_dev)
    assert (learned.epochs, learned.scores) == (2, (0.3, 0.9, 0.5))
    assert same(weights_of(fit), seen[1])
    assert not same(seen[1], seen[2])


@pytest.mark.parametrize(
    ("scores", "patience", "n_epochs", "best"),
    [
        ((0.9, 0.5, 0.4), 0, 3, 1),
        ((0.9, 0.5), 1, 2, 1),
        ((0.9, 0.5, 0.4), 2, 3, 1),
        ((0.5, 0.9, 0.4), 1, 3, 2),
    ],
)
def test_a_fit_ends_when_its_patience_does(material, tmp_path, scores, patience, n_epochs, best):
    score_dev, seen = scripted(*scores)
    fit, learned = learn(material, tmp_path / "c", score_dev=score_dev, patience=patience)
    assert len(seen) == n_epochs
    assert learned.epochs == best
    assert same(weights_of(fit), seen[best - 1])


def test_a_fit_that_was_stopped_still_knows_its_best_epoch(material, tmp_path):
    score_dev, seen = scripted(0.9, 0.5, 0.5, 0.4)
    with pytest.raises(KeyboardInterrupt):
        learn(material, tmp_path / "c", context=context_of([], stop_at=30), score_dev=score_dev)
    fit, learned = learn(material, tmp_path / "c", score_dev=score_dev)
    assert learned.epochs == 1
    assert same(weights_of(fit), seen[0])
