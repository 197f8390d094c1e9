import pytest

from standpoint.text.article import read_article
from standpoint.text.sentences import MAX_SENTENCE_CHARS


def sentences(text):
    return [sentence.text for sentence in read_article(text).sentences]


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Kovac is happy 🎉 Brandt rejects it 😡",
            ["Kovac is happy 🎉", "Brandt rejects it 😡"],
            id="in place of a stop",
        ),
        pytest.param(
            "Kovac won! 🎉🎉 Brandt lost. 😡 It rains.",
            ["Kovac won! 🎉🎉", "Brandt lost. 😡", "It rains."],
            id="behind a stop",
        ),
        pytest.param("Thanks to 🎉 Kovac", ["Thanks to 🎉 Kovac"], id="within a phrase"),
        pytest.param("I ❤️ Oslo", ["I ❤️ Oslo"], id="a heart is a verb"),
        pytest.param(
            "✅ Greens: in favour\n❌ Liberals: against",
            ["✅ Greens: in favour", "❌ Liberals: against"],
            id="bullets",
        ),
    ],
)
def test_emoji_end_sentences_as_stops_do(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Carbon tariff\nKovac rejects the tariff. Brandt backs it.",
            ["Carbon tariff", "Kovac rejects the tariff.", "Brandt backs it."],
            id="heading",
        ),
        pytest.param(
            "# Carbon tariff\nKovac rejects it\n## Steel\nBrandt backs it",
            ["# Carbon tariff", "Kovac rejects it", "## Steel", "Brandt backs it"],
            id="Markdown headings",
        ),
        pytest.param(
            "» Kovac rejects it\n» Brandt backs it\n» Vote on Friday",
            ["» Kovac rejects it", "» Brandt backs it", "» Vote on Friday"],
            id="angle marks as bullets",
        ),
        pytest.param(
            "Roses are red,\nviolets are blue,\nand so\nare you",
            ["Roses are red,\nviolets are blue,\nand so\nare you"],
            id="verses go on in small letters",
        ),
        pytest.param(
            "Kovac told the com-\nmittee that she rejects the\nCarbon Act",
            ["Kovac told the com-\nmittee that she rejects the\nCarbon Act"],
            id="lines that cannot end a sentence",
        ),
        pytest.param(
            "Greens | Yes\nLiberals | No", ["Greens | Yes", "Liberals | No"], id="rows of a table"
        ),
    ],
)
def test_lines_without_stops_are_sentences_where_the_next_begins_anew(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * 200_000, id="one word"),
        pytest.param("word " * 40_000, id="one sentence"),
        pytest.param("a" + "\n" * 200_000 + "b", id="line ends"),
        pytest.param("a\n" * 100_000, id="lines"),
        pytest.param("\n\u00a0" * 100_000 + "a", id="lines of spaces"),
        pytest.param(". " * 100_000, id="stops"),
        pytest.param("." * 200_000, id="stops without spaces"),
        pytest.param("A. " * 70_000, id="initials"),
        pytest.param("(a. B " * 30_000, id="brackets that never close"),
        pytest.param("a 🎉 " * 50_000, id="emoji"),
        pytest.param("🎉" * 100_000, id="only emoji"),
        pytest.param("“a " * 70_000, id="quotation marks that never close"),
        pytest.param("a | b\n" * 30_000, id="table"),
        pytest.param("e" + "\u0301" * 200_000, id="accents"),
    ],
)
def test_awkward_texts_are_split_in_time_that_grows_with_their_length(text):
    """If it grew with the square, these would take hours."""
    assert sum(len(sentence) for sentence in sentences(text)) <= len(text)


@pytest.mark.parametrize(
    "expected",
    [
        ["Roe got an A.", "Kovac opposes the dam."],
        ["They met in Bldg. D.", "Kovac left."],
        ["They met Omar b. Said of the dam board."],
        ["Kovac wants the river\ndam gone.", "Roe does not."],
        ["Kovac of the Farm-\ners asked for it.", "Roe did not."],
    ],
)
def test_short_texts_are_cut_where_sentences_end(expected):
    assert sentences(" ".join(expected)) == expected


def test_a_space_lost_behind_any_stop_is_borne():
    assert sentences("No!They went to it...Roe stayed.") == [
        "No!",
        "They went to it...",
        "Roe stayed.",
    ]
