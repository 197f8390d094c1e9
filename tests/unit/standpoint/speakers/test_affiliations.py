"""Who is nobody of the codebook speaks for the body that the document names."""

import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.mentions.matcher import MentionMatcher
from standpoint.speakers.speakers import Speakers
from standpoint.structure.document import read_structure
from tests.unit.standpoint.labeling.voiced import WORLD, voices

ALLIANCES = MentionMatcher(
    parse_codebook(
        {
            "name": "alliances",
            "title": "Alliances",
            "actors": [
                {"id": "sd", "name": "Socialists", "aliases": ["S&D"], "kind": "organisation"},
                {"id": "greens", "name": "Greens/EFA", "kind": "organisation"},
            ],
            "issues": [
                {"id": "dam", "name": "The dam", "favor": "y", "against": "n", "cues": ["dam"]}
            ],
        },
        where="test",
    )
)


def said_by(text):
    """The actors of each sentence, by its last two words."""
    return {" ".join(said.split()[-2:]): actors for said, actors in voices(text).items()}


def speaker(label, *, before="", matcher=WORLD):
    """Who speaks under a label between two turns of a chair, below some text."""
    text = f"{before}\n\nCHAIR: We begin.\n\n{label} It rains.\n\nCHAIR: Thank you."
    structure = read_structure(text)
    speakers = Speakers(matcher, structure)
    actors = [speakers.of_label(turn.label) for turn in structure.turns]
    assert [turn.label.name for turn in structure.turns][-1] == "CHAIR"
    return actors[-2]


@pytest.mark.parametrize(
    ("label", "actor"),
    [
        ("THE WITNESS (GREENS):", "greens"),
        ("EVA NOWAK (LEEDS) (LABOUR):", "labour"),
        ("EVA NOWAK (Chairwoman, Greens):", "greens"),
        ("EVA NOWAK, for the Liberals:", "liberals"),
        ("EVA NOWAK, CHIEF EXECUTIVE, LABOUR:", "labour"),
        ("EVA NOWAK, Minister of Foreign Affairs of Valdia:", "valdia"),
        ("EVA NOWAK, former secretary of Labour:", None),
        ("EVA NOWAK, resident of Valdia:", None),
        ("EVA NOWAK (expelled from Labour):", None),
        ("EVA NOWAK (in an interview with the Greens):", None),
        ("EVA NOWAK, senator for Valdia:", None),
        ("EVA NOWAK (VALDIA WEST):", None),
        ("ANA KOVAC (GREENS):", "kovac"),
        ("THE MINISTER FOR DAMS (Ana Kovac):", "kovac"),
    ],
)
def test_a_label_names_the_body_in_brackets_or_as_the_office(label, actor):
    assert speaker(label) == actor


@pytest.mark.parametrize(
    ("before", "actor"),
    [
        ("I call Ms Nowak of the Greens.", "greens"),
        ("Ms Nowak, for Labour.", "labour"),
        ("Witnesses: Peter Brandt, Director, Greens; Eva Nowak, Partner, Labour.", "labour"),
        ("Eva Nowak, president of the Liberals, has taken the oath.", "liberals"),
        ("Ms Nowak, you are the country manager of Labour.", "labour"),
        ("Eva Nowak, Minister for Dams of Valdia, appears today.", "valdia"),
        ("Eva Nowak, of Valdia, lost her house.", None),
        ("Eva Nowak, a critic of Labour, lost her house.", None),
        ("Jan Roe of Labour. Eva Nowak came too.", None),
        ("I thank Ms Nowak of the Greens for her statement.", "greens"),
        ("Peter Nowak of Labour opened.", None),
        ("Thank you, Ms Nowak, we now hear from the Greens.", None),
        ("Eva Nowak, who left Labour on Monday, is here.", None),
        ("Witnesses: Eva Nowak, Halden University, Jan Roe, Labour.", None),
        ("They blamed Ms Nowak for Valdia's war.", None),
    ],
)
def test_the_document_says_for_whom_a_witness_speaks(before, actor):
    assert speaker("EVA NOWAK:", before=before) == actor


def test_a_later_label_may_have_the_name_alone():
    text = "NOWAK, for the Greens: It rains.\n\nCHAIR: Go on.\n\nNOWAK: It pours."
    assert said_by(text)["It pours."] == ("greens",)


@pytest.mark.parametrize(("body", "actor"), [("S&D", "sd"), ("Greens/EFA", "greens")])
def test_names_with_signs_are_found_in_labels(body, actor):
    assert speaker(f"NOWAK, for the {body}:", matcher=ALLIANCES) == actor
    assert speaker(f"NOWAK ({body}):", matcher=ALLIANCES) == actor


@pytest.mark.parametrize(
    ("label", "actor"), [("A. K.:", "kovac"), ("PB:", "brandt"), ("XY:", None)]
)
def test_initials_that_come_back_are_those_of_a_person_whom_the_text_names(label, actor):
    before = "A talk with Ana Kovac and Peter Brandt."
    assert speaker(label, before=before) is None
    again = f"{label} It pours.\n\nCHAIR: Yes."
    assert speaker(label, before=f"{before}\n\n{again}") == actor
    assert speaker(label, before=again) is None


def test_names_before_a_dash_open_turns_with_a_body_in_brackets_or_elsewhere():
    text = (
        "MR CHAIRMAN – Mr Nowak, you are the manager of Labour.\n\n"
        "MR NOWAK – It rains.\n\nCLLR BRANDT (Ind.) – It pours.\n\nMR CHAIRMAN – Thank you."
    )
    said = said_by(text)
    assert (said["It rains."], said["It pours."]) == (("labour",), ("brandt",))
    assert said["Thank you."] == ()


@pytest.mark.parametrize(
    "text",
    [
        "OSTER – Labour said it rains.\n\nVALDIA – The Greens said it pours.",
        "Leeds, a stronghold of Labour, votes.\n\nLEEDS – It rains.\n\nLEEDS – It pours.",
        "Health, a priority for Labour.\n\nHealth: Beds are added.\n\nHousing: Homes are built.",
        "Ana Kovac (Reuters)\n\nIt rains.\n\nPeter Brandt (AFP)\n\nIt pours.",
    ],
)
def test_places_topics_and_credits_are_no_speakers(text):
    assert voices(text) == {}


def test_names_in_bold_on_a_line_may_have_the_person_in_brackets():
    text = (
        "**Deputy Ana Kovac**\nIt rains.\n\n**Minister for Dams (Deputy Peter Brandt)**\n"
        "The dams hold, Deputy Kovac.\n\n**Deputy Ana Kovac**\nIt snows."
    )
    said = said_by(text)
    assert said["It rains."] == said["It snows."] == ("kovac",)
    assert said["Deputy Kovac."] == ("brandt",)
