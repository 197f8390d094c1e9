"""Labels of speakers in two scripts, without a colon, and with an office."""

import pytest

from tests.unit.standpoint.labeling.voiced import annotate, holders


def speeches(text):
    """The actors and the words of each turn."""
    parts = annotate(text).voiced_spans
    return [(part.voice.actors, part.content.of(text)) for part in parts]


def test_a_speaker_in_small_letters_opens_a_turn_beside_capitals():
    text = (
        "KOVAC: It leaks.\n\nMr. Brandt: It holds.\n\nKOVAC: No. One point:\n\nThe Cost: I pay it."
    )
    assert speeches(text) == [
        (("kovac",), "It leaks."),
        (("brandt",), "It holds."),
        (("kovac",), "No. One point:\n\nThe Cost: I pay it."),
    ]


def test_speakers_in_small_letters_need_no_blank_lines_beside_capitals():
    text = "MODERATOR: Welcome.\nAna Kovac: It leaks.\nPeter Brandt: No.\nMODERATOR: Thanks."
    assert [actors for actors, _ in speeches(text)] == [(), ("kovac",), ("brandt",), ()]


def test_an_unknown_speaker_with_a_title_ends_a_turn_in_capitals():
    text = "KOVAC: It leaks.\n\nMs. Moyo: It holds.\n\nKOVAC: No."
    assert [actors for actors, _ in speeches(text)] == [("kovac",), (), ("kovac",)]


def test_the_only_speaker_of_a_speech_comes_back_after_applause():
    text = (
        "President Kovac: Thank you.\n\nThe dam is coming. We promised it.\n\n(Applause)\n\n"
        "It rains.\n\nPresident Kovac: Long live the dam!"
    )
    assert {actors for actors, _ in speeches(text)} == {("kovac",)}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Ana Kovac, President of Valdia: The dam is dead.", "kovac"),
        ("The representative of Valdia: My country wants the dam.", "valdia"),
        ("The delegate of the Greens: We want the dam.", "greens"),
    ],
)
def test_a_label_with_an_office_names_one_actor(text, actor):
    assert [actors for actors, _ in speeches(text)] == [(actor,)]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Kovac\n\nThe dam leaks.\n\nPeter Brandt\n\nI want it.",
        "## Ana Kovac\n\nThe dam leaks.\n\n## Peter Brandt\n\nI want it.",
        "**Ana Kovac**\n\nThe dam leaks.\n\n**Peter Brandt**\n\nI want it.",
        "ANA KOVAC\nThe dam leaks.\n\nPETER BRANDT\nI want it.",
        "Ms Kovac\n  The dam leaks.\n\nMr Brandt\n  I want it.",
        "Kovac – The dam leaks.\n\nBrandt – I want it.",
        "KOVAC -- The dam leaks.\nBRANDT -- I want it.",
        "KOVAC - The dam leaks.\nBRANDT - I want it.",
    ],
)
def test_names_without_a_colon_open_turns(text):
    assert speeches(text) == [(("kovac",), "The dam leaks."), (("brandt",), "I want it.")]


@pytest.mark.parametrize(
    "text",
    [
        "Who is who\n\nAna Kovac\n\nKovac wants the dam.\n\nPeter Brandt\n\nHe fights it.",
        "Ana Kovac\n\nThe dam leaks, and many want it gone.",
        "OSTER - The dam leaks.\n\nVALDIA - It rains.",
        "The dam\n\nPresident Kovac: leaks\n\nIt rained.\n\nPeople left.\n\nNobody knew why.",
    ],
)
def test_portraits_headlines_and_datelines_open_no_turns(text):
    assert speeches(text) == []


@pytest.mark.parametrize("gap", ["\n> ", "\n>\n> "])
def test_a_markdown_quotation_is_that_of_the_name_behind_its_dash(gap):
    quotation = f"> “The dam is a fantasy.”{gap}— Peter Brandt"
    assert holders(quotation) == [("brandt", "dam")]
    assert holders(f"KOVAC: Good day.\n\n{quotation}\n\nKOVAC: No.") == [("brandt", "dam")]
