import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article


def actor(id, kind, name, *aliases):
    return {"id": id, "kind": kind, "name": name, "aliases": aliases}


WORLD = MentionMatcher(
    parse_codebook(
        {
            "name": "dam",
            "title": "The dam",
            "actors": [
                actor("okafor", "person", "Chidi Okafor", "Okafor"),
                actor("tanaka", "person", "Yuki Tanaka", "Tanaka"),
                actor("silva", "person", "Marta Silva", "Silva"),
                actor("ghana", "state", "Ghana"),
                actor("peru", "state", "Peru"),
                actor("oman", "state", "Oman"),
                actor("bank", "organisation", "the Bank of Mora"),
                actor("fund", "organisation", "the Nile Fund"),
            ],
            "issues": [
                {"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["Mora dam"]}
            ],
        },
        where="test",
    )
)


def read(text):
    """Actor and words of each mention by title, in order."""
    mentions = AnnotatedArticle(read_article(text), WORLD).mentions
    return sorted((m.actor, m.span.of(text)) for m in mentions if m.how == "title")


@pytest.mark.parametrize(
    ("text", "words", "actors"),
    [
        ("Okafor met Silva. Both backed it.", "Both", "okafor silva"),
        ("Okafor met Silva. Both of them have backed it.", "Both", "okafor silva"),
        ("Okafor and Tanaka came. The two said no.", "The two", "okafor tanaka"),
        ("Okafor and Tanaka came. The duo refused.", "The duo", "okafor tanaka"),
        ("Okafor married Silva. The couple refused.", "The couple", "okafor silva"),
        ("Okafor and Silva came. The two leaders refused.", "The two leaders", "okafor silva"),
        ("Okafor and Silva came. Both ministers refused.", "Both ministers", "okafor silva"),
        ("Okafor, Silva and Tanaka met. All three refused.", "All three", "okafor silva tanaka"),
        ("Okafor, Silva and Tanaka met. The trio refused.", "The trio", "okafor silva tanaka"),
        (
            "Okafor met Silva and Tanaka. The three leaders refused.",
            "The three leaders",
            "okafor silva tanaka",
        ),
        (
            "Ghana, Peru and Oman met. All three countries refused.",
            "All three countries",
            "ghana oman peru",
        ),
        (
            "Ghana, Peru and Oman met. The three nations left.",
            "The three nations",
            "ghana oman peru",
        ),
        ("The Bank of Mora sued the Nile Fund. Both refused.", "Both", "bank fund"),
        ("Ghana and Peru met, and both refused.", "both", "ghana peru"),
        ("Okafor and Silva met before the two leaders left.", "the two leaders", "okafor silva"),
        ("Okafor met Silva in Peru. The two agreed.", "The two", "okafor silva"),
    ],
)
def test_a_collective_means_each_of_the_actors_before_it(text, words, actors):
    assert read(text) == [(actor, words) for actor in actors.split()]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Okafor met Silva. All three refused.", id="too few"),
        pytest.param("Okafor met Silva and Tanaka. Both refused.", id="too many"),
        pytest.param("Okafor met Silva. Two ministers refused.", id="indefinite"),
        pytest.param("Okafor met Silva. They read both notes.", id="a noun with -s"),
        pytest.param("Okafor met Silva. Ivo Lang and Jo Poe have both refused.", id="floating"),
        pytest.param("Okafor met Silva. A guard saw the two dogs.", id="another noun"),
        pytest.param("Okafor met Silva. Rain fell on both.", id="object of a preposition"),
        pytest.param("Okafor met Silva. The two countries refused.", id="of another kind"),
        pytest.param("Okafor met Silva. The former minister refused.", id="former before a noun"),
        pytest.param("Okafor met Silva and Tanaka. The latter refused.", id="latter of three"),
    ],
)
def test_a_collective_that_is_not_plain_stays_unresolved(text):
    assert read(text) == []


def test_the_former_and_the_latter_are_the_first_and_the_second_of_two():
    text = "Ghana disagrees with Peru. The former backs the Mora dam, while the latter rejected it."
    assert read(text) == [("ghana", "The former"), ("peru", "the latter")]


def test_a_collective_can_refer_to_a_collective():
    text = "Okafor, Silva and Tanaka met. All three backed the plan. The three later refused."
    assert read(text)[1::2] == [(actor, "The three") for actor in ("okafor", "silva", "tanaka")]


def test_what_all_three_want_is_wanted_by_each():
    text = "Okafor, Silva and Tanaka met. All three said the Mora dam was needed."
    pairs = read_pairs(AnnotatedArticle(read_article(text), WORLD))
    assert {pair.holder for pair in pairs} == {"okafor", "silva", "tanaka"}
