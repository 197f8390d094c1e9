import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.lexicon.stand_ins import STAND_INS
from standpoint.mentions.matcher import MentionMatcher
from standpoint.mentions.mention import ActorMention
from standpoint.model.masking import mask_names, names_among
from standpoint.model.pairs import Name, PairText
from standpoint.text.article import Span, read_article


def span_of(text, words, *, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def pair(text, *names, holder=None, target=None):
    """A pair whose roles and names are given by their words; a name is (words, kind, who)."""
    met = {}
    found = []
    for words, kind, who in names:
        found.append(Name(span_of(text, words, nth=met.get(words, 0)), kind, who))
        met[words] = met.get(words, 0) + 1
    roles = [span_of(text, words) if words else None for words in (holder, target)]
    return PairText(text, *roles, names=tuple(found))


def roles(given):
    return [span.of(given.text) if span else None for span in (given.holder, given.target)]


KOVAC = ("Ana Kovac", "person", "kovac")
VALDIA = ("Valdia", "state", "valdia")
LEAGUE = ("the River League", "organisation", "league")


def test_a_pair_without_names_stays_as_it_is():
    given = pair("Kovac backed the dam.", holder="Kovac", target="dam")
    assert mask_names(given) is given


def test_names_get_stand_ins_of_their_kind_and_the_roles_move_along():
    given = pair("Ana Kovac told Valdia that the River League likes the dam.",
                 KOVAC, VALDIA, LEAGUE, holder="the River League", target="the dam")  # fmt: skip
    found = mask_names(given)
    assert found.text == "Smith told Norway that Acme likes the dam."
    assert roles(found) == ["Acme", "the dam"]
    assert found.names == ()


def test_what_is_told_of_the_roles_besides_their_place_is_kept():
    given = PairText("Valdia left.", Span(0, 6), None, topic="the dam",
                     names=(Name(Span(0, 6), "state", "valdia"),))  # fmt: skip
    assert (mask_names(given).topic, mask_names(given).target) == ("the dam", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Valdia's plan", "Norway's plan", id="possessive"),
        pytest.param("Valdia’s plan", "Norway’s plan", id="typographic possessive"),
        pytest.param("(Valdia)", "(Norway)", id="in brackets"),
        pytest.param("pro-Valdia", "pro-Norway", id="behind a hyphen"),
        pytest.param("Valdia", "Norway", id="nothing else"),
    ],
)
def test_what_stands_at_a_name_stays(text, expected):
    assert mask_names(pair(text, VALDIA)).text == expected


def test_an_actor_has_one_stand_in_however_often_and_however_he_is_named():
    given = pair("Ana Kovac came. Kovac said Valdia met Kovac.", KOVAC,
                 ("Kovac", "person", "brandt"), ("Kovac", "person", "kovac"), VALDIA)  # fmt: skip
    # The first "Kovac" lies within the name before it.
    assert mask_names(given).text == "Smith came. Smith said Norway met Kovac."


def test_actors_of_one_kind_get_different_stand_ins_in_the_order_they_are_named():
    given = pair("Kovac, Brandt, Kovac.", ("Brandt", "person", "brandt"),
                 ("Kovac", "person", "kovac"), ("Kovac", "person", "kovac"))  # fmt: skip
    assert mask_names(given).text == "Smith, Jones, Smith."


def test_a_group_and_an_organisation_are_told_apart():
    given = pair("Farmers met the River League.", ("Farmers", "group", "farmers"), LEAGUE)
    assert mask_names(given).text == "Acme met Delta."


def test_more_actors_than_there_are_stand_ins_begin_anew():
    letters = "ABCDEFGHIJ"
    given = pair(" ".join(letters), *[(letter, "state", letter) for letter in letters])
    assert mask_names(given).text.split() == [*STAND_INS["state"], *STAND_INS["state"][:2]]


def test_names_side_by_side_are_each_replaced():
    given = pair("ValdiaIran", VALDIA, ("Iran", "state", "iran"), holder="Valdia", target="Iran")
    found = mask_names(given)
    assert found.text == "NorwayChile"
    assert roles(found) == ["Norway", "Chile"]


@pytest.mark.parametrize(
    "names",
    [
        pytest.param([("Ana", "person", "ana"), KOVAC], id="the shorter first"),
        pytest.param([KOVAC, ("Ana", "person", "ana")], id="the longer first"),
        pytest.param([("Kovac", "person", "kovac"), KOVAC], id="the end of another"),
        pytest.param([KOVAC, KOVAC], id="the same"),
    ],
)
def test_of_names_that_overlap_the_first_and_longest_is_replaced(names):
    given = PairText(
        "Ana Kovac left.", None, None,
        names=tuple(Name(span_of("Ana Kovac left.", w), kind, who) for w, kind, who in names),
    )  # fmt: skip
    assert mask_names(given).text == "Smith left."


@pytest.mark.parametrize(
    ("holder", "expected"),
    [
        pytest.param("Ana Kovac", "Smith", id="the name"),
        pytest.param("Kovac", "Smith", id="its end"),
        pytest.param("Ana", "Smith", id="its beginning"),
        pytest.param("a Kov", "Smith", id="its middle"),
        pytest.param("Minister Ana Kovac", "Minister Smith", id="a title and the name"),
        pytest.param("Minister Ana", "Minister Smith", id="a title and a part"),
        pytest.param("Kovac of Valdia", "Smith of Norway", id="from one name to another"),
        pytest.param("Minister", "Minister", id="up to the name"),
        pytest.param(" of ", " of ", id="from name to name"),
        pytest.param("left", "left", id="behind the names"),
    ],
)
def test_a_role_at_a_name_reaches_to_the_edges_of_the_stand_in(holder, expected):
    given = pair("Minister Ana Kovac of Valdia left.", KOVAC, VALDIA, holder=holder)
    assert roles(mask_names(given)) == [expected, None]


def test_mentions_in_a_stretch_are_counted_from_its_start():
    mentions = [
        ActorMention("kovac", Span(0, 5), 0),
        ActorMention("valdia", Span(12, 18), 1),
        ActorMention("kovac", Span(20, 23), 1, how="pronoun"),
        ActorMention("kovac", Span(24, 32), 1, how="title"),
        ActorMention("valdia", Span(28, 42), 1),
    ]
    kinds = {"kovac": "person", "valdia": "state"}
    assert names_among(mentions, kinds=kinds, origin=Span(10, 40)) == (
        Name(Span(2, 8), "state", "valdia"),
    )


BOOK = {
    "name": "dam",
    "title": "The dam",
    "actors": [
        {"id": "kovac", "name": "Ana Kovac", "kind": "person", "aliases": ["Madam Kovac"]},
        {"id": "valdia", "name": "Valdia", "kind": "state"},
    ],
    "issues": [
        {"id": "dam", "name": "The dam", "favor": "It is built.", "against": "It is not.",
         "cues": ["Mora dam"]}
    ],
}  # fmt: skip


def test_every_name_in_the_sentence_of_a_pair_is_replaced_and_no_pronoun():
    text = "Rain fell. Ana Kovac said she and Valdia's ministers want the Mora dam."
    pairs = read_pairs(
        AnnotatedArticle(read_article(text), MentionMatcher(parse_codebook(BOOK, where="test")))
    )
    assert [mask_names(p.text()).text for p in pairs] == [
        "Smith said she and Norway's ministers want the Mora dam."
    ] * len(pairs)
    assert {p.holder: roles(mask_names(p.text())) for p in pairs} == {
        "kovac": ["Smith", "Mora dam"],
        "valdia": ["Norway", "Mora dam"],
    }
