import pytest

from tests.unit.standpoint.labeling.voiced import holders

BOTH = [("greens", "dam"), ("liberals", "dam")]


@pytest.mark.parametrize(
    "text",
    [
        "Where the parties stand on the dam:\n- Greens: in favour\n- Liberals: against",
        "Where the parties stand on the dam:\n• Greens – yes\n• Liberals – against\n• Labour – undecided",
        "Who backs the dam?\n\n- Greens: yes\n- Liberals: no\n- Labour: abstained",
        "Positions on the dam:\nGreens: in favour\nLiberals: against\nLabour: n/a",
        "The dam\nFor: Greens\nAgainst: Liberals",
        "The dam:\nAyes: the Greens\nNoes (12): the Liberals",
        "The dam\n\nIn favour: Greens\n\nOpposed: Liberals",
        "Party       Dam\nGreens      for\nLiberals    against it",
        "The dam:\n\nFor:\n- Greens\n\nAgainst:\n- Liberals",
        "Party | Dam\nGreens | Yes\nLiberals | No\nLabour | –",
        "| Party | Dam |\n|---|---|\n| Greens | for |\n| Liberals | against |\n| Labour |  |",
        "Party\tDam\nGreens\tfor\nLiberals\tagainst it",
        "Issue | Greens | Liberals | Labour\nDam | yes | no | ?",
        "Party | Issue | Vote\nGreens | dam | yes\nLiberals | dam | no",
    ],
)
def test_actors_of_lists_and_tables_meet_the_issue_above(text):
    assert sorted(holders(text)) == BOTH


def test_each_column_has_its_own_issue():
    text = "Party | Dam | Quota\nGreens | yes | no\nLiberals | no | –"
    assert sorted(holders(text)) == [("greens", "dam"), ("greens", "quota"), ("liberals", "dam")]


@pytest.mark.parametrize(
    "text",
    [
        "The dam was built in 1950.\n\n- Greens: 5 seats\n- Liberals: 4 seats",
        "It is about the dam:\n\nRain fell in the hills, and the Greens met in Oslo.",
    ],
)
def test_prose_about_an_issue_leads_no_list(text):
    assert holders(text) == []


@pytest.mark.parametrize(
    "answer", ["Yes.", "No, Senator.", "It does.", "We are not.", "Of course."]
)
def test_a_short_answer_in_a_transcript_meets_the_issue_of_the_question(answer):
    assert holders(f"SENATOR ROE: Do you back the dam?\n\nMS. KOVAC: {answer}") == [
        ("kovac", "dam")
    ]


@pytest.mark.parametrize("reply", ["Not in writing.", "She asked me to lunch.", "On Monday, sir."])
def test_other_short_turns_of_a_transcript_take_no_side(reply):
    assert holders(f"SENATOR ROE: Did you back the dam?\n\nMS. KOVAC: {reply}") == []
