"""Scores on dev: of the network while it trains, and of its exported graphs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from standpoint.model import Encoder, EncoderFeatures, Floats, Head, PairText
from standpoint.probabilities import softmax
from train.features import encode_pairs
from train.finetune.batches import TrainingTask, sentences_of
from train.finetune.context import DevSet
from train.finetune.device import Device
from train.finetune.export import head_of
from train.finetune.fitting import Trainer
from train.finetune.loss import logits_of
from train.finetune.network import Network

MAIN = "main"
"""The name of the head for the run's own task."""
BATCH_SENTENCES = 64  # a guess: without gradients more fits in memory than in training


@dataclass
class DevScorer:
    """Scores dev with the network, and later with the graphs that are exported from it."""

    dev_set: DevSet
    settings: EncoderFeatures
    trainer: Trainer

    def __post_init__(self) -> None:
        self._graph_logits: dict[str, Floats] = {}
        pairs = self.dev_set.rows.pairs
        n_labels = self.trainer.network.heads[MAIN].linear.out_features
        task = TrainingTask(MAIN, pairs, np.zeros(len(pairs), np.int64), n_labels, self.settings)
        self._sentences = sentences_of([task], tokenizer=self.trainer.tokenizer)

    def score_network(self, network: Network) -> float:
        """The score of dev in the precision of training."""
        return self.dev_set.objective(softmax(self._logits(network, self.trainer.device)))

    def _logits(self, network: Network, device: Device) -> Floats:
        logits = logits_of(
            network,
            self._sentences,
            head=MAIN,
            tokenizer=self.trainer.tokenizer,
            device=device,
            size=BATCH_SENTENCES,
        )
        array: Floats = logits.numpy()
        return array

    def score_graph(self, encoder: Encoder) -> float:
        """The score of dev with an exported graph."""
        head = head_of(self.trainer.network, MAIN)
        logits = exported_logits(self.dev_set.rows.pairs, self.settings, encoder, head)
        self._graph_logits[encoder.digest] = logits
        return self.dev_set.objective(softmax(logits))

    def agreements(self, encoder: Encoder) -> dict[str, float]:
        """The share of dev with the same label from torch and from a graph: fp32, and exported."""
        torch_logits = self._logits(
            self.trainer.network, Device(self.trainer.device.torch_device, "float32")
        )
        fp32_logits = next(iter(self._graph_logits.values()))  # the graph that was scored first
        return {
            "export.agreement_fp32": _agreement(torch_logits, fp32_logits),
            "export.agreement_int8": _agreement(torch_logits, self._graph_logits[encoder.digest]),
        }


def exported_logits(
    pairs: Sequence[PairText], settings: EncoderFeatures, encoder: Encoder, head: Head
) -> Floats:
    """Logits with the bias, computed as serving does: with the exported encoder."""
    rows = encode_pairs(pairs, settings, encoder, lambda done, total: None)
    logits: Floats = rows @ head.weights + head.bias
    return logits


def _agreement(first: Floats, second: Floats) -> float:
    return float(np.mean(first.argmax(axis=1) == second.argmax(axis=1)))
