"""The double annotation of the older seeds, and the adjudication of disagreements.

Below the seeds, ``first/CODEBOOK.jsonl`` and ``second/CODEBOOK.jsonl`` hold the labels of both
coders, one article a line; ``settled/CODEBOOK.jsonl`` holds one adjudicated disagreement a line.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from standpoint.codebook import Codebook
from train.config import Strict
from train.corpora.io import refuse_faults
from train.corpora.seeds import (
    AnnotatedSpan,
    Row,
    SeedArticle,
    Seeds,
    SeedStatement,
    check_statements,
    read_seed_rows,
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
    """Rows of every file: the codebook that the file is named after, file and line, and the row."""
    for file in sorted(folder.glob("*.jsonl")):
        name = f"{folder.name}/{file.name}"
        for where, parsed in read_seed_rows(file, row, name=name, faults=faults):
            yield file.stem, where, parsed


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
    statements: dict[str, Statements] = {}
    for codebook, where, row in _rows(folder, Annotation, faults):
        article = _article(row.id, codebook, known, faults, where)
        if article is None:
            continue
        if row.id in statements:
            faults.append(f"{where}: id must be new, got {row.id!r} again.")
        checked = check_statements(article.text, row.statements, seeds.codebooks[codebook])
        faults += [f"{where}: {fault}" for fault in checked]
        statements[row.id] = row.statements
    return statements


def _settled(
    folder: Path, known: Mapping[str, SeedArticle], seeds: Seeds, faults: list[str]
) -> Iterator[Adjudication]:
    seen: set[tuple[str, str, str, int]] = set()
    for codebook, where, row in _rows(folder, Adjudication, faults):
        article = _article(row.id, codebook, known, faults, where)
        if article is None:
            continue
        checked = list(_check_settled(row, article.text, seeds.codebooks[codebook]))
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
