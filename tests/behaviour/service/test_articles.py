"""An article that is right, with a known codebook or one of its own, is answered."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standpoint.codebook.schema import Codebook

ARTICLE = (
    "Ruritania rejects the river dam. Anna Lind backs the building freeze.\n\n"
    "Borduria ponders the shipping toll. Borduria saw the river dam."
)
SENTENCE = "Ruritania rejects the river dam."


def spans_in(found: Any):
    """Every object with a start, an end and a text, however deep."""
    if isinstance(found, dict):
        if {"start", "end", "text"} <= found.keys():
            yield found
        for value in found.values():
            yield from spans_in(value)
    elif isinstance(found, list):
        for value in found:
            yield from spans_in(value)


def row_of(found, actor, issue):
    rows = [r for r in found["stances"] if (r["actor"], r["issue"]) == (actor, issue)]
    assert len(rows) <= 1
    return rows[0] if rows else None


# --- articles -----------------------------------------------------------------


def test_an_article_is_answered_with_the_five_parts_of_the_contract(label):
    found = label(ARTICLE, id="a-1", date="2014-01-22")
    assert list(found) == ["article", "statements", "stances", "notes", "model", "codebook"]
    assert found["article"] == {
        "id": "a-1",
        "date": "2014-01-22",
        "n_chars": len(ARTICLE),
        "n_sentences": 4,
    }


def test_the_digest_of_a_known_codebook_is_computed_once_for_all_articles(house, monkeypatch):
    dumps = []
    dump = Codebook.model_dump
    monkeypatch.setattr(Codebook, "model_dump", lambda book: dumps.append(book.name) or dump(book))
    server = house.client()
    answers = [
        server.post("/v1/articles", json={"text": ARTICLE, "codebook": "dam"}).json
        for _ in range(10)
    ]
    assert len({answer["codebook"]["digest"] for answer in answers}) == 1
    assert dumps == ["dam"]


def test_a_statement_says_who_what_how_sure_and_where_in_the_text(label):
    first = label(ARTICLE)["statements"][0]
    shares = first.pop("probabilities")
    assert first == {
        "holder": "ruritania",
        "holder_span": {"start": 0, "end": 9, "text": "Ruritania"},
        "issue": "river-dam",
        "cue": {"start": 22, "end": 31, "text": "river dam", "pole": "favor"},
        "stance": "against",
        "abstained": False,
        "sentiment": "negative",
        "attribution": {"kind": "paraphrase", "reporter": None, "cue": "rejects"},
        "evidence": {"start": 0, "end": 32, "text": SENTENCE},
    }
    assert list(shares) == ["favor", "against", "none"]
    assert shares == pytest.approx({"favor": 0.0024, "against": 0.9796, "none": 0.0179}, abs=1e-4)


def test_favoring_an_opposite_cue_is_being_against_the_issue(label):
    [statement] = label("Borduria backs the building freeze.")["statements"]
    assert statement["cue"]["pole"] == "against"
    assert statement["stance"] == "against"
    assert statement["probabilities"]["against"] > 0.9
    assert statement["sentiment"] == "positive"


def test_every_span_is_the_text_between_its_offsets(label):
    spans = list(spans_in(label(ARTICLE)))
    assert len(spans) == 12
    assert all(ARTICLE[s["start"] : s["end"]] == s["text"] for s in spans)


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("", id="nothing"),
        pytest.param("\u200f\u202bשלום\u202c ", id="right-to-left marks"),
        pytest.param("👩‍👩‍👧‍👦🇺🇳 ", id="emoji of several code points"),
        pytest.param("e\u0301a\u0308\u0323 ", id="combining characters"),
        pytest.param("\ufeff", id="byte-order mark"),
        pytest.param("One.\r\n\r\n", id="carriage returns"),
        pytest.param("𝔄𐍈 ", id="beyond the basic plane"),
    ],
)
def test_offsets_count_code_points_whatever_stands_before(label, before):
    text = f"{before}Ruritania rejects the \u200friver dam\u200f."
    [statement] = label(text)["statements"]
    assert statement["stance"] == "against"
    assert statement["holder_span"] == {
        "start": len(before),
        "end": len(before) + 9,
        "text": "Ruritania",
    }
    start = text.index("river dam")
    assert (statement["cue"]["start"], statement["cue"]["end"]) == (start, start + 9)
    assert statement["cue"]["text"] == "river dam"


PIECES = [
    "Ruritania rejects the river dam. ",
    "“Borduria backs the river dam,” said Anna Lind. ",
    "\u200f",
    "e\u0301",
    "👩‍👩‍👧",
    "\n\n",
    "\r\n",
    "\u2028",
    "'s ",
    '"',
    "\t",
    "U.S. ",
    "…",
    "ﬁ ",
]


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join))
def test_every_span_of_any_text_holds(client, text):
    got = client.post("/v1/articles", json={"text": text, "codebook": "dam"})
    assert got.status_code == (200 if text.strip() else 422)
    for statement in got.json.get("statements", []):
        assert statement["cue"]["text"] == "river dam"
        holder = statement["holder_span"]
        assert holder is None or holder["text"] in ("Ruritania", "Borduria", "Anna Lind")
        assert all(text[s["start"] : s["end"]] == s["text"] for s in spans_in(statement))


def test_a_members_stance_counts_for_what_he_is_a_member_of_and_is_marked(label):
    found = label("Anna Lind backs the river dam.")
    member, whole = found["stances"]
    assert (member["actor"], member["stance"], member["via"]) == ("lind", "favor", [])
    assert (whole["actor"], whole["stance"], whole["via"]) == ("ruritania", "favor", ["lind"])
    assert whole["confidence"] == member["confidence"]


def test_statements_that_agree_make_the_row_surer_than_each_of_them(label):
    found = label(ARTICLE)
    row = row_of(found, "ruritania", "river-dam")
    single = row_of(found, "lind", "river-dam")["confidence"]
    assert (row["n_statements"], row["n_favor"], row["n_against"]) == (2, 0, 2)
    assert row["confidence"] == pytest.approx(1 - (1 - single) ** 2, abs=1e-4)


def test_two_sides_in_one_cell_are_mixed_and_not_averaged(label):
    found = label("Borduria backs the river dam. Borduria rejects the river dam.")
    row = row_of(found, "borduria", "river-dam")
    assert (row["stance"], row["n_favor"], row["n_against"]) == ("mixed", 1, 1)


def test_an_actor_who_never_meets_an_issue_has_no_row_even_with_include_none(label):
    found = label(ARTICLE, include_none=True)
    assert row_of(found, "lind", "toll") is None


def test_who_takes_no_side_has_a_row_only_when_asked_for(label):
    assert row_of(label(ARTICLE), "borduria", "river-dam") is None
    row = row_of(label(ARTICLE, include_none=True), "borduria", "river-dam")
    assert row["stance"] == "none"


def test_an_undecided_statement_is_abstained_and_that_is_not_none(label):
    found = label("Borduria ponders the river dam.")
    [statement], [row] = found["statements"], found["stances"]
    assert statement["abstained"] is True
    assert max(statement["probabilities"].values()) < 0.5
    assert (row["stance"], row["n_favor"], row["n_against"]) == ("abstained", 0, 0)


@pytest.mark.parametrize(("floor", "abstained"), [(0, False), (0.97, False), (0.99, True)])
def test_min_confidence_is_where_abstention_begins(label, floor, abstained):
    [statement] = label(SENTENCE, min_confidence=floor)["statements"]
    assert statement["abstained"] is abstained


def test_the_servers_min_confidence_holds_unless_the_request_has_its_own(house):
    client = house.client(min_confidence=0.99)
    body = {"text": SENTENCE, "codebook": "dam"}
    strict = client.post("/v1/articles", json=body).json
    loose = client.post("/v1/articles", json=body | {"min_confidence": 0.5}).json
    assert [s["abstained"] for s in strict["statements"] + loose["statements"]] == [True, False]


def test_a_text_without_actors_or_issues_is_answered_with_empty_lists(label):
    found = label("Nothing happened today.")
    assert (found["statements"], found["stances"]) == ([], [])


def test_the_same_article_gets_the_same_answer_twice(client):
    body = {"text": ARTICLE, "codebook": "dam"}
    assert (
        client.post("/v1/articles", json=body).data == client.post("/v1/articles", json=body).data
    )


def test_the_answer_names_the_version_and_run_of_both_models(label):
    assert label(SENTENCE)["model"] == {
        "stance": {"name": "champion", "version": 3, "run_id": "stance-run-3"},
        "sentiment": {"name": "champion", "version": 2, "run_id": "sentiment-run-2"},
    }


def test_without_a_sentiment_champion_stances_are_answered_and_sentiment_is_null(empty_house):
    empty_house.promote("stance", version=1)
    got = empty_house.client().post("/v1/articles", json={"text": SENTENCE, "codebook": "dam"})
    assert got.status_code == 200
    assert got.json["model"]["sentiment"] is None
    assert [(s["stance"], s["sentiment"]) for s in got.json["statements"]] == [("against", None)]


# --- why ----------------------------------------------------------------------


def test_the_api_explains_only_where_it_is_asked(label):
    plain = label(ARTICLE)
    told = label(ARTICLE, explain=True)
    decided = [statement.pop("decided_by") for statement in told["statements"]]
    assert told == plain
    assert [set(one) for one in decided] == [{"parts", "terms", "ngrams"}] * 4
    assert decided[0]["terms"][0]["term"] == "rejects"
    assert decided[0]["ngrams"] == [{"term": "rejects (between holder and target)", "weight": 6.0}]


def test_a_stance_on_an_opposite_cue_is_explained_toward_what_was_said(label):
    (statement,) = label("Borduria backs the building freeze.", explain=True)["statements"]
    assert statement["stance"] == "against"
    assert statement["decided_by"]["ngrams"][0] == {
        "term": "backs (between holder and target)", "weight": 6.0,
    }  # fmt: skip


def test_explain_must_be_true_or_false(client):
    got = client.post("/v1/articles", json={"text": "Rain.", "explain": "yes"})
    assert got.status_code == 422
    assert got.json["errors"][0]["pointer"] == "/explain"


# --- codebooks ----------------------------------------------------------------


def inline(name="lake"):
    return {
        "name": name,
        "title": "The lake",
        "actors": [{"id": "sy", "name": "Syldavia", "kind": "state"}],
        "issues": [
            {"id": "ferry", "name": "A ferry", "favor": "Yes.", "against": "No.", "cues": ["ferry"]}
        ],
    }


def test_a_codebook_may_come_with_the_article(label):
    found = label("Syldavia vetoes the ferry.", codebook=inline())
    assert found["codebook"]["name"] == "lake"
    assert [(r["actor"], r["issue"], r["stance"]) for r in found["stances"]] == [
        ("sy", "ferry", "against")
    ]


def test_a_codebook_sent_with_one_article_is_not_known_to_the_next(client):
    client.post("/v1/articles", json={"text": "Syldavia.", "codebook": inline()})
    assert client.get("/v1/codebooks/lake").status_code == 404


def test_a_codebook_sent_under_a_known_name_does_not_replace_the_known_one(label):
    label("Syldavia vetoes the ferry.", codebook=inline(name="dam"))
    assert [s["stance"] for s in label(SENTENCE)["statements"]] == ["against"]


def test_the_digest_in_an_answer_is_the_digest_of_the_known_codebook(client, label):
    digest = label(SENTENCE)["codebook"]["digest"]
    assert len(digest) == 64
    assert set(digest) <= set("0123456789abcdef")
    assert client.get("/v1/codebooks/dam").json["digest"] == digest
    assert label(SENTENCE, codebook="fish")["codebook"]["digest"] != digest


def test_the_order_of_keys_does_not_change_a_codebooks_digest(label):
    turned = dict(reversed(inline().items()))
    digests = [label("x", codebook=c)["codebook"]["digest"] for c in (inline(), turned)]
    assert digests[0] == digests[1]


def test_more_codebooks_than_the_server_keeps_are_still_answered_right(label):
    for number in range(40):
        found = label("Syldavia vetoes the ferry.", codebook=inline(name=f"lake-{number}"))
        assert (found["codebook"]["name"], len(found["stances"])) == (f"lake-{number}", 1)


def test_the_known_codebooks_are_listed_with_their_size(client):
    listed = client.get("/v1/codebooks").json["codebooks"]
    assert [{k: v for k, v in c.items() if k != "digest"} for c in listed] == [
        {"name": "dam", "title": "The dam on the Drin", "n_actors": 3, "n_issues": 2},
        {"name": "fish", "title": "Fish in the Drin", "n_actors": 1, "n_issues": 1},
    ]


def test_a_codebook_is_shown_whole(client):
    found = client.get("/v1/codebooks/dam").json
    assert [a["id"] for a in found["actors"]] == ["ruritania", "lind", "borduria"]
    assert found["actors"][1]["member_of"] == "ruritania"
    assert found["issues"][0]["opposite_cues"] == ["building freeze"]


def test_codebooks_are_shown_before_anything_is_promoted(empty_house):
    assert empty_house.client().get("/v1/codebooks/dam").status_code == 200
