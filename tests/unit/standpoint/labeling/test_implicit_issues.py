"""Sentences that concern an issue without naming it."""

import json
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.labeling.implicit_issues import (
    THRESHOLD,
    WEIGHTS,
    IssueVectors,
    implicit_candidates,
    implicit_pairs,
    issue_probabilities,
    sentence_vectors,
    similarity_features,
)
from standpoint.labeling.labeler import Labeler
from standpoint.labeling.serialization import answer
from standpoint.mentions.matcher import MentionMatcher
from standpoint.model.encoder import EncodedSentence
from standpoint.model.linear import Head, LinearModel
from standpoint.model.manifest import Manifest
from standpoint.model.registry import Champion, Champions, Served
from standpoint.text.article import read_article
from standpoint.text.tokens import words_of

# Slow machines are no fault of what is tested.
USUAL = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SAME = {"wall": "dam", "price": "tariff"}
TELLING = ("dam", "tariff")


class WordEncoder:
    """Reads each word as a direction of its own; "wall" is "dam", and "price" is "tariff"."""

    digest = "a" * 64

    def encode(self, sentence, *, layers):
        words = words_of(sentence) or words_of("nothing")
        vectors = np.zeros((len(words), 256), np.float32)
        for row, word in zip(vectors, words, strict=True):
            key = SAME.get(word.key, word.key)
            row[crc32(key.encode()) % 256] = 20.0 if key in TELLING else 1.0
        offsets = np.array([[word.start, word.end] for word in words])
        return EncodedSentence(offsets, np.stack([vectors] * len(layers)), tuple(layers))


BOOK = {
    "name": "dam",
    "title": "The dam",
    "actors": [
        {"id": "kovac", "name": "Ana Kovac", "kind": "person", "member_of": "valdia"},
        {"id": "brandt", "name": "Peter Brandt", "kind": "person"},
        {"id": "valdia", "name": "Valdia", "kind": "state"},
    ],
    "issues": [
        {"id": "dam", "name": "The dam", "favor": "It is built.", "against": "It is not.",
         "cues": ["Mora dam"]},
        {"id": "tariff", "name": "The tariff", "favor": "It is raised.", "against": "It is not.",
         "cues": ["water tariff"]},
    ],
}  # fmt: skip
WORLD = MentionMatcher(parse_codebook(BOOK, where="test"))
CUED = "Valdia planned the Mora dam. "
BOTH = "Valdia planned the Mora dam and a water tariff. "


def vectors():
    return IssueVectors(WORLD.codebook, sentence_vectors(WordEncoder()))


def annotated(text):
    return AnnotatedArticle(read_article(text), WORLD)


def uncued(text):
    article = annotated(text)
    return list(implicit_candidates(article)), article.issues


def implied(text):
    """Holder, issue and sentence of every pair that is found without a cue."""
    pairs = read_pairs(annotated(text), vectors=vectors())
    return [(p.holder, p.issue, p.sentence.text) for p in pairs if p.cue is None]


# --- what speaks for an issue ---------------------------------------------------


def test_the_facts_of_each_issue_stand_in_their_order():
    likeness = np.array([0.5, 0.75, 0.25], np.float32)
    facts = similarity_features(
        likeness, before=frozenset({"b"}), issues=["a", "b", "c"], quoted=True
    )
    assert facts.tolist() == [
        [0.5, -0.25, 0, 0, 1, 0],
        [0.75, 0.25, 1, 1, 1, 0.75],
        [0.25, -0.5, 0, 0, 1, 0],
    ]


def test_the_only_issue_leads_by_all_its_likeness():
    facts = similarity_features(
        np.array([0.5], np.float32), before=frozenset(), issues=["a"], quoted=False
    )
    assert facts.tolist() == [[0.5, 0.5, 0, 0, 0, 0]]


