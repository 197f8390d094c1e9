"""An epoch meets every sentence once, and the same seed deals the same batches."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from train.finetune.batches import BUCKET_BATCHES, Sentence, batches_by_length, shuffled_batches

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch

USUAL = settings(max_examples=80, deadline=None)
LENGTHS = st.lists(st.integers(1, 40), min_size=1, max_size=150)
SIZES = st.integers(1, 9)


def sentences_of_lengths(lengths):
    return [Sentence(f"sentence {n}", length, ()) for n, length in enumerate(lengths)]


def texts_of(batches):
    return [[sentence.text for sentence in batch] for batch in batches]


@USUAL
@given(LENGTHS, SIZES, st.integers(0, 2**32 - 1), st.integers(0, 5))
def test_every_sentence_is_met_once_in_an_epoch(lengths, size, seed, epoch):
    sentences = sentences_of_lengths(lengths)
    batches = texts_of(shuffled_batches(sentences, size=size, seed=seed, epoch=epoch))
    assert Counter(text for batch in batches for text in batch) == Counter(
        sentence.text for sentence in sentences
    )
    assert len(batches) == -(-len(sentences) // size)
    assert max(map(len, batches)) <= size


@USUAL
@given(LENGTHS, SIZES, st.integers(0, 2**32 - 1), st.integers(0, 5))
def test_a_seed_and_an_epoch_always_give_the_same_batches(lengths, size, seed, epoch):
    one, other = (
        texts_of(shuffled_batches(sentences_of_lengths(lengths), size=size, seed=seed, epoch=epoch))
        for _ in range(2)
    )
    assert one == other


@USUAL
@given(LENGTHS, st.integers(2, 9), st.integers(0, 2**32 - 1))
def test_the_sentences_of_a_batch_are_alike_in_length(lengths, size, seed):
    sentences = sentences_of_lengths(lengths)
    within = sum(
        max(s.n_tokens for s in batch) - min(s.n_tokens for s in batch)
        for batch in shuffled_batches(sentences, size=size, seed=seed, epoch=0)
    )
    n_buckets = -(-len(sentences) // (size * BUCKET_BATCHES))
    assert within <= n_buckets * (max(lengths) - min(lengths))


@USUAL
@given(LENGTHS, SIZES)
def test_what_is_scored_is_read_once_and_the_short_sentences_first(lengths, size):
    found = [
        s.n_tokens
        for batch in batches_by_length(sentences_of_lengths(lengths), size=size)
        for s in batch
    ]
    assert found == sorted(lengths)
