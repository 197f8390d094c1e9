"""A fine-tuned model from its config to the service, in a project of its own."""

import json
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

from serve.api.service import Service
from serve.app import create_app
from standpoint.cli import train as command
from standpoint.errors import BundleError, ConfigError, RegistryError, TrainingError
from standpoint.model.bundle import load_bundle
from standpoint.model.ensemble import Ensemble, predict
from standpoint.model.registry import load_champions
from standpoint.settings import Settings
from tests.tiny import TARGETS, finetuned, rows, table_of, toml_of, write_table
from train.config.schema import RunConfig, load_config
from train.corpora.load import load_corpus
from train.run import run as run_config
from train.tracking.live_metrics import live_run
from train.tracking.mlflow_store import store
from train.tracking.promotion import promote, rollback, tasks_of, tasks_promoted_together
from train.tracking.stored_runs import load_stored

# MLflow warns of its own type hints and of integer columns.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("finetune"),
    pytest.mark.filterwarnings("ignore"),
]

TONES = {"favor": "positive", "against": "negative", "none": "neutral"}
ACTOR = '[[actors]]\nid = "{id}"\nname = "{name}"\nkind = "state"\n'
ISSUE = (
    '[[issues]]\nid = "{id}"\nname = "A question of {id}"\nfavor = "Yes."\nagainst = "No."\n'
    'cues = ["{id}"]\n'
)
SCHEDULE = finetuned(Path("e"))["schedule"]
SEEDS = {"corpus": "seeds", "path": "seeds", "licence": "CC0-1.0"}


class Home:
    """A project's folder, in which configs are carried out."""

    def __init__(self, folder, encoder):
        self.folder, self.encoder = folder, encoder
        self.models = folder / "models"

    def config(self, name, *, model, **changes):
        """Write a config; gives its path."""
        told = {
            "name": name, "task": "stance", "seed": 13, "refit": False,
            "data": table_of("stances.jsonl"),
            "protocol": {"kind": "by_group", "dev_share": 0.25, "test_share": 0.25},
            "model": model,
            "scoring": {"metric": "f1_macro", "bootstrap": 100},
            **changes,
        }  # fmt: skip
        path = self.folder / f"{name}.toml"
        path.write_text(toml_of(told), "utf-8")
        return path

    def train(self, name, *, model, models=None, **changes):
        """Carry out a config in this process; gives what ``--json`` prints."""
        path = self.config(name, model=model, **changes)
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            patch.setenv("STANDPOINT_MODELS_DIR", str(models or self.models))
            patch.delenv("STANDPOINT_DATA", raising=False)
            return command.train(path)


@pytest.fixture(scope="module")
def home(tmp_path_factory, tiny_encoder, seed_row):
    folder = tmp_path_factory.mktemp("home")
    write_table(folder / "stances.jsonl")
    write_table(folder / "tones.jsonl", labels=TONES)
    (folder / "seeds").mkdir()
    (folder / "configs" / "codebooks").mkdir(parents=True)
    articles = (article_of(group, seed_row) for group in dict.fromkeys(r["group"] for r in rows()))
    lines = "".join(json.dumps(article) + "\n" for article in articles)
    (folder / "seeds" / "small.jsonl").write_text(lines, "utf-8")
    (folder / "configs" / "codebooks" / "small.toml").write_text(codebook(), "utf-8")
    return Home(folder, tiny_encoder)


def codebook():
    actors = [ACTOR.format(id=n.lower(), name=n) for n in ("Iran", "Chile", "Russia", "Peru")]
    issues = [ISSUE.format(id=target.split()[1]) for target in TARGETS]
    return 'name = "small"\ntitle = "Small things"\n' + "".join(actors + issues)


def article_of(group, seed_row):
    """The rows of a group as an article of the seeds, with both tasks' labels."""
    own = [row for row in rows() if row["group"] == group]
    sentences = []
    for row in own:
        holder = row["text"][: row["holder_end"]]
        cue = row["text"][row["target_start"] + 4 : row["target_end"]]
        sentences.append((row["text"], (holder.lower(), holder, cue, cue, row["label"])))
    made = seed_row(group, "small", *sentences)
    for statement, row in zip(made["statements"], own, strict=True):
        statement["sentiment"] = TONES[row["label"]]
    return made


@pytest.fixture(scope="module")
def joint(home):
    """A run of a joint model for both tasks, promoted; gives what it printed."""
    beside = [{"task": "sentiment", "data": SEEDS, "champion": True}]
    model = finetuned(home.encoder, products=True, signs=True, leanings=True, beside=beside)
    found = home.train("joint", model=model, data=SEEDS)
    for task in tasks_of(found["run_id"], models_dir=home.models):
        promote(found["run_id"], models_dir=home.models, task=task, force=False)
    return found


