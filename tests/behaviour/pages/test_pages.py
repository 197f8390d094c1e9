"""The pages that people read, asked as a browser without scripts asks them."""

import csv
import html
import io
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serve.pages import assets
from serve.pages.csv_sheets import STANCE_COLUMNS, STATEMENT_COLUMNS
from serve.pages.highlighting import Mark, segments_of
from serve.pages.markdown import html_of
from serve.pages.model_cards import tables_of
from serve.pages.pasted_codebook import read_pasted
from standpoint.errors import InputError
from standpoint.settings import read_settings

ARTICLE = (
    "Ruritania rejects the river dam. Anna Lind backs the building freeze.\n\n"
    "Borduria ponders the shipping toll. Borduria saw the river dam."
)
HOSTILE = "<script>alert(1)</script>"
OWN = """\
name = "own"
title = "Mine"
[[actors]]
id = "oslo"
name = "Oslo"
kind = "state"
[[issues]]
id = "dam"
name = "The dam"
favor = "Built."
against = "Not built."
cues = ["the dam"]
"""
GERMAN = (
    "Die Bundesregierung hat am Dienstag beschlossen, den Bau des Staudamms nicht weiter zu "
    "fördern, weil die Anwohner dagegen geklagt haben und das Gericht ihnen recht gab."
)


class Page(HTMLParser):
    """What a page holds: its ids, links, tables' cells, and everything inline."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.tags, self.described, self.inline = [], [], [], [], []
        self.labelled, self.fields, self.levels = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        self.inline += [name for name in found if name == "style" or name.startswith("on")]
        if "id" in found:
            self.ids.append(found["id"])
        for name in ("aria-describedby", "aria-labelledby"):
            self.described += found.get(name, "").split()
        if tag == "a":
            self.links.append(found["href"])
        if tag == "label":
            self.labelled.append(found["for"])
        if tag in ("textarea", "select") or (tag == "input" and found.get("type") != "hidden"):
            self.fields.append(found["id"])
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))


def sent(text=ARTICLE, codebook="dam", **more):
    return {"text": text, "codebook": codebook, "include_none": "1", **more}


@pytest.fixture
def ask(client):
    """Send the form; gives the answer."""

    def post(path="/", **fields):
        return client.post(path, data=sent(**fields), content_type="multipart/form-data")

    return post


def fault_beside(page, field):
    """What is told beside a field, as a reader sees it."""
    found = re.search(rf'<div class="fault" id="{field}-fault">(.*?)</div>', page, re.DOTALL)
    assert found, f"nothing is told beside {field}"
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", found[1])).split())


def text_shown(page):
    """The article's words as the page has them, without the numbers of statements."""
    found = re.search(r'id="prose">(.*?)</div>', page, re.DOTALL)
    without = re.sub(r"<sup.*?</sup>", "", found[1], flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", without))


def cells(page):
    """The table's rows as words: actor, then each cell."""
    table = re.search(r'<table class="matrix".*?</table>', page, re.DOTALL)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]
    of = [
        re.findall(r'<t[hd](?: scope="row"| class="\w+")>(.*?)</t[hd]>', r, re.DOTALL) for r in rows
    ]
    return [[" ".join(re.sub("<[^>]+>", " ", c).split()) for c in row] for row in of]


# --- the form -----------------------------------------------------------------


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
    ({"own": "name = "}, 422, "own",
     "codebook: must be TOML or JSON, got a fault: Invalid value (at end of document)."),
    ({"own": '{\n"name": }'}, 422, "own",
     "codebook: must be JSON, got a fault: Expecting value (line 2, column 9)."),
    ({"own": "{" * 100_000}, 422, "own",
     "codebook: must be JSON, got a fault: Expecting property name enclosed in double quotes"
     " (line 1, column 2)."),
    ({"own": '{"a":' * 100_000}, 422, "own",
     "codebook: must be TOML or JSON, got too deep a nesting."),
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
    got = still_house.client(max_article_chars=10).post("/", data=sent("Oslo backs it."))
    assert got.status_code == 413
    told = "article: text must be at most 10 characters, got 14. Send it in parts."
    assert fault_beside(got.text, "text") == told
    assert "Oslo backs it." in got.text


def test_a_form_above_the_limit_of_bodies_is_413_in_words(still_house):
    client = still_house.client(max_body_bytes=1000)
    for kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        got = client.post("/", data=sent("Oslo backs it. " * 100), content_type=kind)
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
    got = client.post("/", data=sent("", file=upload), content_type="multipart/form-data")
    assert got.status_code == 200
    assert text_shown(got.text) == "Ruritania rejects the river dam.\n"


def test_a_file_that_is_no_text_is_refused_beside_it(client):
    upload = (io.BytesIO(b"Caf\xe9"), "a.txt")
    got = client.post("/", data=sent("kept", file=upload), content_type="multipart/form-data")
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


# --- the result -----------------------------------------------------------------


