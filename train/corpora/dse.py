"""DSE: directed sentiment between two entities of a news sentence.

Park, Pan and Joo (2021), Who Blames or Endorses Whom? Entity-to-Entity Directed Sentiment
Extraction in News Text, Findings of ACL-IJCNLP 2021.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from standpoint.labels import Task
from standpoint.text import Span
from train.corpora.dse_classes import DIRECTIONS, SIDES
from train.corpora.dse_repairs import repaired
from train.corpora.io import (
    decode_file,
    refuse_faults,
    require_files,
    require_task,
    same_text,
    split_lines,
)
from train.corpora.record import Corpus, Record, Role

SPLITS = ("train", "valid", "test")


def load_dse(folder: Path, *, task: Task = "sentiment") -> Corpus:
    """Read ``{train,valid,test}.txt``: two records a sentence, one for each direction.

    A line is ``text<TAB>p<TAB>q<TAB>label`` as `csv` writes it, with p and q in brackets in the
    text. The direction that a label does not speak of is neutral. `brackets.repaired` mends the
    spans. Records of one sentence are ``test:12:p_to_q`` and ``test:12:q_to_p``; `join_directions`
    turns them back into the official classes.

    Raises
    ------
    CorpusError
        with every faulty line
    """
    require_task("dse", task, ("sentiment",))
    require_files(folder, [f"{split}.txt" for split in SPLITS], of="DSE")
    faults: list[str] = []
    records = [record for split in SPLITS for record in _read(folder, split, faults)]
    refuse_faults(folder, faults)
    return Corpus("dse", task, tuple(records))


def _read(folder: Path, split: str, faults: list[str]) -> Iterator[Record]:
    path = folder / f"{split}.txt"
    for number, line in enumerate(split_lines(decode_file(path, faults)), 1):
        try:
            yield from _records(_cells(line), id=f"{split}:{number}", split=split)
        except (ValueError, csv.Error) as error:
            faults.append(f"{path.name}:{number}: {error}")


def _cells(line: str) -> list[str]:
    cells = line.split("\t")
    if '"' in line:
        cells = next(csv.reader([line], delimiter="\t", strict=True))
    if len(cells) != 4:
        raise ValueError(f"must have 4 cells (text, p, q, label), got {len(cells)}.")
    return cells


def _records(cells: list[str], *, id: str, split: str) -> Iterator[Record]:
    marked, p, q, label = cells
    if label not in SIDES:
        raise ValueError(f"label must be one of {', '.join(SIDES)}, got {label!r}.")
    text, spans = unbracketed(marked, p, q)
    roles = [Role(name=s.of(text), start=s.start, end=s.end) for s in repaired(text, spans)]
    group = same_text(text)
    for direction, side, (holder, target) in zip(
        DIRECTIONS, SIDES[label], (roles, roles[::-1]), strict=True
    ):
        yield Record(
            id=f"{id}:{direction}",
            text=text,
            holder=holder,
            target=target,
            label=side,
            group=group,
            issue=None,
            actor=holder["name"],
            date=None,
            stratum=split,
            split=split,
            tags=(direction,),
        )


def unbracketed(marked: str, p: str, q: str) -> tuple[str, tuple[Span, Span]]:
    """A text without the brackets of p and q, and where the two stand in it.

    Other brackets stay. Where p and q are the same words, the first pair of brackets is p's.

    >>> unbracketed("[sic] [Ann] saw [Bob]", "Bob", "Ann")
    ('[sic] Ann saw Bob', (Span(start=14, end=17), Span(start=6, end=9)))
    """
    found = [
        list(re.finditer(rf"\[(\s*{re.escape(name.strip())}\s*)\]", marked)) for name in (p, q)
    ]
    for name, matches in zip((p, q), found, strict=True):
        if not matches:
            raise ValueError(f"text must hold {name!r} in brackets, got {marked[:60]!r}.")
    both = [(a, b) for a in found[0] for b in found[1] if a.end() <= b.start()]
    both += [(a, b) for a in found[0] for b in found[1] if b.end() <= a.start()]
    if not both:
        raise ValueError(f"text must hold {p!r} and {q!r} in brackets of their own, got one pair.")
    marks = sorted(at for match in both[0] for at in (match.start(), match.end() - 1))
    text = "".join(
        marked[start + 1 : end]
        for start, end in zip([-1, *marks], [*marks, len(marked)], strict=True)
    )
    first, second = (Span(*(_shifted(at, marks) for at in m.span(1))) for m in both[0])
    return text, (first, second)


def _shifted(at: int, marks: list[int]) -> int:
    """An offset once the marks before it are gone."""
    return at - sum(mark < at for mark in marks)