def logged_in(home, run_id):
    """The run, and what it logged as JSON by name."""
    with store(home.models, must_exist=True) as mlflow:
        run = mlflow.get_run(run_id)
        place = run.info.artifact_uri

        def load(name):
            return mlflow.artifacts.load_dict(f"{place}/{name}")

        return run, load


def test_both_tasks_of_a_joint_model_are_learned_promoted_and_served(home, joint):
    champions = load_champions(home.models)
    stance, sentiment = champions.stance.model, champions.sentiment.model
    assert (stance.task, sentiment.task) == ("stance", "sentiment")
    assert stance.manifest.run_id == sentiment.manifest.run_id == joint["run_id"]
    assert champions.encoder is None
    assert stance.encoder.digest == sentiment.encoder.digest == stance.manifest.encoder
    assert joint["scores"]["test.f1_macro"] > 0.9
    assert joint["scores"]["sentiment.test.f1_macro"] > 0.9
    assert sentiment.manifest.scores["test.f1_macro"] == joint["scores"]["sentiment.test.f1_macro"]


def test_the_champion_gives_the_probabilities_that_its_run_logged(home, joint):
    _, load = logged_in(home, joint["run_id"])
    config = RunConfig.model_validate(load("config.json"))
    records = {r.id: r for r in load_corpus(config.data, task="stance", root=home.folder).records}
    logged = load("tables/test-predictions.json")
    pairs = [records[row["id"]].pair() for row in logged["rows"]]
    (shares,) = predict(pairs, models=[load_champions(home.models).stance.model], encoder=None)
    assert len(pairs) == joint["n"] > 30
    expected = np.array([row["shares"] for row in logged["rows"]])
    order = [logged["labels"].index(label) for label in ("favor", "against", "none")]
    np.testing.assert_allclose(shares, expected[:, order], atol=2e-5)


def test_a_bundle_brings_its_encoder_along_with_its_sums(home, joint):
    bundle = load_bundle(home.models / "stance" / "1")
    names = {f"encoder/{name}" for name in ("graph.onnx", "tokenizer.json", "encoder.json")}
    assert names <= set(bundle.manifest.files)
    assert not list((home.models).glob("encoders/*"))


@pytest.mark.parametrize("name", ["graph.onnx", "tokenizer.json", "encoder.json"])
def test_a_bundle_whose_encoder_was_changed_is_refused_by_its_file(home, joint, tmp_path, name):
    copy = shutil.copytree(home.models / "stance" / "1", tmp_path / "bundle")
    path = copy / "encoder" / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(BundleError) as caught:
        load_bundle(copy)
    assert str(caught.value).startswith(f"{path}: must have the sha256 ")
    assert str(caught.value).endswith(". Promote the run again.")


def test_a_bundle_without_a_file_of_its_encoder_is_refused(home, joint, tmp_path):
    copy = shutil.copytree(home.models / "stance" / "1", tmp_path / "bundle")
    (copy / "encoder" / "graph.onnx").unlink()
    with pytest.raises(BundleError) as caught:
        load_bundle(copy)
    assert str(caught.value) == (
        f"{copy / 'encoder' / 'graph.onnx'}: must exist, got no such file. Promote the run again."
    )


def test_the_run_has_its_learning_curve_and_what_int8_cost(home, joint):
    run, load = logged_in(home, joint["run_id"])
    with store(home.models, must_exist=True) as mlflow:
        client = mlflow.MlflowClient()
        steps = {
            name: [found.step for found in client.get_metric_history(joint["run_id"], name)]
            for name in ("train.loss", "dev.score")
        }
    assert run.info.status == "FINISHED"
    assert len(set(steps["train.loss"])) > 1
    assert len(steps["dev.score"]) == SCHEDULE["epochs"]
    assert run.data.metrics["tuning.export.agreement_fp32"] >= 0.99
    assert run.data.metrics["tuning.export.agreement_int8"] >= 0.9
    assert run.data.tags["tasks"] == "stance,sentiment"
    assert load("other-data.json") == {
        "used": [
            {"name": "seeds-sentiment", "n_pairs": 144, "n_left_out": 0, "licence": "CC0-1.0"}
        ],
        "missing": [],
    }


