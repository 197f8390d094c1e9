"""Who may ask the service, from where, and how often."""

import base64
import json
import logging
import socket
import time

import pytest
from flask import g

from serve.security.guard import OPEN_PATHS, PAGE_PATHS
from serve.security.host_names import check_address, is_local
from serve.security.key_file import change_keys, new_key
from serve.security.keyring import Keyring
from standpoint.errors import InputError, KeysError

GOOD = {"text": "Ruritania rejects the river dam.", "codebook": "dam"}
EVERYWHERE = ("/v1/articles", "/v1/pairs", "/v1/model", "/metrics", "/nowhere", "/", "/docs")
NO_KEY = (
    "key: must be one in force, as `Authorization: Bearer KEY` or `X-API-Key: KEY`, got none. "
    "Ask who runs the server for one."
)


@pytest.fixture(autouse=True)
def looks_every_time(monkeypatch):
    monkeypatch.setattr("serve.security.keyring.CHECK_EVERY_S", -1.0)


@pytest.fixture
def add(house):
    """Add a key to the house; gives it."""

    def make(name="lab", **more):
        key, kept = new_key(name, **more)
        change_keys(house.root / "keys.toml", lambda keys: (*keys, kept))
        return key

    return make


@pytest.fixture
def key(add):
    return add()


@pytest.fixture
def closed(house, key):
    """Asks a house that has a key."""
    return house.client(api_keys_file=house.root / "keys.toml")


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


def basic(key, user="anybody"):
    return {"Authorization": f"Basic {base64.b64encode(f'{user}:{key}'.encode()).decode()}"}


def detail_of(got, status):
    assert got.status_code == status, got.text
    assert got.content_type == "application/problem+json"
    found = json.loads(got.data)
    assert found["status"] == status
    return found["detail"]


# --- keys ---------------------------------------------------------------------


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


# --- how often ----------------------------------------------------------------


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


# --- from where ---------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:8000", "127.0.0.2", "[::1]:80"]
)
def test_without_keys_it_answers_under_the_names_of_this_machine(client, host):
    assert client.get("/v1/codebooks", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example@localhost",
        "localhost@evil.example",
        "10.0.0.3:8000",
        "0.0.0.0:8000",
        "[::]",
        "[::ffff:10.0.0.1]",
        "localhost:80:80",
        "local host",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/v1/codebooks", "/healthz", "/nowhere"])
def test_without_keys_another_name_is_refused(client, path, host):
    got = client.get(path, headers={"Host": host})
    assert detail_of(got, 421) == (
        f"Host: must be localhost or 127.0.0.1 where there are no API keys, got {host!r}. "
        "See STANDPOINT_ALLOWED_HOSTS in docs/api.md."
    )


def test_a_name_that_is_allowed_is_answered(house):
    client = house.client(allowed_hosts=("stand.example",))
    assert client.get("/healthz", headers={"Host": "Stand.example:443"}).status_code == 200
    assert client.get("/healthz", headers={"Host": "x.stand.example"}).status_code == 421


def test_with_keys_any_name_is_answered(closed, key):
    headers = bearer(key) | {"Host": "stand.example"}
    assert closed.get("/v1/codebooks", headers=headers).status_code == 200


ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "http://evil.example"},
    {"Origin": "http://localhost:81"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "null"},
    {"Origin": "http://"},
    {"Origin": "http://[::1"},
    {"Origin": "http://localhost:99999"},
    {"Origin": ""},
]
OWN = [
    {},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://localhost"},
    {"Origin": "http://localhost:80"},
    {"Origin": "https://localhost"},
]


