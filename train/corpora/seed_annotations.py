"""The double annotation of the older seeds, and the adjudication of disagreements.

Below the seeds, ``first/CODEBOOK.jsonl`` and ``second/CODEBOOK.jsonl`` hold the labels of both
coders, one article a line; ``settled/CODEBOOK.jsonl`` holds one adjudicated disagreement a line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from standpoint.codebook import Codebook
from train.config import Strict
from train.corpora.io import read_json_rows, refuse_faults
from train.corpora.seeds import (
    AnnotatedSpan,
    Seeds,
    SeedStatement,
    check_statements,
    unknown_names,
    wrong_offsets,
)

Stance = Literal["favor", "against", "none"]


class Annotation(Strict):
    """The statements that one coder annotated in an article."""

    id: str
    statements: tuple[SeedStatement, ...]


class Adjudication(Strict):
    """A disagreement of two coders on a sentence, holder and issue, and a third coder's decision.

    ``first`` and ``second`` are the stances that each annotated; empty for no statement.
    """

    id: str
    holder: str
    issue: str
    evidence: AnnotatedSpan
    first: tuple[Stance, ...]
    second: tuple[Stance, ...]
    settled: Literal["favor", "against", "none", "both", "no statement"]
    why: str

    @property
    def stances(self) -> frozenset[str]:
        """The stances after adjudication."""
        several = {"both": ("favor", "against"), "no statement": ()}
        return frozenset(several.get(self.settled, (self.settled,)))


Statements = tuple[SeedStatement, ...]
CodersRow = TypeVar("CodersRow", Annotation, Adjudication)


@dataclass(frozen=True, slots=True)
class Annotations:
    """Statements by article, as each coder annotated them, and the adjudicated disagreements."""

    first: dict[str, Statements]
    second: dict[str, Statements]
    settled: tuple[Adjudication, ...]


def load_annotations(folder: Path, *, seeds: Seeds) -> Annotations:
    """Read and check the folders ``first``, ``second`` and ``settled``; a missing one is empty.

    Parameters
    ----------
    folder : of the seeds

    Raises
    ------
    CorpusError
        with every fault, by file and line
    """
    faults: list[str] = []
    first = _statements(folder / "first", seeds, faults)
    second = _statements(folder / "second", seeds, faults)
    faults += [
        f"{name}: {id!r} must be annotated twice, got it in {name} alone."
        for name, here, there in (("first", first, second), ("second", second, first))
        for id in here
        if id not in there
    ]
    settled = tuple(_settled(folder / "settled", seeds, faults))
    refuse_faults(folder, faults)
    return Annotations(first, second, settled)


def _rows(
    folder: Path, row: type[CodersRow], seeds: Seeds, faults: list[str]
) -> Iterator[tuple[str, CodersRow, str, Codebook]]:
    """Rows of every file, each with file and line, the text of its article, and its codebook."""
    known = {(article.codebook, article.id): article.text for article in seeds.articles}
    for file in sorted(folder.glob("*.jsonl")):
        name, codebook = f"{folder.name}/{file.name}", file.stem
        for where, parsed in read_json_rows(file, row, name=name, faults=faults):
            if (codebook, parsed.id) in known:
                yield where, parsed, known[codebook, parsed.id], seeds.codebooks[codebook]
            else:
                faults.append(f"{where}: id must be of a seed of {codebook}, got {parsed.id!r}.")


def _statements(folder: Path, seeds: Seeds, faults: list[str]) -> dict[str, Statements]:
    statements: dict[str, Statements] = {}
    for where, row, text, codebook in _rows(folder, Annotation, seeds, faults):
        if row.id in statements:
            faults.append(f"{where}: id must be new, got {row.id!r} again.")
        checked = check_statements(text, row.statements, codebook)
        faults += [f"{where}: {fault}" for fault in checked]
        statements[row.id] = row.statements
    return statements


def _settled(folder: Path, seeds: Seeds, faults: list[str]) -> Iterator[Adjudication]:
    seen: set[tuple[str, str, str, int]] = set()
    for where, row, text, codebook in _rows(folder, Adjudication, seeds, faults):
        checked = list(_check_settled(row, text, codebook))
        unit = (row.id, row.holder, row.issue, row.evidence.start)
        if unit in seen:
            checked.append(f"must be settled once, got {row.holder!r} on {row.issue!r} again.")
        seen.add(unit)
        faults += [f"{where}: {fault}" for fault in checked]
        yield row


def _check_settled(row: Adjudication, text: str, codebook: Codebook) -> Iterator[str]:
    yield from unknown_names(codebook, holder=row.holder, issue=row.issue)
    yield from (f"evidence: {fault}" for fault in wrong_offsets(text, row.evidence))
    if set(row.first) == set(row.second):
        yield f"second: must differ from first, got {', '.join(row.second) or 'nothing'} in both."
