"""What answers tell a browser, and which other sites' pages may read them."""

import pytest
from flask import Response

from serve.security.key_file import change_keys, new_key
from standpoint.errors import InputError
from standpoint.settings import read_settings

PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
OURS = "https://tool.example"
ASKS = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-api-key"}


@pytest.fixture
def keyed(house):
    """Asks a house with a key; gives what makes the client, and the key."""
    key, kept = new_key("lab")
    path = house.root / "keys.toml"
    change_keys(path, lambda _: (kept,))
    return (lambda **more: house.client(api_keys_file=path, **more)), key


def _fails():
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/codebooks", 200),
        ("HEAD", "/v1/codebooks", 200),
        ("GET", "/healthz", 200),
        ("GET", "/nowhere", 404),
        ("DELETE", "/v1/model", 405),
        ("POST", "/v1/articles", 415),
        ("GET", "/fails", 500),
    ],
)
def test_every_answer_is_guarded_whatever_its_status(house, method, path, status):
    app = house.app()
    app.add_url_rule("/fails", view_func=_fails)
    got = app.test_client().open(path, method=method)
    assert got.status_code == status
    assert {name: got.headers[name] for name in ALWAYS} == ALWAYS
    assert got.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert got.headers["Referrer-Policy"] == "no-referrer"
    assert got.headers["Cache-Control"] == "no-store"
    assert got.headers["X-Request-ID"]
    assert not any(name.startswith("Access-Control") for name, _ in got.headers)


def test_a_refusal_is_guarded_too(keyed):
    make, _ = keyed
    got = make().get("/v1/codebooks")
    assert got.status_code == 401
    assert {name: got.headers[name] for name in ALWAYS} == ALWAYS
    assert got.headers["Cache-Control"] == "no-store"
    assert got.headers["X-Request-ID"]


def test_a_page_may_run_and_load_its_own_alone_and_names_itself_to_itself(house):
    app = house.app()
    app.add_url_rule("/a-page", view_func=lambda: Response("<p>", mimetype="text/html"))
    got = app.test_client().get("/a-page")
    assert got.headers["Content-Security-Policy"] == PAGE
    # With no-referrer a browser posts the page's own form with `Origin: null`.
    assert got.headers["Referrer-Policy"] == "same-origin"
    assert got.headers["Cache-Control"] == "no-store"


def test_what_may_be_kept_says_so_itself(house):
    app = house.app()

    def kept():
        return Response("a", headers={"Cache-Control": "max-age=60"})

    app.add_url_rule("/kept", view_func=kept)
    assert app.test_client().get("/kept").headers["Cache-Control"] == "max-age=60"


# --- pages of other sites -----------------------------------------------------


def test_without_a_setting_no_other_site_may_read_an_answer(client):
    got = client.get("/v1/codebooks", headers={"Origin": OURS})
    assert not any(name.startswith("Access-Control") for name, _ in got.headers)
    got = client.options("/v1/articles", headers={"Origin": OURS, **ASKS})
    assert not any(name.startswith("Access-Control") for name, _ in got.headers)


def test_an_origin_that_is_listed_may_read_answers_and_post(keyed):
    make, key = keyed
    body = {"text": "Ruritania rejects the river dam.", "codebook": "dam"}
    headers = {"Origin": OURS, "Sec-Fetch-Site": "cross-site", "X-API-Key": key}
    got = make(cors_origins=(OURS,)).post("/v1/articles", json=body, headers=headers)
    assert got.status_code == 200
    assert got.headers["Access-Control-Allow-Origin"] == OURS
    assert got.headers["Vary"] == "Origin"
    exposed = got.headers["Access-Control-Expose-Headers"].split(", ")
    assert {"X-Request-ID", "Retry-After"} <= set(exposed)
    assert {name for name, _ in got.headers if name.startswith("RateLimit")} <= set(exposed)
    assert "Access-Control-Allow-Credentials" not in got.headers


def test_an_origin_that_is_listed_may_read_refusals(keyed):
    make, _ = keyed
    got = make(cors_origins=(OURS,)).get("/v1/codebooks", headers={"Origin": OURS})
    assert got.status_code == 401
    assert got.headers["Access-Control-Allow-Origin"] == OURS


def test_whether_it_may_ask_is_answered_without_a_key(keyed):
    make, _ = keyed
    got = make(cors_origins=(OURS,)).options("/v1/articles", headers={"Origin": OURS, **ASKS})
    assert (got.status_code, got.data) == (204, b"")
    assert got.headers["Access-Control-Allow-Origin"] == OURS
    assert got.headers["Access-Control-Allow-Methods"] == "GET, POST"
    allowed = got.headers["Access-Control-Allow-Headers"]
    assert allowed == "Authorization, X-API-Key, Content-Type, X-Request-ID"
    assert got.headers["Access-Control-Max-Age"] == "600"
    assert got.headers["Vary"] == "Origin"


