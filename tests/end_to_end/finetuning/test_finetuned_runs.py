"""Runs with a fine-tuned part: averages, refits, faults, and runs that were killed."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from standpoint.cli import train as command
from standpoint.errors import ConfigError, TrainingError
from standpoint.model.bundle import load_bundle
from standpoint.model.ensemble import Ensemble, predict
from tests.end_to_end.finetuning.project import SCHEDULE, SEEDS, TONES, logged_in
from tests.tiny import finetuned, table_of
from train.config.schema import RunConfig, load_config
from train.corpora.load import load_corpus
from train.run import run as run_config
from train.tracking.live_metrics import live_run
from train.tracking.mlflow_store import store

# MLflow warns of its own type hints and of integer columns.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("finetune"),
    pytest.mark.filterwarnings("ignore"),
]


def test_what_is_learned_before_must_not_be_the_runs_own_corpus(home):
    before = {"schedule": SCHEDULE, "lessons": [{"task": "sentiment", "data": SEEDS}]}
    with pytest.raises(ConfigError) as caught:
        home.train("before", model=finetuned(home.encoder, before=before), data=SEEDS)
    assert str(caught.value) == (
        "model.before.lessons: must be of other data than the run's own, whose held-out rows would "
        "be learned, got seeds-sentiment. Name it in model.beside."
    )


def test_a_joint_model_without_rows_of_its_other_task_in_a_split_is_refused(home):
    lines = (home.folder / "tones.jsonl").read_text("utf-8").splitlines()
    (home.folder / "few.jsonl").write_text("\n".join(lines[:12]), "utf-8")
    data = table_of("few.jsonl", labels=TONES.values())
    beside = [{"task": "sentiment", "data": data, "champion": True}]
    with pytest.raises(ConfigError) as caught:
        home.train("few", model=finetuned(home.encoder, beside=beside))
    assert str(caught.value) == (
        "model.beside: table-sentiment must have rows of the groups of every split, got none of "
        "dev. Give both the same groups, or set champion = false."
    )


def test_an_average_of_ngrams_and_a_finetuned_part_serves_what_it_logged(home, capsys):
    ngrams = {
        "kind": "ngrams", "words": [1, 2], "chars": [2, 4], "window": 3, "min_count": 1, "c": 1.0,
        "balanced": True,
    }  # fmt: skip
    public = {"corpus": "newsmtsc", "path": "newsmtsc", "licence": "MIT"}
    tuned = finetuned(
        home.encoder, precision="bfloat16", beside=[{"task": "sentiment", "data": public}]
    )  # fmt: skip
    model = {"kind": "average", "parts": [ngrams, tuned], "weights": [0.4, 0.6]}
    found = home.train("average", model=model, refit=True)
    assert "average: newsmtsc-sentiment is not here, and is left out" in capsys.readouterr().err
    run, load = logged_in(home, found["run_id"])
    assert load("other-data.json") == {"used": [], "missing": ["newsmtsc-sentiment"]}
    assert found["score"] > 0.9
    with store(home.models, must_exist=True) as mlflow:
        place = Path(mlflow.artifacts.download_artifacts(f"runs:/{found['run_id']}/bundle"))
    bundle = load_bundle(place)
    assert isinstance(bundle, Ensemble)
    assert sorted(path.name for path in place.iterdir() if path.is_dir()) == [
        "encoder", "part-0", "part-1",
    ]  # fmt: skip
    assert bundle.encoder.digest == bundle.manifest.encoder == run.data.tags["encoder"]
    corpus = load_corpus(
        RunConfig.model_validate(load("config.json")).data, task="stance", root=home.folder
    )  # fmt: skip
    (shares,) = predict([r.pair() for r in corpus.records], models=[bundle], encoder=None)
    said = [bundle.labels[n] for n in shares.argmax(axis=1)]
    assert np.mean(said == np.array([r.label for r in corpus.records])) > 0.9


def test_a_refit_has_as_many_epochs_as_its_best_on_dev(home, capsys):
    schedule = {**SCHEDULE, "epochs": 3}
    model = finetuned(home.encoder, schedule=schedule, patience=1)
    found = home.train("refit", model=model, refit=True)
    told = capsys.readouterr().err
    run, _ = logged_in(home, found["run_id"])
    n_epochs = int(run.data.metrics["tuning.epochs"])
    assert f"144 sentences, {n_epochs} epochs" in told
    assert told.count("refit: writing the int8 graph") == 2


def test_weights_that_are_no_numbers_end_a_run_with_its_place(home, tmp_path):
    poisoned = shutil.copytree(home.encoder, tmp_path / "poisoned")
    arrays = load_file(poisoned / "model.safetensors")
    arrays["encoder.layer.0.output.dense.bias"][:] = np.nan
    save_file(arrays, poisoned / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(TrainingError) as caught:
        home.train("poisoned", model=finetuned(poisoned))
    assert str(caught.value).startswith(
        "loss: must be a number, got nan in epoch 1, step 1 of 9, in the batch with '"
    )


@pytest.mark.parametrize(
    ("error", "status"), [(TrainingError("no"), "FAILED"), (KeyboardInterrupt(), "KILLED")]
)
def test_a_run_that_does_not_end_says_so_and_keeps_its_curve(home, joint, error, status):
    with pytest.raises(type(error)), live_run("unfinished", models_dir=home.models) as live:
        live.log_metric(10, "train.loss", 0.5)
        raise error
    with store(home.models, must_exist=True) as mlflow:
        client = mlflow.MlflowClient()
        assert client.get_run(live.run_id).info.status == status
        (kept,) = client.get_metric_history(live.run_id, "train.loss")
    assert (kept.step, kept.value) == (10, 0.5)


def test_a_run_without_a_curve_is_not_begun_before_it_is_done(home, joint):
    with pytest.raises(ConfigError), live_run("none", models_dir=home.models) as live:
        raise ConfigError("no")
    assert live.run_id is None


def test_a_run_that_was_killed_goes_on_and_ends_as_one_that_was_not(home, tmp_path):
    schedule = {**SCHEDULE, "epochs": 24}
    model = finetuned(home.encoder, schedule=schedule)
    path = home.config("killed", model=model)
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    whole.mkdir()
    root = Path(command.__file__).parents[2]
    environ = {**os.environ, "PYTHONPATH": str(root), "STANDPOINT_MODELS_DIR": str(killed)}
    process = subprocess.Popen(
        [sys.executable, "-m", "standpoint", "train", str(path)],
        cwd=home.folder, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 90
    while not list(killed.glob("cache/tuned/*/checkpoint/state.json")):
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < deadline, "no checkpoint was written"
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=20)
    assert process.returncode == -signal.SIGKILL
    assert not list(killed.glob("cache/tuned/*/done.json"))
    said = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command, "print_progress", said.append)
        one = home.train("killed", model=model, models=killed)
    assert any(line.startswith("killed: going on after epoch ") for line in said)
    other = run_config(
        load_config(path), root=home.folder, models_dir=whole, report_progress=lambda text: None
    )  # fmt: skip
    assert one["scores"] == other.flat
    for name in ("heads.safetensors", "weights/model.safetensors", "encoder/graph.onnx"):
        (first,), (second,) = (list(f.glob(f"cache/tuned/*/{name}")) for f in (killed, whole))
        assert first.read_bytes() == second.read_bytes()
    assert runs_by_status(killed) == ["FINISHED", "KILLED"]


def runs_by_status(models):
    with store(models, must_exist=True) as mlflow:
        found = mlflow.search_runs(search_all_experiments=True, output_format="list")
        return sorted(run.info.status for run in found)
