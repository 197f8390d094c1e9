"""Fine-tuning context: auxiliary corpora, folders, progress callbacks."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from standpoint.model import Floats
from train.config import AuxiliaryTask
from train.corpora import Corpus, Record
from train.features import PairRows
from train.finetune.pretrained import ReportProgress, Weights
from train.scoring import Labels

LogMetric = Callable[[int, str, float], None]


def ignore_metric(step: int, name: str, value: float) -> None:
    """A metric callback that logs nothing."""


@dataclass(frozen=True, slots=True)
class AuxiliaryCorpus:
    """Another corpus to train on, without the rows that would leak.

    Attributes
    ----------
    n_leaking : rows left out since the run's own corpus has their text, or nearly
    is_own : whether it is the run's own corpus, of which only the groups of train may be used
    """

    config: AuxiliaryTask
    corpus: Corpus
    records: tuple[Record, ...]
    n_leaking: int
    is_own: bool

    @property
    def source(self) -> dict[str, Any]:
        """Name and licence of the data."""
        return {"name": self.config.name, "licence": self.config.data.licence}


@dataclass(frozen=True, slots=True)
class DevSet:
    """Held-out rows for early stopping, and the score of their probabilities."""

    rows: PairRows
    y: Labels
    metric: str
    objective: Callable[[Floats], float]


@dataclass(frozen=True, slots=True)
class FinetuneContext:
    """What a fit needs besides its rows and its config.

    Attributes
    ----------
    root : the project's folder
    models_dir : folder of cached weights, checkpoints and fine-tuned encoders
    name : of the run
    auxiliary : the auxiliary corpora that are on disk
    missing : names of the auxiliary tasks whose data is not on disk
    weights : the pretrained encoder
    own : name, corpus and licence of the run's own data
    dev_set : held-out rows for early stopping
    epochs : of an earlier fit, for a refit
    float32_weights : weights that an earlier fit did not quantize, for a refit
    earlier_seconds : that an earlier process spent on a fit, by the key of the fit; they count as
        seconds of the run, since a cached fit costs as much as a new one
    """

    root: Path
    models_dir: Path
    name: str
    report_progress: ReportProgress
    log_metric: LogMetric = ignore_metric
    auxiliary: tuple[AuxiliaryCorpus, ...] = ()
    missing: tuple[str, ...] = ()
    weights: Weights | None = None
    own: dict[str, str] = field(default_factory=dict)
    dev_set: DevSet | None = None
    epochs: int | None = None
    float32_weights: tuple[str, ...] = ()
    earlier_seconds: dict[str, float] = field(default_factory=dict)

    def refitting(self, epochs: int | None, float32_weights: tuple[str, ...]) -> "FinetuneContext":
        """The context of a refit: the choices of an earlier fit, and no held-out rows."""
        return replace(self, dev_set=None, epochs=epochs, float32_weights=float32_weights)

    def with_metric_prefix(self, prefix: str) -> "FinetuneContext":
        """The same context with a learning curve of its own: its metrics begin with the prefix."""
        if not prefix:
            return self
        log_metric = self.log_metric
        return replace(
            self, log_metric=lambda step, name, value: log_metric(step, f"{prefix}.{name}", value)
        )

    def data_sources(self) -> list[dict[str, str]]:
        """Name, corpus and licence of all data that a fit trains on."""
        auxiliary = [o.source | {"corpus": o.config.data.corpus} for o in self.auxiliary]
        return [self.own, *auxiliary] if self.own else auxiliary

    def auxiliary_data(self) -> list[dict[str, Any]]:
        """Name and licence of the data of earlier fine-tunings and of auxiliary tasks."""
        earlier = self.weights.learned if self.weights else ()
        return [
            *({"name": data["name"], "licence": data["licence"]} for data in earlier),
            *(
                other.source | {"n_pairs": len(other.records), "n_left_out": other.n_leaking}
                for other in self.auxiliary
            ),
        ]