@pytest.mark.parametrize(
    "origin",
    [
        "https://tool.example.evil",
        "https://evil.tool.example",
        "http://tool.example",
        "https://tool.example:8443",
        "null",
        "*",
        "",
    ],
)
def test_another_origin_is_told_nothing(keyed, origin):
    make, key = keyed
    client = make(cors_origins=(OURS,))
    asked = client.options("/v1/articles", headers={"Origin": origin, **ASKS})
    got = client.get("/v1/codebooks", headers={"Origin": origin, "X-API-Key": key})
    for answer in (asked, got):
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Access-Control-Allow-Methods" not in answer.headers
        assert answer.headers["Vary"] == "Origin"
    assert asked.status_code == 401


def test_pages_are_shared_with_no_other_site_and_take_no_forms_from_it(keyed):
    make, key = keyed
    client = make(cors_origins=(OURS,))
    headers = {"Origin": OURS, "X-API-Key": key}
    assert client.post("/", headers=headers).status_code == 403
    got = client.get("/", headers=headers)
    assert "Access-Control-Allow-Origin" not in got.headers
    got = client.options("/", headers={"Origin": OURS, **ASKS})
    assert "Access-Control-Allow-Methods" not in got.headers


def test_all_origins_may_be_let_in_where_each_request_brings_a_key(keyed):
    make, key = keyed
    headers = {"Origin": "https://any.example", "X-API-Key": key}
    got = make(cors_origins=("*",)).get("/v1/codebooks", headers=headers)
    assert got.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in got.headers


def test_all_origins_are_refused_at_the_start_without_keys(house):
    with pytest.raises(InputError) as told:
        house.client(cors_origins=("*",))
    assert str(told.value) == (
        "STANDPOINT_CORS_ORIGINS: must list origins where there are no API keys, got '*'. "
        "Run `standpoint keys add NAME`, or name the origins."
    )


# --- the settings -------------------------------------------------------------


def test_the_settings_are_read(house):
    found = read_settings(
        {
            "STANDPOINT_API_KEYS_FILE": "/etc/keys.toml",
            "STANDPOINT_RATE_PER_MINUTE": "60",
            "STANDPOINT_ALLOWED_HOSTS": "Stand.example, [fd00::1],10.0.0.1",
            "STANDPOINT_CORS_ORIGINS": " https://Tool.example ,http://localhost:3000,",
            "STANDPOINT_MAX_CODEBOOK_ACTORS": "7",
            "STANDPOINT_MAX_CODEBOOK_ISSUES": "8",
        }
    )
    assert (str(found.api_keys_file), found.keys_required) == ("/etc/keys.toml", True)
    assert found.rate_per_minute == 60
    assert found.allowed_hosts == ("stand.example", "[fd00::1]", "10.0.0.1")
    assert found.cors_origins == ("https://tool.example", "http://localhost:3000")
    assert (found.max_codebook_actors, found.max_codebook_issues) == (7, 8)


def test_without_settings_the_keys_are_those_of_the_project_if_there_are_any(house, monkeypatch):
    monkeypatch.chdir(house.codebooks)
    found = read_settings({})
    assert (found.api_keys_file, found.keys_required) == (house.root / "keys.toml", False)
    assert (found.allowed_hosts, found.cors_origins) == ((), ())


ORIGINS = (
    "STANDPOINT_CORS_ORIGINS: must be origins like https://example.org, separated by commas, got"
)
HOSTS = "STANDPOINT_ALLOWED_HOSTS: must be names of hosts without ports, separated by commas, got"
WRITE = "Write scheme, host and port, and no path."
WRONG = [
    ("STANDPOINT_CORS_ORIGINS", "example.org", f"{ORIGINS} 'example.org'. {WRITE}"),
    ("STANDPOINT_CORS_ORIGINS", "https://a.b/", f"{ORIGINS} 'https://a.b/'. {WRITE}"),
    ("STANDPOINT_CORS_ORIGINS", "https://*.b", f"{ORIGINS} 'https://*.b'. {WRITE}"),
    ("STANDPOINT_CORS_ORIGINS", "null", f"{ORIGINS} 'null'. {WRITE}"),
    (
        "STANDPOINT_CORS_ORIGINS",
        "*,https://a.b",
        "STANDPOINT_CORS_ORIGINS: must be * alone or origins, got both.",
    ),
    ("STANDPOINT_ALLOWED_HOSTS", "a.b:80", f"{HOSTS} 'a.b:80'."),
    ("STANDPOINT_ALLOWED_HOSTS", "*", f"{HOSTS} '*'."),
    ("STANDPOINT_ALLOWED_HOSTS", "http://a.b", f"{HOSTS} 'http://a.b'."),
    (
        "STANDPOINT_RATE_PER_MINUTE",
        "0",
        "STANDPOINT_RATE_PER_MINUTE: must be a whole number above 0, got '0'.",
    ),
    (
        "STANDPOINT_MAX_CODEBOOK_ACTORS",
        "many",
        "STANDPOINT_MAX_CODEBOOK_ACTORS: must be a whole number above 0, got 'many'.",
    ),
]


@pytest.mark.parametrize(("name", "value", "told"), WRONG)
def test_a_setting_that_is_wrong_is_refused(name, value, told):
    with pytest.raises(InputError) as error:
        read_settings({name: value})
    assert str(error.value) == told
