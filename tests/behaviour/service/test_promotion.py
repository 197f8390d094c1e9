"""A promotion is taken up while the service runs, and a broken one is refused."""

import time

import pytest

SENTENCE = "Ruritania rejects the river dam."

BACKWARDS = {"b⟦h⟧:rejects": (6.0, 0.0, 0.0), "b⟦h⟧:backs": (0.0, 6.0, 0.0)}


def answered(client):
    got = client.post("/v1/articles", json={"text": SENTENCE, "codebook": "dam"})
    assert got.status_code == 200, got.text
    return got.json["model"]["stance"]["version"], got.json["statements"][0]["stance"]


def test_a_new_champion_is_taken_up_within_a_second(house, server):
    assert answered(server) == (3, "against")
    house.promote("stance", version=4, weights=BACKWARDS)
    end = time.monotonic() + 1
    while answered(server) != (4, "favor"):
        assert time.monotonic() < end, "the old champion still answers"
        time.sleep(0.05)


def test_a_server_started_before_the_first_promotion_becomes_ready(empty_house, looks_every_time):
    client = empty_house.client()
    assert client.get("/readyz").status_code == 503
    empty_house.promote("stance", version=1)
    assert client.get("/readyz").status_code == 200
    assert answered(client) == (1, "against")


def test_a_version_that_nobody_points_to_is_not_taken_up(house, server, looks_every_time):
    assert answered(server) == (3, "against")
    house.bundle("stance", version=4, weights=BACKWARDS)
    assert answered(server) == (3, "against")


def test_a_sentiment_champion_promoted_later_is_taken_up(empty_house, looks_every_time):
    empty_house.promote("stance", version=1)
    client = empty_house.client()
    assert answered(client) == (1, "against")
    empty_house.promote("sentiment", version=7)
    got = client.post("/v1/articles", json={"text": SENTENCE, "codebook": "dam"}).json
    assert got["model"]["sentiment"]["version"] == 7
    assert [s["sentiment"] for s in got["statements"]] == ["negative"]


def changed_byte(house, flip):
    flip(house.bundle("stance", version=4, weights=BACKWARDS) / "head.safetensors")
    house.point("stance", 4)


def missing_file(house, flip):
    (house.bundle("stance", version=4, weights=BACKWARDS) / "terms.json").unlink()
    house.point("stance", 4)


def missing_version(house, flip):
    house.point("stance", 4)


def torn_pointer(house, flip):
    (house.models / "stance" / "champion.json").write_text('{"version": ', "utf-8")


def no_pointer(house, flip):
    (house.models / "stance" / "champion.json").unlink()


@pytest.mark.parametrize(
    "breaks", [changed_byte, missing_file, missing_version, torn_pointer, no_pointer]
)
def test_after_a_broken_promotion_the_old_champion_goes_on(
    house, server, flip, looks_every_time, breaks
):
    assert answered(server) == (3, "against")
    breaks(house, flip)
    assert [answered(server) for _ in range(3)] == [(3, "against")] * 3
    assert server.get("/readyz").status_code == 200


def test_a_refused_champion_is_logged_once_with_its_reason(
    house, server, flip, looks_every_time, caplog
):
    assert answered(server) == (3, "against")
    changed_byte(house, flip)
    for _ in range(3):
        answered(server)
    [told] = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert "head.safetensors: must have the sha256" in told


def test_a_good_champion_after_a_broken_one_is_taken_up(house, server, flip, looks_every_time):
    assert answered(server) == (3, "against")
    changed_byte(house, flip)
    assert answered(server) == (3, "against")
    house.promote("stance", version=5, weights=BACKWARDS)
    assert answered(server) == (5, "favor")
