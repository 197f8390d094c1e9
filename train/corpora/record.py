"""Labelled pairs: the record that every corpus loader returns, and the corpus of them."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, TypedDict

from standpoint.labels import LABELS, Task
from standpoint.model import Name, PairText
from standpoint.text import Span

if TYPE_CHECKING:
    from datasets import Dataset


class Role(TypedDict):
    """A holder or target: its name, and its offsets in the text or None."""

    name: str
    start: int | None
    end: int | None


def role_at(name: str, span: Span | None) -> Role:
    """A role with the offsets of a span; None where the text does not mention it."""
    start, end = (span.start, span.end) if span else (None, None)
    return Role(name=name, start=start, end=end)


def span_of(role: Role | None) -> Span | None:
    """The span of a role, if it has one."""
    if role is None or role["start"] is None or role["end"] is None:
        return None
    return Span(role["start"], role["end"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One labelled pair.

    Attributes
    ----------
    holder : None where the author or narrator is the holder
    group : article, story or thread; rows of one group are never on both sides of a split
    stratum : what stratified splits draw from in equal shares (of the seeds, the codebook)
    split : the split that the data set's owner put it in, or ""
    tags : subsets that get scores of their own (``zero_shot``, ``topic_target``)
    names : of actors in the text, for models that read placeholders in their place
    """

    id: str
    text: str
    holder: Role | None = None
    target: Role
    label: str
    group: str
    issue: str | None = None
    actor: str | None = None
    date: str | None = None
    stratum: str
    split: str
    tags: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()

    def pair(self) -> PairText:
        """The input of a model; a role that is no span of the text is given by its name."""
        holder, target = span_of(self.holder), span_of(self.target)
        topic = self.target["name"] if target is None else None
        name = self.holder["name"] if self.holder and holder is None else None
        return PairText(self.text, holder, target, topic, name, self.names)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Labelled pairs of one data set for one task."""

    name: str
    task: Task
    records: tuple[Record, ...]

    def tags(self) -> tuple[str, ...]:
        """Every tag of its records, sorted."""
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
        return Dataset.from_list(
            [{key: row[key] for key in features} for row in rows], features=features
        )
