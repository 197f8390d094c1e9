"""Scores on real documents, by small documents whose answers can be counted by hand."""

from dataclasses import replace

import numpy as np
import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling import DEFAULT_POOLING, Floors, read_pairs
from standpoint.text import Span
from train.articles.error_stages import STAGES
from train.articles.real.reader_scores import score_reader
from train.articles.real.reading import Reader, same_sentences, without_cues
from train.articles.real.scores import JudgedDocument, score_real
from train.articles.real.stages import find_stages
from train.corpora.real.annotations import Evidence, RealCell, RealStatement
from train.corpora.real.documents import RealDocument

CODEBOOK = parse_codebook(
    {
        "name": "dam",
        "title": "The dam on the Drin",
        "actors": [
            {"id": "ruritania", "name": "Ruritania", "kind": "state"},
            {"id": "borduria", "name": "Borduria", "kind": "state"},
            {"id": "lind", "name": "Anna Lind", "kind": "person", "member_of": "ruritania"},
        ],
        "issues": [
            {
                "id": "river-dam",
                "name": "The river dam",
                "favor": "It is built.",
                "against": "It is not built.",
                "cues": ["river dam"],
            },
            {
                "id": "toll",
                "name": "Ships pay a toll",
                "favor": "They pay.",
                "against": "They do not.",
                "cues": ["shipping toll"],
            },
        ],
    },
    where="dam",
)
KINDS = {("dam", "river-dam"): "policy", ("dam", "toll"): "claim"}
FAVOR, AGAINST, NONE = np.eye(3)


def document(*sentences, kind="news", may=(), id="fakes/1"):
    """A document of sentences, each with what it says.

    A sentence is ``(text, *statements)``, a statement
    ``(holder, issue, stance[, attribution[, reference]])``; cells follow from the statements and
    are ``must``, but those of the actors ``may``.
    """
    text, statements = "", []
    for sentence, *said in sentences:
        start = len(text)
        text += f"{sentence} "
        for holder, issue, stance, *how in said:
            attribution = how[0] if how else "act"
            reference = how[1] if len(how) > 1 else "named"
            evidence = Evidence(start=start, end=start + len(sentence), quote=sentence)
            statements.append(
                RealStatement(
                    holder=holder, issue=issue, stance=stance, evidence=evidence,
                    attribution=attribution, reporter=None, reference=reference,
                )
            )  # fmt: skip
    cells = {(s.holder, s.issue, s.stance): s for s in statements if s.stance != "none"}
    strengths = ("must", "may")
    return RealDocument(
        id, text, kind, CODEBOOK, "dev", tuple(statements),
        tuple(
            RealCell(actor=actor, issue=issue, stance=stance, strength=strengths[actor in may])
            for actor, issue, stance in cells
        ),
        Span(0, len(text)),
    )  # fmt: skip


def read(*documents):
    reader = Reader()
    return [reader.read(document, read_pairs) for document in documents]


def reader_scores(*documents):
    return score_reader(read(*documents), issue_kinds=KINDS)


def scores(*documents, judge=lambda pair: FAVOR, oracle=(), **options):
    """The scores with a judge that gives each pair its probabilities."""
    judged = []
    for staged in map(find_stages, read(*documents)):
        shares = [judge(candidate.pair) for candidate in staged.candidates]
        judged.append(JudgedDocument(staged, np.array(shares, np.float32).reshape(-1, 3)))
    return score_real(
        judged,
        issue_kinds=KINDS,
        pooling=DEFAULT_POOLING,
        floors=Floors(0.4, 0.4),
        oracle=oracle,
        **options,
    )


def values(part):
    return (part.precision.value, part.recall.value, part.f1.value)


BACKS = ("Ruritania backs the river dam.", ("ruritania", "river-dam", "favor"))
REJECTS = ("Borduria rejects the river dam.", ("borduria", "river-dam", "against"))
BACK = ("Ruritania will do it soon.", ("ruritania", "river-dam", "favor", "act", "back"))
TOLL = ("Borduria wants a shipping toll.", ("borduria", "toll", "favor"))


SENTENCES = [Span(0, 10), Span(11, 20), Span(21, 60)]
SAME = [
    pytest.param(Span(0, 10), {0}, id="the same sentence"),
    pytest.param(Span(0, 20), {0, 1}, id="two of the reader's sentences"),
    pytest.param(Span(0, 15), {0}, id="a sentence and less than half of the next"),
    pytest.param(Span(30, 40), {2}, id="a part of a sentence"),
    pytest.param(Span(17, 41), {2}, id="most of it in a longer sentence"),
    pytest.param(Span(60, 70), set(), id="behind the last"),
]


