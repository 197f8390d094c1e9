"""What is trained on a pair is, number for number, what serving reads of it."""

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standpoint.model.feature_config import EncoderFeatures
from standpoint.model.pairs import PairText
from standpoint.model.span_features import feature_vector, texts_to_encode
from standpoint.text.article import Span
from tests.tiny import LEFT_OUT, N_LAYERS, WIDTH, WORDS, tokenizer_of, torch_encoder, write_fp32
from train.finetune.batches import TrainingTask, collate, sentences_of
from train.finetune.network import Head, Network

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch

USUAL = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SHOWN = st.sampled_from([*WORDS, *WORDS, LEFT_OUT, "«", "wins", "never"])
CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def network(tiny_encoder):
    """The encoder as torch has it, its tokenizer, and its graph in 32 bits."""
    return torch_encoder(tiny_encoder), tokenizer_of(tiny_encoder)


@pytest.fixture(scope="module")
def graph(tiny_encoder, tmp_path_factory):
    return write_fp32(tiny_encoder, tmp_path_factory.mktemp("graph") / "fp32")


@st.composite
def pairs_of_a_sentence(draw):
    """Pairs of one sentence, each role a span, words, or nothing."""
    text = " ".join(draw(st.lists(SHOWN, min_size=1, max_size=12)))
    pairs = []
    for _ in range(draw(st.integers(1, 3))):
        places = st.integers(0, len(text))
        ends = sorted(draw(st.lists(places, min_size=4, max_size=4)))
        spans = [Span(*ends[at : at + 2]) if ends[at] < ends[at + 1] else None for at in (0, 2)]
        if draw(st.booleans()):
            spans.reverse()
        holder, target = (span if draw(st.integers(0, 3)) else None for span in spans)
        topic = draw(st.sampled_from([None, "the dam", "zebra", text])) if target is None else None
        named = draw(st.sampled_from([None, "Iran", "Peru zebra"])) if holder is None else None
        pairs.append(PairText(text, holder, target, topic, named))
    return pairs


FEATURES = st.builds(
    EncoderFeatures,
    layers=st.lists(st.integers(0, N_LAYERS), min_size=1, max_size=3).map(tuple),
    target=st.booleans(),
    holder=st.booleans(),
    between=st.booleans(),
    windows=st.lists(st.integers(1, 4), max_size=2).map(tuple),
    products=st.booleans(),
    signs=st.booleans(),
    differences=st.booleans(),
    names=st.booleans(),
    decays=st.lists(st.sampled_from([0.5, 3.0, 8.0]), max_size=2).map(tuple),
    leanings=st.booleans(),
)


@torch.no_grad()
def learned_from(pairs, *, reading, encoder, tokenizer):
    """The features of pairs as training sees them, all of them in one batch."""
    labels = np.zeros(len(pairs), np.int64)
    sentences = sentences_of(
        [TrainingTask("main", tuple(pairs), labels, 3, reading)], tokenizer=tokenizer
    )
    n_text_features = len(sentences[0].pairs[0].pooled.text_features)
    head = Head(reading, width=WIDTH, n_text_features=n_text_features, n_labels=3, dropout=0.0)
    network = Network(encoder, {"main": head}, n_layers=N_LAYERS).eval()
    batch = collate(sentences, tokenizer=tokenizer, device=CPU)
    found = head.features(network.hidden(batch), batch.heads["main"]).numpy()
    assert found.shape[1] == head.linear.in_features
    return found[np.argsort(batch.heads["main"].rows)]


def served_from(pairs, *, reading, encoder):
    """The features of pairs as serving reads them."""
    rows = []
    for pair in pairs:
        names = {
            words: encoder.encode(words, layers=reading.layers)
            for words in texts_to_encode(pair, settings=reading)
        }
        seen = encoder.encode(pair.text, layers=reading.layers)
        rows.append(feature_vector(seen, pair, settings=reading, texts=names))
    return np.stack(rows)


@USUAL
@given(st.lists(pairs_of_a_sentence(), min_size=1, max_size=3), FEATURES)
def test_what_is_trained_on_a_pair_is_what_is_served_of_it(network, graph, drawn, reading):
    pairs = [pair for some in drawn for pair in some]
    encoder, tokenizer = network
    learned = learned_from(pairs, reading=reading, encoder=encoder, tokenizer=tokenizer)
    served = served_from(pairs, reading=reading, encoder=graph)
    np.testing.assert_allclose(learned, served, atol=1e-4)
