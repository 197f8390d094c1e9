"""Random bodies for the reader of articles, and what must hold of every answer."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from flask.testing import FlaskClient
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from serve.api.server_answers import Problem
from standpoint.labeling.answer_schema import LabelledArticle

SHAPES: dict[int, type[BaseModel]] = dict.fromkeys((400, 413, 415, 422), Problem)
SHAPES[200] = LabelledArticle
PIECES = (
    "Ruritania rejects the river dam. ",
    "“Borduria backs the river dam,” said Anna Lind. ",
    "Its minister vetoes the shipping toll",
    "According to Anna Lind, Ruritania ponders the building freeze. ",
    "ANNA LIND: the river dam? ",
    "they said. ",
    "Gov. ",
    "Ruri\u00adtania ",
    "riv\u200ber dam ",
    "&nbsp;",
    "&#8203;",
    "&lt;p&gt;",
    "\n\n",
    "\r\n",
    "\r",
    "\u2028",
    "\x0b",
    "\ufeff",
    "\u200f",
    "\u202e",
    "“",
    "”",
    '"',
    "'s ",
    "- ",
    "[1] ",
    "👩‍👩‍👧‍👦",
    "𝔄",
    "İ",
    "ß",
    "ﬁ",
    ". ",
    "?! ",
    ", ",
    ": ",
    "\t",
)
COMBINING = "\u0301\u0323\u20dd\ufe0f\u0489\u064b"
WHOLE = {
    "name": "dam",
    "title": "The dam",
    "actors": [
        {"id": "ruritania", "name": "Ruritania", "kind": "state"},
        {"id": "lind", "name": "Anna Lind", "kind": "person", "member_of": "ruritania"},
        {"id": "borduria", "name": "Borduria", "kind": "state"},
    ],
    "issues": [
        {"id": "dam", "name": "Dam", "favor": "Yes.", "against": "No.", "cues": ["river dam"]},
        {"id": "b", "name": "B", "favor": "+", "against": "-", "cues": ["toll"], "about": "lind"},
    ],
}

any_text = st.text(st.characters(), max_size=40)  # lone surrogates are among the characters
sound_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
combining_runs = st.tuples(st.sampled_from("aRé "), st.text(COMBINING, min_size=1)).map(
    lambda run: run[0] + run[1] * 40
)
pieces = st.sampled_from(PIECES)
texts = st.lists(
    st.one_of(pieces, pieces, pieces, sound_text, combining_runs), min_size=2, max_size=14
).map(lambda found: "".join(found) or "Ruritania.")
leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | any_text
anything = st.recursive(
    leaves, lambda few: st.lists(few, max_size=3) | st.dictionaries(any_text, few, max_size=3)
)
names = st.one_of(
    st.text(st.characters(categories=["L", "M", "Cf", "Nd"]), min_size=1, max_size=12),
    st.sampled_from(["ta nia", "Ruri\u00ad", "the minister", "İ", "river", "a" * 200, "U.N."]),
).map(lambda name: name + "x")


@st.composite
def codebooks_of_odd_words(draw: st.DrawFn) -> Any:
    """A codebook with odd names and cues in it."""
    book = json.loads(json.dumps(WHOLE))
    book["actors"][0]["aliases"] = draw(st.lists(names, max_size=3, unique=True))
    book["issues"][0]["cues"] += draw(st.lists(names, max_size=3, unique=True))
    return book


@st.composite
def codebooks_of_odd_parts(draw: st.DrawFn) -> Any:
    """A codebook with something else in a place or two."""
    book = draw(codebooks_of_odd_words())
    parts = [book, *book["actors"], *book["issues"]]
    for _ in range(draw(st.integers(1, 2))):
        part = draw(st.sampled_from(parts))
        part[draw(st.sampled_from([*part, "digest", "member_of", "about"]))] = draw(anything)
    return book


sound = st.fixed_dictionaries(
    {
        "text": texts,
        "codebook": st.one_of(
            st.just("dam"), st.just("fish"), codebooks_of_odd_words(), codebooks_of_odd_words()
        ),
        "any_language": st.just(True),
    },
    optional={
        "id": sound_text,
        "date": st.one_of(st.dates().map(str), st.datetimes().map(str)),
        "include_none": st.booleans(),
        "explain": st.booleans(),
        "min_confidence": st.floats(0, 1),
    },
)
odd = st.fixed_dictionaries(
    {
        "text": st.one_of(texts, any_text, anything),
        "codebook": st.one_of(st.just("dam"), any_text, codebooks_of_odd_parts(), anything),
    },
    optional={
        "id": st.one_of(any_text, anything),
        "date": st.one_of(st.just("2013-W01"), any_text, anything),
        "include_none": anything,
        "explain": anything,
        "any_language": st.one_of(st.just(True), anything),
        "min_confidence": st.one_of(st.floats(), anything),
    },
)


@st.composite
def _written(draw: st.DrawFn, requests: st.SearchStrategy[Any]) -> bytes:
    escaped = draw(st.booleans())
    text = json.dumps(draw(requests), ensure_ascii=escaped)
    return text.encode("utf-8", "surrogatepass")


@st.composite
def _cut(draw: st.DrawFn) -> bytes:
    body = draw(_written(sound))
    at = draw(st.integers(0, len(body)))
    return body[:at] + draw(st.binary(max_size=4)) + body[at + draw(st.integers(0, 4)) :]


_KINDS = {
    "sound": _written(sound),
    "odd": _written(odd),
    "cut": _cut(),
    "bytes": st.binary(max_size=60),
}
BODIES = st.sampled_from([*["sound"] * 12, *["odd"] * 4, "cut", "bytes"]).flatmap(
    _KINDS.__getitem__
)


def fault_in(
    client: FlaskClient, body: bytes, *, seen: Callable[[Any], None] = lambda _: None
) -> str | None:
    """What does not hold of the answer to a body; None where all of it does."""
    got = client.post("/v1/articles", data=body, content_type="application/json")
    seen(got)
    shape = SHAPES.get(got.status_code)
    if shape is None:
        return f"status {got.status_code}: {got.text[:300]}"
    try:
        shape.model_validate_json(got.data)
    except ValidationError as error:
        return f"shape: {error}"
    return _moved(json.loads(body)["text"], json.loads(got.data)) if shape is not Problem else None


def _moved(text: str, found: Any) -> str | None:
    if found["article"]["n_chars"] != len(text):
        return f"n_chars: must be {len(text)}, got {found['article']['n_chars']}."
    for span in _spans(found):
        if text[span["start"] : span["end"]] != span["text"]:
            return f"span: must be {text[span['start'] : span['end']]!r}, got {span}."
    return None


def _spans(found: Any) -> Iterator[Any]:
    if isinstance(found, dict):
        if {"start", "end", "text"} <= found.keys():
            yield found
        for value in found.values():
            yield from _spans(value)
    elif isinstance(found, list):
        for value in found:
            yield from _spans(value)
