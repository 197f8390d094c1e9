"""What fitting a fine-tuned part needs besides its rows: other data, places, and who is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from standpoint.errors import ConfigError, CorpusError
from train.config import AuxiliaryTask, Data, FinetunedModel, RunConfig, finetuned_part
from train.corpora import Corpus, Record, data_folder, load_corpus
from train.features import PairRows
from train.finetune.pretrained import Weights, find_weights
from train.scoring import Labels
from train.splitting import TextIndex

Say = Callable[[str], None]
Watch = Callable[[int, str, float], None]


def unwatched(step: int, name: str, value: float) -> None:
    """Nobody looks at the curve."""
    del step, name, value


@dataclass(frozen=True, slots=True)
class Other:
    """Another corpus to learn from, and what of it is left out.

    Attributes
    ----------
    n_met : rows left out since the run's own corpus has their text, or nearly
    is_own : whether it is the run's own corpus, of which only some groups may be learned from
    """

    lesson: AuxiliaryTask
    corpus: Corpus
    records: tuple[Record, ...]
    n_met: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class DevSet:
    """Held-out rows to find the best epoch by, and the score of their probabilities."""

    rows: PairRows
    y: Labels
    metric: str
    objective: Callable[[np.ndarray[tuple[int, int], np.dtype[np.float32]]], float]


class FitTimer:
    """How long the fits of a run took, whenever that was.

    A fit that was done before, or begun, is as dear as one that is done now.
    """

    def __init__(self) -> None:
        self._spared: dict[str, float] = {}

    def note(self, key: str, *, seconds: float, now: float) -> None:
        """Note a fit once: the seconds it took in all, and those of them spent by this run."""
        self._spared.setdefault(key, seconds - now)

    @property
    def spared(self) -> float:
        """Seconds of the fits that were spent before this run."""
        return sum(self._spared.values())


@dataclass(frozen=True, slots=True)
class FinetuneContext:
    """What a fine-tuned part is fitted with.

    Attributes
    ----------
    root : the project's folder
    models_dir : where weights, checkpoints and tuned encoders are kept
    name : of the run
    others : the other data there is, by the name of its head
    missing : the names of heads whose data is not there
    weights : where the encoder starts
    own : the name, corpus and licence of the run's own data
    exam : held-out rows, in the fit whose best epoch is looked for
    epochs : how many to fit, where another fit has found it
    kept : weights whose products stay in 32 bits, where another fit has found them
    ledger : what the fits took
    """

    root: Path
    models_dir: Path
    name: str
    say: Say
    watch: Watch = unwatched
    others: tuple[Other, ...] = ()
    missing: tuple[str, ...] = ()
    weights: Weights | None = None
    own: dict[str, str] = field(default_factory=dict)
    exam: DevSet | None = None
    epochs: int | None = None
    kept: tuple[str, ...] = ()
    ledger: FitTimer = field(default_factory=FitTimer)

    def examined_by(self, exam: DevSet | None) -> "FinetuneContext":
        """The same with held-out rows."""
        return replace(self, exam=exam)

    def as_found(self, epochs: int | None, kept: tuple[str, ...]) -> "FinetuneContext":
        """The same with what another fit has found, and nothing held out."""
        return replace(self, exam=None, epochs=epochs, kept=kept)

    def at(self, stage: str) -> "FinetuneContext":
        """The same, with a curve of its own: its numbers' names begin with the stage."""
        if not stage:
            return self
        watch = self.watch
        return replace(self, watch=lambda step, name, value: watch(step, f"{stage}.{name}", value))

    def learned(self) -> list[dict[str, str]]:
        """The name, corpus and licence of all data that is learned from."""
        others = [
            {
                "name": other.lesson.name,
                "corpus": other.lesson.data.corpus,
                "licence": other.lesson.data.licence,
            }
            for other in self.others
        ]
        return [*([self.own] if self.own else []), *others]

    def other(self, lesson: AuxiliaryTask) -> Other | None:
        """The data of a lesson, if it is there."""
        return next((other for other in self.others if other.lesson == lesson), None)


def context_for(
    config: RunConfig,
    corpus: Callable[[], Corpus],
    *,
    root: Path,
    models_dir: Path,
    say: Say,
    watch: Watch = unwatched,
) -> FinetuneContext | None:
    """What a config's fine-tuned part is fitted with; None where it has no such part.

    Parameters
    ----------
    corpus : reads the run's own corpus, which only a fine-tuned part needs
    """
    model = finetuned_part(config.model)
    if model is None:
        return None
    return open_context(
        model,
        corpus(),
        name=config.name,
        licence=config.data.licence,
        root=root,
        models_dir=models_dir,
        say=say,
        watch=watch,
    )


