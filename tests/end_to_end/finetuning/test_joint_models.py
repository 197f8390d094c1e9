"""A joint model from its config to the service: both tasks, its bundles, promotion, rollback."""

import shutil

import numpy as np
import pytest

from serve.api.service import Service
from serve.app import create_app
from standpoint.errors import BundleError, RegistryError
from standpoint.model.bundle import load_bundle
from standpoint.model.ensemble import predict
from standpoint.model.registry import load_champions
from standpoint.settings import Settings
from tests.end_to_end.finetuning.project import SCHEDULE, SEEDS, TONES, logged_in
from tests.tiny import finetuned, rows
from train.config.schema import RunConfig
from train.corpora.load import load_corpus
from train.tracking.mlflow_store import store
from train.tracking.promotion import promote, rollback, tasks_of, tasks_promoted_together
from train.tracking.stored_runs import load_stored

# MLflow warns of its own type hints and of integer columns.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("finetune"),
    pytest.mark.filterwarnings("ignore"),
]


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
