"""The form of the page: what it offers, and the faults beside its fields."""

import html
import io
import json
import re

import pytest

from serve.pages.pasted_codebook import read_pasted
from tests.behaviour.pages.page import (
    GERMAN,
    HOSTILE,
    OWN,
    Page,
    cells,
    fault_beside,
    form,
    text_shown,
)


def test_the_page_offers_every_codebook_that_the_server_knows(client):
    got = client.get("/")
    assert got.status_code == 200
    assert got.mimetype == "text/html"
    assert re.findall(r'<option value="(\w+)"', got.text) == ["dam", "fish"]


@pytest.mark.parametrize("path", ["/", "/models"])
def test_a_page_has_landmarks_labels_and_one_first_heading(client, path):
    page = Page(client.get(path).text)
    names = [tag for tag, _ in page.tags]
    assert all(names.count(tag) == 1 for tag in ("main", "header", "footer", "h1", "title"))
    assert set(page.fields) <= set(page.labelled)
    assert page.links[0] == "#main"
    assert {"/v1/model", "/docs", "/openapi.json", "/models"} <= set(page.links)


@pytest.mark.parametrize(
    "fields", [{}, {"text": ""}, {"own": "name = 1"}], ids=["read", "empty", "own"]
)
def test_a_page_after_the_form_is_sound_and_has_nothing_inline(ask, fields):
    got = ask(**fields)
    assert got.mimetype == "text/html"
    page = Page(got.text)
    assert page.inline == []
    assert not [1 for tag, found in page.tags if tag == "script" and "src" not in found]
    assert not [1 for tag, _ in page.tags if tag == "style"]
    assert len(page.ids) == len(set(page.ids))
    assert set(page.described) <= set(page.ids)
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    for before, after in zip(page.levels, page.levels[1:], strict=False):
        assert after <= before + 1, page.levels


def test_no_address_on_a_page_leads_to_another_host_but_mlflow(ask, client):
    for text in (ask().text, client.get("/models").text):
        addresses = re.findall(r'(?:href|src|action)="(http[^"]*)"', text)
        assert all(a.startswith("http://127.0.0.1:5000/") for a in addresses)


FAULTS = [
    ({"text": ""}, 422, "text", "article: text must not be empty. Send the words of an article."),
    ({"text": " \n "}, 422, "text", "article: text must not be empty. Send the words of an article."),
    ({"text": "a\0b"}, 422, "text",
     "article: text must not contain NUL, got one at character 1. Is this a binary file?"),
    ({"text": GERMAN}, 422, "text",
     "article: text must be English, got German. Force it with “Read it in any language” under Options."),
    ({"codebook": "lake"}, 422, "codebook",
     "codebook: must be a known one, got 'lake'. Choose one, or paste."),
    ({"codebook": HOSTILE}, 422, "codebook",
     f"codebook: must be a known one, got {HOSTILE!r}. Choose one, or paste."),
    ({"min_confidence": "high"}, 422, "min_confidence",
     "min_confidence: must be a number from 0 to 1, got 'high'."),
    ({"min_confidence": "1.5"}, 422, "min_confidence",
     "min_confidence: input should be less than or equal to 1, got 1.5."),
    ({"min_confidence": "nan"}, 422, "min_confidence",
     "min_confidence: input should be less than or equal to 1, got nan."),
    ({"author": "Nobody Known"}, 422, "author",
     "author: must be an actor of the codebook 'dam', got 'Nobody Known'."
     " Give an actor's id, name or alias."),
    ({"own": "name = "}, 422, "own",
     "codebook: must be TOML or JSON, got a fault: Invalid value (at end of document)."),
    ({"own": '{\n"name": }'}, 422, "own",
     "codebook: must be JSON, got a fault: Expecting value (line 2, column 9)."),
    ({"own": "{" * 100_000}, 422, "own",
     "codebook: must be JSON, got a fault: Expecting property name enclosed in double quotes"
     " (line 1, column 2)."),
    ({"own": '{"a":' * 100_000}, 422, "own",
     "codebook: must be JSON, got too deep a nesting."),
    ({"own": "a." * 20_000 + "a = 1"}, 422, "own",
     "codebook: line 1: keys must have at most 32 parts, got more."),
    ({"own": f"name = 0x{'f' * 100_000}"}, 422, "own",
     "4 faults: title: missing. actors: missing. issues: missing. line 1: name: input should be a"
     " valid string, got a number of thousands of digits."),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "status", "field", "told"), FAULTS)
def test_a_fault_stands_beside_its_field(ask, fields, status, field, told):
    got = ask(**fields)
    assert got.status_code == status
    assert fault_beside(got.text, field) == told
    shown = Page(got.text)
    (at,) = (found for _, found in shown.tags if found.get("id") == field)
    assert at["aria-invalid"] == "true"
    assert f"{field}-fault" in at["aria-describedby"].split()