def open_context(
    model: FinetunedModel,
    corpus: Corpus,
    *,
    name: str,
    licence: str,
    root: Path,
    models_dir: Path,
    say: Say,
    watch: Watch,
) -> FinetuneContext:
    """Find the encoder and the other data of a config, without what the run's own corpus has.

    Data that is not there is left out, and said.

    Raises
    ------
    ConfigError
        a lesson for the champion is not of the run's corpus and other task, or one before is of
        the run's corpus; the encoder learned from the run's corpus; torch is not there
    """
    _check_torch()
    weights = find_weights(model.encoder, root=root, kept=models_dir / "cache" / "weights", say=say)
    _check_learned(weights, corpus)
    before = model.before.lessons if model.before else ()
    _check_lessons(model.beside, before, corpus)
    lessons = (*model.beside, *before)
    others, missing = [], []
    for number, lesson in enumerate(lessons):
        if lesson in lessons[:number]:
            continue
        if not is_here(lesson.data, root):
            if lesson.champion:
                raise ConfigError(
                    f"model.beside: {lesson.name} must be here, since its head is for a champion, "
                    f"got no {lesson.data.path}."
                )
            missing.append(lesson.name)
            say(f"{name}: {lesson.name} is not here, and is left out")
            continue
        other = _read(lesson, corpus, root=root, models_dir=models_dir)
        others.append(other)
        say(f"{name}: {lesson.name} has {len(other.records):,} pairs")
    own = {"name": f"{corpus.name}-{corpus.task}", "corpus": corpus.name, "licence": licence}
    return FinetuneContext(
        root, models_dir, name, say, watch, tuple(others), tuple(missing), weights, own
    )


def _check_torch() -> None:
    """Refuse before anything is read where the extra is not installed."""
    for package in ("torch", "transformers"):
        if find_spec(package) is None:
            raise ConfigError(
                f"model.kind: finetuned must have the extra finetune, got no {package}. "
                'Run `.venv/bin/pip install -c constraints.txt -e ".[finetune]"`.'
            )


def _check_learned(weights: Weights, corpus: Corpus) -> None:
    """Refuse weights that were trained on the corpus that the run is scored on."""
    known = [data["name"] for data in weights.learned if data["corpus"] == corpus.name]
    if known:
        raise ConfigError(
            f"model.encoder.name: must not have learned from {corpus.name}, whose rows this run "
            f"is scored on, got {weights.name!r}, which learned from {', '.join(known)}. "
            "Start from other weights."
        )


def _check_lessons(
    beside: Sequence[AuxiliaryTask], before: Sequence[AuxiliaryTask], corpus: Corpus
) -> None:
    for lesson in beside:
        if lesson.champion and (lesson.data.corpus != corpus.name or lesson.task == corpus.task):
            raise ConfigError(
                "model.beside: champion must be of the run's own corpus, for its other task, got "
                f"{lesson.name} beside {corpus.name}-{corpus.task}."
            )
    for lesson in before:
        if _is_own(lesson, corpus):
            raise ConfigError(
                "model.before.lessons: must be of other data than the run's own, whose held-out "
                f"rows would be learned, got {lesson.name}. Name it in model.beside."
            )


def _is_own(lesson: AuxiliaryTask, corpus: Corpus) -> bool:
    """Whether a lesson is of the run's own corpus; two tables are two corpora, unless one says so.

    What is its own is kept apart by groups, all else by its texts.
    """
    return lesson.champion or lesson.data.corpus == corpus.name != "table"


def _read(lesson: AuxiliaryTask, corpus: Corpus, *, root: Path, models_dir: Path) -> Other:
    found = load_corpus(lesson.data, task=lesson.task, root=root)
    own = _is_own(lesson, corpus)
    kept = range(len(found.records)) if own else _unmet(found, corpus, models_dir)
    records = tuple(found.records[n] for n in kept)
    return Other(lesson, found, records, len(found.records) - len(records), own)


def is_here(data: Data, root: Path) -> bool:
    """Whether the files of some data are there."""
    if data.corpus in ("seeds", "table"):
        if not isinstance(data.path, str) or data.path.startswith("hub:"):
            return True
        return (root / data.path).exists()
    try:
        return (data_folder() / str(data.path)).is_dir()
    except CorpusError:
        return False


def _unmet(found: Corpus, own: Corpus, models_dir: Path) -> Sequence[int]:
    """Rows of another corpus whose text is in none of the run's own rows, nor nearly."""
    n_own = len(own.records)
    texts = TextIndex([*own.records, *found.records], cache=models_dir / "cache")
    numbers = range(n_own, n_own + len(found.records))
    clean = texts.leaks(range(n_own), numbers).clean
    return np.flatnonzero(clean).tolist()
