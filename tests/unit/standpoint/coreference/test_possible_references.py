import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article


def actor(id, kind, name, *aliases, member_of=None):
    return {"id": id, "kind": kind, "name": name, "aliases": aliases, "member_of": member_of}


WORLD = MentionMatcher(
    parse_codebook(
        {
            "name": "dam",
            "title": "The dam",
            "actors": [
                actor("peru", "state", "Peru", "Peruvian government"),
                actor("chile", "state", "Chile"),
                actor("army", "organisation", "Peruvian Army", member_of="peru"),
                actor("observatory", "organisation", "Andean Observatory for Rivers", "AOR"),
                actor("coalition", "organisation", "Peruvian National Coalition"),
                actor("ruma", "group", "Ruma Front", "Ruma fighters"),
                actor("growers", "group", "Cotton growers and traders"),
                actor("union", "organisation", "Association of Dam Engineers"),
                actor("agency", "organisation", "River Agency", "ORP"),
                actor("quispe", "person", "Rosa Quispe", "President Quispe"),
                actor("vidal", "person", "Hugo Vidal", "Vice President Vidal"),
            ],
            "issues": [{"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["dam"]}],
        },
        where="test",
    )
)


def possible(text):
    """Actor and words of each possible mention of an article, by sentence."""
    mentions = AnnotatedArticle(read_article(text), WORLD).possible_mentions
    return [(m.actor, m.span.of(text)) for row in mentions.values() for m in row]


# --- nouns of names ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army denied any role.", [("army", "army")]),
        ("A monitor said the river rose.", [("observatory", "monitor")]),
        ("A monitoring group said so.", [("observatory", "monitoring group")]),
        (
            "The river monitoring organisation left.",
            [("observatory", "river monitoring organisation")],
        ),
        ("Several traders called it a mistake.", [("growers", "traders")]),
        ("Insurgents took the bridge.", [("ruma", "Insurgents")]),
        ("A union official said work would stop.", [("union", "union")]),
        ("Soldiers of Chile took the bridge.", []),
        ("The Chilean army denied any role.", []),
        ("The army of Chile denied any role.", []),
        ("Bolivian traders called it a mistake.", []),
        ("They wanted to army the town.", []),
        ("It was held on Army Day.", []),
        ("The union hall burned.", []),
        ("A task force went there.", []),
        ("The grower fighters left.", [("growers", "grower")]),
    ],
)
def test_a_noun_means_the_only_actor_whose_name_has_it_or_a_synonym(text, expected):
    assert possible(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The agency said so.", [("agency", "agency")]),
        ("A regional river agency said so.", [("agency", "regional river agency")]),
        ("An agency said so.", []),
        ("Foreign agencies said so.", []),
    ],
)
def test_a_noun_for_any_body_needs_an_article_or_a_word_of_the_name(text, expected):
    assert possible(text) == expected


def test_of_several_actors_with_a_noun_the_one_named_most_often_is_meant():
    text = "The Ruma Front and cotton growers met. The Ruma Front left. Militants followed."
    assert possible(text)[-1] == ("ruma", "Militants")


# --- states -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Even the Chileans cannot accept that.", [("chile", "Chileans")]),
        (
            "It passed despite Chilean and Peruvian vetoes.",
            [("chile", "Chilean"), ("peru", "Peruvian")],
        ),
        ("It was hit by Chilean air strikes.", [("chile", "Chilean")]),
        ("A Chilean-backed party won.", [("chile", "Chilean")]),
        ("Thousands of Chileans fled.", []),
        ("A Chilean town was hit.", []),
    ],
)
def test_a_state_is_meant_by_its_people_and_its_deeds(text, expected):
    assert possible(text) == expected


# --- titles -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The President signed it.", [("quispe", "President")]),
        ("The Vice President signed it.", [("vidal", "Vice President")]),
        ("The president of Chile signed it.", []),
        ("A president signed it.", []),
        ("The President Ollanta Roca signed it.", []),
        ("THE PRESIDENT: Thank you all.", []),
    ],
)
def test_a_title_means_the_person_whose_name_has_it(text, expected):
    assert possible(text) == expected


# --- parts of names ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The National Coalition left.", [("coalition", "National Coalition")]),
        ("Two men of Ruma left.", [("ruma", "Ruma")]),
        (
            "The Organisation for River Protection left.",
            [("agency", "Organisation for River Protection")],
        ),
        ("The Office for Rail Planning Reform left.", []),
        ("The national coalition left.", []),
    ],
)
def test_a_body_is_meant_by_a_part_of_its_name_and_by_its_acronym_in_full(text, expected):
    found = [row for row in possible(text) if row[1][0].isupper()]
    assert found == expected


# --- introduced persons -----------------------------------------------------------


@pytest.mark.parametrize(
    "introduction",
    [
        "A letter came from Luis Tovar, head of the River Agency delegation in Lima.",
        "River Agency director Luis Tovar spoke first.",
        "The River Agency's deputy chief engineer Luis Tovar spoke first.",
        "It was written by Luis Tovar, the River Agency spokesman.",
    ],
)
def test_a_person_introduced_as_an_actors_means_the_actor_later(introduction):
    rows = possible(f"{introduction} Rain fell on the hills. Tovar wanted the work to stop.")
    assert rows[-1] == ("agency", "Tovar")


@pytest.mark.parametrize(
    "introduction",
    [
        "Luis Tovar criticised the River Agency.",
        "The River Agency met Luis Tovar.",
        "River Agency Chief Luis Tovar Speaks",
        "The River Agency praised Lima.",
    ],
)
def test_a_person_who_only_stands_beside_an_actor_is_not_the_actors(introduction):
    assert possible(f"{introduction} Then Tovar left Lima.") == []


def test_offsets_of_possible_mentions_are_those_of_the_text():
    text = "\n\n  A monitor\nsaid the army's   soldiers had left."
    for row in AnnotatedArticle(read_article(text), WORLD).possible_mentions.values():
        for mention in row:
            assert text[mention.span.start : mention.span.end] in ("monitor", "army", "soldiers")
