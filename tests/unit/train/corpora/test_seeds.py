"""Seeds whose statements do not name their issue: ``"cue": null``."""

import pytest

from train.corpora.seeds import SeedArticle, Seeds, check_statements, seed_corpus

BACKS = (
    "Ruritania backs the river dam.",
    ("ruritania", "Ruritania", "river-dam", "river dam", "favor"),
)
STOP = (
    "Borduria drops the building freeze.",
    ("borduria", "Borduria", "river-dam", "!building freeze", "favor"),
)
IMPLIED = (
    "Anna Lind told Borduria to go ahead.",
    ("lind", "Anna Lind", "river-dam", None, "favor"),
)
SPOKEN = ('"Over my dead body."', ("lind", None, "river-dam", None, "against"))  # fmt: skip


def check(article, codebook):
    return check_statements(article.text, article.statements, codebook)


@pytest.fixture
def codebook(gold_of):
    return gold_of(BACKS).matcher.codebook


@pytest.fixture
def seed(seed_row):
    def make(*sentences):
        return SeedArticle.model_validate(seed_row("a", "dam", *sentences))

    return make


@pytest.fixture
def corpus(seed, codebook):
    def make(*sentences, task="stance"):
        return seed_corpus(Seeds((seed(*sentences),), {"dam": codebook}), task=task)

    return make


def test_a_statement_without_a_cue_is_no_fault(seed, codebook):
    assert list(check(seed(BACKS, STOP, IMPLIED, SPOKEN), codebook)) == []


FAULTS = [
    pytest.param(
        [(IMPLIED[0], (*IMPLIED[1][:-1], "none"))],
        ["statements[0].stance: must be favor or against where there is no cue, got 'none'."],
        id="no side",
    ),
    pytest.param(
        [(*IMPLIED, (*IMPLIED[1][:-1], "against"))],
        ["statements[1]: must be new, got 'lind' on river-dam in one sentence twice."],
        id="twice without a cue",
    ),
    pytest.param(
        [(*BACKS, BACKS[1])],
        ["statements[1]: must be new, got 'ruritania' on one cue twice."],
        id="twice on a cue",
    ),
    pytest.param(
        [(IMPLIED[0], ("nobody", None, "nothing", None, "favor"))],
        [
            "statements[0].holder: must be an actor of dam, got 'nobody'.",
            "statements[0].issue: must be an issue of dam, got 'nothing'.",
        ],
        id="holder and issue that nobody knows",
    ),
    pytest.param(
        [(IMPLIED[0], ("lind", " told", "river-dam", None, "favor"))],
        ["statements[0].holder_span: must begin with a word, got ' told'."],
        id="span that begins with a space",
    ),
    pytest.param(
        [BACKS, (" Anna Lind told Borduria to go ahead.", IMPLIED[1])],
        [
            "statements[1].evidence: must begin with a word, "
            "got ' Anna Lind told Borduria to go ahead.'."
        ],
        id="evidence that begins with a space",
    ),
]


@pytest.mark.parametrize(("sentences", "faults"), FAULTS)
def test_a_fault_of_a_statement_is_told(seed, codebook, sentences, faults):
    assert list(check(seed(*sentences), codebook)) == faults


def test_one_holder_may_take_sides_on_two_issues_in_a_sentence_that_names_neither(seed, codebook):
    sentence, said = IMPLIED
    other = (*said[:2], "toll", *said[3:])
    assert list(check(seed((sentence, said, other)), codebook)) == []


def test_records_tell_statements_with_a_cue_from_those_without(corpus):
    found = corpus(BACKS, STOP, IMPLIED, SPOKEN)
    assert [r.tags for r in found.records] == [("cued",), ("cued",), ("implied",), ("implied",)]
    assert found.tags() == ("cued", "implied")


def test_a_statement_without_a_cue_is_toward_its_issue_in_words(corpus):
    *_, implied, spoken = corpus(BACKS, STOP, IMPLIED, SPOKEN).records
    assert implied.target == {"name": "The river dam", "start": None, "end": None}
    assert (implied.pair().target, implied.pair().topic) == (None, "The river dam")
    assert implied.text == IMPLIED[0]
    assert implied.pair().holder.of(implied.text) == "Anna Lind"
    assert (spoken.holder, spoken.issue, spoken.actor) == (None, "river-dam", "lind")


def test_only_a_cue_of_the_other_pole_turns_a_label(corpus):
    labels = [record.label for record in corpus(BACKS, STOP, IMPLIED, SPOKEN).records]
    assert labels == ["favor", "against", "favor", "against"]


def test_the_sentiment_of_a_statement_without_a_cue_is_its_own(corpus):
    assert [r.label for r in corpus(IMPLIED, SPOKEN, task="sentiment").records] == ["neutral"] * 2


def test_records_hold_the_names_of_actors_of_their_sentence_and_no_pronouns(corpus):
    she = ("She waved Ruritania through.", ("lind", "She", "toll", None, "favor"))
    implied, later = corpus(IMPLIED, she).records
    assert [(name.who, name.span.of(implied.text), name.kind) for name in implied.names] == [
        ("lind", "Anna Lind", "person"),
        ("borduria", "Borduria", "state"),
    ]
    assert [(name.who, name.span.of(later.text)) for name in later.names] == [
        ("ruritania", "Ruritania")
    ]


def test_a_dataset_of_statements_without_a_cue_has_targets_without_offsets(corpus):
    (row,) = corpus(IMPLIED).dataset()
    assert row["target"] == {"name": "The river dam", "start": None, "end": None}
    assert row["tags"] == ["implied"]
