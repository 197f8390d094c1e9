from dataclasses import replace

import numpy as np
import pytest

from standpoint.labeling.implicit_issues import IssueVectors
from train.articles.error_stages import (
    STAGES,
    candidates_of,
    comentioned_candidates,
    replace_with_gold,
    unit_of,
)


def told(candidates):
    return [(*unit_of(c.pair), c.is_predicted, c.gold, c.error_stage) for c in candidates]


READ, UNREAD = True, False
BACKS = (
    "Ruritania backs the river dam.",
    ("ruritania", "Ruritania", "river-dam", "river dam", "favor"),
)
FREEZE = (
    "Ruritania wants the river dam and the building stop.",
    ("ruritania", "Ruritania", "river-dam", "river dam", "favor"),
    ("ruritania", "Ruritania", "river-dam", "!building stop", "against"),
)


def test_a_pair_that_a_reader_takes_too_is_nobodys_fault(gold_of):
    assert told(candidates_of(gold_of(BACKS))) == [
        (0, "ruritania", "river-dam", READ, "favor", None)
    ]


MISSED = [
    pytest.param(
        ("The visitor backs the river dam.", ("lind", "The visitor", "river-dam", "river dam", "favor")),
        "mention",
        id="a holder that is not resolved, and no other pair in the sentence",
    ),
    pytest.param(
        (
            "The visitor and Borduria back the river dam.",
            ("lind", "The visitor", "river-dam", "river dam", "favor"),
            ("borduria", "Borduria", "river-dam", "river dam", "favor"),
        ),
        "mention",
        id="a holder that is not resolved beside one that is",
    ),
    pytest.param(
        ('"The river dam is good."', ("lind", None, "river-dam", "river dam", "favor")),
        "attribution",
        id="the speaker of a quotation",
    ),
    pytest.param(
        ("Anna Lind backs the great wall.", ("lind", "Anna Lind", "river-dam", "great wall", "favor")),
        "issue",
        id="a cue that is not in the codebook",
    ),
    pytest.param(
        ("Anna Lind is all for it.", ("lind", "Anna Lind", "river-dam", None, "favor")),
        "issue",
        id="a sentence that does not name its issue",
    ),
    pytest.param(
        ("The visitor backs the great wall.", ("lind", "The visitor", "river-dam", "great wall", "favor")),
        "issue",
        id="neither holder nor cue: the sentence is not found to concern the issue",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "cause"), MISSED)
def test_a_missed_statement_is_due_to_the_stage_that_should_have_found_it(gold_of, sentence, cause):
    (missed,) = (c for c in candidates_of(gold_of(sentence)) if not c.is_predicted)
    assert told([missed]) == [(0, "lind", "river-dam", UNREAD, "favor", cause)]


def test_a_holder_taken_for_another_is_missed_once_and_made_up_once(gold_of):
    gold = gold_of(
        ("Anna Lind met Borduria.",),
        ("She backs the river dam.", ("borduria", "She", "river-dam", "river dam", "favor")),
    )
    assert told(candidates_of(gold)) == [
        (1, "lind", "river-dam", READ, None, "mention"),
        (1, "borduria", "river-dam", UNREAD, "favor", "mention"),
    ]


def test_a_speaker_taken_for_another_is_the_fault_of_attribution_both_times(gold_of):
    gold = gold_of(
        ('Anna Lind spoke. "The weather is fine," she said.',),
        (
            '"And the shipping toll is silly."',
            ("borduria", None, "toll", "shipping toll", "against"),
        ),
    )
    assert told(candidates_of(gold)) == [
        (2, "lind", "toll", READ, None, "attribution"),
        (2, "borduria", "toll", UNREAD, "against", "attribution"),
    ]


def test_a_pair_on_an_issue_that_nobody_takes_the_sentence_to_concern_is_due_to_the_cue(gold_of):
    gold = gold_of(("Anna Lind bathed by the river dam.",))
    assert told(candidates_of(gold)) == [(0, "lind", "river-dam", READ, None, "issue")]


def test_where_a_sentence_takes_two_sides_the_one_by_an_unknown_cue_is_missed(gold_of):
    assert told(candidates_of(gold_of(FREEZE))) == [
        (0, "ruritania", "river-dam", READ, "favor", None),
        (0, "ruritania", "river-dam", UNREAD, "against", "issue"),
    ]


def test_no_second_statement_is_missed_where_it_takes_no_side_or_the_same(gold_of):
    for stance in ("none", "favor"):
        sentence, first, (*second, _) = FREEZE
        found = candidates_of(gold_of((sentence, first, (*second, stance))))
        assert [c.is_predicted for c in found] == [READ]


def test_a_pair_has_the_stance_of_its_own_cue(gold_of):
    gold = gold_of(
        (
            "Ruritania backs the river dam and drops the building freeze.",
            ("ruritania", "Ruritania", "river-dam", "river dam", "favor"),
            ("ruritania", "Ruritania", "river-dam", "!building freeze", "none"),
        )
    )
    assert [(c.pair.pole, c.gold) for c in candidates_of(gold)] == [
        ("favor", "favor"),
        ("against", "none"),
    ]


