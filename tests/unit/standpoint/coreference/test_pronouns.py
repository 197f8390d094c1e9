import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article

WORLD = MentionMatcher(
    parse_codebook(
        {
            "name": "dam",
            "title": "The dam",
            "actors": [
                {"id": "kovac", "name": "Rin Kovac", "kind": "person", "aliases": ["Kovac"]},
                {"id": "brandt", "name": "Lo Brandt", "kind": "person", "aliases": ["Brandt"]},
                {"id": "valdia", "name": "Valdia", "kind": "state"},
                {"id": "iran", "name": "Iran", "kind": "state"},
                {"id": "bank", "name": "the Bank of Mora", "kind": "organisation"},
                {"id": "unions", "name": "the trade unions", "kind": "group"},
            ],
            "issues": [
                {"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["Mora dam"]}
            ],
        },
        where="test",
    )
)


def read(text):
    """Actor, words and possessive of every pronoun resolved, in order."""
    mentions = [
        m for m in AnnotatedArticle(read_article(text), WORLD).mentions if m.how == "pronoun"
    ]
    mentions.sort(key=lambda m: m.span)
    return [(m.actor, m.span.of(text), m.possessive) for m in mentions]


@pytest.mark.parametrize(
    ("text", "actor", "pronoun"),
    [
        pytest.param("Valdia left. It said the Mora dam was late.", "valdia", "It", id="state"),
        pytest.param("The Bank of Mora met. It has refused.", "bank", "It", id="body"),
        pytest.param(
            "The Bank of Mora met. “No,” it added.", "bank", "it", id="behind a quotation"
        ),
        pytest.param("Valdia left. Iran, it said, was late.", "valdia", "it", id="aside"),
        pytest.param("Kovac praised Valdia. He said no.", "kovac", "He", id="a state is no he"),
        pytest.param("The trade unions met. They rejected it.", "unions", "They", id="group"),
        pytest.param("The trade unions met. “No,” they said.", "unions", "they", id="group's tag"),
        pytest.param("The trade unions met. They were tired.", "unions", "They", id="people go on"),
        pytest.param(
            "The trade unions said they would come.", "unions", "they", id="group's clause"
        ),
        pytest.param(
            "Valdia may fall, the trade unions said. Rain may fall, they said.",
            "unions",
            "they",
            id="a group that speaks behind its words",
        ),
        pytest.param("Valdia said it would attack.", "valdia", "it", id="what it would do"),
        pytest.param("Iran announced that it had fired.", "iran", "it", id="what it had done"),
        pytest.param("On Monday Valdia left. It said no.", "valdia", "It", id="behind a day"),
        pytest.param(
            "At the foot of the hill the trade unions met. They demanded bread.",
            "unions",
            "They",
            id="behind a place",
        ),
        pytest.param("But Valdia left. Then it said no.", "valdia", "it", id="conjunction, adverb"),
        pytest.param("As for Iran, it rejected the dam.", "iran", "it", id="as for"),
        pytest.param("Valdia is firm; it wants the dam.", "valdia", "it", id="same sentence"),
        pytest.param("“No,” said Kovac. He added that it rained.", "kovac", "He", id="he added"),
        pytest.param("Kovac came. “It rains,” he said. “Much.”", "kovac", "he", id="quotation"),
        pytest.param(
            "Kovac said after talks with Brandt that he agreed.", "kovac", "he", id="the speaker"
        ),
        pytest.param("KOVAC CAME. HE SAID NO.", "kovac", "HE", id="capitals"),
    ],
)
def test_a_pronoun_means_the_subject_before_it(text, actor, pronoun):
    assert read(text) == [(actor, pronoun, False)]


@pytest.mark.parametrize(
    ("text", "actor", "pronoun"),
    [
        pytest.param("Valdia left. Its delegation said no.", "valdia", "Its", id="its"),
        pytest.param("The trade unions met. Their lawyers said no.", "unions", "Their", id="their"),
        pytest.param("Kovac came. His aides said no.", "kovac", "His", id="his"),
        pytest.param("Kovac came. Her aides said no.", "kovac", "Her", id="her"),
        pytest.param("Valdia said its minister was late.", "valdia", "its", id="same sentence"),
    ],
)
def test_a_possessive_pronoun_is_marked(text, actor, pronoun):
    assert read(text) == [(actor, pronoun, True)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Valdia left. It was clear that rain would fall.", id="it is clear that"),
        pytest.param("Valdia left. It rained.", id="weather"),
        pytest.param("Valdia left. It is said that rain fell.", id="it is said"),
        pytest.param("Valdia left. It was Iran that said no.", id="it was X that"),
        pytest.param("Valdia left. It began on Monday.", id="an event"),
        pytest.param("Valdia left. Its rivers are deep.", id="its what no actor has"),
        pytest.param("Valdia and Iran left. It said no.", id="two side by side"),
        pytest.param("Rain fell in Valdia. It said no.", id="a place"),
        pytest.param("A driver met Valdia. It said no.", id="not the subject"),
        pytest.param("Valdia's minister left. It said no.", id="an owner"),
        pytest.param("Valdia left. Rain fell. It said no.", id="a sentence between"),
        pytest.param("Valdia left. “It said no,” a guard said.", id="within a quotation"),
        pytest.param("Valdia left. They said no.", id="a state is no they"),
        pytest.param("Valdia said it would rain.", id="weather reported"),
        pytest.param("Valdia said it was late.", id="it was reported"),
        pytest.param("A firm, keen to buy Iran, said it would fight.", id="another subject"),
        pytest.param("The trade unions met farmers, and they left.", id="another plural noun"),
        pytest.param("The trade unions met. It said no.", id="a group is no it"),
        pytest.param("Kovac came. It said no.", id="a person is no it"),
        pytest.param("Kovac came. A farmer said he was late.", id="somebody else speaks"),
        pytest.param("Kovac came. The farmer lost his hat.", id="somebody else's"),
        pytest.param("Kovac came. Ivo Lang said he was late.", id="a stranger speaks"),
        pytest.param("The Kovac government fell. He said no.", id="named after a person"),
        pytest.param("Ivo Lang said Kovac was late. He said no.", id="told of by a stranger"),
        pytest.param("For his part Kovac said no.", id="before its noun"),
        pytest.param("Mr Kovac came. She said no.", id="the wrong gender"),
        pytest.param("Kovac and Brandt came. He said no.", id="two side by side, he"),
        pytest.param("Kovac came. Brandt would leave, he said.", id="either may have said it"),
    ],
)
def test_a_pronoun_that_is_not_plain_stays_unresolved(text):
    assert read(text) == []


