"""The annotations of real documents: rows of ``seeds/real``, their splits, codebooks and issues.

Every row is checked against its codebook; all faults are reported together, with file and line. No
text is needed.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from standpoint.codebook import Codebook
from standpoint.errors import CorpusError
from standpoint.text import Span
from standpoint.validation import near_miss, validation_faults
from train.config import Strict
from train.corpora.io import decode_file, refuse_faults, repeated_ids
from train.corpora.seeds import unknown_names
from train.corpora.standoff.digests import Sha256
from train.corpora.standoff.rows import PlacedRow, load_codebooks, read_placed

IssueKind = Literal["claim", "policy"]
Splits = Mapping[str, Sequence[str]]
Table = TypeVar("Table")
_SPLITS = TypeAdapter(dict[str, list[str]])
_ISSUE_KINDS = TypeAdapter(dict[str, dict[IssueKind, list[str]]])


class Evidence(Strict):
    """The sentence of a statement: offsets in the document, and its first words."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    quote: str = Field(min_length=1)

    @property
    def span(self) -> Span:
        """Its offsets in the document."""
        return Span(self.start, self.end)


class RealStatement(Strict):
    """A stance of a holder on an issue in one sentence; see ``seeds/real/README.md``."""

    holder: str
    issue: str
    stance: Literal["favor", "against", "none"]
    evidence: Evidence
    attribution: Literal["quote", "paraphrase", "act", "voice", "narrator"]
    reporter: str | None
    reference: Literal["named", "back", "meant"]


class RealCell(Strict):
    """A side that an actor takes in the document as a whole.

    ``must``: every careful reader would agree; ``may``: defensible.
    """

    actor: str
    issue: str
    stance: Literal["favor", "against"]
    strength: Literal["must", "may"]


class AnnotatedRow(Strict):
    """The annotations of one document, of which the text is elsewhere.

    ``sha256`` is the digest of the text in UTF-8. ``document`` is ``SOURCE/ID``. ``until`` is the
    offset up to which the text is annotated; None where all of it is.
    """

    document: str = Field(pattern=r"^[a-z0-9_]+/\S+$")
    sha256: Sha256
    kind: str = Field(min_length=1)
    cells: tuple[RealCell, ...]
    statements: tuple[RealStatement, ...]
    until: int | None = Field(default=None, gt=0)
    note: str | None = None


PlacedDocument = PlacedRow[AnnotatedRow]


@dataclass(frozen=True, slots=True)
class RealAnnotations:
    """All annotated documents, without their texts.

    Attributes
    ----------
    splits : the names of the codebooks of train, dev and test
    issue_kinds : by codebook and issue
    """

    rows: tuple[PlacedDocument, ...]
    codebooks: Mapping[str, Codebook]
    splits: Splits
    issue_kinds: Mapping[tuple[str, str], IssueKind]

    def split_of(self, codebook: str) -> str:
        """The split that a codebook is in."""
        return next(split for split, names in self.splits.items() if codebook in names)


def load_real_annotations(
    folder: Path, *, codebooks: Path, split: str | None = None
) -> RealAnnotations:
    """Read and check ``splits.toml``, ``issues.toml`` and ``CODEBOOK.jsonl`` of a folder.

    Parameters
    ----------
    folder : of the annotations
    codebooks : folder of the codebooks that the files are named after
    split : read no annotation of another split

    Raises
    ------
    CorpusError
        with every fault, by file and line
    """
    faults: list[str] = []
    splits = _read_toml(folder / "splits.toml", _SPLITS, faults)
    known = {file.stem: file for file in sorted(codebooks.glob("*.toml"))}
    _check_splits(folder / "splits.toml", splits, known, faults)
    _check_files(folder, splits, faults)
    refuse_faults(folder, faults)
    if split is not None and split not in splits:
        raise CorpusError(
            f"--split: must be one of {', '.join(splits)}, got {split!r}."
            f"{near_miss(split, tuple(splits))}"
        )
    names = [name for of, own in splits.items() for name in own if split in (None, of)]
    books = load_codebooks({name: known[name] for name in names}, faults)
    kinds = _issue_kinds(folder / "issues.toml", books, faults)
    rows = [
        placed
        for name in books
        for placed in read_placed(folder / f"{name}.jsonl", AnnotatedRow, faults)
    ]
    faults += unknown_in(rows, books)
    _check_filled(books, rows, faults)
    faults += repeated_ids(((p.where, p.row.document) for p in rows), field="document")
    faults += [
        f"{placed.where}: until must be left out, got {placed.row.until}: documents of "
        f"{', '.join(splits)} are annotated to their end."
        for placed in rows
        if placed.row.until is not None
    ]
    refuse_faults(folder, faults)
    return RealAnnotations(tuple(rows), books, splits, kinds)


