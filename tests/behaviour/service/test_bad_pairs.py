"""Pairs that are wrong."""

import json

import pytest

from tests.behaviour.service.bad_input import HOLDER, SENTENCE, pair, problem_of


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
