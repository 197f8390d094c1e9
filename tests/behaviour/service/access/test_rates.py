"""How often a key may ask the service."""

import json
import time

from tests.behaviour.service.access.asking import bearer, detail_of


def test_more_than_a_key_may_ask_is_refused_until_it_has_waited(house, add, monkeypatch):
    now = [10**15]
    monkeypatch.setattr("serve.security.rate_limits.time.monotonic_ns", lambda: now[0])
    key = add(per_minute=3)
    client = house.client(api_keys_file=house.root / "keys.toml")
    for left in (2, 1, 0):
        got = client.get("/v1/codebooks", headers=bearer(key))
        assert got.status_code == 200
        assert got.headers["RateLimit-Limit"] == "3"
        assert got.headers["RateLimit-Policy"] == "3;w=60"
        assert got.headers["RateLimit-Remaining"] == str(left)
        assert got.headers["RateLimit-Reset"] == str(20 * (3 - left))
    got = client.get("/v1/codebooks", headers=bearer(key))
    assert detail_of(got, 429) == (
        "rate: must be at most 3 requests a minute, got more. Wait 20 s."
    )
    assert got.headers["Retry-After"] == "20"
    assert got.headers["RateLimit-Remaining"] == "0"
    now[0] += 20 * 10**9
    assert client.get("/v1/codebooks", headers=bearer(key)).status_code == 200


def test_each_key_has_its_own_rate_and_those_without_the_common_one(house, add):
    slow, other = add("slow", per_minute=1), add("other")
    client = house.client(api_keys_file=house.root / "keys.toml", rate_per_minute=2)
    asked = [client.get("/v1/codebooks", headers=bearer(slow)).status_code for _ in range(3)]
    assert asked == [200, 429, 429]
    asked = [client.get("/v1/codebooks", headers=bearer(other)).status_code for _ in range(3)]
    assert asked == [200, 200, 429]


def test_the_probes_are_not_counted(house, add):
    key = add(per_minute=1)
    client = house.client(api_keys_file=house.root / "keys.toml")
    assert {client.get("/healthz", headers=bearer(key)).status_code for _ in range(9)} == {200}


def test_without_keys_nothing_is_counted(house):
    client = house.client(rate_per_minute=1)
    answers = [client.get("/v1/codebooks") for _ in range(20)]
    assert {got.status_code for got in answers} == {200}
    assert "RateLimit-Limit" not in answers[0].headers


def test_a_batch_is_slowed_to_the_rate_of_its_key_and_loses_no_line(house, add):
    key = add(per_minute=300)  # a burst of 30, then 5 a second
    app = house.app(api_keys_file=house.root / "keys.toml")
    line = b'{"text": "Ruritania rejects the river dam."}\n'
    started = time.monotonic()
    got = app.test_client().post(
        "/v1/articles:batch?codebook=dam",
        data=line * 32,
        headers={**bearer(key), "Content-Type": "application/x-ndjson"},
    )
    stances = [json.loads(row)["stances"][0]["stance"] for row in got.data.splitlines()]
    assert stances == ["against"] * 32
    # One was taken by the request itself, so three lines had to wait a fifth of a second each.
    assert time.monotonic() - started > 0.5
