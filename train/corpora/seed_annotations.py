"""The two annotations of the older seeds, and what a third reader made of their differences.

``first/CODEBOOK.jsonl`` and ``second/CODEBOOK.jsonl`` below the seeds hold one article a line as
each annotator left it, ``settled/CODEBOOK.jsonl`` one difference a line.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from standpoint.codebook import Codebook
from train.corpora.io import refuse_faults
from train.corpora.seeds import (
    AnnotatedSpan,
    Row,
    SeedArticle,
    Seeds,
    SeedStatement,
    Strict,
    check_statements,
    read_seed_rows,
)

Stance = Literal["favor", "against", "none"]


class Annotation(Strict):
    """The statements that one annotator marked in an article."""

    id: str
    statements: tuple[SeedStatement, ...]


class Adjudication(Strict):
    """A sentence, holder and issue whose stance two annotators saw differently, and a third's word.

    ``first`` and ``second`` hold the stances each had marked, none where he marked no statement.
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
        """The stances that hold after all."""
        if self.settled == "both":
            return frozenset({"favor", "against"})
        return frozenset() if self.settled == "no statement" else frozenset({self.settled})


Statements = tuple[SeedStatement, ...]


@dataclass(frozen=True, slots=True)
class Annotations:
    """Statements by article, as each annotator marked them, and the differences settled."""

    first: dict[str, Statements]
    second: dict[str, Statements]
    settled: tuple[Adjudication, ...]


def load_annotations(folder: Path, *, seeds: Seeds) -> Annotations:
    """Read and check what is in ``first``, ``second`` and ``settled``; nothing where they are not.

    Parameters
    ----------
    folder : of the seeds

    Raises
    ------
    CorpusError
        with every fault, by file and line
    """
    faults: list[str] = []
    known = {article.id: article for article in seeds.articles}
    first = _statements(folder / "first", known, seeds, faults)
    second = _statements(folder / "second", known, seeds, faults)
    faults += [
        f"{name}: {id!r} must be annotated twice, got it in {name} alone."
        for name, here, there in (("first", first, second), ("second", second, first))
        for id in here
        if id not in there
    ]
    settled = tuple(_settled(folder / "settled", known, seeds, faults))
    refuse_faults(folder, faults)
    return Annotations(first, second, settled)


def _rows(folder: Path, row: type[Row], faults: list[str]) -> Iterator[tuple[str, str, Row]]:
    """Rows of every file with the codebook that the file is named after, and their places."""
    for file in sorted(folder.glob("*.jsonl")):
        name = f"{folder.name}/{file.name}"
        for where, found in read_seed_rows(file, row, name=name, faults=faults):
            yield file.stem, where, found


def _article(
    id: str, codebook: str, known: Mapping[str, SeedArticle], faults: list[str], where: str
) -> SeedArticle | None:
    article = known.get(id)
    if article is None or article.codebook != codebook:
        faults.append(f"{where}: id must be of a seed of {codebook}, got {id!r}.")
        return None
    return article


def _statements(
    folder: Path, known: Mapping[str, SeedArticle], seeds: Seeds, faults: list[str]
) -> dict[str, Statements]:
    found: dict[str, Statements] = {}
    for codebook, where, row in _rows(folder, Annotation, faults):
        article = _article(row.id, codebook, known, faults, where)
        if article is None:
            continue
        if row.id in found:
            faults.append(f"{where}: id must be new, got {row.id!r} again.")
        told = check_statements(article.text, row.statements, seeds.codebooks[codebook])
        faults += [f"{where}: {fault}" for fault in told]
        found[row.id] = row.statements
    return found


def _settled(
    folder: Path, known: Mapping[str, SeedArticle], seeds: Seeds, faults: list[str]
) -> Iterator[Adjudication]:
    met: set[tuple[str, str, str, int]] = set()
    for codebook, where, row in _rows(folder, Adjudication, faults):
        article = _article(row.id, codebook, known, faults, where)
        if article is None:
            continue
        told = list(_check_settled(row, article.text, seeds.codebooks[codebook]))
        unit = (row.id, row.holder, row.issue, row.evidence.start)
        if unit in met:
            told.append(f"must be settled once, got {row.holder!r} on {row.issue!r} again.")
        met.add(unit)
        faults += [f"{where}: {fault}" for fault in told]
        yield row


def _check_settled(row: Adjudication, text: str, codebook: Codebook) -> Iterator[str]:
    if row.holder not in {actor.id for actor in codebook.actors}:
        yield f"holder: must be an actor of {codebook.name}, got {row.holder!r}."
    if row.issue not in {issue.id for issue in codebook.issues}:
        yield f"issue: must be an issue of {codebook.name}, got {row.issue!r}."
    found = text[row.evidence.start : row.evidence.end]
    if found != row.evidence.text:
        yield f"evidence: text must stand at its offsets, got {found[:40]!r} there."
    if set(row.first) == set(row.second):
        yield f"second: must differ from first, got {', '.join(row.second) or 'nothing'} in both."
