"""What the service answers to requests that are wrong, and when nothing can be served."""

import json
from http import HTTPStatus

import pytest

from standpoint.errors import CodebookError

SENTENCE = "Ruritania rejects the river dam."
HOLDER = {"start": 0, "end": 9}
TARGET = {"start": 22, "end": 31}
GOOD = {"text": SENTENCE, "codebook": "dam"}


def problem_of(got, *, status, house):
    """The body of a problem, checked for its shape and for what it must never tell."""
    assert got.status_code == status, got.text
    assert got.content_type == "application/problem+json"
    found = json.loads(got.data)
    assert (
        {"type", "title", "status", "detail"}
        <= found.keys()
        <= {
            "type",
            "title",
            "status",
            "detail",
            "errors",
        }
    )
    assert found["type"] == "about:blank"
    assert found["title"] == HTTPStatus(status).phrase
    assert found["status"] == status
    assert isinstance(found["detail"], str)
    assert found["detail"].endswith((".", "?"))
    assert got.headers["X-Request-ID"]
    for secret in ("Traceback", 'File "', ".py", str(house.root), "site-packages", "pydantic"):
        assert secret not in got.text
    return found


# --- bodies that are no request -----------------------------------------------

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


# --- size ---------------------------------------------------------------------


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


# --- articles -----------------------------------------------------------------


def article(**changes):
    return {**GOOD, **changes}


def without(key):
    return {k: v for k, v in GOOD.items() if k != key}


ARTICLES = [
    pytest.param(without("text"), ["text: missing."], "/text", id="text missing"),
    pytest.param(article(text=5), ["text:", "string", "got 5."], "/text", id="text a number"),
    pytest.param(article(text=None), ["text:", "string", "got"], "/text", id="text null"),
    pytest.param(article(text=["a"]), ["text:", "string", "['a']"], "/text", id="text a list"),
    pytest.param(article(text={}), ["text:", "string", "{}"], "/text", id="text an object"),
    pytest.param(article(text=True), ["text:", "string", "True"], "/text", id="text a boolean"),
    pytest.param(
        article(text=""),
        ["text must not be empty. Send the words of an article."],
        None,
        id="text empty",
    ),
    pytest.param(article(text=" \n\t\u3000 "), ["text must not be empty."], None, id="text blank"),
    pytest.param(
        article(text="a\ud800b"),
        ["text must be valid Unicode, got the lone surrogate '\\ud800' at character 1."],
        None,
        id="lone surrogate",
    ),
    pytest.param(
        article(text="ab\0"),
        ["text must not contain NUL, got one at character 2."],
        None,
        id="NUL",
    ),
    pytest.param(article(texte="a"), ["texte: unknown key."], "/texte", id="unknown key"),
    pytest.param(article(**{"a/b~c": 1}), ["unknown key."], "/a~1b~0c", id="key to be escaped"),
    pytest.param(
        article(codebook="geneva3"),
        ["codebook: must be one of dam, fish, got 'geneva3'."],
        None,
        id="unknown codebook",
    ),
    pytest.param(
        article(codebook="../dam"),
        ["must be one of dam, fish, got '../dam'."],
        None,
        id="codebook a path",
    ),
    pytest.param(article(id=5), ["id:", "string", "got 5."], "/id", id="id a number"),
    pytest.param(article(id="x" * 501), ["id:", "at most 500"], "/id", id="id too long"),
    pytest.param(article(id="\ud800"), ["id:", "'\\ud800'"], "/id", id="id a lone surrogate"),
    pytest.param(article(date="yesterday"), ["date:", "'yesterday'"], "/date", id="date in words"),
    pytest.param(article(date=20140122), ["date:", "20140122"], "/date", id="date a number"),
    pytest.param(
        article(include_none="perhaps"),
        ["include_none:", "'perhaps'"],
        "/include_none",
        id="include_none",
    ),
    pytest.param(
        article(min_confidence=1.5),
        ["min_confidence:", "less than or equal to 1", "got 1.5."],
        "/min_confidence",
        id="min_confidence above 1",
    ),
    pytest.param(
        article(min_confidence=-0.1),
        ["min_confidence:", "greater than or equal to 0", "got -0.1."],
        "/min_confidence",
        id="min_confidence below 0",
    ),
    pytest.param(
        article(min_confidence="high"),
        ["min_confidence:", "'high'"],
        "/min_confidence",
        id="min_confidence",
    ),
]