def test_issues_that_are_equally_like_lead_by_nothing():
    likeness = np.array([0.5, 0.5, 0.25], np.float32)
    facts = similarity_features(likeness, before=frozenset(), issues=["a", "b", "c"], quoted=False)
    assert facts[:, 1].tolist() == [0, 0, -0.25]


def test_an_issue_named_before_beside_another_is_not_named_alone():
    likeness = np.array([0.5, 0.25], np.float32)
    facts = similarity_features(likeness, before=frozenset("ab"), issues=["a", "b"], quoted=False)
    assert facts[:, 2].tolist() == [1, 1]
    assert facts[:, 3].tolist() == [0, 0]


def test_an_issue_named_before_that_is_not_asked_about_is_not_counted():
    likeness = np.array([0.5], np.float32)
    facts = similarity_features(likeness, before=frozenset("z"), issues=["a"], quoted=False)
    assert facts[0, 2:4].tolist() == [0, 0]


def test_every_fact_has_a_weight_and_there_is_a_constant():
    facts = similarity_features(
        np.zeros(2, np.float32), before=frozenset(), issues=["a", "b"], quoted=False
    )
    assert facts.shape == (2, len(WEIGHTS) - 1)
    assert issue_probabilities(facts).tolist() == pytest.approx(
        [1 / (1 + np.exp(-WEIGHTS[-1]))] * 2
    )


LIKENESS = st.floats(-1, 1, width=32)


@USUAL
@given(
    st.lists(LIKENESS, min_size=1, max_size=5), st.integers(0, 4), LIKENESS, st.sets(st.integers(0, 4)),
    st.booleans(),
)  # fmt: skip
def test_the_more_like_an_issue_the_likelier_it_is_and_the_less_every_other(
    likeness, which, raised, before, quoted
):
    issues = [str(n) for n in range(len(likeness))]
    which %= len(issues)
    more = list(likeness)
    more[which] = max(raised, likeness[which])
    low, high = (
        issue_probabilities(
            similarity_features(
                np.array(values, np.float32), before=frozenset(map(str, before)), issues=issues,
                quoted=quoted,
            )
        )
        for values in (likeness, more)
    )  # fmt: skip
    assert ((low >= 0) & (low <= 1)).all()
    assert high[which] >= low[which] - 1e-6
    others = np.arange(len(issues)) != which
    assert (high[others] <= low[others] + 1e-6).all()


def test_a_reading_is_a_vector_of_length_one():
    read = sentence_vectors(WordEncoder())
    assert float(np.linalg.norm(read("Ana Kovac likes the wall."))) == pytest.approx(1)


def test_an_issue_is_read_once_by_its_name_its_poles_and_its_cues():
    texts = []
    read = sentence_vectors(WordEncoder())

    def noted(text):
        texts.append(text)
        return read(text)

    issue_vectors = IssueVectors(WORLD.codebook, noted)
    assert texts == []
    assert issue_vectors.of("dam") is issue_vectors.of("dam")
    assert texts == ["The dam", "It is built.", "It is not.", "Mora dam"]
    assert issue_vectors.of("dam").shape == (4, 256)
    assert issue_vectors.topic("tariff") == "The tariff"


# --- which sentences are looked at ----------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "holder", "speaks"),
    [
        pytest.param("Peter Brandt likes the wall.", "brandt", False, id="the only actor"),
        pytest.param("Peter Brandt said Brandt likes the wall.", "brandt", True, id="of himself"),
        pytest.param("Brandt is big because Brandt likes it.", "brandt", False, id="named twice"),
        pytest.param("“A wall is big,” Ana Kovac told Peter Brandt.", "kovac", True, id="a quote"),
        pytest.param("Ana Kovac said Peter Brandt likes walls.", "kovac", True, id="a paraphrase"),
    ],
)
def test_the_holder_is_the_speaker_or_else_the_only_actor(sentence, holder, speaks):
    (candidate,), named = uncued(f"{CUED}{sentence}")
    assert candidate.sentence.text == sentence
    assert candidate.holder.actor == holder
    assert (candidate.attribution is not None) == speaks
    assert candidate.attribution is None or candidate.attribution.source.actor == holder
    assert named == ["dam"]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Ana Kovac and Peter Brandt like walls.", id="two actors, no speaker"),
        pytest.param(
            "“A wall is big,” a farmer told Peter Brandt.", id="a speaker who is no actor"
        ),
        pytest.param("Everybody likes walls.", id="nobody"),
        pytest.param("Peter Brandt likes the Mora dam.", id="a cue"),
    ],
)
def test_a_sentence_without_a_plain_holder_or_with_a_cue_is_not_looked_at(sentence):
    assert uncued(f"{CUED}{sentence}")[0] == []


