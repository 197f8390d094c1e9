"""Nothing is answered without a champion, or with a broken one."""

import pytest

from standpoint.errors import CodebookError
from tests.behaviour.service.bad_input import GOOD, SENTENCE, pair, problem_of

ASKS = [
    pytest.param("POST", "/v1/articles", GOOD, id="articles"),
    pytest.param("POST", "/v1/pairs", {"pairs": [pair()]}, id="pairs"),
    pytest.param("GET", "/v1/model", None, id="model"),
    pytest.param("GET", "/readyz", None, id="readyz"),
]


@pytest.mark.parametrize(("method", "path", "body"), ASKS)
def test_without_a_champion_there_is_no_answer_but_503(empty_house, method, path, body):
    got = empty_house.client().open(path, method=method, json=body)
    detail = problem_of(got, status=503, house=empty_house)["detail"]
    assert "no champion" in detail or "no model" in detail


def test_without_a_champion_the_process_is_alive(empty_house):
    client = empty_house.client()
    assert client.get("/readyz").status_code == 503
    assert (client.get("/healthz").status_code, client.get("/healthz").json["status"]) == (
        200,
        "ok",
    )


def test_a_wrong_request_is_told_so_even_without_a_champion(empty_house):
    got = empty_house.client().post("/v1/articles", json={"text": SENTENCE, "codebook": "nope"})
    problem_of(got, status=422, house=empty_house)


@pytest.mark.parametrize("name", ["head.safetensors", "terms.json", "manifest.json"])
@pytest.mark.parametrize(("method", "path", "body"), ASKS)
def test_a_champion_with_a_changed_byte_is_not_served(empty_house, flip, name, method, path, body):
    flip(empty_house.promote("stance", version=1) / name)
    client = empty_house.client()
    for _ in range(2):
        problem_of(client.open(path, method=method, json=body), status=503, house=empty_house)
    assert client.get("/healthz").status_code == 200


def test_a_sentiment_champion_with_a_changed_byte_is_not_served(house, flip):
    flip(house.models / "sentiment" / "2" / "head.safetensors")
    problem_of(house.client().post("/v1/articles", json=GOOD), status=503, house=house)


def test_a_champion_mended_after_the_start_is_taken_up(empty_house, flip, looks_every_time):
    damaged = empty_house.promote("stance", version=1) / "head.safetensors"
    flip(damaged)
    client = empty_house.client()
    problem_of(client.post("/v1/articles", json=GOOD), status=503, house=empty_house)
    flip(damaged)
    assert client.post("/v1/articles", json=GOOD).status_code == 200


def test_a_folder_of_codebooks_that_does_not_exist_is_refused_at_the_start(house):
    for file in house.codebooks.iterdir():
        file.unlink()
    house.codebooks.rmdir()
    with pytest.raises(CodebookError, match="must be a folder of codebooks, got none"):
        house.client()


def test_a_faulty_codebook_in_the_folder_is_refused_at_the_start_with_its_lines(house):
    file = house.codebooks / "dam.toml"
    file.write_text(file.read_text("utf-8").replace('kind = "person"', 'kind = "ship"'), "utf-8")
    with pytest.raises(CodebookError, match=r"dam\.toml:\n  line 13: actors\[1\]\.kind: must be"):
        house.client()