@pytest.mark.parametrize(("body", "told", "pointer"), ARTICLES)
def test_an_article_that_is_wrong_is_refused_with_what_must_hold(
    client, still_house, body, told, pointer
):
    got = client.post("/v1/articles", data=json.dumps(body), content_type="application/json")
    found = problem_of(got, status=422, house=still_house)
    assert all(words in found["detail"] for words in told), found["detail"]
    if pointer is not None:
        assert [fault["pointer"] for fault in found["errors"]] == [pointer]


def test_min_confidence_that_is_no_number_at_all_is_refused(client, still_house):
    body = '{"text": "a", "codebook": "dam", "min_confidence": NaN}'
    got = client.post("/v1/articles", data=body, content_type="application/json")
    assert got.status_code in (400, 422)
    problem_of(got, status=got.status_code, house=still_house)


def test_every_fault_of_a_request_is_told_with_a_pointer(client, still_house):
    got = client.post("/v1/articles", json={"text": 5, "date": "soon", "texte": "a"})
    errors = problem_of(got, status=422, house=still_house)["errors"]
    assert sorted(fault["pointer"] for fault in errors) == ["/date", "/text", "/texte"]
    assert all(fault["detail"].endswith(".") for fault in errors)


def test_a_wrong_value_of_any_length_is_shown_shortened(client, still_house):
    got = client.post("/v1/articles", json=article(date="x" * 100_000))
    found = problem_of(got, status=422, house=still_house)
    assert "'xxxxx" in found["detail"]
    assert len(got.data) < 1_000


# --- codebooks sent with an article -------------------------------------------


def actor(id, name, **more):
    return {"id": id, "name": name, "kind": "state", **more}


def codebook(**changes):
    issue = {"id": "i", "name": "I", "favor": "Yes.", "against": "No.", "cues": ["toll"]}
    return {"name": "c", "title": "C", "actors": [actor("a", "A")], "issues": [issue], **changes}


def issue(**changes):
    return codebook()["issues"][0] | changes


CODEBOOKS = [
    pytest.param({}, ["name: missing.", "title: missing.", "issues: missing."], id="empty"),
    pytest.param(codebook(titel="x"), ["titel: unknown key."], id="unknown key"),
    pytest.param(
        codebook(actors=[actor("a", "A", colour="red")]),
        ["actors[0].colour: unknown key."],
        id="unknown key of an actor",
    ),
    pytest.param(codebook(name="A B"), ["name:", "got 'A B'."], id="name with a space"),
    pytest.param(codebook(actors=[]), ["actors:", "at least 1", "got []."], id="no actors"),
    pytest.param(codebook(issues=[]), ["issues:", "at least 1", "got []."], id="no issues"),
    pytest.param(
        codebook(actors=[actor("a", "A", kind="ship")]),
        ["actors[0].kind: must be one of person, state, organisation, group, got 'ship'."],
        id="unknown kind",
    ),
    pytest.param(
        codebook(actors=[actor("a", "A", kind="stat")]),
        ["got 'stat'. Did you mean 'state'?"],
        id="kind nearly right",
    ),
    pytest.param(
        codebook(actors=[actor("a", "A"), actor("a", "B")]),
        ["actors[1].id: must be new, got 'a' again."],
        id="id twice",
    ),
    pytest.param(
        codebook(actors=[actor("a", "A"), actor("b", "B", aliases=["the a"])]),
        ["actors[1].aliases: must be its own, got 'the a', which 'a' has too."],
        id="shared alias",
    ),
    pytest.param(
        codebook(actors=[actor("a", "A", member_of="zz")]),
        ["actors[0].member_of: must be the id of an actor, got 'zz'."],
        id="member of nobody",
    ),
    pytest.param(
        codebook(actors=[actor("a", "A", member_of="b"), actor("b", "B", member_of="a")]),
        ["actors[0].member_of: must not lead back to itself, got 'b'."],
        id="members in a circle",
    ),
    pytest.param(
        codebook(actors=[actor("a", "A", member_of="a")]),
        ["actors[0].member_of: must not lead back to itself, got 'a'."],
        id="member of itself",
    ),
    pytest.param(
        codebook(issues=[issue(cues=[])]), ["issues[0].cues:", "at least 1"], id="no cues"
    ),
    pytest.param(
        codebook(issues=[issue(opposite_cues=["Toll"])]),
        ["issues[0].opposite_cues: must be its own, got 'Toll', which 'i' has in cues."],
        id="cue and opposite cue",
    ),
    pytest.param(
        codebook(title="\ud800"), ["title:", "'\\ud800'"], id="lone surrogate in the title"
    ),
]


