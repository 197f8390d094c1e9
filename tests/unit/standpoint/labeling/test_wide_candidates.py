import numpy as np
import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.judge import HOLDER_FEATURES
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.labeling.holder_candidates import (
    holder_candidates,
    holder_features,
)
from standpoint.labeling.issue_relevance import RELEVANCE_FEATURES, relevance_features
from standpoint.labeling.wide_candidates import WIDE_FEATURES, wide_features, wide_pairs
from standpoint.labeling.wide_weights import LEXICAL, WITH_VECTORS
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article
from tests.unit.standpoint.labeling.test_implicit_issues import WORLD, vectors
from tests.unit.standpoint.labeling.voiced import annotate as spoken

TEXT = (
    "Ana Kovac said the Mora dam must be built. It would give the valley water and light. "
    "Peter Brandt left the room."
)


def annotated(text):
    return AnnotatedArticle(read_article(text), WORLD)


def units(pairs):
    return {(pair.sentence.index, pair.holder, pair.issue) for pair in pairs}


def column(features, name):
    return features[..., RELEVANCE_FEATURES.index(name)]


# --- holders --------------------------------------------------------------------


def test_a_source_is_carried_into_the_sentences_behind():
    first, second, third = holder_candidates(annotated(TEXT))
    assert list(first) == ["kovac"] and first["kovac"].is_source
    assert second["kovac"].carried == 1 and not second["kovac"].is_source
    assert third["brandt"].carried == 0 and third["kovac"].carried == 2


@pytest.mark.parametrize(
    ("sentences", "carried"),
    [
        (["Ana Kovac came.", *["Rain fell."] * 3], [0, 1, 2, None]),
        (["Ana Kovac said the dam will stand.", *["Rain fell."] * 3], [0, 1, 2, None]),
        (["Ana Kovac came.", *["A farmer said so."] * 6], [0, 1, 2, 3, 4, 5, None]),
        (["Ana Kovac said it stands.", *["A farmer said so."] * 6], [0, 1, 2, 3, 4, 5, None]),
        (["Ana Kovac came.", *["Peter Brandt said it stands."] * 2], [0, 1, None]),
    ],
    ids=["mention", "source", "unknown source", "source before unknown ones", "known source"],
)
def test_a_candidate_is_carried_by_what_it_was_and_by_who_speaks(sentences, carried):
    candidates = holder_candidates(annotated(" ".join(sentences)))
    found = [own.get("kovac") for own in candidates]
    assert [c.carried if c else None for c in found] == carried


@pytest.mark.parametrize(
    ("said", "carried"),
    [
        ("It rains.", {"kovac": 0}),
        ("They sell water.", {"kovac": 0, "oster": 1}),
        ("He wants it.", {"kovac": 0, "oster": None}),
    ],
)
def test_what_a_speaker_only_mentions_is_carried_on_where_a_pronoun_may_mean_it(said, carried):
    text = f"KOVAC: We met Oster. {said}\n\nMR. ROE: It pours."
    own = holder_candidates(spoken(text))[1]
    assert {actor: own[actor].carried if actor in own else None for actor in carried} == carried


def test_a_person_is_carried_on_among_the_words_of_another():
    text = (
        "KOVAC: Peter Brandt and Chidi Okonkwo came. It rains. He wants it.\n\nMR. ROE: It pours."
    )
    assert holder_candidates(spoken(text))[2]["brandt"].carried == 2


@pytest.mark.parametrize(
    ("asked", "candidates"),
    [
        ("Do you want the dam?", {"kovac"}),
        ("What of the dam?", {"kovac"}),
        ("Thank you.", {"kovac"}),
        ("It rains.", set()),
    ],
)
def test_who_answers_a_question_may_be_meant_in_it(asked, candidates):
    text = f"MR. ROE: It rains.\n\nQ    {asked}\n\nQ    Hello.\n\nKOVAC: It pours."
    assert holder_candidates(spoken(text))[1].keys() == candidates


RIVER = {
    "name": "river",
    "title": "The river",
    "actors": [{"id": "agency", "kind": "organisation", "name": "River Agency"}],
    "issues": [{"id": "dam", "name": "The dam", "favor": "y", "against": "n", "cues": ["dam"]}],
}


def of_river(text):
    return AnnotatedArticle(read_article(text), MentionMatcher(parse_codebook(RIVER, where="test")))


def test_a_possible_mention_is_a_candidate_and_no_sure_holder():
    article = of_river("The agency wants the dam.")
    assert holder_candidates(article)[0]["agency"].is_possible
    assert read_pairs(article) == []