def test_the_table_tells_every_kind_of_cell_by_sign_and_word(ask):
    assert cells(ask().text) == [
        ["Ruritania",
         "− against 1.00 * , Ruritania on The river dam, 2 statements, members counted",
         "· not brought together"],
        ["Anna Lind", "− against 0.98 , Anna Lind on The river dam, 1 statement",
         "· not brought together"],
        ["Borduria", "○ none 0.79 , Borduria on The river dam, 1 statement",
         "? abstained 0.34 , Borduria on A toll on ships, 1 statement"],
    ]  # fmt: skip


def test_both_sides_in_one_cell_are_mixed(ask):
    got = ask(text="Borduria backs the river dam. Borduria rejects the river dam.")
    assert cells(got.text)[0][1].startswith("± mixed")


def test_without_include_none_a_cell_without_a_side_is_said_to_be_one(client):
    fields = {key: value for key, value in sent().items() if key != "include_none"}
    page = client.post("/", data=fields).text
    assert "no side is taken, or the two are never brought together" in page
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
                 "What decided: rejects", "rejects (between holder and target) +6.00"):  # fmt: skip
        assert part in words


def test_of_a_long_article_only_the_first_statements_show_what_decided(ask, monkeypatch):
    monkeypatch.setattr("serve.pages.results.MAX_EXPLAINED", 1)
    page = ask().text
    assert page.count('<details class="why">') == 1
    assert page.count("What decided is shown for the first statements") == 3


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


# --- downloads ------------------------------------------------------------------


def test_the_json_is_the_answer_of_the_api(ask, label):
    got = ask("/download", format="json")
    assert got.mimetype == "application/json"
    assert "attachment" in got.headers["Content-Disposition"]
    assert json.loads(got.data) == label(ARTICLE, include_none=True)


def rows_of(got):
    assert got.status_code == 200
    assert got.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(got.data.decode("utf-8"))))


def test_the_csv_has_a_row_for_each_statement_whose_offsets_hold(ask):
    rows = rows_of(ask("/download", format="csv"))
    assert [(row["holder"], row["stance"], row["cell_stance"]) for row in rows] == [
        ("ruritania", "against", "against"),
        ("lind", "against", "against"),
        ("borduria", "favor", "abstained"),
        ("borduria", "none", "none"),
    ]
    for row in rows:
        for name in ("evidence", "holder_span", "cue"):
            start, end = int(row[f"{name}_start"]), int(row[f"{name}_end"])
            assert ARTICLE[start:end] == row[name]


def test_the_csv_of_the_table_has_a_row_for_each_cell(ask):
    rows = rows_of(ask("/download", format="stances"))
    assert [(r["actor"], r["issue"], r["stance"], r["via"]) for r in rows][:2] == [
        ("ruritania", "river-dam", "against", "lind"),
        ("lind", "river-dam", "against", ""),
    ]


@pytest.mark.parametrize(
    ("shape", "columns"), [("csv", STATEMENT_COLUMNS), ("stances", STANCE_COLUMNS)]
)
def test_a_sheet_has_the_same_columns_with_rows_and_without(ask, shape, columns):
    for text in (ARTICLE, "Rain fell."):
        head = ask("/download", text=text, format=shape).data.decode().splitlines()[0]
        assert head.split(",") == columns


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_of_a_sheet_is_a_formula(ask, sign):
    text = f'{sign}HYPERLINK("x") Ruritania rejects the river dam.'
    (row,) = rows_of(ask("/download", text=text, format="csv"))
    assert row["evidence"] == f"'{text}"
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_download_that_is_wrong_is_the_page_with_its_faults(ask):
    got = ask("/download", text="", format="csv")
    assert got.status_code == 422
    assert "must not be empty" in fault_beside(got.text, "text")


# --- the models -------------------------------------------------------------------


def test_the_page_of_models_shows_each_champion_and_links_to_its_run(client):
    page = client.get("/models").text
    for part in ("Stance, version 3", "Sentiment, version 2", "weights set by hand", "by-hand"):
        assert part in page
    assert 'href="http://127.0.0.1:5000/#/runs/stance-run-3"' in page


def test_the_run_is_linked_where_the_setting_says(still_house):
    page = still_house.client(mlflow_url="https://mlflow.example/base/").get("/models").text
    assert 'href="https://mlflow.example/base/#/runs/stance-run-3"' in page


@pytest.mark.parametrize("wrong", ["javascript:alert(1)", "mlflow", 'http://x">'])
def test_an_address_of_mlflow_that_is_none_is_refused(wrong):
    with pytest.raises(InputError) as told:
        read_settings({"STANDPOINT_MLFLOW_URL": wrong})
    expected = f"STANDPOINT_MLFLOW_URL: must be an address with http or https, got {wrong!r}."
    assert str(told.value) == expected


