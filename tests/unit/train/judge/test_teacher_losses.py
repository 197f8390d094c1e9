"""The losses of a teacher's answers, and what a batch holds of them."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from standpoint.judge import HolderQuery, IssueText, SentenceText, TargetQuery
from standpoint.text import Span
from train.config import JudgeTeacher
from train.config.model import Source
from train.finetune.pretrained import find_weights
from train.judge.batches import NO_CANDIDATE, Collator, Variants
from train.judge.distillation.losses import label_weights, teacher_losses
from train.judge.export import reading_settings
from train.judge.network.encoder_parts import EncoderParts
from train.judge.network.judge_network import JudgeLogits
from train.judge.optimization import judge_losses, total_loss
from train.judge.token_sequences import TokenSequences
from train.judge.units import TeacherAnswer, Unit, UnitCandidate, UnitPlace, UnitTarget

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch
TEACHER = JudgeTeacher(config="teacher.toml", temperature=2.0, weight=0.75)
ISSUE = IssueText("The dam", "The dam.", "The talks.")


def unit(issue=ISSUE, *, actors=("iran",), number=0, **changes):
    candidates = tuple(
        UnitCandidate(HolderQuery(actor, (Span(0, 4),), (), (0.0,) * 17), "favor")
        for actor in actors
    )
    place = UnitPlace("s", "d", "book", "dam", number)
    sentence = SentenceText("Iran praised the dam on Monday.")
    return Unit(sentence, issue, place, candidates, (), is_prose=True, **changes)


LABELLED, TOPIC = unit(), unit(IssueText("dams"), number=1)
BARE = unit(actors=("iran", "chile"), number=2, has_gold=False)
TARGET = UnitTarget(TargetQuery((Span(17, 20),)), "negative")
TOWARD = unit(IssueText("dam"), actors=(), number=3, target=TARGET)
ROW = np.array([[2.0, -1.0, 0.5, 0.0]], np.float32)
ANSWERS = {
    LABELLED: TeacherAnswer(1.5, ROW),
    TOPIC: TeacherAnswer(1.5, ROW),
    BARE: TeacherAnswer(-2.0, np.vstack([ROW, -ROW])),
    TOWARD: TeacherAnswer(0.0, ROW[:0], np.array([0.5, 1.0, -1.0], np.float32)),
}


@pytest.fixture(scope="module")
def parts(encoder_folders, tmp_path_factory):
    folder = tmp_path_factory.mktemp("weights")
    source = Source(name=str(encoder_folders["bert"]))
    weights = find_weights(source, root=folder, cache=folder, report_progress=lambda line: None)
    return EncoderParts(weights)


@pytest.fixture(scope="module")
def collate(parts):
    reader = parts.reader(reading_settings(1))
    collator = Collator(TokenSequences.of(ANSWERS, reader), ANSWERS)

    def build(*units, swapped=False, answers=None):
        own = collator if answers is None else replace(collator, answers=answers)
        return own.collate(units, Variants(True, (swapped,) * len(units), (None,) * len(units)))

    return build


def logits_of(batch, **changes):
    """Logits that are the teacher's answers, but for changes."""
    answers = batch.teacher
    sentiment = answers.sentiments if batch.sentiment is not None else None
    own = JudgeLogits(answers.about.clone(), answers.about.clone(), answers.stances, sentiment)
    return replace(own, **changes)


def test_a_batch_about_whose_units_a_teacher_says_nothing_has_no_answers(collate):
    assert collate(LABELLED, answers={}).teacher is None
    assert collate(LABELLED, answers={TOPIC: ANSWERS[TOPIC]}).teacher is None


def test_where_the_poles_are_exchanged_so_are_the_answers_unless_it_is_a_topic(collate):
    for is_swapped in (False, True):
        stances = collate(LABELLED, TOPIC, swapped=is_swapped).teacher.stances[:, 0]
        own = [-1.0, 2.0, 0.5, 0.0] if is_swapped else [2.0, -1.0, 0.5, 0.0]
        assert stances.tolist() == [own, [2.0, -1.0, 0.5, 0.0]]