def test_an_article_above_the_limit_is_413_and_is_kept(still_house):
    got = still_house.client(max_article_chars=10).post("/", data=form("Oslo backs it."))
    assert got.status_code == 413
    told = "article: text must be at most 10 characters, got 14. Send it in parts."
    assert fault_beside(got.text, "text") == told
    assert "Oslo backs it." in got.text


def test_a_form_above_the_limit_of_bodies_is_413_in_words(still_house):
    client = still_house.client(max_body_bytes=1000)
    for kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        got = client.post("/", data=form("Oslo backs it. " * 100), content_type=kind)
        assert got.status_code == 413
        told = "article: must be at most 1,000 bytes with its codebook, got more. Send it in parts."
        assert fault_beside(got.text, "text") == told


def test_an_article_of_the_full_length_is_read(ask):
    words = "Rain fell on the town. "
    got = ask(text=words * (200_000 // len(words)))
    assert got.status_code == 200
    assert "0 statements in" in got.text


def test_the_faults_of_every_field_are_told_together_and_what_was_typed_is_kept(ask):
    own = 'name = "x"\n[[actors]]\nid = "a"\nkind = "dog"\n'
    got = ask(text="", own=own, min_confidence="7", any_language="1")
    assert {f for f in ("text", "own", "min_confidence") if f'id="{f}-fault"' in got.text} == {
        "text", "own", "min_confidence",
    }  # fmt: skip
    assert html.unescape(got.text).count(own) == 1
    assert 'value="7"' in got.text
    assert re.search(r'id="any_language"[^>]* checked', got.text)


def test_a_faulty_codebook_is_told_with_every_fault_and_its_line(ask):
    own = OWN.replace('"state"', '"dog"\ncolor = 1') + OWN[OWN.index("[[issues]]") :]
    told = fault_beside(ask(own=own).text, "own")
    assert told == (
        "3 faults: line 6: actors[0].kind: must be one of person, state, organisation, group, "
        "got 'dog'. line 7: actors[0].color: unknown key. line 15: issues[1].id: must be new, "
        "got 'dam' again."
    )


def test_the_faults_of_a_codebook_in_json_have_their_lines_too(ask):
    whole = read_pasted(OWN)
    whole["actors"][0] |= {"kind": "dog", "aliases": ["[,]", 'a"b']}
    whole["issues"].append(whole["issues"][0])
    own = json.dumps(whole, indent=1)
    told = fault_beside(ask(own=own).text, "own")
    number = {n: line.split('"')[1] for n, line in enumerate(own.splitlines(), 1) if '"' in line}
    lines = [int(n) for n in re.findall(r"line (\d+):", told)]
    assert [number[n] for n in lines] == ["kind", "id"]
    assert lines[1] > next(n for n, key in number.items() if key == "cues")


@pytest.mark.parametrize("shape", ["toml", "json", "json with a digest"])
def test_a_pasted_codebook_is_taken_in_place_of_the_chosen_one(ask, shape):
    whole = read_pasted(OWN) | ({"digest": "x"} if shape == "json with a digest" else {})
    own = OWN if shape == "toml" else json.dumps(whole)
    got = ask(text="Oslo backs the dam.", own=own)
    assert got.status_code == 200
    assert cells(got.text) == [["Oslo", "+ favor 0.98 , Oslo on The dam, 1 statement"]]


@pytest.mark.parametrize("more", [{"title": "\ud800"}, {"\udfff": 1}], ids=["title", "key"])
def test_lone_surrogates_in_a_codebook_are_faults(ask, more):
    got = ask(own=json.dumps(read_pasted(OWN) | more))
    assert got.status_code == 422
    assert "input should be a valid string" in fault_beside(got.text, "own")


def test_a_chosen_file_is_read_in_place_of_the_box(client):
    upload = (io.BytesIO("\ufeffRuritania rejects the river dam.\r\n".encode()), "a.txt")
    got = client.post("/", data=form("", file=upload), content_type="multipart/form-data")
    assert got.status_code == 200
    assert text_shown(got.text) == "Ruritania rejects the river dam.\n"


def test_a_file_that_is_no_text_is_refused_beside_it(client):
    upload = (io.BytesIO(b"Caf\xe9"), "a.txt")
    got = client.post("/", data=form("kept", file=upload), content_type="multipart/form-data")
    assert got.status_code == 422
    told = "file: must be a text in UTF-8, got b'\\xe9' in it. Save it as plain text in UTF-8."
    assert fault_beside(got.text, "file") == told
    assert "kept" in got.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_champion_the_page_says_what_to_do(empty_house, method):
    got = getattr(empty_house.client(), method)("/")
    assert got.status_code == 503
    assert got.mimetype == "text/html"
    assert "make champion" in got.text
    assert empty_house.client().get("/models").status_code == 503


def test_a_broken_champion_is_503_without_a_path(house, flip):
    flip(house.models / "stance" / "3" / "head.safetensors")
    got = house.client().get("/")
    assert got.status_code == 503
    assert "rollback" in got.text
    assert str(house.root) not in got.text
