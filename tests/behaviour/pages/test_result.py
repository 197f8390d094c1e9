"""The result page: its table, its statements and the marks in the article."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serve.pages.highlighting import Mark, segments_of
from tests.behaviour.pages.page import (
    HOSTILE,
    OWN,
    cells,
    form,
    text_shown,
)


def test_the_table_tells_every_kind_of_cell_by_sign_and_word(ask):
    assert cells(ask().text) == [
        ["Ruritania",
         "− against 1.00 * , Ruritania on The river dam, 2 statements, members counted",
         "· no sentence has both"],
        ["Anna Lind", "− against 0.98 , Anna Lind on The river dam, 1 statement",
         "· no sentence has both"],
        ["Borduria", "○ none 0.79 , Borduria on The river dam, 1 statement",
         "? abstained 0.34 , Borduria on A toll on ships, 1 statement"],
    ]  # fmt: skip


def test_both_sides_in_one_cell_are_mixed(ask):
    got = ask(text="Borduria backs the river dam. Borduria rejects the river dam.")
    assert cells(got.text)[0][1].startswith("± mixed")


def test_the_page_says_what_could_not_be_done(ask):
    page = ask(text="“We reject the toll,” JÃ¶rg MÃ¼ller said.").text
    [notes] = re.findall(r'<ul class="notes".*?</ul>', page, re.DOTALL)
    shown = html.unescape(notes)
    assert "Text looks wrongly decoded: got 'JÃ¶rg' at character 22, perhaps for 'Jörg'." in shown
    assert "Text names no actor of the codebook" in shown
    assert 'class="notes"' not in ask().text


def test_without_include_none_a_cell_without_a_side_is_said_to_be_one(client):
    fields = {key: value for key, value in form().items() if key != "include_none"}
    page = client.post("/", data=fields).text
    assert "takes no side, or no sentence has both" in page
    assert "the article never brings the two together" not in page
    assert "Statements in no cell" in page


def test_every_cell_leads_to_what_stands_behind_it(ask):
    page = ask().text
    behind = dict(
        re.findall(r'<section class="cell" id="(cell-\d-\d)"(.*?)</section>', page, re.DOTALL)
    )
    assert set(re.findall(r'href="#(cell-\d-\d)"', page)) == set(behind)
    assert "statement-1" in behind["cell-0-0"]
    assert 'href="#statement-2"' in behind["cell-0-0"]
    assert 'id="statement-2"' in behind["cell-1-0"]


def test_a_statement_shows_its_evidence_attribution_shares_and_what_decided(ask):
    page = ask(text="Ruritania rejects the river dam.").text
    shown = re.search(r'<article class="statement.*?</article>', page, re.DOTALL)[0]
    words = " ".join(html.unescape(re.sub("<[^>]+>", " ", shown)).split())
    for part in ("− against", "paraphrased, cue “rejects”", "against 0.98", "Tone negative",
                 "Why: rejects", "rejects (between holder and target) +6.00"):  # fmt: skip
        assert part in words


def test_of_a_long_article_only_the_first_statements_show_what_decided(ask, monkeypatch):
    monkeypatch.setattr("serve.pages.results.MAX_DECISIONS", 1)
    page = ask().text
    assert page.count('<details class="why">') == 1
    assert page.count("The reasons are shown for the first statements") == 3


def test_markup_in_the_article_is_shown_and_never_run(ask):
    text = f'Ruritania rejects the river dam. {HOSTILE} "Borduria" & <b>more</b>'
    page = ask(text=text).text
    assert HOSTILE not in page
    assert text_shown(page) == text


def test_markup_in_a_codebook_is_shown_and_never_run(ask):
    own = OWN.replace('"Mine"', f'"{HOSTILE}"').replace('"The dam"', f'"{HOSTILE}"')
    own = own.replace('name = "Oslo"', f'name = "{HOSTILE}"\naliases = ["Oslo"]')
    for fields in ({"text": "Oslo backs the dam."}, {"text": ""}):
        page = ask(own=own, **fields).text
        assert HOSTILE not in page
        assert html.escape(HOSTILE) in page


@pytest.mark.parametrize(
    "text",
    ["\nRuritania rejects the river dam.\n", "😀 é Ruritania rejects the river dam. 😀",
     "Ruri\xadtania rejects the river dam.", "Ruritania rejects&nbsp;the river dam."],
    ids=["lines", "astral", "soft hyphen", "entity"],
)  # fmt: skip
def test_the_article_is_shown_as_it_was_sent(ask, text):
    page = ask(text=text).text
    assert text_shown(page) == text
    assert "− against" in re.sub("<[^>]+>", "", page)
    area = re.search(r'<textarea id="text".*?>\n(.*?)</textarea>', page, re.DOTALL)[1]
    assert html.unescape(area) == text


def test_marks_that_nest_and_cross_are_cut_where_any_begins_or_ends():
    text = "the Oslo government's dam plan fell"
    marks = [Mark(0, 35, "evidence", 1), Mark(4, 21, "holder", 1), Mark(9, 30, "cue", 2)]
    found = [(p.text, p.kinds, p.statements, p.begins) for p in segments_of(text, marks)]
    assert found == [
        ("the ", ("evidence",), (1,), ("evidence",)),
        ("Oslo ", ("evidence", "holder"), (1,), ("holder",)),
        ("government's", ("evidence", "holder", "cue"), (1, 2), ("cue",)),
        (" dam plan", ("evidence", "cue"), (1, 2), ()),
        (" fell", ("evidence",), (1,), ()),
    ]


SPANS = st.tuples(st.integers(0, 30), st.integers(1, 30)).map(lambda s: (s[0], s[0] + s[1]))
MARKS = st.lists(
    st.builds(
        lambda span, kind, number: Mark(*span, kind, number),
        SPANS, st.sampled_from(["evidence", "holder", "cue"]), st.integers(1, 4),
    )
)  # fmt: skip


@given(text=st.text(min_size=60, max_size=60), marks=MARKS, start=st.integers(0, 29))
def test_pieces_put_together_are_the_text_and_each_lies_under_its_marks(text, marks, start):
    segments = segments_of(text, marks, start=start, end=60)
    assert "".join(segment.text for segment in segments) == text[start:]
    at = start
    for segment in segments:
        over = [m for m in marks if m.start < at + len(segment.text) and m.end > at]
        assert all(m.start <= at and at + len(segment.text) <= m.end for m in over)
        assert set(segment.kinds) == {m.kind for m in over}
        assert set(segment.statements) == {m.statement for m in over}
        at += len(segment.text)