@pytest.mark.parametrize(("evidence", "numbers"), SAME)
def test_sentences_are_the_same_if_they_share_half_of_the_shorter(evidence, numbers):
    assert same_sentences(evidence, SENTENCES) == numbers


def test_recall_of_the_reader_counts_gold_statements_that_are_candidates():
    result = reader_scores(document(BACKS, REJECTS, BACK, TOLL))
    assert (result.recall.value, result.recall.n) == (0.75, 4)
    assert (result.n_candidates, result.candidates_per_statement) == (3, 0.75)
    by_reference = result.by_facet["reference"]
    assert [by_reference[r]["recall"].value for r in ("named", "back")] == [1, 0]


def test_recall_of_statements_without_a_side_is_not_that_of_sides():
    asks = ("Ruritania asks about the river dam.", ("ruritania", "river-dam", "none"))
    result = reader_scores(document(asks, BACK))
    assert (result.recall.value, result.recall.n) == (0.5, 2)
    assert (result.recall_sides.value, result.recall_sides.n) == (0, 1)


def test_the_holder_is_scored_where_sentence_and_issue_are_right():
    wrong = ("Borduria fears the river dam.", ("ruritania", "river-dam", "favor"))
    result = reader_scores(document(BACKS, wrong, BACK))
    assert (result.holder_found.value, result.holder_found.n) == (0.5, 2)
    assert (result.holder_right.value, result.holder_right.n) == (0.5, 2)
    assert result.misses == {"holder": 1, "issue": 1, "no holder": 0, "neither": 0}


def test_a_candidate_in_a_sentence_without_gold_says_nothing_of_holders():
    result = reader_scores(document(("Borduria has a river dam.",), BACKS))
    assert (result.holder_right.value, result.holder_right.n) == (1, 1)


def test_the_voice_of_a_turn_is_its_speaker():
    turn = ("ANNA LIND: We will build it.", ("lind", "river-dam", "favor", "voice", "back"))
    result = reader_scores(document(turn))
    assert (result.voice.value, result.voice.n) == (1, 1)


def test_news_and_speech_are_scored_apart():
    result = reader_scores(document(BACKS), document(BACK, kind="remarks", id="whitehouse/1"))
    forms = result.by_facet["form"]
    assert [forms[form]["recall"].value for form in ("news", "speech")] == [1, 0]


def test_a_pipeline_that_is_right_scores_one():
    result = scores(
        document(BACKS, REJECTS),
        judge=lambda pair: AGAINST if pair.holder == "borduria" else FAVOR,
    )
    for part in result.parts.values():
        assert values(part) == (1, 1, 1)
        assert part.wrong_sign.value == 0
    assert set(result.causes["statements"].values()) == {0}


def test_the_opposite_side_is_a_wrong_sign_and_two_errors_of_stance():
    result = scores(document(BACKS, REJECTS))
    for part in result.parts.values():
        assert values(part) == (0.5, 0.5, 0.5)
        assert (part.wrong_sign.value, part.wrong_sign.n) == (0.5, 2)
    assert result.causes["statements"]["stance"] == 2
    assert result.causes["table"]["stance"] == 1


def test_a_side_where_gold_has_none_is_spurious_and_no_wrong_sign():
    asks = ("Ruritania asks about the river dam.", ("ruritania", "river-dam", "none"))
    result = scores(document(asks))
    for part in result.parts.values():
        assert (part.precision.value, part.precision.n) == (0, 1)
        assert part.wrong_sign.n == 0
    assert result.causes["statements"]["stance"] == 1


def test_none_where_gold_has_a_side_is_missed():
    result = scores(document(BACKS), judge=lambda pair: NONE)
    statements = result.parts["statements"]
    assert (statements.recall.value, statements.precision.n, statements.f1.value) == (0, 0, 0)


def test_a_defensible_cell_is_right_where_predicted_and_not_missed_where_not():
    may = document(BACKS, TOLL, may=["borduria"])
    found = scores(may).parts["table"]
    assert values(found) == (1, 1, 1)
    missed = scores(may, judge=lambda pair: FAVOR if pair.holder == "ruritania" else NONE)
    table = missed.parts["table"]
    assert values(table) == (1, 1, 1)
    assert (table.recall_all.value, table.recall_all.n) == (0.5, 2)
    assert missed.causes["table"] == dict.fromkeys(STAGES, 0)


def test_a_members_statement_counts_for_the_member_alone():
    member = document(("Anna Lind backs the river dam.", ("lind", "river-dam", "favor")))
    table = scores(member).parts["table"]
    assert values(table) == (1, 1, 1)
    assert table.precision.n == 1


