"""The one record every corpus loader gives, and the corpus it makes."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, TypedDict

from standpoint.labels import LABELS, Task
from standpoint.model import Name, PairText
from standpoint.text import Span

if TYPE_CHECKING:
    from datasets import Dataset


class Role(TypedDict):
    """A holder or target: its name, and where it stands if it does."""

    name: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Record:
    """One labelled pair.

    Attributes
    ----------
    holder : None where the author or narrator is the holder
    group : article, story or thread; never on both sides of a split
    stratum : what groups are drawn from alike (the codebook, of seeds)
    split : the data set's own, or ""
    tags : kinds of row that get scores of their own (``zero_shot``, ``topic_target``)
    names : of actors in the text, for models that read stand-ins in their place
    """

    id: str
    text: str
    holder: Role | None
    target: Role
    label: str
    group: str
    issue: str | None
    actor: str | None
    date: str | None
    stratum: str
    split: str
    tags: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()

    def pair(self) -> PairText:
        """What a model reads of it; a role that is no span of the text is read by its name."""
        holder, target = _span(self.holder), _span(self.target)
        topic = self.target["name"] if target is None else None
        name = self.holder["name"] if self.holder and holder is None else None
        return PairText(self.text, holder, target, topic, name, self.names)


def _span(role: Role | None) -> Span | None:
    if role is None or role["start"] is None or role["end"] is None:
        return None
    return Span(role["start"], role["end"])


@dataclass(frozen=True, slots=True)
class Corpus:
    """Labelled pairs of one data set for one task."""

    name: str
    task: Task
    records: tuple[Record, ...]

    def tags(self) -> tuple[str, ...]:
        """Every tag of its records."""
        return tuple(sorted({tag for record in self.records for tag in record.tags}))

    def dataset(self) -> "Dataset":
        """The records as a ``datasets.Dataset`` with a ClassLabel."""
        from datasets import ClassLabel, Dataset, Features, List, Value

        role = {"name": Value("string"), "start": Value("int64"), "end": Value("int64")}
        texts = ("id", "text", "group", "issue", "actor", "date", "stratum", "split")
        features = Features(
            {
                **{name: Value("string") for name in texts},
                "holder": role,
                "target": role,
                "tags": List(Value("string")),
                "label": ClassLabel(names=list(LABELS[self.task])),
            }
        )
        rows = [asdict(record) for record in self.records]
        kept = [{key: row[key] for key in features} for row in rows]
        return Dataset.from_list(kept, features=features)


def rows_of_splits(records: Sequence[Record], names: Iterable[str]) -> list[int]:
    """Numbers of the records of some splits."""
    wanted = set(names)
    return [number for number, record in enumerate(records) if record.split in wanted]
