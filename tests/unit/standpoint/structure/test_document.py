from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standpoint.structure.document import read_structure
from standpoint.text.article import read_article

PIECES = st.sampled_from(
    [
        "---\ntitle: Rain\n---\n",
        "KOVAC: It rains.",
        "Q: Why?",
        "A: No.",
        "Senator Lee. Thank you.",
        "By Ana Kovac",
        "- Greens: in favour",
        "Party | Dam\nGreens | Yes",
        "10.32am GMT",
        "Photo: Peter Brandt/Reuters",
        "It rains. It pours.",
        "## **Ana Kovac:**",
        "(Applause.)",
        "\n\n",
        "\n",
        " ",
        "\t",
        "END",
        "@kovac: no",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=12).map("".join).filter(str.strip))
def test_blocks_cover_every_word_without_overlaps_and_turns_follow_their_labels(text):
    structure = read_structure(text)
    covered = [n for block in structure.blocks for n in range(block.span.start, block.span.end)]
    assert len(covered) == len(set(covered))
    assert {n for n, c in enumerate(text) if not c.isspace()} <= set(covered)
    assert covered == sorted(covered)
    end = 0
    for turn in structure.turns:
        assert end <= turn.span.start
        assert turn.label.span.start < turn.label.span.end <= turn.span.start
        assert turn.span.of(text) == turn.span.of(text).strip()
        end = turn.span.end
    assert end <= len(text)


def kinds(text):
    return [(block.kind, block.span.of(text)) for block in read_structure(text).blocks]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("10.32am GMT", "time_stamp"),
        ("8:06 A.M. MDT", "time_stamp"),
        ("END                 12:40 P.M. PDT", "time_stamp"),
        ("Updated 14:05", "time_stamp"),
        ("12 March 2021", "time_stamp"),
        ("FOR IMMEDIATE RELEASE", "boilerplate"),
        ("\\###", "boilerplate"),
        ("(Applause.)", "boilerplate"),
        ("CONTACT: Peter Brandt, tariff press desk, 555-0100", "contact"),
        ("Media contact: Ana Kovac", "contact"),
        ("M: 0700 555 0100", "contact"),
        ("For more information, contact Ana Kovac at the press desk.", "contact"),
        ("Ana Kovac, press officer, ana@example.org", "contact"),
        ("Home > News > Dam", "menu"),
        ("Read more: https://example.org/kovac-rejects-dam/", "menu"),
        ("Tags: dam, Kovac, rain", "menu"),
        ("Photo: Peter Brandt/Reuters", "caption"),
        ("Ana Kovac at the dam debate. Photo: Peter Brandt/Reuters", "caption"),
        ("Ana Kovac visits the dam on Monday. (AP Photo/Peter Brandt)", "caption"),
        ("Ana Kovac visits the dam. Peter Brandt/Getty Images", "caption"),
        ("» Kovac rejects the dam", "list_item"),
        ("3. Kovac rejects the dam", "list_item"),
    ],
)
def test_a_line_that_is_no_prose_is_known(line, kind):
    text = f"It rains in Oslo.\n\n{line}\n\nIt pours in Oslo."
    assert kinds(text)[1] == (kind, line)


@pytest.mark.parametrize(
    "line",
    [
        "Kovac said the photo was old.",
        "In May 2021 the dam was built.",
        "The contact group met on the dam, Kovac said.",
        "M27 opposes the dam.",
        "T5P and E3 rejected the dam.",
        "By Monday the dam will be full, Kovac said.",
        "Comments by Kovac angered the town.",
        "The office of Senator Lee rejects the dam.",
        "Related companies reject the dam.",
    ],
)
def test_prose_stays_prose(line):
    assert kinds(f"It rains in Oslo.\n\n{line}\n\nIt pours.")[1] == ("paragraph", line)


def test_a_byline_and_a_headline_open_a_text():
    text = "Dam will leak\n\nBy Ana Kovac, Minister of Water\n\nI built it."
    assert [kind for kind, _ in kinds(text)] == ["headline", "byline", "paragraph"]


def test_captions_bylines_and_front_matter_are_no_statements():
    text = '---\ntitle: "Kovac on the dam"\n---\n\nIt rains.\n\nPhoto: Ana Kovac/Reuters'
    structure, article = read_structure(text), read_article(text)
    prose = [s.text for s in article.sentences if structure.is_prose(s)]
    assert prose == ["It rains."]
    assert structure.title == "Kovac on the dam"


def turns(text):
    return [(t.label.name, t.span.of(text)) for t in read_structure(text).turns]


def test_a_turn_goes_on_over_paragraphs_until_the_next_label():
    text = "KOVAC: It rains.\n\nIt pours.\n\nQ    Why?\n\nKOVAC: No idea.\n\nEND 12:40 P.M. PDT"
    assert turns(text) == [
        ("KOVAC", "It rains.\n\nIt pours."),
        ("Q", "Why?"),
        ("KOVAC", "No idea."),
    ]


def test_turns_in_small_letters_are_known_by_speakers_that_come_back():
    text = "Dan Lee: It rains.\n\nRoe: It snows.\n\nDan Lee: No.\n\nRoe: Yes."
    assert [name for name, _ in turns(text)] == ["Dan Lee", "Roe", "Dan Lee", "Roe"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Rain fell.\n\nOSLO: The dam leaks.\n\nIt rains.", id="a dateline"),
        pytest.param("It rains.\n\nKovac: no comment.\n\nIt pours.", id="a single name"),
        pytest.param("A. It rains.\n\nB. It pours.", id="numbered paragraphs"),
        pytest.param("It rains.\n\nMr. Kovac. No.", id="a single stop"),
    ],
)
def test_a_single_label_without_a_title_opens_no_sure_turn(text):
    assert [turn for turn in read_structure(text).turns if turn.is_sure] == []


def test_a_label_within_another_is_none_of_its_own():
    text = "A. B.: No.\n\nB.: Yes. A. B.: It rains.\n\nC. B.: It pours."
    blocks = read_structure(text).blocks
    assert all(a.span.end <= b.span.start for a, b in pairwise(blocks))