def test_claims_and_policies_are_scored_apart():
    issues = scores(
        document(BACKS, TOLL), judge=lambda pair: NONE if pair.issue == "toll" else FAVOR
    )
    recalls = {
        kind: parts["table"].recall.value for kind, parts in issues.by_facet["issue"].items()
    }
    assert recalls == {"claim": 0, "policy": 1}


def test_recall_alone_is_known_by_how_gold_refers_to_the_issue():
    result = scores(document(BACKS, BACK))
    back = result.by_facet["reference"]["back"]["statements"]
    assert (back.recall.value, back.recall.n, back.precision, back.f1) == (0, 1, None, None)


CAUSES = [
    pytest.param(BACK, "issue", id="the issue is not found in the sentence"),
    pytest.param(
        ("It fears the river dam.", ("borduria", "river-dam", "against")),
        "mention",
        id="the holder is not recognised in an act",
    ),
    pytest.param(
        ("The river dam is good.", ("borduria", "river-dam", "favor", "voice")),
        "attribution",
        id="the speaker of own words is not found",
    ),
]


@pytest.mark.parametrize(("sentence", "stage"), CAUSES)
def test_a_missed_statement_is_due_to_the_stage_that_should_have_found_it(sentence, stage):
    result = scores(document(sentence))
    assert result.causes["statements"] == {**dict.fromkeys(STAGES, 0), stage: 1}
    assert result.causes["table"] == {**dict.fromkeys(STAGES, 0), stage: 1}
    perfect = scores(document(sentence), oracle=[stage, "stance"])
    assert values(perfect.parts["statements"]) == (1, 1, 1)


SPURIOUS = [
    pytest.param(("Borduria has a river dam.",), "issue", id="gold has nothing on the issue there"),
    pytest.param(
        ("Borduria and Ruritania back the river dam.", ("ruritania", "river-dam", "favor")),
        "mention",
        id="another holder is named",
    ),
]


@pytest.mark.parametrize(("sentence", "stage"), SPURIOUS)
def test_a_spurious_statement_is_due_to_the_stage_that_made_it_up(sentence, stage):
    result = scores(document(sentence))
    assert result.causes["statements"] == {**dict.fromkeys(STAGES, 0), stage: 1}
    perfect = scores(document(sentence), oracle=[stage])
    assert perfect.parts["statements"].precision.value in (1, None)


def test_with_every_stage_replaced_by_gold_all_is_right():
    both = (
        "Ruritania wants the river dam.",
        *(("ruritania", "river-dam", s) for s in ("favor", "against")),
    )
    texts = (BACKS, REJECTS, BACK, TOLL, both, *(case.values[0] for case in (*CAUSES, *SPURIOUS)))
    result = scores(document(*texts), judge=lambda pair: AGAINST, oracle=STAGES)
    for part in result.parts.values():
        assert values(part) == (1, 1, 1)


@pytest.mark.parametrize(("by_judge", "found"), [(True, 1), (False, 0)])
def test_unsure_statements_without_a_cue_add_up_where_a_judge_finds_them(by_judge, found):
    again = ("Ruritania will do it today.", *BACK[1:])
    weak = (0.38, 0.1, 0.3)
    table = scores(document(BACK, again), judge=lambda p: weak, oracle=["issue"], by_judge=by_judge)
    assert table.parts["table"].recall_all.value == found
    assert table.calibration["statements"].n == 2 * found


def test_without_cues_an_issue_is_found_by_its_name_alone():
    bare = without_cues(CODEBOOK)
    assert {issue.cues for issue in bare.issues} == {()}
    assert reader_scores(replace(document(BACKS), codebook=bare)).recall.value == 1
    renamed = bare.model_copy(
        update={"issues": tuple(i.model_copy(update={"name": "X"}) for i in bare.issues)}
    )
    assert reader_scores(replace(document(BACKS), codebook=renamed)).recall.value == 0


def test_an_interval_is_over_documents():
    alone = reader_scores(document(BACKS, BACK))
    assert alone.recall.ci95 is None
    both = reader_scores(document(BACKS), document(BACK, id="fakes/2"))
    assert both.recall.ci95 == (0, 1)


def test_other_candidates_of_a_document_share_what_is_found_in_it():
    reader, text = Reader(), document(BACKS, BACK)
    sure = reader.read(text, read_pairs)
    none = reader.read(text, lambda article: [])
    assert none.article is sure.article
    assert (len(sure.units), len(none.units)) == (1, 0)
