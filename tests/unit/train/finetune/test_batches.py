"""Labelled pairs to batches, and what a batch is padded with."""

import numpy as np
import pytest
import torch

from standpoint.model.feature_config import EncoderFeatures
from standpoint.model.pairs import PairText
from standpoint.model.span_features import feature_vector
from standpoint.text.article import Span
from tests.tiny import N_LAYERS, OWN, WIDTH, tokenizer_of, torch_encoder, write_fp32
from train.finetune.batches import TrainingTask, collate, digest_of, sentences_of, shuffled_batches
from train.finetune.network import Head, Network

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch

CPU = torch.device("cpu")
READING = EncoderFeatures(
    layers=(1, 2), holder=True, between=True, windows=(2,), products=True, signs=True,
    decays=(3.0,),
)  # fmt: skip
SHORT = PairText("Iran praised the plan.", Span(0, 4), Span(13, 21))
OTHER = PairText("Iran praised the plan.", None, None, "the dam")
LONG = PairText(
    "Russia rejected the talks at length in the old town hall of the capital on Monday.",
    Span(0, 6),
    Span(16, 25),
)


def task(*pairs, labels=None, head="main", **more):
    numbers = np.array(labels or [n % 3 for n in range(len(pairs))], np.int64)
    return TrainingTask(head, pairs, numbers, 3, READING, **more)


def test_a_sentence_comes_once_with_all_that_is_asked_of_it(tiny_encoder):
    tasks = [task(SHORT, LONG, OTHER), task(OTHER, head="tone")]
    first, second = sentences_of(tasks, tokenizer=tokenizer_of(tiny_encoder))
    assert (first.text, second.text) == (SHORT.text, LONG.text)
    assert [(one.head, one.row, one.label) for one in first.pairs] == [
        ("main", 0, 0), ("main", 2, 2), ("tone", 0, 0),
    ]  # fmt: skip
    assert [(one.head, one.row, one.label) for one in second.pairs] == [("main", 1, 1)]


def test_all_pairs_of_a_sentence_are_in_its_batch(tiny_encoder):
    tokenizer = tokenizer_of(tiny_encoder)
    sentences = sentences_of([task(SHORT, LONG, OTHER)], tokenizer=tokenizer)
    batch = collate(sentences[:1], tokenizer=tokenizer, device=CPU).heads["main"]
    assert batch.rows == (0, 2)
    assert batch.labels.tolist() == [0, 2]


def test_another_epoch_and_another_seed_deal_other_batches(tiny_encoder):
    pairs = [PairText(f"{n} {LONG.text}", None, Span(0, 1)) for n in range(40)]
    sentences = sentences_of([task(*pairs)], tokenizer=tokenizer_of(tiny_encoder))
    first, later, other = (
        [
            [s.text for s in batch]
            for batch in shuffled_batches(sentences, size=4, seed=seed, epoch=epoch)
        ]
        for seed, epoch in ((1, 0), (1, 1), (2, 0))
    )
    assert first != later
    assert first != other


def test_words_that_are_read_apart_are_padded_apart(tiny_encoder):
    tokenizer = tokenizer_of(tiny_encoder)
    sentences = sentences_of([task(OTHER, LONG)], tokenizer=tokenizer)
    texts, words = collate(sentences, tokenizer=tokenizer, device=CPU).blocks
    assert texts[0].shape == (2, len(tokenizer[LONG.text]))
    assert words[0].shape == (1, len(tokenizer["the dam"]))
    assert texts[1].sum(dim=1).tolist() == [len(tokenizer[SHORT.text]), len(tokenizer[LONG.text])]


def test_words_that_are_a_sentence_of_the_batch_are_read_once(tiny_encoder):
    tokenizer = tokenizer_of(tiny_encoder)
    about = PairText(LONG.text, None, None, SHORT.text)
    sentences = sentences_of([task(SHORT, about)], tokenizer=tokenizer)
    (block,) = collate(sentences, tokenizer=tokenizer, device=CPU).blocks
    assert len(block[0]) == 2


@pytest.mark.parametrize("kind", ["bert", "roberta", *OWN])
@torch.no_grad()
def test_what_a_pair_is_padded_with_does_not_change_its_logits(tiny_encoders, kind):
    tokenizer = tokenizer_of(tiny_encoders(kind))
    sentences = sentences_of([task(SHORT, OTHER, LONG)], tokenizer=tokenizer)
    n_text_features = len(sentences[0].pairs[0].pooled.text_features)
    head = Head(READING, width=WIDTH, n_text_features=n_text_features, n_labels=3, dropout=0.5)
    torch.nn.init.normal_(head.linear.weight, generator=torch.Generator().manual_seed(0))
    network = Network(torch_encoder(tiny_encoders(kind)), {"main": head}, n_layers=N_LAYERS).eval()
    fit_lock = collate(sentences[:1], tokenizer=tokenizer, device=CPU)
    padded = collate(sentences, tokenizer=tokenizer, device=CPU)
    assert fit_lock.blocks[0][0].shape[1] < padded.blocks[0][0].shape[1]
    expected, found = network(fit_lock)["main"], network(padded)["main"]
    torch.testing.assert_close(found[:2], expected, atol=1e-4, rtol=1e-4)
    assert (found[2] - found[0]).abs().max() > 0.1


@torch.no_grad()
def test_a_span_past_the_last_token_that_was_read_is_trained_as_it_is_served(
    tiny_encoder, tmp_path
):
    tokenizer = tokenizer_of(tiny_encoder, max_tokens=8)
    pair = PairText(LONG.text, Span(0, 6), Span(72, 81))
    (sentence,) = sentences_of([task(pair)], tokenizer=tokenizer)
    assert sentence.n_tokens == 8
    n_text_features = len(sentence.pairs[0].pooled.text_features)
    head = Head(READING, width=WIDTH, n_text_features=n_text_features, n_labels=3, dropout=0.0)
    network = Network(torch_encoder(tiny_encoder), {"main": head}, n_layers=N_LAYERS).eval()
    batch = collate([sentence], tokenizer=tokenizer, device=CPU)
    encoder = write_fp32(tiny_encoder, tmp_path / "fp32")
    encoder.max_tokens = 8
    served = feature_vector(encoder.encode(pair.text, layers=(1, 2)), pair, settings=READING)
    learned = head.features(network.hidden(batch), batch.heads["main"])[0]
    np.testing.assert_allclose(learned.numpy(), served, atol=1e-4)


def test_balanced_labels_weigh_as_much_as_each_other_however_rare_they_are():
    skewed = task(*[SHORT] * 8, labels=[0, 0, 0, 0, 0, 0, 1, 1])
    assert skewed.class_weights().tolist() == [1, 1, 1]
    weights = task(*[SHORT] * 8, labels=skewed.labels.tolist(), balanced=True).class_weights()
    assert 6 * weights[0] == pytest.approx(2 * weights[1])
    assert 6 * weights[0] + 2 * weights[1] == pytest.approx(8)
    assert weights[2] == 1


@pytest.mark.parametrize(
    "other",
    [
        task(OTHER, SHORT),
        task(SHORT, OTHER, labels=[0, 2]),
        task(SHORT, OTHER, weight=0.5),
        task(SHORT, OTHER, balanced=True),
        task(SHORT, OTHER, head="tone"),
        task(SHORT),
    ],
    ids=["order", "label", "weight", "balance", "head", "fewer"],
)
def test_whatever_is_learned_from_decides_the_digest(other):
    assert digest_of([task(SHORT, OTHER)]) == digest_of([task(SHORT, OTHER)])
    assert digest_of([task(SHORT, OTHER)]) != digest_of([other])
