"""The head for sentiment: what it reads, what it is taught by, and what it leaves as it was."""

from dataclasses import replace

import pytest
import torch

from standpoint.judge import HolderQuery, IssueText, SentenceText, TargetQuery
from standpoint.text import Span
from train.config.model import Source
from train.finetune.pretrained import find_weights
from train.judge.batches import NO_CANDIDATE, Collator, Variants
from train.judge.export import reading_settings
from train.judge.network.encoder_parts import EncoderParts
from train.judge.optimization import judge_losses, total_loss
from train.judge.token_sequences import TokenSequences
from train.judge.units import Unit, UnitCandidate, UnitPlace, UnitTarget

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch

SENTENCE = SentenceText("Iran praised the dam on Monday.")
IRAN, DAM = Span(0, 4), Span(17, 20)


@pytest.fixture
def parts(encoder_folders, tmp_path):
    source = Source(name=str(encoder_folders["mpnet"]))
    weights = find_weights(source, root=tmp_path, cache=tmp_path, report_progress=lambda line: None)
    return EncoderParts(weights)


@pytest.fixture
def collator_of(parts):
    def build(units):
        return Collator(TokenSequences.of(units, parts.reader(reading_settings(1))))

    return build


def unit(issue, *, stance=None, target=None):
    features = (0.0,) * 17
    candidates = (UnitCandidate(HolderQuery("iran", (IRAN,), (), features), stance),)
    place = UnitPlace("s", "d", "book", issue.name, 0)
    own = candidates if stance else ()
    return Unit(SENTENCE, issue, place, own, (), is_prose=True, target=target)


STANCE = unit(IssueText("The dam", "The dam.", "The talks."), stance="favor")
TOPIC = unit(IssueText("dams"), stance="favor")
TOWARD = unit(IssueText("dam"), target=UnitTarget(TargetQuery((DAM,), (IRAN,)), "negative"))


def plain(collator, units):
    return collator.collate(units, Variants.plain(len(units), cues=True))


def test_a_batch_has_the_tokens_of_targets_and_holders_where_there_are_any(collator_of):
    collator = collator_of([STANCE, TOWARD])
    assert plain(collator, [STANCE]).sentiment is None
    batch = plain(collator, [STANCE, TOWARD])
    assert batch.sentiment.labels.tolist() == [NO_CANDIDATE, 2]
    assert batch.sentiment.masks.shape == (2, 2, batch.ids.shape[1])
    assert not batch.sentiment.masks[0].any()
    target, holder = batch.sentiment.masks[1]
    assert holder.nonzero().flatten().tolist() == [1]
    assert target.sum() >= 1
    assert batch.to(torch.device("cpu")).sentiment.labels.tolist() == [NO_CANDIDATE, 2]


def test_a_topic_has_no_poles_to_exchange(collator_of):
    variants = Variants(cues=True, swapped=(True, True), contexts=(None, None))
    batch = collator_of([STANCE, TOPIC]).collate([STANCE, TOPIC], variants)
    assert batch.stances.flatten().tolist() == [1, 0]


def test_the_other_heads_begin_as_without_the_head_for_sentiment(parts, judge_config):
    model = judge_config().model
    alone, beside = (parts.network(model, seed=3, sentiment=own) for own in (False, True))
    state = beside.trained_state()
    assert all(torch.equal(array, state[name]) for name, array in alone.trained_state().items())
    assert {name.partition(".")[0] for name in state.keys() - alone.trained_state().keys()} == {
        "sentiment"
    }


@pytest.fixture
def losses_of(parts, judge_config, collator_of):
    """The losses of a batch, and the network with their gradients."""

    def compute(units):
        collator, config = collator_of([STANCE, TOPIC, TOWARD]), judge_config()
        network = parts.network(config.model, seed=1, sentiment=True).eval()
        batch = plain(collator, units)
        losses = judge_losses(network(batch), batch, config.model.schedule)
        total_loss(losses).backward()
        return losses, network

    return compute


def learned(network):
    return {
        name.partition(".")[0]
        for name, array in network.named_parameters()
        if array.grad is not None and array.grad.any()
    }


def test_a_unit_of_sentiment_teaches_its_head_and_the_layers_alone(losses_of):
    losses, network = losses_of([TOWARD])
    assert losses.keys() == {"sentiment"}
    assert losses["sentiment"].mean > 0
    assert learned(network) == {"encoder", "segments", "sentiment"}


def test_units_of_stance_do_not_teach_the_head_for_sentiment(losses_of):
    losses, network = losses_of([STANCE, TOPIC])
    assert losses.keys() == {"exit", "about", "stance"}
    assert "sentiment" not in learned(network)


def test_each_loss_counts_by_its_share_of_the_units(losses_of):
    alone = losses_of([STANCE])[0] | losses_of([TOWARD])[0]
    mixed = losses_of([STANCE, TOWARD, TOWARD, TOWARD])[0]
    assert [loss.share for loss in alone.values()] == [1, 1, 1, 1]
    assert {name: loss.share for name, loss in mixed.items()} == {
        "exit": 0.25, "about": 0.25, "stance": 0.25, "sentiment": 0.75,
    }  # fmt: skip
    for name, loss in mixed.items():
        torch.testing.assert_close(loss.mean, alone[name].mean, rtol=1e-4, atol=1e-6)
    expected = sum(alone[name].mean * loss.share for name, loss in mixed.items())
    torch.testing.assert_close(total_loss(mixed), expected, rtol=1e-4, atol=1e-6)


def test_the_sentiment_is_read_at_the_target_and_at_its_holder(parts, judge_config, collator_of):
    targets = [
        TOWARD,
        replace(TOWARD, target=UnitTarget(TargetQuery((IRAN,), (IRAN,)), "negative")),
        replace(TOWARD, target=UnitTarget(TargetQuery((DAM,)), "negative")),
    ]
    network = parts.network(judge_config().model, seed=1, sentiment=True).eval()
    with torch.inference_mode():
        first, other, author = network(plain(collator_of(targets), targets)).sentiment
    assert not torch.allclose(first, other)
    assert not torch.allclose(first, author)


def test_the_key_of_a_fit_knows_the_sentiment_and_not_that_there_might_be_one():
    assert "target" not in STANCE.text
    assert "is_text" not in STANCE.text
    positive = replace(TOWARD, target=replace(TOWARD.target, sentiment="positive"))
    assert TOWARD.text != positive.text
