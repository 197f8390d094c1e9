"""Codebooks proposed from articles: who is named, and what recurs near attributions."""

import pytest

from standpoint.authoring.capitalized_spans import count_cases, find_capitalized_spans
from standpoint.authoring.collective_actors import find_bare_collectives, find_named_collectives
from standpoint.authoring.drafting import draft_codebook
from standpoint.authoring.entity_merging import classify_entities, is_actor, merge_entities
from standpoint.authoring.key_phrases import count_phrases, rank_phrases
from standpoint.authoring.name_counts import count_entities, split_title
from standpoint.authoring.truecasing import unique_id
from standpoint.errors import InputError
from standpoint.lexicon.countries import countries, country_words
from standpoint.lexicon.issue_nouns import is_issue_noun
from standpoint.text.article import read_article

DAM = """\
Valdian Prime Minister Ana Kovac urged parliament on Monday to back the river dam.

Kovac said the river dam would bring light to the valley. She rejected a ban on fishing.

The Green Valley Movement (GVM) rejected the river dam and demanded a ban on fishing. Movement
leader Peter Brandt said fishing in Oldtown must end. GVM members met in Oldtown on Tuesday.

Russia backed the dam, and the Russian government offered a loan. Moscow said the loan was safe.
"""


def spans_of(*texts):
    articles = [read_article(text) for text in texts]
    return list(find_capitalized_spans(articles, count_cases(articles)))


def names_of(*texts):
    names = list(merge_entities(count_entities(spans_of(*texts))).values())
    classify_entities(names, adjectives=country_words())
    return {name.name: name for name in names}


def phrases_of(text, **more):
    articles = [read_article(text)]
    return [p.wording for p in rank_phrases(count_phrases(articles, count_cases(articles)), **more)]


@pytest.fixture(scope="module")
def drafted():
    return draft_codebook([read_article(DAM)])


def actors_of(drafted):
    return {told.entry.name: told.entry for told in drafted.actors}


# --- runs ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He met Bashar al-Assad there.", ["Bashar al-Assad"]),
        (
            "It was the Organisation for the Prohibition of Chemical Weapons.",
            ["Organisation for the Prohibition of Chemical Weapons"],
        ),
        ("The aid reached Deir Ezzor on Monday in March.", ["Deir Ezzor"]),
        ("GENEVA, Feb 18 - The envoy met Ana Kovac.", ["Ana Kovac"]),
        ("Kovac Meets Brandt In Oldtown For Dam Talks", []),
        ("He met Syria's President Bashar Assad.", ["Syria", "President Bashar Assad"]),
        ("He is of the Tenants' Union, they said.", ["Tenants' Union"]),
        ("He met Ana Kovac, Peter Brandt and Jan Lind.", ["Ana Kovac", "Peter Brandt", "Jan Lind"]),
    ],
)
def test_runs_of_capitals_are_joined_as_names_are(text, found):
    assert [run.text for run in spans_of(text)] == found


def test_a_word_that_has_a_capital_only_where_sentences_begin_is_no_name():
    assert [
        run.text for run in spans_of("Talks failed. They met. Talks with Ana Kovac go on.")
    ] == ["Ana Kovac"]


def test_an_apostrophe_that_was_lost_parts_names_all_the_same():
    texts = [
        run.text for run in spans_of("He saw Assad. We saw Assad. Later Assads Damascus fell.")
    ]
    assert texts == ["Assad", "Assad", "Assad", "Damascus"]


# --- names -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "title", "name"),
    [
        ("Russian Foreign Minister Sergei Lavrov", "Russian Foreign Minister", "Sergei Lavrov"),
        ("U.S. Secretary of State John Kerry", "U.S. Secretary of State", "John Kerry"),
        ("President of the UN Security Council", "President of the", "UN Security Council"),
        ("UN General Assembly", "", "UN General Assembly"),
        ("Prime Minister", "Prime Minister", ""),
        ("Ana Kovac", "", "Ana Kovac"),
    ],
)
def test_a_title_is_parted_from_the_name_behind_it(words, title, name):
    parted = split_title(tuple(words.split()))
    assert tuple(map(" ".join, parted)) == (title, name)


def test_a_surname_counts_for_the_full_name():
    kovac = names_of(DAM)["Ana Kovac"]
    assert (kovac.count, kovac.kind) == (2, "person")


def test_a_name_with_and_without_its_particle_is_one():
    names = names_of("He saw Bashar al-Assad. We met Bashar Assad. They met Bashar al-Assad.")
    assert names["Bashar al-Assad"].count == 3


def test_an_acronym_counts_for_its_full_form():
    assert names_of(DAM)["Green Valley Movement"].count == 3


def test_countries_are_counted_under_their_usual_name():
    names = names_of("He is for Britain, and against the UK. The United Kingdom voted.")
    assert (names["United Kingdom"].count, names["United Kingdom"].kind) == (3, "state")


