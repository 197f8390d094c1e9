"""What the server says of itself: models, health, request ids, and what it loads."""

import json
import os
import subprocess
import sys

import pytest


def test_the_model_card_has_version_scores_and_data_of_each_champion(client):
    found = client.get("/v1/model").json
    stance = found["stance"]
    assert (stance["version"], stance["run_id"]) == (3, "stance-run-3")
    assert stance["scores"] == {"test.f1_macro": 0.5}
    assert stance["corpus"] == {"name": "none"}
    assert stance["labels"] == ["favor", "against", "none"]
    assert found["sentiment"]["version"] == 2


def test_the_model_card_of_a_task_without_champion_is_null(empty_house):
    empty_house.promote("stance", version=1)
    assert empty_house.client().get("/v1/model").json["sentiment"] is None


def test_a_server_with_a_champion_is_alive_and_ready(client):
    alive, ready = client.get("/healthz"), client.get("/readyz")
    assert (alive.status_code, alive.json["status"]) == (200, "ok")
    assert (ready.status_code, ready.json["status"]) == (200, "ready")


PATHS = ["/healthz", "/nowhere", "/v1/articles"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("given", ["abc", "Trace_1.2-3", "x" * 64])
def test_a_well_formed_request_id_comes_back(client, path, given):
    assert client.get(path, headers={"X-Request-ID": given}).headers["X-Request-ID"] == given


@pytest.mark.parametrize(
    "given", ["", "x" * 65, "a b", "a;b", "<script>", "é"], ids=lambda text: text[:8] or "empty"
)
def test_a_request_id_that_is_not_well_formed_is_replaced(client, given):
    found = client.get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert found != given
    assert len(found) == 32
    assert found.isalnum()


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_a_request_id_of_its_own(client, path):
    ids = {client.get(path).headers["X-Request-ID"] for _ in range(5)}
    assert len(ids) == 5
    assert all(ids)


def test_answers_are_not_sniffed_for_another_type(client):
    assert client.get("/healthz").headers["X-Content-Type-Options"] == "nosniff"


SERVE_ONE = """
import json, sys
from serve.app import create_app
from serve.api.service import Service
from standpoint.settings import read_settings
settings = read_settings()
client = create_app(Service(settings), settings).test_client()
body = {"text": "Ruritania rejects the river dam.", "codebook": "dam"}
got = client.post("/v1/articles", json=body)
heavy = {"mlflow", "sklearn", "datasets", "torch", "pandas", "train"}
print(json.dumps({"status": got.status_code, "rows": got.json["stances"],
                  "heavy": sorted(heavy & set(sys.modules))}))
"""


def test_serving_an_article_loads_nothing_of_the_training_stack(house):
    places = {
        "STANDPOINT_MODELS_DIR": str(house.models),
        "STANDPOINT_CODEBOOKS_DIR": str(house.codebooks),
    }
    done = subprocess.run(
        [sys.executable, "-c", SERVE_ONE],
        env=os.environ | places,
        capture_output=True,
        check=True,
        text=True,
    )
    found = json.loads(done.stdout)
    assert found["status"] == 200
    assert [row["stance"] for row in found["rows"]] == ["against"]
    assert found["heavy"] == []
