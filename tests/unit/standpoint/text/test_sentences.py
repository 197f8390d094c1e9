import pytest

from standpoint.text.article import read_article
from standpoint.text.sentences import MAX_SENTENCE_CHARS, split_paragraphs


def sentences(text):
    return [sentence.text for sentence in read_article(text).sentences]


def paragraphs(text):
    return [text[start:end] for start, end in split_paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Mr. Lavrov spoke at 5 p.m. on Monday. Rain fell.",
            ["Mr. Lavrov spoke at 5 p.m. on Monday.", "Rain fell."],
            id="abbreviations",
        ),
        pytest.param(
            "U.S. officials met. The U.S. Senate voted.",
            ["U.S. officials met.", "The U.S. Senate voted."],
            id="dotted acronyms",
        ),
        pytest.param(
            'He said so." Then he left.', ['He said so."', "Then he left."], id="closing mark"
        ),
        pytest.param(
            "He said “Yes.” Then “No.”", ["He said “Yes.”", "Then “No.”"], id="curly marks"
        ),
        pytest.param('"Why?" she asked.', ['"Why?" she asked.'], id="speech tag after a question"),
        pytest.param('"Why?" She left.', ['"Why?"', "She left."], id="no speech tag"),
        pytest.param("عربي نص. מבחן אחד.", ["عربي نص.", "מבחן אחד."], id="right to left"),
        pytest.param("One.\u00a0 Two.", ["One.", "Two."], id="no-break space"),
        pytest.param("No full stop", ["No full stop"], id="no full stop"),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert sentences(text) == expected


def test_a_sentence_never_runs_over_a_blank_line():
    assert sentences("A headline without a stop\n\nTalks opened.") == [
        "A headline without a stop",
        "Talks opened.",
    ]


def test_an_endless_sentence_is_cut_at_a_space():
    text = "word " * 500
    parts = sentences(text)
    assert all(len(part) <= MAX_SENTENCE_CHARS for part in parts)
    assert " ".join(parts) == text.strip()
    assert all(part.startswith("word") and part.endswith("word") for part in parts)


def test_an_endless_word_is_cut_all_the_same():
    assert [len(part) for part in sentences("x" * 2_500)] == [1_000, 1_000, 500]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A.\n\nB.\n \t\n\nC.", ["A.", "B.", "C."], id="blank lines"),
        pytest.param("A.\n\nb\nc.", ["A.", "b\nc."], id="lines within a paragraph"),
        pytest.param("A came.\nB came.", ["A came.", "B came."], id="every line ends a sentence"),
        pytest.param(
            "He said:\n“Yes.”\n", ["He said:", "“Yes.”"], id="lines that end with a closing mark"
        ),
        pytest.param(
            "a line that\nruns on and\non", ["a line that\nruns on and\non"], id="wrapped"
        ),
    ],
)
def test_paragraphs_are_found_in_the_ways_news_prints_them(text, expected):
    assert paragraphs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It rains, said Gov. Dan Roe.", id="title"),
        pytest.param("Rep. Peter T. King spoke.", id="initial"),
    ],
)
def test_a_point_within_a_name_ends_no_sentence(text):
    assert [s.text for s in read_article(text).sentences] == [text]


def test_a_point_behind_a_letter_that_is_no_initial_ends_a_sentence():
    text = "They took Vitamin D. The rain fell."
    assert len(read_article(text).sentences) == 2


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param(
            "Ann opposes it\n- Bob backs it\n  * Cy opposes a toll",
            ["Ann opposes it", "- Bob backs it", "* Cy opposes a toll"],
            id="bullets",
        ),
        pytest.param(
            "We agreed:\n1) the dam\n2) the toll",
            ["We agreed:", "1) the dam", "2) the toll"],
            id="numbers",
        ),
        pytest.param(
            "Ann opposes it.[1][12] Bob backs it.",
            ["Ann opposes it.[1][12]", "Bob backs it."],
            id="footnotes",
        ),
        pytest.param("It is up - or down - by 3.", ["It is up - or down - by 3."], id="dashes"),
    ],
)
def test_points_of_a_list_and_footnotes_part_sentences(text, sentences):
    assert [s.text for s in read_article(text).sentences] == sentences
