"""Under which names and from which sites the service may be asked, and what may be sent."""

import json

import pytest

from tests.behaviour.service.access.asking import GOOD, basic, bearer, detail_of


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
