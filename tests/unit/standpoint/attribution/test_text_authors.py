"""Authors and guests by what stands around a text."""

import pytest

from tests.unit.standpoint.labeling.voiced import annotate


def actors_of_last(text):
    """The actors whose words the end of a text is."""
    parts = annotate(text).voiced_spans
    return parts[-1].voice.actors if parts else ()


@pytest.mark.parametrize(
    "head",
    [
        "Q: Ms. Kovac, should the dam go?",
        "Q: And President Kovac, should the dam go?",
        "Ana Kovac, interviewed by Jo Roe\n\nQ: Should the dam go?",
        "Interview: Ana Kovac\n\nQ: Should the dam go?",
    ],
)
def test_the_guest_is_named_above_or_in_the_first_question(head):
    assert actors_of_last(f"{head}\nA: Yes. I want it gone.") == ("kovac",)


def test_who_is_spoken_of_in_a_question_is_no_guest():
    text = "Q: President Kovac, who built the dam, is ill. Why?\nA: I do not know."
    assert actors_of_last(text) == ()


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("From: Ana Kovac\n\nI am against the dam.", ("kovac",)),
        ("From: Ana Kovac <ana@valdia.example>\n\nI am against the dam.", ("kovac",)),
        ("Written by: Ana Kovac\n\nI am against the dam.", ("kovac",)),
        ("Why the dam must go\nAna Kovac\n\nI am against it.", ("kovac",)),
        ("Why the dam must go\n\nAna Kovac\n\nI am against it.", ("kovac",)),
        ("I am against the dam.\n\nYours, etc.,\nANA KOVAC", ("kovac",)),
        ("Ana Kovac is a former president of Valdia.\n\nI am against the dam.", ("kovac",)),
        ("I am against the dam.\n\n– Ana Kovac, 4 May", ("kovac",)),
        ("PRESS RELEASE\nGreens\n\nWe oppose the dam.", ("greens",)),
        ("JOINT STATEMENT BY VALDIA AND OSTER\n\nWe oppose the dam.", ("valdia", "oster")),
        (
            "The Presidents of Valdia and Oster issued the following statement:\n\nWe oppose it.",
            ("valdia", "oster"),
        ),
        ("By the Greens press office\n\nWe oppose the dam.", ("greens",)),
        ("GREENS STATEMENT ON THE DAM\n\nWe oppose it.", ("greens",)),
    ],
)
def test_the_author_is_named_around_the_text(text, actors):
    assert actors_of_last(text) == actors


@pytest.mark.parametrize(
    "text",
    [
        "From: Jo Roe\n\nAna Kovac is right about the dam.",
        "Dam row grows\n\nAna Kovac\n\nThe dam leaks, and Kovac wants it gone.",
        "Greens statement on the dam draws fire\n\nThe dam leaks. We were told so.",
        "Ana Kovac is president of Valdia.\n\nShe said on Monday that the dam leaks.",
    ],
)
def test_news_and_texts_of_others_are_not_by_who_is_named(text):
    assert actors_of_last(text) == ()
