"""The page of models: the champions, their scores and their cards."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serve.pages.markdown import html_of
from serve.pages.model_cards import tables_of
from standpoint.errors import InputError
from standpoint.settings import read_settings
from tests.behaviour.pages.page import HOSTILE


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
