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
    """

    lesson: LessonData
    corpus: Corpus
    records: tuple[Record, ...]
    n_met: int


@dataclass(frozen=True, slots=True)
class Exam:
    """Held-out rows to find the best epoch by, and the score of their probabilities."""

    rows: PairRows
    y: Labels
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
        a lesson for the champion is not of the run's corpus and other task
    """
    lessons = (*model.beside, *(model.before.lessons if model.before else ()))
    for lesson in model.beside:
        if lesson.champion and (lesson.data.corpus != corpus.name or lesson.task == corpus.task):
            raise ConfigError(
                "model.beside: champion must be of the run's own corpus, for its other task, got "
                f"{lesson.name} beside {corpus.name}-{corpus.task}."
            )
    others, missing = [], []
    for lesson in dict.fromkeys(lessons):
        if not is_here(lesson.data, root):
            missing.append(lesson.name)
            say(f"{name}: {lesson.name} is not here, and is left out")
            continue
        found = load_corpus(lesson.data, task=lesson.task, root=root)
        kept = _unmet(found, corpus, models_dir) if lesson.data.corpus != corpus.name else None
        records = found.records if kept is None else tuple(found.records[n] for n in kept)
        others.append(Other(lesson, found, records, len(found.records) - len(records)))
        say(f"{name}: {lesson.name} has {len(records):,} pairs")
    return Workshop(root, models_dir, name, say, watch, tuple(others), tuple(missing))


def is_here(data: Data, root: Path) -> bool:
    """Whether the files of some data are there."""
    if data.corpus in ("seeds", "table"):
        return not isinstance(data.path, str) or (root / data.path).exists()
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