@pytest.mark.parametrize("headers", ELSEWHERE)
@pytest.mark.parametrize("path", ["/", "/download", "/v1/articles", "/nowhere"])
def test_what_another_sites_page_posts_is_refused_even_with_the_password_of_a_browser(
    closed, key, path, headers
):
    got = closed.post(path, json=GOOD, headers=basic(key) | headers)
    assert detail_of(got, 403) == (
        "Origin: must be this server or one of STANDPOINT_CORS_ORIGINS, got a request that "
        "another site's page made."
    )


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_what_another_sites_page_posts_is_refused_without_keys_too(client, headers):
    assert client.post("/v1/articles", json=GOOD, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", OWN)
def test_what_its_own_page_or_a_program_posts_is_answered(client, headers):
    assert client.post("/v1/articles", json=GOOD, headers=headers).status_code == 200


def test_a_link_from_another_site_may_be_followed(client):
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/v1/codebooks", headers=headers).status_code == 200


def test_a_proxy_that_speaks_https_in_front_does_not_make_its_own_page_another_site(closed, key):
    headers = basic(key) | {"Origin": "https://stand.example", "Host": "stand.example"}
    assert closed.post("/v1/articles", json=GOOD, headers=headers).status_code == 200
    headers["Origin"] = "https://stand.example:8443"
    assert closed.post("/v1/articles", json=GOOD, headers=headers).status_code == 403


# --- what is sent -------------------------------------------------------------


@pytest.mark.parametrize("given", ["gzip", "br", "zstd", "identity, gzip", "x" * 100])
def test_a_compressed_body_is_refused(client, given):
    got = client.post("/v1/articles", json=GOOD, headers={"Content-Encoding": given})
    assert detail_of(got, 415) == (
        f"Content-Encoding: must be left out, got {given[:40]!r}. Send the body as it is."
    )
    assert got.headers["Accept-Encoding"] == "identity"


def test_a_body_that_is_said_to_be_as_it_is_is_read(client):
    got = client.post("/v1/articles", json=GOOD, headers={"Content-Encoding": "Identity"})
    assert got.status_code == 200


def codebook(n_actors, n_issues):
    about = {"favor": "a", "against": "b"}
    return {
        "name": "own",
        "title": "Own",
        "actors": [
            {"id": f"a{n}", "name": f"Actor a{n}", "kind": "person"} for n in range(n_actors)
        ],
        "issues": [
            {"id": f"i{n}", "name": f"I{n}", **about, "cues": [f"cue c{n}"]}
            for n in range(n_issues)
        ],
    }


def test_a_codebook_of_as_many_entries_as_allowed_is_read_and_one_more_is_not(house):
    client = house.client(max_codebook_actors=3, max_codebook_issues=2)
    sent = GOOD | {"codebook": codebook(3, 2)}
    assert client.post("/v1/articles", json=sent).status_code == 200
    got = client.post("/v1/articles", json=GOOD | {"codebook": codebook(4, 3)})
    assert got.status_code == 422
    assert json.loads(got.data)["errors"] == [
        {"pointer": "/codebook/actors", "detail": "actors: must hold at most 3, got 4."},
        {"pointer": "/codebook/issues", "detail": "issues: must hold at most 2, got 3."},
    ]


def test_a_codebook_that_the_server_has_itself_may_be_larger(house):
    client = house.client(max_codebook_actors=1, max_codebook_issues=1)
    assert client.post("/v1/articles", json=GOOD).status_code == 200


@pytest.mark.parametrize("depth", [50, 500, 990, 5_000, 100_000])
@pytest.mark.parametrize("key", ["codebook", "text", "id", "nonsense"])
def test_json_of_any_depth_is_refused_and_breaks_nothing(client, key, depth):
    for begin, end in (("[", "]"), ('{"a":', "}")):
        body = f'{{"text": "a", "{key}": {begin * depth}1{end * depth}}}'
        got = client.post("/v1/articles", data=body, content_type="application/json")
        assert got.status_code in (400, 422)
        assert len(got.data) < 2_000


# --- where it listens ---------------------------------------------------------

PUBLIC = ["0.0.0.0", "::", "", "0", "10.1.2.3", "192.168.1.1", "::ffff:127.0.0.1", "fe80::1"]
PRIVATE = ["127.0.0.1", "127.1", "127.0.0.9", "::1", "localhost"]


@pytest.mark.parametrize("host", PUBLIC)
def test_without_a_key_it_listens_to_nobody_else(house, host):
    with pytest.raises(InputError) as told:
        check_address(host, Keyring(house.root / "keys.toml"))
    assert str(told.value) == (
        "--host: must be an address of this machine alone, such as 127.0.0.1, where no API key "
        f"is in force, got {host!r}. Run `standpoint keys add NAME` first."
    )


@pytest.mark.parametrize("host", PRIVATE)
def test_without_a_key_it_listens_on_this_machine(house, host):
    check_address(host, Keyring(house.root / "keys.toml"))


@pytest.mark.parametrize("host", PUBLIC)
def test_with_a_key_it_listens_to_all(house, key, host):
    check_address(host, Keyring(house.root / "keys.toml"))


def test_a_file_without_a_key_in_force_opens_no_address(house, add):
    add(days=1)
    moment = "2024-01-01T00:00:00Z"
    path = house.root / "keys.toml"
    path.write_text(f"{path.read_text('utf-8').partition('expires')[0]}expires = {moment}\n")
    for content in (path.read_text("utf-8"), ""):
        path.write_text(content, "utf-8")
        with pytest.raises(InputError, match="where no API key is in force"):
            check_address("0.0.0.0", Keyring(path))


def test_a_name_that_leads_also_elsewhere_is_no_name_of_this_machine(monkeypatch):
    found = {"both": ["127.0.0.1", "10.0.0.7"], "here": ["127.0.0.1", "::1"], "none": []}

    def resolve(host, *_, **__):
        if not found[host]:
            raise socket.gaierror(-2, "Name or service not known")
        return [(0, 0, 0, "", (address, 0)) for address in found[host]]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert [is_local(host) for host in ("both", "here", "none")] == [False, True, False]


@pytest.mark.parametrize("how", [(), ("--dev",)], ids=["gunicorn", "dev"])
def test_serve_refuses_a_public_address_without_keys(standpoint, how):
    done = standpoint("serve", "--host", "0.0.0.0", "--port", "9", *how)
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "--host: must be an address of this machine alone, such as 127.0.0.1, where no API key "
        "is in force, got '0.0.0.0'. Run `standpoint keys add NAME` first.\n"
    )


def test_serve_refuses_a_file_of_keys_that_is_not_there(standpoint, house, monkeypatch):
    path = house.root / "gone.toml"
    monkeypatch.setenv("STANDPOINT_API_KEYS_FILE", str(path))
    done = standpoint("serve")
    told = f"{path}: the file of keys must exist, got no such file. Run `standpoint keys add NAME`."
    assert (done.status, done.err) == (2, f"{told}\n")
