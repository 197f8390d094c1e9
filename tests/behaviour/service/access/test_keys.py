"""Who may ask the service."""

import json
import logging

import pytest
from flask import g

from serve.security.guard import OPEN_PATHS, PAGE_PATHS
from serve.security.key_file import change_keys
from standpoint.errors import KeysError
from tests.behaviour.service.access.asking import EVERYWHERE, GOOD, NO_KEY, basic, bearer, detail_of


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "OPTIONS", "DELETE"])
@pytest.mark.parametrize("path", EVERYWHERE)
def test_without_a_key_nothing_is_told_not_even_which_paths_there_are(closed, path, method):
    got = closed.open(path, method=method)
    assert got.status_code == 401
    assert got.content_type == "application/problem+json"
    assert method == "HEAD" or json.loads(got.data)["detail"] == NO_KEY


def test_every_route_but_the_probes_needs_a_key(closed):
    for rule in closed.application.url_map.iter_rules():
        for method in rule.methods:
            got = closed.open(str(rule).replace("<name>", "dam"), method=method)
            assert (got.status_code != 401) == (str(rule) in OPEN_PATHS), rule


@pytest.mark.parametrize("way", [bearer, basic, lambda key: {"X-API-Key": key}])
def test_a_key_is_taken_as_bearer_as_header_and_as_password(closed, key, way):
    assert closed.post("/v1/articles", json=GOOD, headers=way(key)).status_code == 200


def test_the_header_goes_before_a_password_that_a_proxy_asked_for(closed, key):
    headers = basic("the proxy's own") | {"X-API-Key": key}
    assert closed.get("/v1/model", headers=headers).status_code == 200
    headers = bearer(key) | {"X-API-Key": "wrong"}
    assert closed.get("/v1/model", headers=headers).status_code == 401


BAD = [
    {},
    {"X-API-Key": ""},
    {"X-API-Key": "sp_"},
    {"X-API-Key": "lab"},
    {"X-API-Key": "é\x00".encode("latin-1").decode("latin-1").replace("\x00", "")},
    {"X-API-Key": "x" * 20_000},
    {"Authorization": ""},
    {"Authorization": "Bearer"},
    {"Authorization": "Bearer "},
    {"Authorization": "Basic ????"},
    {"Authorization": "Basic bGFi"},
    {"Authorization": "Digest username=lab"},
    {"Authorization": "Token lab"},
    basic("lab", user="lab"),
    basic(""),
    bearer("\xff\xfe"),
]


@pytest.mark.parametrize("headers", BAD)
def test_a_missing_and_a_wrong_key_get_the_same_answer(closed, headers):
    got = closed.get("/v1/model", headers=headers)
    assert detail_of(got, 401) == NO_KEY
    assert got.headers["WWW-Authenticate"] == 'Bearer realm="standpoint"'
    assert not any(name.startswith("RateLimit") for name, _ in got.headers)


def test_a_key_in_the_address_is_none(closed, key):
    assert closed.get(f"/v1/model?key={key}&api_key={key}&access_token={key}").status_code == 401


@pytest.mark.parametrize("path", sorted(PAGE_PATHS))
def test_a_browser_asks_for_a_password_on_pages_and_only_there(closed, path):
    got = closed.get(path)
    assert got.headers["WWW-Authenticate"] == 'Basic realm="standpoint", charset="UTF-8"'
    assert detail_of(got, 401) == NO_KEY


def test_a_page_is_reached_with_any_user_and_the_key_as_password(closed, key):
    for user in ("", "lab", "somebody else"):
        assert closed.get("/", headers=basic(key, user=user)).status_code != 401


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_the_probes_need_no_key(closed, path):
    assert closed.get(path).status_code == 200


def test_the_name_of_the_key_is_there_for_the_log_and_is_nobodys_where_none_is(closed, key):
    names = []
    closed.application.after_request(lambda answer: names.append(g.get("key_name")) or answer)
    closed.get("/v1/model", headers=bearer(key))
    closed.get("/v1/model", headers=bearer("wrong"))
    closed.get("/healthz", headers=bearer(key))
    assert names == ["lab", None, None]


def test_neither_key_nor_hash_is_logged(closed, key, house, caplog):
    caplog.set_level(logging.DEBUG)
    closed.get("/v1/model", headers=bearer(key))
    wrong = key[:-4] + "AAAA"
    closed.get("/v1/model", headers=bearer(wrong))
    (house.root / "keys.toml").write_text(f'[[keys]]\nname = "lab"\nsha256 = "{key}"\n', "utf-8")
    assert closed.get("/v1/model", headers=bearer(key)).status_code == 200
    assert "the file of keys was refused" in caplog.text
    assert key[3:20] not in caplog.text


def test_a_key_works_at_once_and_a_revoked_one_no_more(closed, add, house):
    new = add("newsroom")
    assert closed.get("/v1/model", headers=bearer(new)).status_code == 200
    change_keys(house.root / "keys.toml", lambda keys: keys[:1])
    assert closed.get("/v1/model", headers=bearer(new)).status_code == 401


def test_a_service_whose_last_key_is_revoked_lets_nobody_in(closed, key, house):
    change_keys(house.root / "keys.toml", lambda keys: ())
    assert closed.get("/v1/model", headers=bearer(key)).status_code == 401
    assert closed.get("/v1/model").status_code == 401


def test_a_service_whose_file_is_deleted_does_not_fall_open(closed, key, house):
    (house.root / "keys.toml").unlink()
    assert closed.get("/v1/model").status_code == 401
    assert closed.get("/v1/model", headers=bearer(key)).status_code == 200


def test_a_service_without_keys_closes_when_the_first_is_made(house, add):
    client = house.client(api_keys_file=house.root / "keys.toml")
    assert client.get("/v1/model").status_code == 200
    key = add()
    assert client.get("/v1/model").status_code == 401
    assert client.get("/v1/model", headers=bearer(key)).status_code == 200


def test_a_file_that_is_named_and_not_there_is_refused_at_the_start(house):
    with pytest.raises(KeysError, match="the file of keys must exist, got no such file"):
        house.client(api_keys_file=house.root / "keys.toml", keys_required=True)
