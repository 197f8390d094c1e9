import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article
from standpoint.text.tokens import split_words, words_of


def lexicon(actors, cues=("the Mora dam",), opposite_cues=()):
    issue = {"id": "dam", "name": "Dam", "favor": "yes", "against": "no"}
    return MentionMatcher(
        parse_codebook(
            {
                "name": "dam",
                "title": "The dam",
                "actors": actors,
                "issues": [
                    {**issue, "cues": cues, "opposite_cues": opposite_cues},
                    {**issue, "id": "tariff", "cues": ["water tariff"]},
                ],
            },
            where="test",
        )
    )


def state(id, name, *aliases):
    return {"id": id, "name": name, "kind": "state", "aliases": aliases}


def person(id, name, *aliases):
    return {"id": id, "name": name, "kind": "person", "aliases": aliases}


WORLD = lexicon(
    [
        state("usa", "the United States", "US", "U.S.", "Washington"),
        state("valdia", "Valdia", "the Valdian government", "Valdia's government"),
        state("east-valdia", "East Valdia"),
        state("iran", "Iran"),
        person("kovac", "Ana Kovac", "the foreign minister", "Foreign Minister"),
        person("brandt", "Peter Brandt"),
        {
            "id": "who",
            "name": "World Health Organization",
            "kind": "organisation",
            "aliases": ["WHO"],
        },
    ]
)


def actors(text, book=WORLD):
    return [
        (mention.actor, mention.span.of(text))
        for sentence in read_article(text).sentences
        for mention in book.actors_in(sentence)
    ]


def cues(text, book=WORLD):
    return [
        (cue.issue, cue.pole, cue.span.of(text))
        for sentence in read_article(text).sentences
        for cue in book.cues_in(sentence)
    ]


def test_the_longest_name_wins():
    assert actors("East Valdia met Valdia.") == [
        ("east-valdia", "East Valdia"),
        ("valdia", "Valdia"),
    ]


def test_a_name_is_not_found_within_a_word():
    assert actors("Valdians and Iranians spoke of Iranology.") == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Those who know told us who came.", id="lower case"),
        pytest.param("Who came? Us.", id="capital of a sentence's start"),
    ],
)
def test_an_acronym_is_not_taken_from_a_lower_case_word(text):
    assert actors(text) == []


@pytest.mark.parametrize("name", ["US", "U.S.", "United States", "Washington"])
def test_a_country_is_found_under_each_of_its_names(name):
    assert actors(f"Talks with the {name} troops began.") == [("usa", name)]


def test_an_acronym_in_a_shouted_headline_may_be_a_pronoun_and_is_left_alone():
    assert actors("TALKS LEFT US COLD") == []
    assert actors("U.S. BACKS TALKS") == [("usa", "U.S.")]


def test_a_name_in_a_shouted_headline_is_found():
    assert actors("IRAN BACKS TALKS") == [("iran", "IRAN")]


def test_a_name_wants_its_capital():
    assert actors("They flew iran airways.") == []


@pytest.mark.parametrize("words", ["the foreign minister", "The Foreign Minister"])
def test_a_lower_case_alias_is_found_in_any_case(words):
    assert actors(f"{words} spoke.") == [("kovac", words)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Iran-backed fighters came.", id="before a hyphen"),
        pytest.param("The pro-Iran side came.", id="after a hyphen"),
        pytest.param("A US-led force came.", id="acronym"),
        pytest.param("An Iran\u2011backed force came.", id="non-breaking hyphen"),
    ],
)
def test_a_name_within_a_hyphenated_compound_is_not_the_actor(text):
    assert actors(text) == []


@pytest.mark.parametrize(
    ("text", "possessive"),
    [
        pytest.param("Iran's envoy came.", True, id="straight"),
        pytest.param("Iran’s envoy came.", True, id="curly"),
        pytest.param("The United States' envoy came.", True, id="after an s"),
        pytest.param("'Iran' was the word.", True, id="closing mark looks the same"),
        pytest.param("Iran came.", False, id="none"),
    ],
)
def test_a_possessive_is_marked_and_is_no_part_of_the_span(text, possessive):
    (mention,) = WORLD.actors_in(read_article(text).sentences[0])
    assert mention.possessive is possessive
    assert mention.span.of(text) in ("Iran", "United States")


def test_an_alias_with_a_possessive_in_it_is_found_whole():
    assert actors("Valdia’s government fell.") == [("valdia", "Valdia’s government")]


def test_the_article_of_a_name_is_no_part_of_the_span():
    assert actors("The Valdian government fell.") == [("valdia", "Valdian government")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Foreign Minister Ana Kovac came.", id="title before"),
        pytest.param("Ana Kovac, foreign minister since May, came.", id="title behind a comma"),
    ],
)
def test_title_and_name_of_one_person_are_one_mention(text):
    assert [actor for actor, _ in actors(text)] == ["kovac"]


