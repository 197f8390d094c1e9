from standpoint.codebook import parse_codebook
from standpoint.labeling import AnnotatedArticle
from standpoint.mentions import MentionMatcher
from standpoint.text import read_article

MARKETS = MentionMatcher(
    parse_codebook(
        {
            "name": "rates",
            "title": "Rates",
            "actors": [
                {"id": "analysts", "name": "Analysts", "aliases": ["dealers"], "kind": "group"},
                {"id": "gatt", "name": "GATT", "kind": "organisation"},
            ],
            "issues": [{"id": "rise", "name": "R", "favor": "y", "against": "n", "cues": ["rise"]}],
        },
        where="test",
    )
)


def sources(text):
    article = AnnotatedArticle(read_article(text), MARKETS)
    return [a.source.actor for a in article.attributions if a.kind == "paraphrase"]


def test_an_economist_is_one_of_the_analysts_that_the_text_has_quoted():
    text = "Analysts said rates will rise. Ana Roe, an economist at Mora, said it is late. Roe said so."
    assert sources(text)[:2] == ["analysts", "analysts"]
    assert sources("Ana Roe, an economist at Mora, said rates will rise.") == [None]


def test_somebody_of_a_bank_is_one_of_the_dealers_and_of_a_public_bank_is_not():
    firm = "Dealers said rates will rise. Ana Roe of Mora Bank said it is late."
    assert sources(firm) == ["analysts", "analysts"]
    public = "Dealers said rates will rise. Ana Roe of the World Bank said it is late."
    assert sources(public) == ["analysts", None]


def test_an_acronym_in_brackets_names_the_source_before_it():
    assert sources("The Agreement on Trade (GATT) said rates will rise.") == ["gatt"]