def test_a_missed_statement_gets_the_cue_it_is_on_of_several_that_are_found(gold_of):
    gold = gold_of(
        (
            "The river dam first, the visitor then backs the building freeze.",
            ("lind", "the visitor", "river-dam", "!building freeze", "against"),
        )
    )
    (missed,) = candidates_of(gold)
    assert (missed.error_stage, missed.pair.pole) == ("mention", "against")
    assert missed.pair.text().target.of(missed.pair.sentence.text) == "building freeze"
    assert missed.pair.text().holder.of(missed.pair.sentence.text) == "the visitor"


def test_a_missed_statement_without_a_cue_is_judged_on_its_issue_in_words(gold_of):
    (missed,) = candidates_of(
        gold_of(("Anna Lind is all for it.", ("lind", "Anna Lind", "toll", None, "favor")))
    )
    assert (missed.pair.text().target, missed.pair.text().topic) == (None, "A toll on ships")
    assert [name.who for name in missed.pair.names] == ["lind"]


def test_where_statements_without_a_side_are_not_annotated_two_names_take_none(gold_of):
    gold = replace(gold_of(("Anna Lind met Borduria. She backs the river dam.",)), exhaustive=False)
    assert told(candidates_of(gold)) == [(1, "lind", "river-dam", READ, None, "mention")]
    gold = replace(gold_of(("Anna Lind bathed by the river dam.",)), exhaustive=False)
    assert told(candidates_of(gold)) == [(0, "lind", "river-dam", READ, "none", None)]


WRONG = (
    ("Anna Lind met Borduria.",),
    ("She backs the river dam.", ("borduria", "She", "river-dam", "river dam", "favor")),
    ("Ruritania likes the great wall.", ("ruritania", "Ruritania", "river-dam", "great wall", "favor")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("oracle", "holders"),
    [
        ((), ["lind"]),
        (("stance", "adding up", "attribution"), ["lind"]),
        (("mention",), ["borduria"]),
        (("issue",), ["lind", "ruritania"]),
        (STAGES, ["borduria", "ruritania"]),
    ],
)
def test_a_perfect_stage_makes_the_pairs_it_missed_and_no_others(gold_of, oracle, holders):
    kept = replace_with_gold(candidates_of(gold_of(*WRONG)), oracle=oracle)
    assert [c.pair.holder for c in kept] == holders


def test_the_baseline_pairs_every_name_and_cue_of_a_sentence_and_reads_no_speaker(gold_of):
    gold = gold_of(
        ("Ruritania backs the river dam.", ("ruritania", "Ruritania", "river-dam", "river dam", "favor")),
        ("Anna Lind and Borduria spoke of the shipping toll.",),
        ('"The river dam is good," she said.', ("lind", None, "river-dam", "river dam", "favor")),
    )  # fmt: skip
    assert told(comentioned_candidates(gold)) == [
        (0, "ruritania", "river-dam", READ, "favor", None),
        (1, "lind", "toll", READ, None, None),
        (1, "borduria", "toll", READ, None, None),
    ]


def test_nothing_is_read_where_there_is_nothing(gold_of):
    assert (
        candidates_of(gold_of(("It rained.",)))
        == comentioned_candidates(gold_of(("It rained.",)))
        == []
    )


def of_barriers(text):
    """A reader to whom a barrier is the dam, and all else is not."""
    alike = any(word in text.casefold() for word in ("dam", "barrier"))
    return np.array([alike, not alike], np.float32)


def looked_for(gold):
    vectors = IssueVectors(gold.matcher.codebook, of_barriers)
    return told(candidates_of(gold, vectors=vectors))


BARRIER = ("Borduria praises the barrier.", ("borduria", "Borduria", "river-dam", None, "favor"))


def test_with_vectors_a_sentence_that_does_not_name_its_issue_is_looked_for(gold_of):
    assert told(candidates_of(gold_of(BACKS, BARRIER)))[-1][3:] == (UNREAD, "favor", "issue")
    assert looked_for(gold_of(BACKS, BARRIER))[-1] == (
        1,
        "borduria",
        "river-dam",
        READ,
        "favor",
        None,
    )


def test_a_cue_that_the_codebook_lacks_may_be_found_by_its_likeness(gold_of):
    sentence, (*said, _, stance) = BARRIER
    gold = gold_of(BACKS, (sentence, (*said, "barrier", stance)))
    assert looked_for(gold)[-1] == (1, "borduria", "river-dam", READ, "favor", None)


def test_a_sentence_wrongly_taken_to_concern_an_issue_is_the_fault_of_the_issue(gold_of):
    for exhaustive in (True, False):
        gold = replace(gold_of(BACKS, BARRIER[:1]), exhaustive=exhaustive)
        assert looked_for(gold)[-1] == (1, "borduria", "river-dam", READ, None, "issue")
