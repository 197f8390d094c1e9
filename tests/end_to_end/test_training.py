import json
import math

import pytest

# MLflow warns of its own type hints and of integer columns.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("project"),
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def mlflow(project, stance_run):
    import mlflow
    import mlflow.pyfunc

    mlflow.set_tracking_uri(f"sqlite:///{project.models / 'mlflow.db'}")
    return mlflow


@pytest.fixture(scope="module")
def logged(mlflow, stance_run):
    return mlflow.get_run(stance_run["run_id"])


def test_a_run_prints_its_scores_as_one_json_object(stance_run):
    assert {
        "run_id", "task", "kind", "data", "split", "n", "metric", "score", "ci95", "baseline",
        "scores", "leakage", "seconds", "bundle",
    } <= set(stance_run)  # fmt: skip
    low, high = stance_run["ci95"]
    assert low <= stance_run["score"] <= high
    assert stance_run["score"] == stance_run["scores"]["test.f1_macro"]
    assert stance_run["score"] > stance_run["baseline"]
    assert stance_run["leakage"]["n_clean"] <= stance_run["n"]
    assert set(stance_run["seconds"]) == {"features", "fit", "total"}


def test_a_run_is_logged_with_config_data_commit_environment_and_scores(logged, mlflow, stance_run):
    assert logged.data.params["model.kind"] == "average"
    assert logged.data.params["seed"] == "13"
    assert logged.data.metrics["test.f1_macro"] == pytest.approx(stance_run["score"])
    assert {"git.commit", "data.digest", "encoder", "task", "note"} <= set(logged.data.tags)
    dataset = logged.inputs.dataset_inputs[0].dataset
    assert dataset.name == "seeds"
    assert logged.data.tags["data.digest"].startswith(dataset.digest)
    environment = mlflow.artifacts.load_dict(f"{logged.info.artifact_uri}/environment.json")
    assert {"python", "scikit-learn", "mlflow", "onnxruntime"} <= set(environment)


def test_a_run_has_figures_tables_and_its_bundle(logged, mlflow):
    client = mlflow.MlflowClient()

    def names(folder):
        return {f.path for f in client.list_artifacts(logged.info.run_id, folder)}

    assert "figures/test-confusion.png" in names("figures")
    assert "figures/test-reliability.png" in names("figures")
    assert {"tables/test-errors.json", "tables/test-scores.json"} <= names("tables")
    assert {"bundle/manifest.json", "bundle/part-0", "bundle/part-1"} <= names("bundle")
    tables = mlflow.artifacts.load_dict(f"{logged.info.artifact_uri}/tables/test-scores.json")
    assert {"by_label", "by_issue", "by_actor", "by_stratum"} <= set(tables)
    table = mlflow.artifacts.load_dict(f"{logged.info.artifact_uri}/tables/test-errors.json")
    rows = [dict(zip(table["columns"], row, strict=True)) for row in table["data"]]
    assert rows
    assert all(row["label"] != row["predicted"] for row in rows)


def test_the_pyfunc_model_gives_a_row_for_every_pair(logged, mlflow):
    import pandas

    models = mlflow.search_logged_models(
        experiment_ids=[logged.info.experiment_id],
        filter_string=f"source_run_id='{logged.info.run_id}'",
        output_format="list",
    )
    model = mlflow.pyfunc.load_model(f"models:/{models[0].model_id}")
    text = "Moscow rejected the idea of Assad's removal on Monday."
    rows = [
        {"text": text, "holder_start": 0, "holder_end": 6, "target_start": 28, "target_end": 43},
        {"text": text, "holder_start": None, "holder_end": None, "target_start": 28, "target_end": 43},
        {"text": "Talks opened.", "holder_start": None, "holder_end": None, "target_start": None,
         "target_end": None},
    ]  # fmt: skip
    out = model.predict(pandas.DataFrame(rows))
    assert len(out) == len(rows)
    for row in out:
        shares = {label: row[label] for label in ("favor", "against", "none")}
        assert math.isclose(sum(shares.values()), 1, abs_tol=1e-5)
        assert row["label"] == max(shares, key=shares.get)
    assert out[0] != out[1]
    assert len(model.predict(pandas.DataFrame(rows[:1]))) == 1


def test_another_head_on_the_same_features_reads_nothing_again(project, stance_run):
    again = project.train(
        "seeds-stance", "--set", "model.weights=[0.3,0.7]", "--set", "name=other-head"
    )
    assert "read " not in again["stderr"]
    assert again["seconds"]["features"] < stance_run["seconds"]["features"]
    assert again["score"] != stance_run["score"]


def test_the_same_config_gives_the_same_scores(project, stance_run):
    again = project.train("seeds-stance")
    assert again["scores"] == stance_run["scores"]


@pytest.mark.parametrize(
    "changes",
    [
        ("model={kind='majority'}",),
        ("protocol={kind='leave_codebook_out'}",),
        ("model={kind='ngrams',words=[1,2],chars=[3,4],window=4,min_count=1,c=1.0,balanced=true}",),
    ],
    ids=["majority", "leave codebooks out", "ngrams"],
)
def test_every_kind_and_protocol_runs(project, stance_run, changes):
    words = [word for change in changes for word in ("--set", change)]
    found = project.train("seeds-stance", *words, "--set", "name=variant")
    assert found["n"] > 0
    low, high = found["ci95"]
    assert low <= found["score"] <= high
    if found["kind"] == "majority":
        assert found["score"] == found["baseline"]
    else:
        assert found["score"] > found["baseline"]


def test_a_config_that_is_wrong_costs_no_run(project, stance_run):
    before = (project.models / "mlflow.db").stat().st_mtime_ns
    done = project.standpoint("train", "configs/runs/none.toml", check=False)
    assert done.returncode == 2
    assert "must exist, got no such file." in done.stderr
    assert done.stdout == ""
    assert (project.models / "mlflow.db").stat().st_mtime_ns == before


def test_the_label_command_answers_with_the_champion(champion, stance_run):
    article = champion.folder / "story.txt"
    article.write_text(
        "Russia wants to see Iran at the table.\n\n"
        '"We call for humanitarian access to Homs," Lavrov said.\n',
        "utf-8",
    )
    done = champion.standpoint("label", str(article), "--codebook", "geneva2", "--format", "json")
    found = json.loads(done.stdout)
    assert found["model"]["stance"]["run_id"] == stance_run["run_id"]
    assert {(s["holder"], s["issue"]) for s in found["statements"]} >= {
        ("russia", "iran-participation"),
        ("lavrov", "humanitarian-access"),
    }
    text = article.read_text("utf-8")
    for statement in found["statements"]:
        for span in (statement["evidence"], statement["cue"]):
            assert text[span["start"] : span["end"]] == span["text"]