def test_a_unit_without_labels_has_none_in_a_batch(collate):
    batch = collate(LABELLED, BARE)
    assert batch.stances.tolist() == [[0, NO_CANDIDATE], [NO_CANDIDATE, NO_CANDIDATE]]
    assert batch.concerned.tolist() == pytest.approx([1.0, torch.tensor(-2.0).sigmoid().item()])
    assert batch.teacher.candidates.tolist() == [[1, 0], [1, 1]]


def test_answers_that_are_the_teachers_cost_nothing(collate):
    batch = collate(LABELLED, BARE, TOWARD)
    schedule = schedule_of()
    losses = teacher_losses(logits_of(batch), batch, schedule, TEACHER)
    names = {"teacher.exit", "teacher.about", "teacher.stance", "teacher.sentiment"}
    assert losses.keys() == names
    assert float(total_loss(losses)) == pytest.approx(0, abs=1e-6)
    far = logits_of(batch, exits=-batch.teacher.about)
    losses = teacher_losses(far, batch, schedule, TEACHER)
    assert [name for name, loss in losses.items() if loss.mean > 0.01] == ["teacher.exit"]


def schedule_of(**changes):
    from train.config import JudgeSchedule

    rates = {"learning_rate": 1e-3, "head_learning_rate": 1e-3}
    return JudgeSchedule(steps=1, **rates, **changes)


def test_labels_count_by_what_the_teacher_leaves_them(collate):
    batch = collate(LABELLED, BARE, TOWARD, answers={u: ANSWERS[u] for u in (BARE, TOWARD)})
    assert label_weights(batch.teacher, weight=0.75).tolist() == [1.0, 0.0, 0.25]
    batch = collate(LABELLED, BARE)
    weights = label_weights(batch.teacher, weight=0.75)
    labels = judge_losses(logits_of(batch), batch, schedule_of(), label_weights=weights)
    assert {loss.share for loss in labels.values()} == {0.125}
    taught = teacher_losses(logits_of(batch), batch, schedule_of(), TEACHER)
    assert {loss.share for loss in taught.values()} == {0.875}


def test_without_a_teacher_the_losses_are_those_of_before(collate):
    batch = collate(LABELLED, TOPIC, TOWARD, answers={})
    logits = JudgeLogits(
        torch.tensor([1.0, -1.0, 0.3]), torch.tensor([0.5, 2.0, 0.1]),
        torch.tensor(np.vstack([ROW, -ROW, ROW]))[:, None], torch.ones(3, 3) * torch.arange(3.0),
    )  # fmt: skip
    losses = judge_losses(logits, batch, schedule_of(label_smoothing=0))
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    assert float(losses["exit"].mean) == pytest.approx(float(bce(logits.exits[:2], torch.ones(2))))
    expected = torch.nn.functional.cross_entropy(logits.stance[:2, 0], torch.tensor([0, 0]))
    assert float(losses["stance"].mean) == pytest.approx(float(expected))
    assert losses["stance"].share == pytest.approx(2 / 3)
    assert losses["sentiment"].share == pytest.approx(1 / 3)


def test_gradients_are_about_as_large_at_any_temperature(collate):
    batch = collate(BARE)
    norms = []
    for temperature in (1.0, 8.0):
        about = torch.zeros(1, requires_grad=True)
        teacher = TEACHER.model_copy(update={"temperature": temperature})
        losses = teacher_losses(logits_of(batch, about=about), batch, schedule_of(), teacher)
        losses["teacher.about"].mean.backward()
        norms.append(float(about.grad.norm()))
    assert norms[1] == pytest.approx(norms[0], rel=0.5)


def test_a_candidate_of_a_sentence_that_is_not_about_the_issue_counts_less(collate):
    batch = collate(LABELLED, BARE)
    stance = batch.teacher.stances + torch.tensor([1.0, 0, 0, 0])
    moved = logits_of(batch, stance=torch.where(torch.arange(2)[:, None, None] == 1, stance,
                                                batch.teacher.stances))  # fmt: skip
    shares = [
        float(teacher_losses(moved, batch, schedule_of(unconcerned_weight=w), TEACHER)
              ["teacher.stance"].mean)
        for w in (0.0, 1.0)
    ]  # fmt: skip
    assert 0 < shares[0] < shares[1]
