"""Real documents: each annotated text with its codebook, its split and its annotations."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from standpoint.codebook import Codebook
from standpoint.text import Span
from train.corpora.io import refuse_faults
from train.corpora.real.annotations import (
    IssueKind,
    PlacedDocument,
    RealAnnotations,
    RealCell,
    RealStatement,
)
from train.corpora.real.texts import PLACES, MissingSource, read_texts
from train.corpora.standoff.digests import digest_fault

NEWS = "news"


@dataclass(frozen=True, slots=True)
class RealDocument:
    """A document with its text and its annotations.

    Attributes
    ----------
    id : ``SOURCE/ID``
    kind : news, statement, remarks, press-conference, ...
    annotated : the part that was read; behind it nothing is known of stances
    author : whose own words the text is, where that is known beside the text
    """

    id: str
    text: str
    kind: str
    codebook: Codebook
    split: str
    statements: tuple[RealStatement, ...]
    cells: tuple[RealCell, ...]
    annotated: Span
    author: str | None = None

    @property
    def source(self) -> str:
        """The data set that the text is of."""
        return source_of(self.id)

    @property
    def form(self) -> str:
        """News, or speech: what is not news is said or written by those who take the stances."""
        return NEWS if self.kind == NEWS else "speech"


@dataclass(frozen=True, slots=True)
class RealDocuments:
    """The annotated documents whose texts are here, and the sources that are missing."""

    documents: tuple[RealDocument, ...]
    missing: tuple[MissingSource, ...]
    issue_kinds: Mapping[tuple[str, str], IssueKind]


def source_of(document: str) -> str:
    """The source of a document's id.

    >>> source_of("gum/GUM_news_asylum")
    'gum'
    """
    return document.split("/", maxsplit=1)[0]


def load_real_documents(annotations: RealAnnotations, *, data: Path | None) -> RealDocuments:
    """Join annotations with their texts.

    Parameters
    ----------
    data : the folder of the public data sets; None where there is none

    Raises
    ------
    CorpusError
        with every document that its source lacks, whose text is another than the annotated one,
        or whose offsets do not fit, by file and line
    """
    faults: list[str] = []
    documents, missing = [], []
    by_source: dict[str, list[PlacedDocument]] = {}
    for placed in annotations.rows:
        by_source.setdefault(source_of(placed.row.document), []).append(placed)
    for source, rows in by_source.items():
        if source not in PLACES:
            faults.append(
                f"{rows[0].where}: document must begin with one of {', '.join(PLACES)}, "
                f"got {rows[0].row.document!r}."
            )
            continue
        texts = read_texts(data, source, [_id_of(placed) for placed in rows])
        if texts is None:
            place = data / PLACES[source] if data else PLACES[source]
            missing.append(MissingSource(source, place, len(rows)))
            continue
        for placed in rows:
            text = texts.get(_id_of(placed))
            own_faults = list(_check_text(placed, text))
            faults += own_faults
            if text is not None and not own_faults:
                documents.append(_document(placed, text, annotations))
    refuse_faults("seeds/real", faults)
    return RealDocuments(tuple(documents), tuple(missing), annotations.issue_kinds)


def _id_of(placed: PlacedDocument) -> str:
    return placed.row.document.split("/", maxsplit=1)[1]


def _check_text(placed: PlacedDocument, text: str | None) -> Iterator[str]:
    row, where = placed.row, placed.where
    place = PLACES[source_of(row.document)]
    if text is None:
        yield f"{where}: document must be in {place}, got none with the id {_id_of(placed)!r}."
        return
    what = f"the text of {row.document}"
    if fault := digest_fault(text, row.sha256, what=what, place=place):
        yield f"{where}: {fault}"
        return
    if row.until is not None and row.until > len(text):
        yield f"{where}: until must be in the text of {len(text):,} characters, got {row.until:,}."
    for fault in evidence_faults(row.statements, text):
        yield f"{where}: {fault}"


def evidence_faults(statements: Iterable[RealStatement], text: str) -> Iterator[str]:
    """The faults of statements whose evidence begins with other words than the text has there."""
    for number, statement in enumerate(statements):
        evidence = statement.evidence
        words = " ".join(text[evidence.start : evidence.end].split())
        if not words.startswith(evidence.quote):
            yield (
                f"statements[{number}].evidence: must begin with {evidence.quote!r}, got "
                f"{words[:40]!r} at its offsets."
            )


def _document(placed: PlacedDocument, text: str, annotations: RealAnnotations) -> RealDocument:
    row = placed.row
    return RealDocument(
        row.document,
        text,
        row.kind,
        annotations.codebooks[placed.codebook],
        annotations.split_of(placed.codebook),
        row.statements,
        row.cells,
        Span(0, row.until or len(text)),
    )
