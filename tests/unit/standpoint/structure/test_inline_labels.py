import pytest

from standpoint.structure.document import read_structure


def turns(text):
    return [(t.label.style, t.label.name, t.span.of(text)) for t in read_structure(text).turns]


def test_labels_within_a_line_open_turns_where_the_text_is_a_transcript():
    text = (
        "SENATOR DOYLE: When? MR PELL: In January. SENATOR DOYLE: So late. MR PELL: Yes.\n\n"
        "SENATOR DOYLE: Why?"
    )
    assert [(name, said) for _, name, said in turns(text)] == [
        ("SENATOR DOYLE", "When?"),
        ("MR PELL", "In January."),
        ("SENATOR DOYLE", "So late."),
        ("MR PELL", "Yes."),
        ("SENATOR DOYLE", "Why?"),
    ]


def test_answers_under_the_guests_name_follow_questions():
    text = "Q: Why? Osheik: It leaks. I saw it.\n\nQ: And now? Osheik: It goes."
    assert [(name, said) for _, name, said in turns(text)] == [
        ("Q", "Why?"),
        ("Osheik", "It leaks. I saw it."),
        ("Q", "And now?"),
        ("Osheik", "It goes."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Q: Why?\n\nIt leaks.\n\nI saw it.\n\nQ: And now?\n\nIt goes.",
        "**Why?**\n\nIt leaks.\n\nI saw it.\n\n**And now?**\n\nIt goes.",
        "<b>Why?</b>\n\nIt leaks.\n\nI saw it.\n\n<b>And now?</b>\n\nIt goes.",
    ],
)
def test_paragraphs_behind_questions_without_other_labels_are_answers(text):
    answers = [said for style, _, said in turns(text) if style == "answer"]
    assert answers == ["It leaks.\n\nI saw it.", "It goes."]


def test_an_interviewer_also_says_sentences_in_bold():
    text = (
        "**Ana Kovac has built nine dams.**\n\n**Why?**\n\nIt leaks.\n\n"
        "**People say that it holds.**\n\nIt goes.\n\n**When?**\n\nNow."
    )
    assert [said for _, _, said in turns(text)] == ["It leaks.", "It goes.", "Now."]
    assert turns("**Why?**\n\nIt leaks.\n\n**It holds.**\n\nIt goes.") == []


@pytest.mark.parametrize(("first", "is_asked"), [("Nine dams.", False), ("You built nine.", True)])
def test_a_sentence_in_bold_above_the_questions_is_one_if_it_speaks_to_the_guest(first, is_asked):
    text = f"**{first}**\n\nIt rains.\n\n**Why?**\n\nIt leaks.\n\n**When?**\n\nNow."
    assert ("It rains." in [said for _, _, said in turns(text)]) == is_asked


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "KING TOBY: TRY AND STOP ME!\n\nIt rains.\n\nWE SAY: NO TO HIM!", id="tabloid"
        ),
        pytest.param("It rains. Kovac: no comment. It pours.", id="once"),
        pytest.param("**Why?**\n\nIt leaks.", id="one question in bold"),
    ],
)
def test_headlines_and_single_labels_open_no_turns(text):
    assert turns(text) == []


def test_a_question_needs_no_colon_in_a_transcript():
    text = "KOVAC: It rains.\n\nQ Thank you. Why?\n\nKOVAC: It leaks.\n\nQ — And now?"
    assert [(name, said) for _, name, said in turns(text)] == [
        ("KOVAC", "It rains."),
        ("Q", "Thank you. Why?"),
        ("KOVAC", "It leaks."),
        ("Q", "— And now?"),
    ]
    assert turns("It rains.\n\nQ Network said so.\n\nIt pours.") == []