def test_a_place_is_no_actor():
    names = names_of(
        "They live in Oldtown. He went to Oldtown and slept in Oldtown. Ana Kovac left."
    )
    assert not is_actor(names["Oldtown"])


def test_every_country_has_a_name_and_a_code_of_its_own():
    assert len(countries()) > 180
    for code, country in countries().items():
        assert (len(code), country.names[0][0].isupper()) == (3, True)


# --- bodies ----------------------------------------------------------------------


def test_a_name_before_the_noun_of_a_body_is_found_with_it():
    found = find_named_collectives(
        spans_of("He met Kurdish fighters. On Monday the Russian government spoke.")
    )
    assert [(*one.variants, one.noun) for one in found] == [
        ("Kurdish fighters", "fighters"),
        ("Russian government", "government"),
    ]


def test_a_body_without_a_name_is_found_where_it_mostly_has_none():
    article = read_article(
        "The rebels said no. Rebels rejected it. The Syrian army left. Army said so."
    )
    found = {one.noun: one.speaks for one in find_bare_collectives([article])}
    assert found == {"rebels": 2}


# --- phrases ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("She urged access to hospitals.", "access to hospitals"),
        ("She rejected Iran's participation.", "Iran's participation"),
        ("He condemned the stockpile of chemical weapons.", "stockpile of chemical weapons"),
        ("They called for a peace conference in Geneva.", "peace conference in Geneva"),
    ],
)
def test_noun_phrases_near_an_attribution_are_found(text, held):
    assert held in phrases_of(text, min_count=1)


@pytest.mark.parametrize(
    "text",
    [
        "It rained on chemical weapons.",
        "She urged them to provide aid.",
        "He said so. The New York Times said Ana Maria Kovac left.",
        "He said the Iran-backed force left.",
    ],
    ids=["no attribution", "a verb", "names", "part of a hyphenated word"],
)
def test_what_is_no_noun_phrase_near_an_attribution_is_not(text):
    assert phrases_of(text, min_count=1) == []


def test_a_part_of_a_longer_phrase_counts_for_what_is_left():
    text = "He urged a green carbon tariff. She rejected a green carbon tariff."
    assert phrases_of(text, min_count=2) == ["green carbon tariff"]


def test_a_part_that_stands_less_often_than_the_longer_phrase_is_none_of_its_own():
    text = "She rejected the carbon-border tax plan. " * 5
    text += "She rejected the border tax plan. " * 2
    found = phrases_of(text, min_count=2)
    assert "carbon-border tax plan" in found
    assert "border tax plan" not in found


def test_doings_and_measures_are_like_what_is_at_issue():
    assert all(map(is_issue_noun, ("removal", "participation", "tariff", "ceasefire")))
    assert not any(map(is_issue_noun, ("toll", "organisation", "hospital", "morning")))


# --- drafts ----------------------------------------------------------------------


def test_a_draft_names_who_speaks_and_what_about(drafted):
    actors = actors_of(drafted)
    assert actors["Ana Kovac"].kind == "person"
    assert actors["Green Valley Movement"].kind == "organisation"
    assert {"Moscow", "the Russian government"} <= set(actors["Russia"].aliases)
    assert "river dam" in [told.entry.name for told in drafted.issues]


def test_a_title_of_a_country_is_an_alias_and_makes_a_member():
    text = "Russian President Ivan Orlov said so. Orlov left. Russia said no. Russia signed a trade deal."
    orlov = actors_of(draft_codebook([read_article(text + " He urged a trade deal.")]))[
        "Ivan Orlov"
    ]
    assert orlov.aliases == ("Russian President",)
    assert orlov.member_of == "russia"


def test_each_entry_says_how_often_it_stands(drafted):
    notes = {told.entry.name: told.note for told in drafted.actors}
    assert notes["Ana Kovac"] == "twice, speaks twice"
    assert drafted.issues[0].note == "3 times, near an attribution"


def test_names_that_are_no_actors_are_told_apart(drafted):
    assert drafted.others == ("Oldtown (2)",)


def test_the_same_articles_give_the_same_draft():
    assert draft_codebook([read_article(DAM)]) == draft_codebook([read_article(DAM)])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("It rained all day.", "a name of an actor"),
        (
            "Ana Kovac said no. Kovac said it.",
            "a phrase of two words or more near what someone says",
        ),
    ],
)
def test_where_nothing_recurs_it_is_said(text, what):
    with pytest.raises(InputError) as caught:
        draft_codebook([read_article(text)])
    assert str(caught.value) == (
        f"articles: {what} must recur, got none that does. Give more articles, or longer ones."
    )


def test_a_new_id_has_a_number_where_it_is_taken():
    assert unique_id("a", taken={"a", "a-2"}) == "a-3"
