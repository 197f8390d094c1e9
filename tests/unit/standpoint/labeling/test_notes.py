"""What a labeled article says it could not do."""

import pytest

from tests.unit.standpoint.labeling.test_aggregation import labelled

TURNS = "MS ROE: We reject the Mora dam.\n\nMR DOE: I like the Mora dam.\n\nMS ROE: No."


def codes(text):
    return [note.code for note in labelled(text).notes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ana Kovac backs the Mora dam.", [], id="nothing"),
        pytest.param("Ana Kovac came. The Mora dam broke.", [], id="both, apart"),
        pytest.param("The Mora dam broke.", ["no-actor"], id="no actor"),
        pytest.param("Ana Kovac came.", ["no-issue"], id="no issue"),
        pytest.param("It rained.", ["no-actor", "no-issue"], id="neither"),
        pytest.param(
            "Ana Kovac backs the Mora dam, JÃ¶rg said.", ["wrongly-decoded"], id="mojibake"
        ),
        pytest.param(
            "Ana Kovac backs the Mora dam; O\x92Neill won\x92t.",
            ["wrongly-decoded"],
            id="controls that are removed before reading",
        ),
        pytest.param(TURNS, ["no-actor", "unknown-speakers"], id="turns"),
        pytest.param(f"{TURNS}\n\nANA KOVAC: I reject it.", [], id="turns of an actor too"),
        pytest.param(
            "Senator Roe. We reject the Mora dam.\n\nMr. Doe. I do not, Ana Kovac does.",
            ["unknown-speakers"],
            id="turns of a record",
        ),
        pytest.param(
            "Q: Is the Mora dam good?\n\nA: No.\n\nQ: Why?\n\nA: Ana Kovac is not here.",
            ["unknown-speakers"],
            id="questions and answers",
        ),
        pytest.param("Roe: the Mora dam broke, says Kovac", [], id="headline"),
        pytest.param(
            "Ana Kovac lehnt den Mora dam ab. Der Minister sagte am Montag, dass das Volk ihn nicht "
            "wolle und dass er zu teuer sei.",
            ["other-language"],
            id="German",
        ),
    ],
)
def test_what_was_not_done_is_noted(text, expected):
    assert codes(text) == expected


def test_a_note_on_speakers_names_the_first_of_them():
    turns = "\n\n".join(
        f"{name} ROE: The Mora dam. No." for name in ("AL", "BO", "CY", "DI", "AL", "BO")
    )
    message = labelled(turns).notes[-1].message
    assert "'AL ROE', 'BO ROE', 'CY ROE' and 1 more." in message
