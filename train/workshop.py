"""What fitting a fine-tuned part needs besides its rows: other data, places, and who is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from standpoint.errors import ConfigError, CorpusError
from train.corpora.load import data_folder, load_corpus
from train.corpora.record import Corpus, Record
from train.data import Data
from train.features import PairRows
from train.kinds import FinetunedModel, LessonData
from train.leakage import TextIndex
from train.scores import Labels

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

    lesson: LessonData
    corpus: Corpus
    records: tuple[Record, ...]
    n_met: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class Exam:
    """Held-out rows to find the best epoch by, and the score of their probabilities."""

    rows: PairRows
    y: Labels
    metric: str
    objective: Callable[[np.ndarray[tuple[int, int], np.dtype[np.float32]]], float]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a fine-tuned part is fitted with.

    Attributes
    ----------
    root : the project's folder
    models_dir : where weights, checkpoints and tuned encoders are kept
    name : of the run
    others : the other data there is, by the name of its head
    missing : the names of heads whose data is not there
    exam : held-out rows, in the fit whose best epoch is looked for
    epochs : how many to fit, where another fit has found it
    """

    root: Path
    models_dir: Path
    name: str
    say: Say
    watch: Watch = unwatched
    others: tuple[Other, ...] = ()
    missing: tuple[str, ...] = ()
    exam: Exam | None = None
    epochs: int | None = None

    def examined_by(self, exam: Exam | None) -> "Workshop":
        """The same with held-out rows."""
        return replace(self, exam=exam)

    def for_epochs(self, epochs: int | None) -> "Workshop":
        """The same for so many epochs, and nothing held out."""
        return replace(self, exam=None, epochs=epochs)

    def at(self, stage: str) -> "Workshop":
        """The same, with a curve of its own: its numbers' names begin with the stage."""
        if not stage:
            return self
        watch = self.watch
        return replace(self, watch=lambda step, name, value: watch(step, f"{stage}.{name}", value))

    def other(self, lesson: LessonData) -> Other | None:
        """The data of a lesson, if it is there."""
        return next((other for other in self.others if other.lesson == lesson), None)


def open_workshop(
    model: FinetunedModel,
    corpus: Corpus,
    *,
    name: str,
    root: Path,
    models_dir: Path,
    say: Say,
    watch: Watch,
) -> Workshop:
    """Read the other data of a config, without what the run's own corpus has.

    Data that is not there is left out, and said.

    Raises
    ------
    ConfigError
        a lesson for the champion is not of the run's corpus and other task, or one before is of
        the run's corpus
    """
    before = model.before.lessons if model.before else ()
    _check_lessons(model.beside, before, corpus)
    lessons = (*model.beside, *before)
    others, missing = [], []
    for number, lesson in enumerate(lessons):
        if lesson in lessons[:number]:
            continue
        if not is_here(lesson.data, root):
            missing.append(lesson.name)
            say(f"{name}: {lesson.name} is not here, and is left out")
            continue
        other = _read(lesson, corpus, root=root, models_dir=models_dir)
        others.append(other)
        say(f"{name}: {lesson.name} has {len(other.records):,} pairs")
    return Workshop(root, models_dir, name, say, watch, tuple(others), tuple(missing))


def _check_lessons(
    beside: Sequence[LessonData], before: Sequence[LessonData], corpus: Corpus
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


def _is_own(lesson: LessonData, corpus: Corpus) -> bool:
    """Whether a lesson is of the run's own corpus; two tables are two corpora, unless one says so.

    What is its own is kept apart by groups, all else by its texts.
    """
    return lesson.champion or lesson.data.corpus == corpus.name != "table"


def _read(lesson: LessonData, corpus: Corpus, *, root: Path, models_dir: Path) -> Other:
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