def test_a_possessive_is_not_joined_with_the_name_behind_it():
    assert actors("Washington's US troops came.") == [("usa", "Washington"), ("usa", "US")]


def test_a_person_is_found_by_surname():
    assert actors("Kovac and Brandt met.") == [("kovac", "Kovac"), ("brandt", "Brandt")]


def test_a_surname_of_two_people_names_neither():
    book = lexicon([person("ana", "Ana Kovac"), person("ivo", "Ivo Kovac")])
    assert actors("Kovac met Ivo Kovac.", book) == [("ivo", "Ivo Kovac")]


def test_a_surname_that_is_the_alias_of_another_names_the_other():
    book = lexicon([person("ana", "Ana Kovac"), state("town", "Mora", "Kovac")])
    assert actors("Kovac fell.", book) == [("town", "Kovac")]


def test_only_people_have_surnames():
    assert actors("The Organization came.") == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ana, Kovac", id="comma"),
        pytest.param("Ana. Kovac", id="full stop"),
        pytest.param("Ana (Kovac", id="bracket"),
    ],
)
def test_a_name_does_not_reach_over_punctuation(text):
    assert all(found != text for _, found in actors(text))


def test_a_name_may_be_broken_over_two_lines():
    assert actors("then Ana\nKovac came") == [("kovac", "Ana\nKovac")]


def test_offsets_count_from_the_start_of_the_article():
    text = "Rain fell. 👩‍🚀 Iran came."
    (mention,) = WORLD.actors_in(read_article(text).sentences[1])
    assert text[mention.span.start : mention.span.end] == "Iran"
    assert mention.sentence == 1


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Mora dam", id="as written"),
        pytest.param("Mora dams", id="plural"),
        pytest.param("MORA DAM", id="capitals"),
        pytest.param("Mora's dam", id="possessive"),
        pytest.param("Mora-dam", id="hyphen"),
        pytest.param("Mora's giant dam", id="one word after a possessive"),
    ],
)
def test_a_cue_is_found_by_its_stems(words):
    assert cues(f"They saw the {words} again.") == [("dam", "favor", words)]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Mora's new giant dam", id="two words after a possessive"),
        pytest.param("Mora giant dam", id="a word without a possessive"),
        pytest.param("Mora, dam", id="comma"),
        pytest.param("Moradam", id="one word"),
    ],
)
def test_a_cue_is_not_found_where_its_words_stand_apart(words):
    assert cues(f"They saw the {words} again.") == []


def test_the_longest_cue_wins():
    book = lexicon([state("v", "Valdia")], ["dam"], ["dam moratorium"])
    assert cues("The dam moratorium stops the dam.", book) == [
        ("dam", "against", "dam moratorium"),
        ("dam", "favor", "dam"),
    ]


def test_an_opposite_cue_is_of_the_pole_against():
    book = lexicon([state("v", "Valdia")], opposite_cues=["keep the river free"])
    assert cues("They keep the river free.", book) == [("dam", "against", "keep the river free")]


def test_cues_of_different_issues_are_told_apart():
    assert cues("The Mora dam and the water tariff.") == [
        ("dam", "favor", "Mora dam"),
        ("tariff", "favor", "water tariff"),
    ]


def test_what_a_codebook_holds_besides_does_not_change_what_is_found():
    text = "Iran's envoys told Valdia to back the river dam, and Valdians met."
    small = {
        "name": "small",
        "title": "x",
        "actors": [{"id": "valdia", "name": "Valdia", "kind": "state", "aliases": ["Iran"]}],
        "issues": [
            {"id": "dam", "name": "d", "favor": "f", "against": "a", "cues": ["river dam", "dam"]}
        ],
    }
    large = {
        **small,
        "actors": small["actors"]
        + [{"id": f"p{n}", "name": f"Valdia {n}x Xo{n}", "kind": "person"} for n in range(500)],
        "issues": small["issues"]
        + [{**small["issues"][0], "id": f"i{n}", "cues": [f"river dam x{n}"]} for n in range(100)],
    }
    sentence = read_article(text).sentences[0]
    few, many = (MentionMatcher(parse_codebook(book, where="x")) for book in (small, large))
    assert few.actors_in(sentence) == many.actors_in(sentence) != []
    assert few.cues_in(sentence) == many.cues_in(sentence) != []


def test_the_words_of_a_text_are_the_same_with_and_without_their_places():
    for text in ("Iran's U.S. envoy", "the O'Brien's « Mr. 5x »", "s' 's ’s", ""):
        assert split_words(text) == [word.text for word in words_of(text)]