def test_they_means_two_who_stand_side_by_side():
    text = "Valdia and Iran left. They said no."
    assert read(text) == [("valdia", "They", False), ("iran", "They", False)]


def test_a_pronoun_goes_on_to_the_next():
    text = "Kovac came. He said no. His aides left. He added that he was late."
    assert read(text) == [
        ("kovac", "He", False),
        ("kovac", "His", True),
        ("kovac", "He", False),
        ("kovac", "he", False),
    ]


def test_what_it_said_belongs_to_the_actor_behind_it():
    text = "The Bank of Mora met on Friday. It said the Mora dam was needed."
    (pair,) = read_pairs(AnnotatedArticle(read_article(text), WORLD))
    assert (pair.holder, pair.kind, pair.attributed_by) == ("bank", "paraphrase", "said")
    assert pair.holder_span.of(text) == "It"


def test_first_persons_are_left_to_the_attribution():
    text = "“I want the Mora dam,” Kovac said."
    assert read(text) == []
    (pair,) = read_pairs(AnnotatedArticle(read_article(text), WORLD))
    assert pair.holder == "kovac"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Valdia has cut its losses.", [("valdia", "its", True)]),
        ("The trade unions now renew their raids.", [("unions", "their", True)]),
        ("The Bank of Mora expressed its outrage.", [("bank", "its", True)]),
        ("Rain over Valdia lost its force.", []),
        ("Valdia’s dam lost its gate.", []),
        ("Valdia lost a dam and its gate.", []),
    ],
)
def test_a_possessive_behind_a_verb_is_of_its_subject(text, expected):
    assert read(text) == expected