def test_a_card_in_the_bundle_is_shown(house):
    card = house.models / "stance" / "3" / "card.md"
    card.write_text(f"# by-hand\n\n- seeds: **MIT** {HOSTILE}\n", "utf-8")
    page = house.client().get("/models").text
    assert "<h4>by-hand</h4>" in page
    assert "<li>seeds: <strong>MIT</strong> &lt;script&gt;" in page
    assert HOSTILE not in page


MARKDOWN = [
    ("# A\n## B", "<h1>A</h1>\n<h2>B</h2>\n"),
    ("one\ntwo\n\nthree", "<p>one\ntwo</p>\n<p>three</p>\n"),
    ("- a\n  more\n- b", "<ul>\n<li>a\nmore</li>\n<li>b</li>\n</ul>\n"),
    ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
    ("| a | b |\n|---|--:|\n| 1 | `2` |",
     "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n"
     "<td><code>2</code></td>\n</tr>\n</tbody>\n</table>\n"),
    ("```\n<b>\n\n# x\n```", "<pre><code>&lt;b&gt;\n\n# x\n</code></pre>\n"),
    ("[a](https://x.example/?a=1&b=2)",
     '<p><a href="https://x.example/?a=1&amp;b=2" rel="noreferrer">a</a></p>\n'),
    ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
    ("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>\n"),
    ("[a](//x.example)", "<p>[a](//x.example)</p>\n"),
    ("<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>\n"),
    ("![a](https://x.example/a.png)",
     '<p>!<a href="https://x.example/a.png" rel="noreferrer">a</a></p>\n'),
    ('[a](https://x/"onclick=1)',
     '<p><a href="https://x/%22onclick=1" rel="noreferrer">a</a></p>\n'),
    ("<img src=x> **<i>**", "<p>&lt;img src=x&gt; <strong>&lt;i&gt;</strong></p>\n"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), MARKDOWN)
def test_a_card_in_markdown_becomes_html_with_every_word_escaped(source, expected):
    assert html_of(source) == expected


@given(st.text(alphabet="#-*+|`[]()<>&\"' \n1.aé:/", max_size=60))
def test_no_card_brings_a_tag_of_its_own(source):
    found = str(html_of(f"<script> {source}"))
    tags = set(re.findall(r"</?([^\s>]*)", found))
    known = "h1 h2 h3 h4 h5 h6 p ul ol li table thead tbody tr th td pre code strong a"
    assert tags <= {*known.split(), "em", "blockquote", "hr", "br"}
    assert "style=" not in found


def test_scores_are_gathered_by_split_and_rows():
    scores = {"test.f1_macro": 0.7, "test.n": 40.0, "test.f1_macro.low": 0.6, "test.f1.favor": 0.8,
              "test.f1_macro.high": 0.8, "test.f1_macro.majority": 0.2, "test.n.clean": 30.0,
              "test.f1_macro.clean": 0.65}  # fmt: skip
    whole, clean = tables_of(scores)
    assert (whole.n_rows, clean.n_rows) == (40, 30)
    assert [(s.name, s.value, s.low, s.high, s.majority) for s in whole.scores] == [
        ("f1_macro", 0.7, 0.6, 0.8, 0.2),
        ("f1.favor", 0.8, None, None, None),
    ]
    assert [s.value for s in clean.scores] == [0.65]


# --- what decided, over the API ---------------------------------------------------


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


# --- files and colors -------------------------------------------------------------


def test_static_files_are_kept_by_the_browser_until_they_change(client):
    page = client.get("/").text
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        got = client.get(address)
        assert got.status_code == 200
        assert got.cache_control.max_age == assets.MAX_AGE_S
        assert got.cache_control.immutable
        again = client.get(address, headers={"If-None-Match": got.headers["ETag"]})
        assert again.status_code == 304
    assert client.get("/static/page.css").cache_control.no_cache


@pytest.mark.parametrize("name", ["nothing.css", "..%2Fviews.py", "%00"])
def test_no_other_file_is_served(client, name):
    assert client.get(f"/static/{name}").status_code == 404


def palettes():
    """The colors of the light and of the dark page, by name."""
    source = (assets.FOLDER / "page.css").read_text("utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", source, re.DOTALL)
    of = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in (light, dark)]
    return [of[0], of[0] | of[1]]


def luminance(color):
    shares = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


STANCES = ("favor", "against", "mixed", "abstained", "none", "absent")
PAIRS = [
    *((stance, f"{stance}-ground") for stance in STANCES),
    *((word, ground) for word in ("text", "quiet", "link") for ground in ("page", "raised")),
    *((mark, ground) for mark in ("holder", "cue", "text", "link")
      for ground in ("evidence-ground", "abstained-ground", "page")),
    ("fault", "fault-ground"), ("button-text", "button"), ("quiet", "absent-ground"),
]  # fmt: skip


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("word", "ground"), PAIRS)
def test_every_word_stands_out_from_its_ground(scheme, word, ground):
    colors = palettes()[scheme]
    assert contrast(colors[word], colors[ground]) >= 4.5


def test_both_pages_name_the_same_colors():
    light, dark = palettes()
    assert set(light) == set(dark)
