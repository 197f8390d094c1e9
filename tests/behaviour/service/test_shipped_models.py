"""The service and the command line with shipped models, by default and by name."""

import csv
import io
import json

import pytest

from tests.judges import write_taught
from tests.shipping import ship

TEXT = "Ruritania backs the river dam. Borduria opposes the river dam."
ARTICLE = {"text": TEXT, "codebook": "dam"}


@pytest.fixture
def shipped(empty_house, tmp_path):
    """A house with both shipped models, and nothing promoted."""
    for name in ("accurate", "fast"):
        bundle = write_taught(tmp_path / name, topics=("river", "dam"), run_id=f"{name}-run")
        ship(empty_house.models, **{name: bundle})
    return empty_house


def answered_by(client):
    answer = client.post("/v1/articles", json=ARTICLE)
    assert answer.status_code == 200, answer.text
    return answer.json["model"]["stance"]


@pytest.mark.parametrize(
    ("setting", "name"), [(None, "accurate"), ("accurate", "accurate"), ("fast", "fast")]
)
def test_the_shipped_model_that_the_setting_names_answers(shipped, setting, name):
    client = shipped.client(model=setting)
    expected = {"name": name, "version": 0, "run_id": f"{name}-run"}
    assert answered_by(client) == expected
    card = client.get("/v1/model").json["stance"]
    assert {key: card[key] for key in expected} == expected
    assert client.get("/readyz").status_code == 200


def test_a_promotion_takes_the_place_of_the_shipped_model_unless_that_is_named(
    shipped, looks_every_time
):
    by_default, by_name = shipped.client(), shipped.client(model="fast")
    assert answered_by(by_default)["name"] == "accurate"
    shipped.promote("stance", version=3)
    assert answered_by(by_default) == {
        "name": "champion",
        "version": 3,
        "run_id": "stance-run-3",
    }
    assert answered_by(by_name)["name"] == "fast"


def test_a_newer_shipped_model_is_taken_up_while_the_service_runs(
    shipped, tmp_path, looks_every_time
):
    client = shipped.client()
    assert answered_by(client)["run_id"] == "accurate-run"
    newer = write_taught(tmp_path / "newer", topics=("river", "dam"), run_id="newer-run")
    ship(shipped.models, accurate=newer)
    assert answered_by(client)["run_id"] == "newer-run"


def test_the_pages_name_the_shipped_model_and_link_to_no_run(shipped):
    client = shipped.client()
    page = client.get("/models").text
    assert "Stance, the shipped model accurate" in page
    assert "MLflow UI" not in page
    result = client.post("/", data=ARTICLE).text
    assert "read by stance model accurate." in result
    assert "the sentence and the issue, read together" in result
    sheet = client.post("/download", data={**ARTICLE, "format": "stances"}).text
    assert {row["stance_version"] for row in csv.DictReader(io.StringIO(sheet))} == {"accurate"}


def test_the_page_of_a_named_bundle_does_not_show_its_path(house):
    folder = house.models / "stance" / "3"
    page = house.client(model=str(folder)).get("/models").text
    assert "Stance, a bundle that was named" in page
    assert str(folder) not in page


def test_a_damaged_shipped_model_is_503_with_the_way_to_get_it_again(shipped, flip):
    flip(shipped.models / "shipped" / "accurate" / "stage-one.onnx")
    answer = shipped.client().get("/")
    assert answer.status_code == 503
    assert "git checkout -- models/shipped" in answer.text


def label(standpoint, article, *words):
    done = standpoint("label", article(TEXT), "--codebook", "dam", "--format", "json", *words)
    assert done.status == 0, done.err
    return json.loads(done.out)["model"]["stance"]


def test_the_command_line_labels_with_the_model_that_is_named(
    standpoint, house, article, tmp_path, monkeypatch
):
    for name in ("accurate", "fast"):
        bundle = write_taught(tmp_path / name, topics=("river", "dam"), run_id=f"{name}-run")
        ship(house.models, **{name: bundle})
    assert label(standpoint, article)["name"] == "champion"
    assert label(standpoint, article, "--model", "fast")["run_id"] == "fast-run"
    bundle = label(standpoint, article, "--model", house.models / "stance" / "3")
    assert bundle == {"name": "bundle", "version": 0, "run_id": "stance-run-3"}
    monkeypatch.setenv("STANDPOINT_MODEL", "accurate")
    assert label(standpoint, article)["name"] == "accurate"
    assert label(standpoint, article, "--model", "fast")["name"] == "fast"


def test_a_name_that_is_no_model_ends_the_command(standpoint, article):
    done = standpoint("label", article(TEXT), "--codebook", "dam", "--model", "acurate")
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "--model or STANDPOINT_MODEL: must be accurate, fast or a bundle's folder, got 'acurate'. "
        "Did you mean 'accurate'?\n"
    )