def test_a_speaker_need_not_be_named_in_the_sentence():
    first, second = uncued(f"{CUED}\n\n“A wall is big. Nobody will see it,” Ana Kovac said.")[0]
    assert (first.holder, first.attribution.source.actor) == (None, "kovac")
    assert (first.quoted, second.quoted) == (True, True)
    assert second.holder.actor == "kovac"


def test_what_the_sentence_before_names_is_told():
    text = "Valdia planned the Mora dam. Ana Kovac likes walls. Ana Kovac came."
    candidates, _ = uncued(text)
    assert [candidate.before for candidate in candidates] == [frozenset({"dam"}), frozenset()]
    assert not any(candidate.quoted for candidate in candidates)


def test_the_issues_that_an_article_names_are_told_once_in_their_order():
    assert uncued(f"{BOTH}The Mora dam stood.")[1] == ["dam", "tariff"]


# --- what is found --------------------------------------------------------------


def test_a_sentence_that_is_like_an_issue_concerns_it():
    assert implied(f"{CUED}Peter Brandt likes the wall.") == [
        ("brandt", "dam", "Peter Brandt likes the wall.")
    ]


def test_a_sentence_that_is_like_nothing_concerns_nothing():
    assert implied(f"{CUED}Peter Brandt likes the weather.") == []


def test_an_issue_that_the_article_never_names_is_not_found():
    assert implied(f"{CUED}Peter Brandt likes the price.") == []
    assert implied("Rain fell. Peter Brandt likes the wall.") == []
    assert implied(f"{BOTH}Peter Brandt likes the price.") == [
        ("brandt", "tariff", "Peter Brandt likes the price.")
    ]


def test_a_sentence_concerns_one_issue_at_most():
    text = f"{BOTH}Peter Brandt likes the wall, the wall and the price."
    pairs = implied(text)
    assert pairs == [("brandt", "dam", "Peter Brandt likes the wall, the wall and the price.")]


def test_what_is_found_is_at_least_as_likely_as_the_threshold():
    article = annotated(f"{CUED}Peter Brandt likes the wall.")
    assert implicit_pairs(article, vectors())
    read = sentence_vectors(WordEncoder())
    unlike = IssueVectors(WORLD.codebook, lambda text: read(text) * np.float32(0.5))
    assert implicit_pairs(article, unlike) == []
    assert 0.5 < THRESHOLD < 1


def test_nothing_is_looked_for_without_vectors():
    text = f"{CUED}Peter Brandt likes the wall."
    assert all(pair.cue is not None for pair in read_pairs(annotated(text)))


def test_a_pair_without_a_cue_is_read_toward_the_issue_in_words():
    text = f"{CUED}“The wall is big,” Ana Kovac said."
    pairs = read_pairs(annotated(text), vectors=vectors())
    (pair,) = (p for p in pairs if p.cue is None)
    given_text = pair.text()
    assert (given_text.target, given_text.topic) == (None, "The dam")
    assert given_text.holder.of(given_text.text) == "Ana Kovac"
    assert pair.pole == "favor"
    assert [name.who for name in given_text.names] == ["kovac"]


