"""Cues as people write them, and in other words."""

import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article

ACTOR = {"id": "v", "name": "Valdia", "kind": "state"}


def issue(id, *cues, opposite=()):
    words = {"name": id, "favor": "yes", "against": "no"}
    return {"id": id, **words, "cues": cues, "opposite_cues": opposite}


def cues_in(text, *issues):
    book = {"name": "t", "title": "t", "actors": [ACTOR], "issues": list(issues)}
    matcher = MentionMatcher(parse_codebook(book, where="t"))
    mentions = [c for s in read_article(text).sentences for c in matcher.cues_in(s)]
    return [(cue.issue, cue.pole, cue.span.of(text)) for cue in mentions]


def matched(text, cue):
    return [words for _, _, words in cues_in(text, issue("i", cue))]


@pytest.mark.parametrize(
    ("cue", "text", "words"),
    [
        ("Article 50", "They invoked Article 50.", "Article 50"),
        ("COVID-19", "They fought COVID 19.", "COVID 19"),
        ("1.5°C", "They kept the 1.5 °C goal.", "1.5 °C"),
        ("1.5°C", "They kept the 1.5C goal.", "1.5C"),
        ("H.R. 3", "They backed H.R. 3 on Monday.", "H.R. 3"),
        ("S. 1790", "They backed S. 1790 on Monday.", "S. 1790"),
        ("sale of Art. 9", "They backed the sale of Article 9.", "sale of Article 9"),
        ("repeal of Section 8", "They will repeal Sec. 8 soon.", "repeal Sec. 8"),
        ("arrest of protesters", "The arrest of protestors began.", "arrest of protestors"),
        ("50%", "They want a 50 percent rise.", "50 percent"),
        ("50 percent", "They want a 50 per cent rise.", "50 per cent"),
        ("carbon tariff", "On Monday they\nleft the car-\nbon tariff alone.", "car-\nbon tariff"),
        ("ceasefire", "They left the cease-fire alone.", "cease-fire"),
        ("cease-fire", "They left the ceasefire alone.", "ceasefire"),
        ("labour reform", "They left the labor reforms alone.", "labor reforms"),
        ("defence programme", "They left the defense program alone.", "defense program"),
        ("privatisation", "They left privatization alone.", "privatization"),
        ("Centre for Peace", "They left the Center for Peace alone.", "Center for Peace"),
        ("women's vote", "They left the women’s vote alone.", "women’s vote"),
        ("tariff", "They left the tariffs alone.", "tariffs"),
        ("lift sanctions", "They lifted all the sanctions.", "lifted all the sanctions"),
    ],
)
def test_a_cue_is_found_in_each_spelling(cue, text, words):
    assert matched(text, cue) == [words]


@pytest.mark.parametrize(
    "words",
    [
        "Assad's removal",
        "removal of Assad",
        "removal of President Assad",
        "removal of Bashar al-Assad",
        "removing Assad",
        "Assad be removed",
    ],
)
def test_a_possessive_is_found_as_an_of_phrase_and_with_its_verb(words):
    assert matched(f"They want {words} now.", "Assad's removal") == [words]


@pytest.mark.parametrize(
    ("cue", "words"),
    [
        ("carbon tax", "tax on carbon"),
        ("tax on carbon", "carbon tax"),
        ("withdrawal of troops", "troop withdrawal"),
        ("withdrawal of troops", "withdraw the troops"),
        ("lift sanctions", "sanctions must be lifted"),
        ("Assad's departure", "departure of Assad"),
        ("the invasion", "invaded"),
        ("use of chemical weapons", "used chemical weapons"),
    ],
)
def test_a_cue_is_found_in_other_words(cue, words):
    assert matched(f"They say {words} now.", cue) == [words]


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("imports", "It was an important day."),
        ("accord", "According to Valdia, it rained."),
        ("privatisation", "They met in private."),
        ("use of force", "They say the army forces used gas."),
        ("the closure", "It is close to the road."),
        ("carbon tariff", "They left carbon, tariffs and dams alone."),
        ("Brexit", "The Brexit Party spoke."),
        ("carbon tariff", "So said @CarbonTariffNow today."),
    ],
)
def test_a_cue_is_not_found_where_the_words_mean_something_else(cue, text):
    assert matched(text, cue) == []


@pytest.mark.parametrize(
    "tag",
    ["#CarbonTariff", "#NoCarbonTariff", "#carbontariff", "#nocarbontariff", "#carbon_tariff"],
)
def test_a_hashtag_holds_a_cue(tag):
    (words,) = matched(f"We will vote {tag}", "carbon tariff")
    assert words in tag


def test_a_cue_of_two_issues_concerns_both():
    first, second = issue("a", "river dam"), issue("b", "dam", opposite=["the river dam"])
    assert cues_in("They saw the river dam.", first, second) == [
        ("a", "favor", "river dam"),
        ("b", "against", "river dam"),
    ]


def test_an_issue_without_cues_is_found_by_none():
    assert cues_in("They saw the river dam.", issue("a"), issue("b", "dam")) == [
        ("b", "favor", "dam")
    ]


def test_an_issue_without_any_cues_is_found_by_its_name():
    wind = {**issue("wind"), "name": "The wind farm at Hiiumaa"}
    text = "They backed the wind farm at Hiiumaa."
    assert cues_in(text, wind) == [("wind", "favor", "wind farm at Hiiumaa")]
    assert cues_in(text, {**wind, "cues": ["turbines"]}) == []
    assert cues_in("They left the dam alone.", {**issue("dam"), "name": "The dam"}) == []
