import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article
from tests.unit.standpoint.attribution.dam_debate import said

ISSUES = {"ferry tax": "tax", "port strike": "strike"}
NAMES = {
    "okafor": ("Ngozi Okafor", "person"),
    "reyes": ("Marisol Reyes", "person"),
    "labour": ("Labour", "organisation"),
    "front": ("Patriotic Front", "organisation"),
    "peru": ("Peru", "state"),
}
MATCHER = MentionMatcher(
    parse_codebook(
        {
            "name": "ferry",
            "title": "The ferry tax",
            "actors": [
                {"id": id, "name": name, "kind": kind} for id, (name, kind) in NAMES.items()
            ],
            "issues": [
                {
                    "id": id,
                    "name": cue,
                    "favor": "It is right.",
                    "against": "It is not.",
                    "cues": [cue],
                }
                for cue, id in ISSUES.items()
            ],
        },
        where="test",
    )
)


def brought_together(text):
    pairs = read_pairs(AnnotatedArticle(read_article(text), MATCHER))
    return {f"{pair.holder}/{pair.issue}" for pair in pairs}


OWN_CLAUSES = [
    "Okafor backs the ferry tax, while Labour backs the port strike.",
    "Okafor defended the ferry tax, and Labour called a port strike.",
    "Okafor backs the ferry tax; Labour wants a port strike.",
    "Okafor supports the ferry tax but Labour opposes the port strike.",
    "Okafor backs the ferry tax—and Labour wants a port strike.",
    "After Okafor signed the ferry tax, Labour called a port strike.",
    "Okafor backs the ferry tax, whereas Labour firmly rejects a port strike.",
]


@pytest.mark.parametrize("text", OWN_CLAUSES)
def test_each_subject_holds_the_stance_of_its_own_clause(text):
    assert brought_together(text) == {"okafor/tax", "labour/strike"}


def test_subjects_of_one_verb_share_its_clause():
    text = "Okafor and Reyes back the ferry tax, while Labour and the Front's Peru walked out."
    assert {"okafor/tax", "reyes/tax"} <= brought_together(text)


@pytest.mark.parametrize(
    "text",
    [
        "Okafor met Reyes, who opposes the ferry tax.",
        "Okafor left for Peru after Reyes had criticised the ferry tax.",
        "Reyes mocked the ferry tax and Okafor laughed.",
    ],
)
def test_who_only_does_something_beside_a_stance_does_not_hold_it(text):
    assert brought_together(text) == {"reyes/tax"}


@pytest.mark.parametrize(
    "text",
    [
        "Okafor backs the ferry tax, but Reyes rejects it.",
        "Okafor backs the ferry tax and Reyes agrees.",
        "Okafor backs the ferry tax, and Reyes would go further.",
    ],
)
def test_who_answers_in_the_next_clause_may_hold_a_stance_too(text):
    assert brought_together(text) == {"okafor/tax", "reyes/tax"}


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("It rained on the Mora dam, which Ana Kovac opposes.", "Mora dam, which"),
        ("The new dam that Ana Kovac rejects is old.", "The new dam that"),
        ("The minister whom Ana Kovac blames came late.", "The minister whom"),
    ],
)
def test_the_object_of_a_relative_clause_is_what_is_said(text, content):
    assert any(source == "kovac" and content in words for source, words in said(text))


def test_that_behind_a_verb_is_no_relative_pronoun():
    assert said("Lee said that Ana Kovac agrees.")[-1] != ("kovac", "said that")


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("People who voted for Okafor reject the ferry tax.", set()),
        ("The husband of Reyes supports the ferry tax.", set()),
        ("An aide close to Reyes said the ferry tax was dead.", set()),
        ("Okafor was heckled at a rally against the ferry tax.", set()),
        ("Peru, not Labour, opposes the ferry tax.", {"peru/tax"}),
        ("It was Okafor, not Reyes, who proposed the ferry tax.", {"okafor/tax"}),
        ("Labour blamed Okafor for the port strike.", {"labour/strike"}),
        ("Labour, led by Ngozi Okafor, wants the ferry tax.", {"labour/tax"}),
        ("Okafor lost to Reyes, a fierce opponent of the ferry tax.", {"reyes/tax"}),
    ],
)
def test_people_beside_an_actor_do_not_make_it_a_holder(text, pairs):
    assert brought_together(text) == pairs


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Farmers in Peru backed the port strike.", set()),
        ("A judge in Peru blocked the ferry tax.", set()),
        ("Teachers in Mali and Peru reject the ferry tax.", set()),
        ("Students outside the embassy of Peru denounced the ferry tax.", set()),
        ("In Cuzco, Peru, voters oppose the ferry tax.", set()),
        ("Labour's ambassador to Peru rejected the ferry tax.", {"labour/tax"}),
        ("Under pressure from Peru, Labour dropped the ferry tax.", {"labour/tax"}),
        ("Under pressure from Peru and Okafor, Labour dropped the ferry tax.", {"labour/tax"}),
    ],
)
def test_a_state_where_people_are_is_no_holder(text, pairs):
    assert brought_together(text) == pairs


def test_pressure_for_a_thing_is_a_side():
    assert "peru/tax" in brought_together("Pressure from Peru to drop the ferry tax grew.")


def test_who_is_set_apart_is_no_reporter():
    article = read_article("It was Okafor, not Reyes, who proposed the ferry tax.")
    (pair,) = read_pairs(AnnotatedArticle(article, MATCHER))
    assert pair.reporter is None