@pytest.mark.parametrize(("task", "name"), [("stance", "model"), ("sentiment", "model-sentiment")])
def test_the_pyfunc_model_predicts_as_the_bundle_does(home, joint, task, name):
    with store(home.models, must_exist=True) as mlflow:
        run = mlflow.get_run(joint["run_id"])
        (logged,) = [
            model
            for model in mlflow.search_logged_models(
                experiment_ids=[run.info.experiment_id],
                filter_string=f"source_run_id='{joint['run_id']}'",
                output_format="list",
            )
            if model.name == name
        ]
        model = mlflow.pyfunc.load_model(f"models:/{logged.model_id}")
    spans = [f"{role}_{end}" for role in ("holder", "target") for end in ("start", "end")]
    asked = [{key: row[key] for key in ("text", *spans)} for row in list(rows())[::20]]
    out = model.predict(asked)
    served = ask(home, [pair_for_service(row) for row in asked], task=task)
    for row, found in zip(out, served["pairs"], strict=True):
        assert row["label"] == found["label"]
        for label, share in found["probabilities"].items():
            assert row[label] == pytest.approx(share, abs=1e-4)


def pair_for_service(row):
    return {
        "text": row["text"],
        **{
            role: {"start": row[f"{role}_start"], "end": row[f"{role}_end"]}
            for role in ("holder", "target")
        },
    }


def client_of(home):
    settings = Settings(
        models_dir=home.models, codebooks_dir=home.folder / "configs" / "codebooks"
    )  # fmt: skip
    return create_app(Service(settings), settings).test_client()


def ask(home, pairs, *, task):
    got = client_of(home).post("/v1/pairs", json={"pairs": pairs, "task": task})
    assert got.status_code == 200, got.text
    return got.json


@pytest.mark.parametrize("task", ["stance", "sentiment"])
def test_the_service_judges_pairs_with_either_champion(home, joint, task):
    some = list(rows())[:48]
    found = ask(home, [pair_for_service(row) for row in some], task=task)
    expected = [row["label"] if task == "stance" else TONES[row["label"]] for row in some]
    assert np.mean([one["label"] for one in found["pairs"]] == np.array(expected)) > 0.9
    assert found["model"]["sentiment"]["run_id"] == joint["run_id"]


def test_the_service_labels_articles_with_both_champions(home, joint):
    text = "Iran praised the plan on Monday. Peru rejected the deal with envoys."
    got = client_of(home).post("/v1/articles", json={"text": text, "codebook": "small"})
    assert got.status_code == 200, got.text
    assert [
        (said["holder"], said["issue"], said["stance"], said["sentiment"])
        for said in got.json["statements"]
    ] == [("iran", "plan", "favor", "positive"), ("peru", "deal", "against", "negative")]


def test_the_same_config_again_trains_nothing_and_scores_the_same(home, joint, capsys):
    model = finetuned(
        home.encoder, products=True, signs=True, leanings=True,
        beside=[{"task": "sentiment", "data": SEEDS, "champion": True}],
    )  # fmt: skip
    again = home.train("joint", model=model, data=SEEDS)
    assert "epoch" not in capsys.readouterr().err
    assert again["scores"] == joint["scores"]
    # What a fit took belongs to every run that rests on it, whenever it was done.
    assert again["seconds"]["fit"] > 0.5 * joint["seconds"]["fit"]


def test_a_worse_run_of_the_same_data_is_not_promoted_over_a_joint_champion(home, joint):
    found = home.train("worse", model={"kind": "majority"}, data=SEEDS)
    with pytest.raises(RegistryError) as refused:
        promote(found["run_id"], models_dir=home.models, task="stance", force=False)
    assert "test.f1_macro must be at least the champion's" in str(refused.value)


def test_a_rollback_takes_both_tasks_of_a_joint_champion_back(home, joint):
    model = finetuned(home.encoder, beside=[{"task": "sentiment", "data": SEEDS, "champion": True}])
    found = home.train("joint-too", model=model, data=SEEDS)
    for task in tasks_of(found["run_id"], models_dir=home.models):
        promote(found["run_id"], models_dir=home.models, task=task, force=True)
    tasks = tasks_promoted_together(None, models_dir=home.models)
    assert tasks == ("stance", "sentiment")
    assert tasks_promoted_together("sentiment", models_dir=home.models) == ("sentiment",)
    back = [rollback(models_dir=home.models, task=task).run_id for task in tasks]
    assert back == [joint["run_id"]] * 2


def test_the_card_of_the_other_task_is_of_its_own_data(home, joint):
    card = (home.models / "sentiment" / "1" / "card.md").read_text("utf-8")
    assert card.startswith("# joint: sentiment\n")
    assert "Kind `finetuned`" in card
    assert "- seeds: 144 pairs, CC0-1.0\n- seeds-stance: 144 pairs, CC0-1.0\n" in card
    assert "Licences of the data: CC0-1.0." in card


def test_a_joint_run_is_the_model_of_either_task(home, joint):
    for task in ("stance", "sentiment"):
        model = load_stored(joint["run_id"], models_dir=home.models, task=task)
        assert (model.task, model.encoder is None) == (task, False)
    assert load_stored(joint["run_id"], models_dir=home.models).task == "stance"


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
