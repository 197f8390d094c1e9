"""Sentences that are put before others while a judge is trained."""

import random
from dataclasses import replace

import numpy as np
import pytest

from standpoint.judge import HolderQuery, IssueText, SentenceText
from standpoint.text import Span
from train.config.model import Source
from train.finetune.pretrained import find_weights
from train.judge.batches import Collator, Variants
from train.judge.export import reading_settings
from train.judge.network.encoder_parts import EncoderParts
from train.judge.token_sequences import TokenSequences, last_tokens, with_before
from train.judge.units import Unit, UnitCandidate, UnitPlace

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch

ALONE = SentenceText("Iran praised the dam on Monday.")
RUNNING = SentenceText("Russia rejected the talks.", "Talks began in the old town hall.")


@pytest.fixture
def reader(encoder_folders, tmp_path):
    source = Source(name=str(encoder_folders["mpnet"]))
    weights = find_weights(source, root=tmp_path, cache=tmp_path, report_progress=lambda line: None)
    return EncoderParts(weights).reader(reading_settings(1))


def unit(sentence):
    candidate = UnitCandidate(HolderQuery("a", (Span(0, 4),), (), (0.0,) * 17), "favor")
    place = UnitPlace("s", sentence.text, "book", "dam", 0)
    issue = IssueText("The dam", "It is built.", "It is not built.")
    return Unit(sentence, issue, place, (candidate,), (), is_prose=True)


def collator_of(reader, *units):
    sequences = TokenSequences.of(units, reader)
    return Collator(sequences, contexts=sequences.contexts(units, n_tokens=40))


@pytest.mark.parametrize("n_tokens", [3, 40])
def test_a_sentence_put_before_another_is_read_as_one_that_stood_there(reader, n_tokens):
    reader = type(reader)(
        reader._tokenizer, reader._settings.model_copy(update={"max_before_tokens": n_tokens})
    )
    before = last_tokens(reader.sentence(RUNNING), n_tokens)
    found = with_before(reader.sentence(ALONE), before)
    expected = reader.sentence(replace(ALONE, before=RUNNING.text))
    for name in ("ids", "parts", "offsets", "segments"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))


def test_a_sentence_without_one_before_it_or_too_long_is_not_put_before_others(reader):
    long = SentenceText("The talks went on and on. " * 60, "Talks began.")
    collator = collator_of(reader, unit(ALONE), unit(RUNNING), unit(RUNNING), unit(long))
    assert len(collator.contexts) == 1


def test_a_unit_without_a_sentence_before_it_gets_one_and_its_holder_stays_marked(reader):
    alone, running = unit(ALONE), unit(RUNNING)
    collator = collator_of(reader, alone, running)
    plain = collator.collate([alone, running], Variants.plain(2, cues=False))
    put = collator.collate([alone, running], Variants(False, (False, False), (0, 0)))
    added = int(put.mask[0].sum() - plain.mask[0].sum())
    assert added == len(collator.contexts[0].ids)
    marked, before = (batch.holders[0, 0].nonzero().flatten() for batch in (plain, put))
    assert (marked + added).tolist() == before.tolist()
    n_own = int(plain.mask[1].sum())
    assert put.ids[1, :n_own].tolist() == plain.ids[1, :n_own].tolist()
    assert put.stances.tolist() == plain.stances.tolist()


def test_a_share_of_the_units_is_drawn_and_none_where_there_is_nothing_to_put(reader):
    def drawn(share, n_contexts):
        return Variants.drawn(
            400, cues=0.5, swapped=0.3, generator=random.Random(1), other_before=share,
            n_contexts=n_contexts,
        )  # fmt: skip

    contexts = drawn(0.5, 7).contexts
    put = [number for number in contexts if number is not None]
    assert 150 < len(put) < 250
    assert set(put) == set(range(7))
    assert set(drawn(0.0, 7).contexts) == set(drawn(0.5, 0).contexts) == {None}
    assert drawn(0.5, 7).swapped == drawn(0.0, 7).swapped