@pytest.mark.parametrize("source", ["The agency", "A river agency", "The agency’s spokesman"])
def test_the_only_actor_that_an_unknown_source_may_mean_is_a_sure_holder(source):
    article = of_river(f"{source} said the dam is safe.")
    assert [pair.holder for pair in read_pairs(article)] == ["agency"]


@pytest.mark.parametrize(
    "text",
    [
        "Their agency said the dam is safe.",
        "Three agencies said the dam is safe.",
        "The agency asked whether the dam is safe.",
        "A deputy of the agency said the dam is safe.",
    ],
)
def test_others_of_the_kind_and_who_asks_are_no_sure_holders(text):
    assert read_pairs(of_river(text)) == []


def test_a_possible_mention_within_an_unknown_source_makes_it_the_actors():
    article = of_river("Roe Tarr, River Agency head, spoke. Rain fell. The dam is safe, Tarr said.")
    candidate = holder_candidates(article)[2]["agency"]
    assert candidate.is_source and candidate.attribution.source.text == "Tarr"


def test_the_speaker_of_a_turn_is_a_candidate_in_each_of_its_sentences():
    text = "KOVAC: We need it.\n\nBRANDT: No.\n\nKOVAC: The dam is good. Build the Mora dam."
    candidates = holder_candidates(annotated(text))
    assert [[a for a, c in own.items() if c.is_voice] for own in candidates] == [
        ["kovac"],
        ["brandt"],
        ["kovac"],
        ["kovac"],
    ]


def test_holder_features_are_one_row_for_each_candidate():
    article = annotated(TEXT)
    candidates = holder_candidates(article)
    features = holder_features(article, candidates)
    assert [rows.shape for rows in features] == [
        (len(own), len(HOLDER_FEATURES)) for own in candidates
    ]


# --- relevance ------------------------------------------------------------------


@pytest.mark.parametrize("has_vectors", [True, False])
def test_relevance_has_a_row_for_each_issue_and_sentence(has_vectors):
    features = relevance_features(annotated(TEXT), vectors() if has_vectors else None)
    assert features.shape == (2, 3, len(RELEVANCE_FEATURES))
    assert np.isfinite(features).all()
    assert bool(column(features, "similarity").any()) == has_vectors


def test_a_cue_counts_in_its_sentence_and_fades_behind_it():
    dam, tariff = relevance_features(annotated(TEXT), None)
    assert column(dam, "cue").tolist() == [1, 0, 0]
    assert column(dam, "cue_before").tolist() == [0, 1, 0]
    recency = column(dam, "cue_recency")
    assert recency[0] == 0 and recency[1] > recency[2] > 0
    assert not column(tariff, "cue").any()


def test_words_shared_with_the_issue_count_and_function_words_do_not():
    article = annotated("The dam stands. It is what it is.")
    dam, _ = relevance_features(article, None)
    overlap = column(dam, "word_overlap")
    assert overlap[0] > 0 and overlap[1] == 0


# --- candidates -----------------------------------------------------------------


@pytest.mark.parametrize("has_vectors", [True, False])
def test_wide_candidates_hold_all_sure_pairs_as_they_are(has_vectors):
    article = annotated(TEXT)
    given = vectors() if has_vectors else None
    sure = read_pairs(article, vectors=given)
    wide = wide_pairs(article, vectors=given)
    assert sure and {id(pair.cue) for pair in sure} <= {id(pair.cue) for pair in wide}
    assert units(sure) <= units(wide)
    assert len(wide) == len(units(wide))


def test_speech_that_goes_on_brings_its_source_and_issue_together():
    text = "Ana Kovac said the Mora dam must be built. The dam is built for water, she believes."
    assert (1, "kovac", "dam") in units(wide_pairs(annotated(text)))


def test_a_wide_pair_without_a_cue_has_the_issue_in_words():
    text = "Ana Kovac said the Mora dam must be built. The dam will be built, not later."
    extra = [p for p in wide_pairs(annotated(text)) if p.sentence.index == 1]
    assert [(p.cue, p.topic, p.eligibility) for p in extra if p.issue == "dam"] == [
        (None, "The dam", "possible")
    ]


def test_the_weights_fit_the_features():
    for model in (WITH_VECTORS, LEXICAL):
        assert len(model.weights) == len(WIDE_FEATURES)
    for _, _, own, features in wide_features(annotated(TEXT), None):
        assert features.shape == (len(own), len(WIDE_FEATURES))


def test_texts_without_actors_or_sentences_have_none():
    assert wide_pairs(annotated("Rain fell. Snow fell.")) == []
