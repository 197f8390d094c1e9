"""Articles and codebooks that are wrong."""

import json

import pytest

from tests.behaviour.service.bad_input import GOOD, problem_of

# --- articles ------------------------------------------------------------------


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


# --- codebooks sent with an article --------------------------------------------


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
        codebook(issues=[issue(opposite_cues=["Toll"])]),
        ["issues[0].opposite_cues: must be of one pole, got 'Toll', which is in cues too."],
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