@pytest.mark.parametrize(
    ("sentence", "kind", "cue"),
    [
        ("“The wall is big,” Ana Kovac said.", "quote", "said"),
        ("Ana Kovac said that the wall is big.", "paraphrase", "said"),
        ("Ana Kovac likes the wall.", "narrator", None),
    ],
)
def test_how_a_statement_without_a_cue_is_made_is_told(sentence, kind, cue):
    pairs = read_pairs(annotated(f"{CUED}{sentence}"), vectors=vectors())
    assert [(p.kind, p.attributed_by) for p in pairs if p.cue is None] == [(kind, cue)]


def test_pairs_stand_in_the_order_of_their_sentences():
    text = f"{CUED}Peter Brandt likes the wall. Ana Kovac saw the Mora dam."
    pairs = read_pairs(annotated(text), vectors=vectors())
    assert [p.sentence.index for p in pairs] == [0, 1, 2]


def test_an_actor_whom_an_issue_is_about_is_no_holder_without_a_cue_either():
    about = {**BOOK, "issues": [{**BOOK["issues"][0], "about": "brandt"}]}
    lexicon = MentionMatcher(parse_codebook(about, where="test"))
    article = read_article(f"{CUED}He likes the wall. Peter Brandt likes the wall.")
    issue_vectors = IssueVectors(lexicon.codebook, sentence_vectors(WordEncoder()))
    assert {
        p.holder for p in read_pairs(AnnotatedArticle(article, lexicon), vectors=issue_vectors)
    } == {"valdia"}


# --- and what becomes of it -----------------------------------------------------


def words_model():
    """A model that knows "likes", "hates" and, faintly for it, "warms"."""
    weights = np.array([[5, 0, 0], [0, 5, 0], [1.1, 1.0, 0]], dtype=np.float32)
    features = {"kind": "ngrams", "words": (1, 1), "chars": (1, 0), "window": 0, "min_count": 1}
    manifest = Manifest(
        format=1, task="stance", labels=("favor", "against", "none"), features=features,
        encoder=None, run_id="r1", config="words", created="2025-01-01T00:00:00+00:00", corpus={},
        scores={}, note="", files={},
    )  # fmt: skip
    head = Head(weights, np.array([0, 0, 1], np.float32), 1.0, np.ones(3, np.float32))
    return LinearModel(manifest, head, ("w:likes", "w:hates", "w:warms"))


def labelled(text):
    return Labeler(stance=words_model(), encoder=WordEncoder()).label(read_article(text), WORLD)


def test_a_statement_without_a_cue_counts_in_the_table():
    rows = labelled(f"{CUED}Ana Kovac hates the wall.").stances
    assert [(r.actor, r.issue, r.stance) for r in rows] == [
        ("valdia", "dam", "against"),
        ("kovac", "dam", "against"),
    ]


@pytest.mark.parametrize(
    "sentence", ["Ana Kovac saw the wall.", "Ana Kovac warms to the wall."], ids=["none", "unsure"]
)
def test_a_sentence_without_a_cue_that_takes_no_side_is_no_statement(sentence):
    text = f"{CUED}{sentence}"
    assert implied(text)
    assert {s.pair.holder for s in labelled(text).statements} == {"valdia"}


def test_the_answer_says_that_there_is_no_cue():
    text = f"{CUED}Ana Kovac hates the wall."
    champions = Champions(
        Champion(words_model(), Served("champion", Path("1"), 1)), None, WordEncoder()
    )
    labelled_article = json.loads(json.dumps(answer(labelled(text), champions)))
    cued, statement = labelled_article["statements"]
    assert cued["cue"]["text"] == "Mora dam"
    assert statement["cue"] is None
    assert (statement["holder"], statement["issue"], statement["stance"]) == (
        "kovac", "dam", "against",
    )  # fmt: skip
    assert statement.keys() == cued.keys()
    for span in (statement["evidence"], statement["holder_span"]):
        assert text[span["start"] : span["end"]] == span["text"]
    assert statement["evidence"]["text"] == "Ana Kovac hates the wall."