@pytest.mark.parametrize(("given", "told"), CODEBOOKS)
def test_a_faulty_codebook_is_refused_with_its_faults(client, still_house, given, told):
    body = json.dumps(article(codebook=given))
    got = client.post("/v1/articles", data=body, content_type="application/json")
    found = problem_of(got, status=422, house=still_house)
    everything = json.dumps(found, ensure_ascii=False).replace("\\\\", "\\")
    assert all(words in everything for words in told), everything
    assert "line " not in found["detail"]


def test_all_faults_of_a_codebook_are_told_together(client, still_house):
    twice = [actor("a", "A"), actor("a", "B", member_of="zz"), actor("c", "b")]
    got = client.post("/v1/articles", json=article(codebook=codebook(actors=twice)))
    text = json.dumps(problem_of(got, status=422, house=still_house))
    assert "actors[1].id: must be new" in text
    assert "actors[1].member_of: must be the id of an actor" in text
    assert "actors[2].aliases: must be its own" in text


def test_a_codebook_as_a_number_or_null_is_refused(client, still_house):
    for given in (5, None, ["dam"], True):
        got = client.post("/v1/articles", json=article(codebook=given))
        found = problem_of(got, status=422, house=still_house)
        assert repr(given) in json.dumps(found["errors"])


# --- pairs --------------------------------------------------------------------


def pair(**changes):
    return {"text": SENTENCE, "holder": HOLDER, "target": TARGET, **changes}


def span(start, end):
    return {"start": start, "end": end}


PAIRS = [
    pytest.param(
        pair(holder=span(0, 900)),
        ["pairs[0]: holder must lie within the 32 characters of its text, got [0:900]."],
        id="holder outside the text",
    ),
    pytest.param(
        pair(target=span(30, 33)),
        ["pairs[0]: target must lie within the 32 characters of its text, got [30:33]."],
        id="target one past the text",
    ),
    pytest.param(
        pair(target=span(10**30, 10**31)),
        ["target must lie within the 32"],
        id="offsets beyond any text",
    ),
    pytest.param(
        pair(holder=span(9, 3)),
        ["pairs[0].holder", "start must be below end, got [9:3]."],
        id="start above end",
    ),
    pytest.param(
        pair(holder=span(4, 4)),
        ["pairs[0].holder", "start must be below end, got [4:4]."],
        id="start at end",
    ),
    pytest.param(
        pair(target=span(4, 4)),
        ["pairs[0].target", "start must be below end, got [4:4]."],
        id="target empty",
    ),
    pytest.param(
        pair(holder=span(-1, 4)), ["pairs[0].holder.start", "0", "got -1."], id="holder negative"
    ),
    pytest.param(pair(target=span(-5, -1)), ["pairs[0].target", "got -5."], id="target negative"),
    pytest.param(
        pair(holder=span(0.5, 4)),
        ["pairs[0].holder.start", "integer", "got 0.5."],
        id="offset a fraction",
    ),
    pytest.param(
        pair(holder=span("0", 4)),
        ["pairs[0].holder.start", "integer", "got '0'."],
        id="offset a string",
    ),
    pytest.param(
        pair(holder=span(False, True)), ["pairs[0].holder.start", "integer"], id="offsets booleans"
    ),
    pytest.param(pair(holder={"start": 0}), ["pairs[0].holder.end", "missing."], id="end missing"),
    pytest.param(
        pair(holder={"start": 0, "end": 9, "text": "R"}),
        ["pairs[0].holder.text", "unknown key."],
        id="unknown key of a span",
    ),
    pytest.param(
        pair(target=span(3, 12)),
        ["pairs[0]: holder and target must not overlap, got [0:9] and [3:12]."],
        id="holder overlaps target",
    ),
    pytest.param(
        pair(target="Ruritania"),
        ["pairs[0]: holder and target must not overlap, got [0:9] and [0:9]."],
        id="holder overlaps target in words",
    ),
    pytest.param(
        {"text": SENTENCE, "holder": HOLDER}, ["pairs[0].target", "missing."], id="target missing"
    ),
    pytest.param(pair(target=None), ["pairs[0].target", "None"], id="target null"),
    pytest.param(
        pair(target=""), ["pairs[0].target", "at least 1", "''"], id="target without words"
    ),
    pytest.param(
        pair(holder="Ruritania"), ["pairs[0].holder", "'Ruritania'"], id="holder in words"
    ),
    pytest.param({"target": "dam"}, ["pairs[0].text", "missing."], id="text missing"),
    pytest.param(pair(text=7), ["pairs[0].text", "string", "got 7."], id="text a number"),
    pytest.param(pair(text="  "), ["pairs[0]: text must not be empty."], id="text blank"),
    pytest.param(
        pair(text="\udfff" * 40),
        ["pairs[0]: text must be valid Unicode"],
        id="text of lone surrogates",
    ),
    pytest.param(pair(text="\0" * 40), ["pairs[0]: text must not contain NUL"], id="text of NULs"),
    pytest.param(
        pair(label="favor"), ["pairs[0].label", "unknown key."], id="unknown key of a pair"
    ),
    pytest.param("pair", ["pairs[0]", "'pair'"], id="pair a string"),
]


