"""The page that describes the API: whole, readable without scripts or a network."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from serve.openapi.document import document
from serve.openapi.problem_docs import PROBLEMS
from serve.openapi.schema_words import constraint_words, type_words
from tests.operations import OPERATIONS

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Tags(HTMLParser):
    """Every tag of a page, and whether each that is opened is closed."""

    def __init__(self, text):
        super().__init__()
        self.found, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page(still_app):
    got = still_app.test_client().get("/docs")
    assert (got.status_code, got.content_type) == (200, "text/html; charset=utf-8")
    return got.text


@pytest.fixture(scope="module")
def tags(page):
    return Tags(page)


def ids_in(tags):
    return [attrs["id"] for _, attrs in tags.found if "id" in attrs]


def test_every_tag_is_closed_and_every_id_is_there_once(tags):
    assert tags.open == []
    assert len(set(ids_in(tags))) == len(ids_in(tags))


def test_every_link_within_the_page_leads_somewhere(tags):
    links = [attrs["href"] for tag, attrs in tags.found if tag == "a"]
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids_in(tags))
    assert {link for link in links if not link.startswith("#")} == {
        "openapi.json",
        "./",
        "models",
    }
    labels = [attrs["aria-labelledby"] for _, attrs in tags.found if "aria-labelledby" in attrs]
    assert set(labels) <= set(ids_in(tags))


def test_nothing_of_the_page_is_forbidden_by_a_strict_content_security_policy(page, tags, client):
    assert not {"script", "style", "iframe"} & {tag for tag, _ in tags.found}
    assert not any(
        name == "style" or name.startswith("on") for _, attrs in tags.found for name in attrs
    )
    styles = [attrs["href"] for tag, attrs in tags.found if attrs.get("rel") == "stylesheet"]
    assert styles == ["docs/static/docs.css"]
    with client.get("/docs/static/docs.css") as style:
        assert (style.status_code, style.mimetype) == (200, "text/css")
        assert "url(" not in style.text
        assert "@import" not in style.text
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_every_operation_problem_and_shape_has_its_place(tags):
    there = set(ids_in(tags))
    assert {routed.operation.id for routed in OPERATIONS} <= there
    assert {f"problem-{status}" for status in PROBLEMS} <= there
    assert {f"shape-{name}" for name in document(OPERATIONS)["components"]["schemas"]} <= there


def test_every_field_of_a_shape_is_in_its_table(page):
    for name, schema in document(OPERATIONS)["components"]["schemas"].items():
        part = page.partition(f'id="shape-{name}"')[2].partition("</article>")[0]
        for field in schema.get("properties", {}):
            assert f"<code>{field}</code>" in part, f"{name}.{field}"


def test_headings_go_down_one_step_at_a_time(tags):
    levels = [int(tag[1]) for tag, _ in tags.found if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_the_page_says_its_language_and_fits_a_phone(tags):
    assert ("html", {"lang": "en"}) in tags.found
    views = [attrs["content"] for _, attrs in tags.found if attrs.get("name") == "viewport"]
    assert views == ["width=device-width, initial-scale=1"]


def test_the_page_is_sent_again_only_where_it_changed(client):
    got = client.get("/docs")
    again = client.get("/docs", headers={"If-None-Match": got.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


KINDS = [
    ({"$ref": "#/components/schemas/Span"}, "Span"),
    ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string or null"),
    ({"enum": ["favor", "none"]}, '"favor" or "none"'),
    ({"const": 1}, "1"),
    ({"type": "array", "items": {"type": "integer"}}, "list of whole number"),
    ({"type": "object", "additionalProperties": {"type": "number"}}, "object of number"),
    ({"type": "object", "additionalProperties": True}, "object"),
    ({}, "anything"),
]


@pytest.mark.parametrize(("schema", "told"), KINDS)
def test_what_a_schema_allows_is_told_in_words(schema, told):
    assert "".join(word.text for word in type_words(schema)) == told


LIMITS = [
    ({"minimum": 0, "maximum": 1}, ", 0 to 1"),
    ({"maxLength": 500, "default": "article"}, ', at most 500 characters, else "article"'),
    ({"minLength": 1}, ", not empty"),
    ({"minItems": 1, "maxItems": 20_000}, ", 1 to 20,000"),
    ({"minimum": 1}, ", at least 1"),
    ({"anyOf": [{"minimum": 0, "maximum": 1}, {"type": "null"}], "default": None}, ", 0 to 1"),
    ({"default": False}, ", else false"),
    ({"default": []}, ""),
]


@pytest.mark.parametrize(("schema", "told"), LIMITS)
def test_what_else_must_hold_is_told_in_words(schema, told):
    assert "".join(word.text for word in constraint_words(schema)) == told