def _read_toml(
    file: Path, shape: TypeAdapter[dict[str, Table]], faults: list[str]
) -> dict[str, Table]:
    try:
        return shape.validate_python(tomllib.loads(decode_file(file, faults)))
    except tomllib.TOMLDecodeError as error:
        faults.append(f"{file.name}: must be TOML, got a fault: {error}.")
    except ValidationError as error:
        faults += [f"{file.name}: {fault.text}" for fault in validation_faults(error)]
    return {}


def _check_splits(file: Path, splits: Splits, known: Mapping[str, Path], faults: list[str]) -> None:
    """Every codebook of a split exists, and is in no other split."""
    seen: dict[str, str] = {}
    for split, name in ((split, name) for split, own in splits.items() for name in own):
        where = f"{file.name}:{_line_of(file, name)}"
        if name not in known:
            hint = near_miss(name, tuple(known))
            faults.append(f"{where}: must name a codebook, got {name!r} in {split}.{hint}")
        if name in seen:
            faults.append(
                f"{where}: each codebook must be in one split, got {name!r} in {seen[name]} "
                f"and {split}."
            )
        seen[name] = split


def _check_files(folder: Path, splits: Splits, faults: list[str]) -> None:
    """Every annotation file is in a split; else its documents would be left out in silence."""
    placed = {name for own in splits.values() for name in own}
    faults += [
        f"splits.toml: each annotated codebook must be in a split, got none for {file.stem!r}, "
        f"which {file.name} annotates. Add it to a split, or remove {file.name}."
        for file in sorted(folder.glob("*.jsonl"))
        if file.stem not in placed
    ]


def _check_filled(names: Iterable[str], rows: Sequence[PlacedDocument], faults: list[str]) -> None:
    """Every codebook of a split has annotated documents, unless its file has faults already."""
    filled = {placed.codebook for placed in rows}
    faults += [
        f"{name}.jsonl: must annotate one document or more, got none. Restore its rows, or take "
        f"{name!r} out of splits.toml."
        for name in names
        if name not in filled and not any(fault.startswith(f"{name}.jsonl") for fault in faults)
    ]


def _line_of(file: Path, name: str) -> int:
    """The last line of a file that has a name in quotation marks, or begins a table of it."""
    lines = enumerate(file.read_text("utf-8").splitlines(), 1)
    return max((n for n, line in lines if f'"{name}"' in line or f"[{name}]" in line), default=1)


def _issue_kinds(
    file: Path, books: Mapping[str, Codebook], faults: list[str]
) -> dict[tuple[str, str], IssueKind]:
    """What each issue asks; the file must say it of every issue of the codebooks, once."""
    tables = _read_toml(file, _ISSUE_KINDS, faults)
    kinds: dict[tuple[str, str], IssueKind] = {}
    for name, book in books.items():
        own = tables.get(name, {})
        listed = Counter(issue for issues in own.values() for issue in issues)
        expected = Counter(issue.id for issue in book.issues)
        if listed != expected:
            wrong = sorted((listed - expected) + (expected - listed))
            faults.append(
                f"{file.name}:{_line_of(file, name)}: must list each issue of {name} once, as "
                f"claim or policy, got it otherwise for {', '.join(wrong)}."
            )
        kinds |= {(name, issue): kind for kind, issues in own.items() for issue in issues}
    return kinds


def unknown_in(rows: Iterable[PlacedDocument], books: Mapping[str, Codebook]) -> Iterator[str]:
    """The faults of actors and issues that the codebook of a row lacks."""
    for placed in rows:
        row, book = placed.row, books[placed.codebook]
        for number, cell in enumerate(row.cells):
            for fault in unknown_names(book, holder=cell.actor, issue=cell.issue):
                named = fault.replace("holder:", "actor:", 1)
                yield f"{placed.where}: cells[{number}].{named}"
        for fault in unknown_in_statements(row.statements, book):
            yield f"{placed.where}: {fault}"


def unknown_in_statements(statements: Iterable[RealStatement], book: Codebook) -> Iterator[str]:
    """The faults of holders and issues of statements that a codebook lacks."""
    for number, statement in enumerate(statements):
        for fault in unknown_names(book, holder=statement.holder, issue=statement.issue):
            yield f"statements[{number}].{fault}"