@pytest.mark.parametrize(("given", "told"), PAIRS)
def test_a_pair_that_is_wrong_is_refused_with_what_must_hold(client, still_house, given, told):
    body = json.dumps({"pairs": [given]})
    got = client.post("/v1/pairs", data=body, content_type="application/json")
    text = json.dumps(problem_of(got, status=422, house=still_house))
    assert all(words in text for words in told), text


def test_the_place_of_a_wrong_pair_among_right_ones_is_told(client, still_house):
    got = client.post("/v1/pairs", json={"pairs": [pair(), pair(), pair(target=span(0, 9))]})
    assert "pairs[2]: holder and target" in problem_of(got, status=422, house=still_house)["detail"]


PAIR_BODIES = [
    pytest.param({}, ["pairs: missing."], "/pairs", id="pairs missing"),
    pytest.param({"pairs": pair()}, ["pairs:"], "/pairs", id="pairs an object"),
    pytest.param({"pairs": None}, ["pairs:", "got None."], "/pairs", id="pairs null"),
    pytest.param(
        {"pairs": [], "task": "mood"},
        ["task: must be one of stance, sentiment, got 'mood'."],
        "/task",
        id="unknown task",
    ),
    pytest.param(
        {"pairs": [], "task": "sentimen"},
        ["Did you mean 'sentiment'?"],
        "/task",
        id="task nearly right",
    ),
    pytest.param({"pairs": [], "task": None}, ["task:", "got None."], "/task", id="task null"),
    pytest.param({"pairs": [], "model": "x"}, ["model: unknown key."], "/model", id="unknown key"),
    pytest.param(
        {"pairs": [{"text": "a", "target": "a"}] * 10_001},
        ["at most 10000", "10001"],
        "/pairs",
        id="too many",
    ),
]


@pytest.mark.parametrize(("body", "told", "pointer"), PAIR_BODIES)
def test_a_request_for_pairs_that_is_wrong_is_refused(client, still_house, body, told, pointer):
    found = problem_of(client.post("/v1/pairs", json=body), status=422, house=still_house)
    assert all(words in found["detail"] for words in told), found["detail"]
    assert [fault["pointer"] for fault in found["errors"]] == [pointer]


# --- places and methods -------------------------------------------------------


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


# --- no champion, or a broken one ---------------------------------------------

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
