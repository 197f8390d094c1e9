"""The annotation layers of an article: each found once, and indexed by sentence."""

from collections import Counter

import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling import annotated_article
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article

BOOK = {
    "name": "dam",
    "title": "The dam",
    "actors": [
        {"id": "kovac", "name": "Ana Kovac", "kind": "person"},
        {"id": "fund", "name": "Mora Dam Fund", "kind": "organisation"},
    ],
    "issues": [
        {"id": "dam", "name": "The dam", "favor": "It is built.", "against": "It is not.",
         "cues": ["Mora dam"]},
    ],
}  # fmt: skip
MATCHER = MentionMatcher(parse_codebook(BOOK, where="test"))
TEXT = "Ana Kovac came. “The Mora dam is dear. The Mora dam is ugly,” she said."


def annotated(text, matcher=MATCHER):
    return AnnotatedArticle(read_article(text), matcher)


def words(text, mentions):
    return [mention.span.of(text) for mention in mentions]


def test_each_layer_has_its_parts_in_the_order_of_the_text():
    article = annotated(TEXT)
    assert words(TEXT, article.mentions) == ["Ana Kovac", "she"]
    assert words(TEXT, article.cues) == ["Mora dam", "Mora dam"]
    assert [span.of(TEXT) for span in article.quotes] == [
        "The Mora dam is dear. The Mora dam is ugly,"
    ]
    assert {a.source.actor for a in article.attributions} == {"kovac"}
    assert article.issues == ["dam"]


def test_a_quotation_over_two_sentences_is_in_the_index_under_both():
    article = annotated(TEXT)
    kinds = {n: [a.kind for a in own] for n, own in article.attributions_by_sentence.items()}
    assert kinds == {1: ["quote"], 2: ["paraphrase", "quote"]}
    assert {n: words(TEXT, own) for n, own in article.cues_by_sentence.items()} == {
        1: ["Mora dam"],
        2: ["Mora dam"],
    }
    assert {n: words(TEXT, own) for n, own in article.mentions_by_sentence.items()} == {
        0: ["Ana Kovac"],
        2: ["she"],
    }


def test_a_cue_within_the_name_of_an_actor_is_no_mention_of_the_issue():
    text = "The Mora Dam Fund met. The Mora dam stood."
    article = annotated(text)
    assert words(text, article.cue_words) == ["Mora Dam", "Mora dam"]
    assert words(text, article.cues) == ["Mora dam"]


def test_an_issue_that_is_about_an_actor_is_named_by_the_actor():
    book = {**BOOK, "issues": [{**BOOK["issues"][0], "cues": ["weir"], "about": "kovac"}]}
    text = "The weir stood. Ana Kovac left."
    article = annotated(text, MentionMatcher(parse_codebook(book, where="test")))
    assert words(text, article.cues) == ["weir", "Ana Kovac"]
    assert article.may_name_issues


def test_names_are_given_from_the_start_of_the_sentence_or_of_another_part():
    article = annotated(TEXT)
    sentence = article.sentences[0]
    assert [(n.who, n.span.of(sentence.text)) for n in article.names_in(sentence)] == [
        ("kovac", "Ana Kovac")
    ]
    assert article.names_in(sentence, origin=article.sentences[1].span) == ()


@pytest.fixture
def calls(monkeypatch):
    """How often each layer is computed."""
    counts = Counter()

    def counted(name):
        function = getattr(annotated_article, name)

        def call(*args, **options):
            counts[name] += 1
            return function(*args, **options)

        monkeypatch.setattr(annotated_article, name, call)

    for name in ("find_quotes", "find_attributions", "resolve_references"):
        counted(name)
    return counts


def test_every_layer_is_computed_once(calls):
    article = annotated(TEXT)
    for _ in range(2):
        assert len(read_pairs(article)) == 2
    assert calls == {"find_quotes": 1, "find_attributions": 1, "resolve_references": 1}


def test_an_article_that_names_no_issue_is_not_annotated(calls):
    assert read_pairs(annotated("Ana Kovac said she came.")) == []
    assert calls == {}
