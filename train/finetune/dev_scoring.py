"""Dev, scored while a network learns, and with its graphs afterwards."""

import numpy as np

from standpoint.model import Encoder, EncoderFeatures, Floats, softmax
from train.features import encode_pairs
from train.finetune.batches import Reader, Sentence, TrainingTask, sentences_of
from train.finetune.context import DevSet
from train.finetune.device import Machine
from train.finetune.export import head_of, logits_with
from train.finetune.loss import logits_of
from train.finetune.network import Network

MAIN = "main"
"""The name of a run's own head."""
SCORED_AT_ONCE = 64


class Checks:
    """Dev, scored with the network while it learns and with its graphs afterwards."""

    def __init__(
        self,
        exam: DevSet | None,
        settings: EncoderFeatures,
        *,
        network: Network,
        reader: Reader,
        machine: Machine,
    ) -> None:
        self._exam = exam
        self._settings = settings
        self._network = network
        self._reader = reader
        self._machine = machine
        self._said: dict[str, Floats] = {}
        self._sentences: list[Sentence] = []
        if self._exam is not None:
            unknown = np.zeros(len(self._exam.rows), np.int64)
            n_labels = network.heads[MAIN].linear.out_features
            lesson = TrainingTask(MAIN, self._exam.rows.pairs, unknown, n_labels, self._settings)
            self._sentences = sentences_of([lesson], reader=reader)

    @property
    def is_there(self) -> bool:
        """Whether there is a dev to score."""
        return self._exam is not None and len(self._exam.rows) > 0

    def exam(self, network: Network) -> float:
        """The score of dev in the precision of training."""
        assert self._exam is not None
        return self._exam.objective(softmax(self._logits(network, self._machine)))

    def _logits(self, network: Network, machine: Machine) -> Floats:
        found = logits_of(
            network,
            self._sentences,
            head=MAIN,
            reader=self._reader,
            machine=machine,
            size=SCORED_AT_ONCE,
        )
        said: Floats = found.numpy()
        return said

    def score(self, encoder: Encoder) -> float:
        """The score of dev with a graph."""
        assert self._exam is not None
        rows = encode_pairs(
            self._exam.rows.pairs, self._settings, encoder, lambda done, total: None
        )
        logits = logits_with(head_of(self._network, MAIN), rows)
        self._said[encoder.digest] = logits
        return self._exam.objective(softmax(logits))

    def agreements(self, network: Network, encoder: Encoder) -> dict[str, float]:
        """How often the graphs say what torch says of dev: the fp32 one, and the exported one."""
        if not self._said:
            return {}
        torch_says = self._logits(network, Machine(self._machine.device, "float32"))
        in_fp32 = next(iter(self._said.values()))
        return {
            "export.agreement_fp32": _agreement(torch_says, in_fp32),
            "export.agreement_int8": _agreement(torch_says, self._said[encoder.digest]),
        }


def _agreement(one: Floats, other: Floats) -> float:
    return float(np.mean(one.argmax(axis=1) == other.argmax(axis=1)))
