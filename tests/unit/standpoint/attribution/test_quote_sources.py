import pytest

from tests.unit.standpoint.attribution.dam_debate import said

SIGNED = [
    "“We will fight the dam in every court.” -Commissioner Ana Kovac",
    "“We will fight the dam in every court.” — Ana Kovac, minister of Valdia",
    "“We will fight the dam in every court.”\n— Ana Kovac",
    "“We will fight the dam in every court.”\n\n– Ana Kovac, speaking in Mora",
    '"We will fight the dam in every court." -- Ana Kovac',
    "“We will fight the dam in every court.” (Ana Kovac)",
]


@pytest.mark.parametrize("text", SIGNED)
def test_a_name_behind_a_quotation_and_a_dash_is_its_source(text):
    assert said(text, "quote") == [("kovac", "We will fight the dam in every court.")]


def test_a_signature_names_a_person_and_not_the_body_in_the_title():
    text = "“We will fight the dam.” — Jane Smith, minister of Valdia"
    assert said(text, "quote") == [("Jane Smith", "We will fight the dam.")]


@pytest.mark.parametrize(
    "text",
    [
        "“The dam” – Kovac dropped it – was dear.",
        "“The dam is what we all have in common” - Kovac knew it better than Brandt did.",
    ],
)
def test_a_dash_that_goes_on_with_the_sentence_signs_nothing(text):
    assert "—" not in [source for source, _ in said(text, "quote")]


ANNOUNCED = [
    "And from Chairwoman Ana Kovac:\n\n“The dam is the best thing in years.”",
    "Brandt was pleased. From Kovac: “The dam is the best thing in years.”",
    "This just in from Ana Kovac:\n\n“The dam is the best thing in years.”",
    "Ana Kovac had this to say:\n\n“The dam is the best thing in years.”",
    "In Kovac's words: “The dam is the best thing in years.”",
    "Kovac's response: “The dam is the best thing in years.”",
    "Here is Kovac:\n\n“The dam is the best thing in years.”",
    "Kovac put it this way: “The dam is the best thing in years.”",
    "Kovac, on Monday: “The dam is the best thing in years.”",
    "A statement from Ana Kovac: “The dam is the best thing in years.”",
]


@pytest.mark.parametrize("text", ANNOUNCED)
def test_whom_a_colon_announces_is_the_source_of_the_quotation_behind_it(text):
    assert said(text, "quote") == [("kovac", "The dam is the best thing in years.")]


def test_a_tag_of_its_own_takes_the_sentence_before_it_that_lost_its_quotation_marks():
    text = "The dam must go and we will not wait. Kovac said."
    assert ("kovac", "The dam must go and we will not wait.") in said(text)


def test_answers_in_an_interview_are_not_by_whom_the_questions_name():
    text = (
        "Do you like rain? “Very much so, I grew up in it.” Kovac says you do not. “She is wrong."
        "” And your dam? “It was never mine.” Brandt has asked you to leave. “He has not yet.”"
    )
    assert said(text, "quote") == []


def test_words_on_a_banner_are_not_by_who_spoke_before():
    assert said("Ana Kovac said it rains. A van of Valdia read “Build the dam now”.", "quote") == []
