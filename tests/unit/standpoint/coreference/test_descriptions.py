import pytest

from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.text.article import read_article
from tests.unit.standpoint.coreference.test_nominals import actor, book, read

WORLD = book(
    actor("kovac", "person", "Ana Kovac", "Kovac"),
    actor("brandt", "person", "Peter Brandt", "Brandt"),
    actor("valdia", "state", "Valdia"),
    actor("volta", "organisation", "Volta"),
    actor("expo", "organisation", "Mora Games"),
    actor("city", "organisation", "Mora City Council"),
    actor("roe", "person", "President Roe"),
    actor("museum", "organisation", "the Mora Museum"),
    actor("rebels", "group", "the Free Mora Army"),
    actor("oster", "state", "Oster", "the Osteran army"),
)


def described(text):
    """Actor and words of every description beside a mention."""
    descriptions = AnnotatedArticle(read_article(text), WORLD).descriptions
    return [(mention.actor, mention.span.of(text)) for mention in descriptions]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ana Kovac, a 14-year-old girl from Mora, came.", "a 14-year-old girl"),
        ("Ana Kovac, 42, a practising homeopath, came.", "a practising homeopath"),
        ("Ana Kovac, an Osteran woman and former nun, came.", "an Osteran woman"),
        ("Ana Kovac (the head coach) came.", "the head coach"),
        ("Ana Kovac, director of the dam, came.", "director"),
        ("Ana Kovac, Valdia coach, came.", "Valdia coach"),
        ("Ana Kovac, the chairman of the panel, came.", "the chairman"),
        ("Kovac was a guest at the fair.", "a guest"),
        ("Kovac is also an influential figure in Mora.", "an influential figure"),
        ("They claimed Kovac was a volunteer.", "a volunteer"),
        ("The mother of Kovac, who is a lawyer, came.", "a lawyer"),
        ("Ana Kovac, a lawyer representing farmers, came.", "a lawyer"),
        ("Ana Kovac, Oster's top pianist, came.", "Oster's top pianist"),
    ],
)
def test_a_person_is_described_beside_the_name(text, words):
    assert described(text) == [("kovac", words)]


def test_a_predicate_may_describe_twice():
    assert described("Kovac was both an artist and a legend.") == [
        ("kovac", "an artist"),
        ("kovac", "a legend"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Volta, a charity with flats of its own, came.", ("volta", "a charity")),
        ("Valdia is an island in the south.", ("valdia", "an island")),
    ],
)
def test_bodies_and_states_are_described_beside_the_name(text, expected):
    assert described(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Valdia, the bank and the farmers came.",
        "Ana Kovac, a lawyer said, was ill.",
        "According to Kovac, a detective was sent.",
        "Kovac met Brandt, a move that drew fire.",
        "Thank you, President Kovac, Prime Minister.",
        "Ana Kovac, Minister of Health Maria Lind, and others came.",
        "Kovac was not a guest.",
        "Kovac was a day late.",
        "Kovac’s deputy, a lawyer, came.",
        "The mother of Kovac was a lawyer.",
    ],
)
def test_other_phrases_behind_a_name_describe_nobody(text):
    assert described(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Kovac, a 14-year-old girl, came. It rained. The girl left.", ("kovac", "The girl")),
        ("Ana Kovac, a girl from Mora, came. The kid left.", ("kovac", "The kid")),
        ("Lawyers met student Ana Kovac. They thanked the student.", ("kovac", "the student")),
        ("Help came from the charity Volta. The charity left.", ("volta", "The charity")),
        ("Volta is a newspaper. It rained. The newspaper left.", ("volta", "The newspaper")),
        ("The Volta movement rose. It rained. The movement fell.", ("volta", "The movement")),
        ("The Mora Games, a competition, came. The contest is old.", ("expo", "The contest")),
        ("Ana Kovac, a girl, came. All saw the girl wearing a hat.", ("kovac", "the girl")),
        ("Mora City Council met. The city needs bread.", ("city", "The city")),
        ("The Mora Museum won. The entire museum left.", ("museum", "The entire museum")),
        ("The Mora Museum won. Fans of this museum left.", ("museum", "this museum")),
        ("The Osteran army came. In the east the army left.", ("oster", "the army")),
    ],
)
def test_the_noun_of_a_description_means_the_actor_later(text, expected):
    assert expected in read(text, WORLD)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Kovac, a girl from Mora, saw another girl. The girl left.",
        "Ana Kovac, a girl, met girl Jo Roe. The girl left.",
        "Ana Kovac, a girl, came. It rained. It rained. It rained. The girl left.",
        "Ana Kovac, a girl, and Peter Brandt, a boy, came. The teenager left.",
        "Ana Kovac, a girl, came. The other girl left.",
        "Valdia is an ally. The ally left.",
        "The Volta company rose. It rained. Miners met. The company fell.",
        "A Volta supplier came. The supplier left.",
        "The woman Kovac met came. The woman left.",
        "Ana Kovac, the president of Mora, met President Roe. The president left.",
        "The Free Mora Army came. A truce with the army held.",
    ],
)
def test_a_noun_that_may_mean_somebody_else_means_nobody(text):
    assert read(text, WORLD) == []
