"""The network of a judge: its layers are those of the encoder, and its graphs are the network."""

import numpy as np
import pytest
import torch

from standpoint.judge import HOLDER_FEATURES, ISSUE_SEGMENT
from tests.tiny import torch_encoder
from train.config.model import Source
from train.finetune.pretrained import find_weights
from train.judge.network.encoder_parts import EncoderParts
from train.judge.network.judge_network import JudgeBatch
from train.judge.network.stance_head import StanceHead
from train.judge.network.transformer import other_text_bias
from train.judge.optimization import WeightAverage, judge_losses, rate_at, total_loss

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch


@pytest.fixture(params=["bert", "mpnet"])
def parts(request, encoder_folders, tmp_path):
    source = Source(name=str(encoder_folders[request.param]))
    weights = find_weights(source, root=tmp_path, cache=tmp_path, report_progress=lambda line: None)
    return EncoderParts(weights)


def padded(n_candidates=2):
    random = torch.Generator().manual_seed(1)
    mask = torch.ones(3, 9)
    mask[1, 6:] = 0
    segments = torch.tensor([[0, 1, 1, 0, 0, 0, 2, 2, 2]] * 3)
    segments[1] = torch.tensor([0, 0, 0, 2, 2, 2, 0, 0, 0])
    holders = torch.zeros(3, n_candidates, 9)
    holders[:, :, 1] = 1
    poles = torch.zeros(3, 2, 9)
    poles[:, 0, 3], poles[:, 1, 5] = 1, 1
    return JudgeBatch(
        ids=torch.randint(4, 20, (3, 9), generator=random),
        mask=mask,
        segments=segments,
        poles=poles,
        holders=holders,
        features=torch.zeros(3, n_candidates, len(HOLDER_FEATURES)),
        stances=torch.zeros(3, n_candidates, dtype=torch.int64),
        concerned=torch.tensor([1.0, 0.0, 1.0]),
    )


def test_the_layers_read_a_sentence_and_an_issue_as_the_encoder_reads_one_text(parts, judge_config):
    batch = padded()
    encoder = torch_encoder(parts.weights.folder).eval()
    network = parts.network(judge_config().model, seed=1).eval()
    with torch.inference_mode():
        expected = encoder(input_ids=batch.ids, attention_mask=batch.mask).last_hidden_state
        bias = network.encoder.score_bias(batch.mask)
        states = network.encoder(network.embeddings(batch.ids), bias, first=0, last=2)
    is_token = batch.mask.bool()
    np.testing.assert_allclose(states[is_token], expected[is_token], atol=1e-5)


def test_layers_that_read_apart_see_nothing_of_the_other_text(parts, judge_config):
    batch, network = padded(), parts.network(judge_config().model, seed=1).eval()
    is_issue = batch.segments >= ISSUE_SEGMENT
    others = torch.where(is_issue, 3, batch.ids)
    bias = network.encoder.score_bias(batch.mask)
    read = {}
    for name, added in (("apart", bias + other_text_bias(is_issue)), ("together", bias)):
        with torch.inference_mode():
            read[name] = [
                network.encoder(network.embeddings(ids), added, first=0, last=1)[~is_issue]
                for ids in (batch.ids, others)
            ]
    assert torch.equal(*read["apart"])
    assert not torch.allclose(*read["together"], atol=1e-6)


def test_padding_changes_no_answer(parts, judge_config):
    batch, network = padded(), parts.network(judge_config().model, seed=1).eval()
    short = JudgeBatch(
        batch.ids[1:2, :6], batch.mask[1:2, :6], batch.segments[1:2, :6],
        batch.poles[1:2, :, :6],
        batch.holders[1:2, :, :6], batch.features[1:2], batch.stances[1:2], batch.concerned[1:2],
    )  # fmt: skip
    with torch.inference_mode():
        whole, alone = network(batch), network(short)
    for name in ("exits", "about", "stance"):
        own = getattr(whole, name)[1:2]
        np.testing.assert_allclose(own, getattr(alone, name), atol=1e-5)


def test_embeddings_and_the_lowest_layers_are_frozen_and_all_else_is_trained(parts, judge_config):
    network, batch = parts.network(judge_config().model, seed=1), padded()
    losses = judge_losses(network(batch), batch, judge_config().model.schedule)
    total_loss(losses).backward()
    learned = {name for name, array in network.named_parameters() if array.grad is not None}
    assert learned == network.trained_state().keys()
    assert {name.partition(".")[0] for name in learned} == {
        "encoder", "segments", "exit", "about", "stance",
    }  # fmt: skip
    assert not any(name.startswith(("embeddings.", "encoder.layers.0.")) for name in learned)


def test_trained_weights_are_all_that_a_network_takes_from_another(parts, judge_config):
    model, batch = judge_config().model, padded()
    first, second = (parts.network(model, seed=seed).eval() for seed in (1, 2))
    assert not torch.equal(first(batch).stance, second(batch).stance)
    second.load_trained(first.trained_state())
    assert torch.equal(first(batch).stance, second(batch).stance)


def test_the_mean_of_the_last_weights_is_over_the_last_steps_alone(parts, judge_config):
    config = judge_config(schedule={"steps": 80, "averaged_last": 0.5})
    network = parts.network(config.model, seed=1)
    average = WeightAverage(config.model.schedule)
    for step in range(1, 81):
        torch.nn.init.constant_(network.segments, step)
        average.add(network, step=step)
    assert average.arrays["segments"].mean() == np.mean([50, 60, 70, 80])


def test_the_rate_rises_over_the_warmup_and_falls_to_its_least(judge_config):
    schedule = judge_config(schedule={"steps": 100, "warmup_steps": 4}).model.schedule
    rates = [rate_at(step, schedule) for step in (1, 4, 50, 100)]
    assert rates == pytest.approx([0.25 * 0.99, 0.96, 0.5, 0.05])


def test_the_head_of_the_stance_reads_the_features_that_a_bundle_names(parts, judge_config):
    network = parts.network(judge_config().model, seed=1)
    assert network.stance.said.in_features == 3 * parts.shape.width + len(HOLDER_FEATURES)


def test_poles_that_are_exchanged_exchange_the_answers_of_the_head():
    torch.manual_seed(3)
    head = StanceHead(4, 6, dropout=0.1).eval()
    read, poles = torch.randn(2, 3, 12 + len(HOLDER_FEATURES)), torch.randn(2, 2, 4)
    favor, against, none, no_statement = head(read, poles, torch.ones(2, 2)).unbind(2)
    turned = head(read, poles.flip(1), torch.ones(2, 2))
    expected = torch.stack([against, favor, none, no_statement], 2)
    np.testing.assert_allclose(turned.detach(), expected.detach(), atol=1e-6)
    assert not torch.allclose(favor, against, atol=1e-2)


def test_a_pole_that_is_not_there_has_no_part_in_the_answer():
    torch.manual_seed(3)
    head = StanceHead(4, 6, dropout=0.1).eval()
    read, poles = torch.randn(1, 3, 12 + len(HOLDER_FEATURES)), torch.randn(1, 2, 4)
    alone = torch.tensor([[1.0, 0.0]])
    other = torch.stack([poles[:, 0], torch.randn(1, 4)], 1)
    assert torch.equal(head(read, poles, alone), head(read, other, alone))
