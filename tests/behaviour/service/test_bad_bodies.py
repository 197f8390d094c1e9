"""Bodies, sizes, paths and methods that are wrong."""

import json

import pytest

from tests.behaviour.service.bad_input import GOOD, SENTENCE, problem_of

# --- bodies that are no request ------------------------------------------------

BODIES = [
    pytest.param(b"{nope", 400, ["body: must be JSON", "line 1 column 2"], id="not JSON"),
    pytest.param(b"", 400, ["body: must be JSON"], id="nothing"),
    pytest.param(b'{"text": "a",}', 400, ["body: must be JSON"], id="trailing comma"),
    pytest.param(b'{"text": "\xff"}', 400, ["body: must be JSON", "0xff"], id="not UTF-8"),
    pytest.param(b'{"text": "a\nb"}', 400, ["body: must be JSON"], id="bare newline in a string"),
    pytest.param(b'{"text": ' + b"[" * 100_000, 400, ["body: must be JSON"], id="too deep"),
    pytest.param(
        b'{"text": ' + b"9" * 5_000 + b"}",
        400,
        ["body: must be JSON", "5000 digits"],
        id="huge number",
    ),
    pytest.param(b"[]", 422, ["must be a JSON object", "got list"], id="array"),
    pytest.param(b'"text"', 422, ["must be a JSON object", "got str"], id="string"),
    pytest.param(b"3", 422, ["must be a JSON object", "got int"], id="number"),
    pytest.param(b"null", 422, ["must be a JSON object", "got"], id="null"),
]


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/pairs"])
@pytest.mark.parametrize(("body", "status", "told"), BODIES)
def test_a_body_that_is_no_json_object_is_refused(client, still_house, path, body, status, told):
    got = client.post(path, data=body, content_type="application/json")
    detail = problem_of(got, status=status, house=still_house)["detail"]
    assert all(words in detail for words in told), detail


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/pairs"])
@pytest.mark.parametrize(
    "given",
    ["text/plain", "text/html; charset=utf-8", "application/x-www-form-urlencoded", "x", None],
)
def test_another_content_type_than_json_is_refused(client, still_house, path, given):
    got = client.post(path, data=json.dumps(GOOD), content_type=given)
    detail = problem_of(got, status=415, house=still_house)["detail"]
    shown = given.partition(";")[0] if given else "nothing"
    assert detail == f"Content-Type: must be application/json, got {shown!r}."


def test_json_with_a_charset_is_accepted(client):
    got = client.post(
        "/v1/articles", data=json.dumps(GOOD), content_type="application/json; charset=utf-8"
    )
    assert got.status_code == 200


# --- size ----------------------------------------------------------------------


def test_a_text_of_a_megabyte_is_too_long_and_is_not_repeated_in_the_answer(client, still_house):
    got = client.post("/v1/articles", json={"text": "a" * 1_000_000, "codebook": "dam"})
    found = problem_of(got, status=413, house=still_house)
    assert "text must be at most 200,000 characters, got 1,000,000." in found["detail"]
    assert len(got.data) < 500


def test_a_text_of_exactly_the_limit_is_read_and_one_character_more_is_not(house):
    client = house.client(max_article_chars=len(SENTENCE))
    assert client.post("/v1/articles", json=GOOD).status_code == 200
    got = client.post("/v1/articles", json=GOOD | {"text": SENTENCE + "!"})
    detail = problem_of(got, status=413, house=house)["detail"]
    assert "text must be at most 32 characters, got 33. Send it in parts." in detail


def test_the_length_of_a_text_counts_characters_and_not_bytes(house):
    client = house.client(max_article_chars=10)
    assert client.post("/v1/articles", json=GOOD | {"text": "😀" * 10}).status_code == 200


def test_a_text_of_a_pair_has_the_same_limit(house):
    pairs = [{"text": "short", "target": "short"}, {"text": SENTENCE, "target": "dam"}]
    got = house.client(max_article_chars=10).post("/v1/pairs", json={"pairs": pairs})
    detail = problem_of(got, status=413, house=house)["detail"]
    assert detail == ("pairs[1]: text must be at most 10 characters, got 32. Send it in parts.")


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/pairs"])
def test_a_body_above_the_limit_is_refused_before_it_is_read(house, path):
    client = house.client(max_body_bytes=1_000)
    got = client.post(path, data=b"{" * 1_001, content_type="application/json")
    problem_of(got, status=413, house=house)


def test_a_body_of_exactly_the_limit_is_read(house):
    body = json.dumps(GOOD).encode()
    client = house.client(max_body_bytes=len(body))
    assert (
        client.post("/v1/articles", data=body, content_type="application/json").status_code == 200
    )


# --- places and methods --------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/nowhere", "/v1", "/v2/articles", "/v1/articles/", "/v1/codebooks/", "/../etc/passwd"]
)
def test_a_place_that_does_not_exist_is_404(client, still_house, path):
    problem_of(client.get(path), status=404, house=still_house)


@pytest.mark.parametrize("name", ["geneva3", "dam.toml", "Dam", "%00", "..%2Fdam", "é"])
def test_a_codebook_the_server_does_not_know_is_404(client, still_house, name):
    problem_of(client.get(f"/v1/codebooks/{name}"), status=404, house=still_house)


def test_a_codebook_the_server_does_not_know_is_named_in_the_answer(client, still_house):
    found = problem_of(client.get("/v1/codebooks/geneva3"), status=404, house=still_house)
    assert found["detail"] == "codebook: must be a known one, got 'geneva3'."


METHODS = [
    ("GET", "/v1/articles", {"POST"}),
    ("PUT", "/v1/articles", {"POST"}),
    ("DELETE", "/v1/pairs", {"POST"}),
    ("POST", "/v1/codebooks", {"GET", "HEAD"}),
    ("PATCH", "/v1/codebooks/dam", {"GET", "HEAD"}),
    ("POST", "/v1/model", {"GET", "HEAD"}),
    ("POST", "/healthz", {"GET", "HEAD"}),
    ("POST", "/readyz", {"GET", "HEAD"}),
]


@pytest.mark.parametrize(
    ("method", "path", "allowed"), METHODS, ids=[f"{m} {p}" for m, p, _ in METHODS]
)
def test_a_method_a_place_does_not_have_is_405_with_those_it_has(
    client, still_house, method, path, allowed
):
    got = client.open(path, method=method)
    problem_of(got, status=405, house=still_house)
    assert set(got.headers["Allow"].split(", ")) == allowed | {"OPTIONS"}
