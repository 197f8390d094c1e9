"""Stances in sentences of US news: stand-off annotations of the train sentences of NewsMTSC.

The annotations are files of ``seeds/news-sentences``, each named after its codebook. A sentence may
be in several of them. The sentences themselves are in ``STANDPOINT_DATA``.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from standpoint.codebook import Codebook
from train.config import Strict
from train.corpora.io import decode_file, refuse_faults, split_lines
from train.corpora.seeds import unknown_names
from train.corpora.sentences.stance_sentence import (
    SentenceStance,
    StanceSentence,
    StanceSentences,
)
from train.corpora.standoff.digests import Sha256, digest_fault
from train.corpora.standoff.rows import PlacedRow, read_folder, repeated_by_codebook

TRAIN_SENTENCES = Path("newsmtsc", "train.jsonl")
"""The file of the sentences, below ``STANDPOINT_DATA``: of NewsMTSC's other splits none is used."""


class NewsSentenceRow(Strict):
    """The stances of one sentence; ``sha256`` is the digest of its text in UTF-8."""

    id: str = Field(min_length=1)
    sha256: Sha256
    statements: dict[str, dict[str, SentenceStance]]

    @property
    def stances(self) -> dict[tuple[str, str], SentenceStance]:
        """The stances by issue and actor."""
        return {
            (issue, holder): stance
            for issue, holders in self.statements.items()
            for holder, stance in holders.items()
        }


PlacedSentence = PlacedRow[NewsSentenceRow]


@dataclass(frozen=True, slots=True)
class NewsAnnotations:
    """All annotated sentences, without their texts."""

    rows: tuple[PlacedSentence, ...]
    codebooks: Mapping[str, Codebook]


def load_news_annotations(folder: Path, *, codebooks: Path) -> NewsAnnotations:
    """Read and check ``CODEBOOK.jsonl`` of a folder.

    Parameters
    ----------
    folder : of the annotations; one that is not there has none
    codebooks : folder of the codebooks that the files are named after

    Raises
    ------
    CorpusError
        with every fault, by file and line
    """
    faults: list[str] = []
    books, rows = read_folder(folder, NewsSentenceRow, codebooks=codebooks, faults=faults)
    faults += [*repeated_by_codebook(rows, field="id"), *_unknown(rows, books)]
    refuse_faults(folder, faults)
    return NewsAnnotations(tuple(rows), books)


def _unknown(rows: Iterable[PlacedSentence], books: Mapping[str, Codebook]) -> Iterator[str]:
    for placed in rows:
        for issue, holder in placed.row.stances:
            for fault in unknown_names(books[placed.codebook], holder=holder, issue=issue):
                yield f"{placed.where}: statements.{issue}: {fault}"


def load_news_sentences(annotations: NewsAnnotations, *, data: Path | None) -> StanceSentences:
    """Join annotations with their sentences; white space within these becomes single spaces.

    Parameters
    ----------
    data : the folder of the public data sets; None where there is none

    Raises
    ------
    CorpusError
        with every sentence that NewsMTSC's train file lacks or has in other words
    """
    file = data / TRAIN_SENTENCES if data else None
    if file is None or not file.is_file():
        return StanceSentences((), _missing(file or TRAIN_SENTENCES, len(annotations.rows)))
    faults: list[str] = []
    texts = _texts(file, {placed.row.id for placed in annotations.rows}, faults)
    sentences = []
    for placed in annotations.rows:
        text = texts.get(placed.row.id)
        own_faults = list(_check_text(placed, text))
        faults += own_faults
        if text is not None and not own_faults:
            words, row = " ".join(text.split()), placed.row
            codebook = annotations.codebooks[placed.codebook]
            sentences.append(StanceSentence(row.id, codebook, "", words, None, row.stances))
    refuse_faults("seeds/news-sentences", faults)
    return StanceSentences(tuple(sentences))


def _missing(place: Path, n: int) -> str | None:
    if not n:
        return None
    return (
        f"newsmtsc: {n:,} annotated sentences are left out, for {place} is not there. "
        "Get it with `standpoint data get newsmtsc`."
    )


def _texts(file: Path, ids: set[str], faults: list[str]) -> dict[str, str]:
    """The sentences of some rows of NewsMTSC by id."""
    texts = {}
    for number, line in enumerate(split_lines(decode_file(file, faults)), 1):
        try:
            row = json.loads(line)
            if row["id"] in ids:
                texts[str(row["id"])] = str(row["sentence"])
        except (ValueError, KeyError, TypeError):
            faults.append(f"{file.name}:{number}: must be a JSON object with id and sentence.")
    return texts


def _check_text(placed: PlacedSentence, text: str | None) -> Iterator[str]:
    row = placed.row
    if text is None:
        yield f"{placed.where}: id must be in {TRAIN_SENTENCES}, got {row.id!r}."
        return
    what = f"the sentence {row.id!r}"
    if fault := digest_fault(text, row.sha256, what=what, place=TRAIN_SENTENCES):
        yield f"{placed.where}: {fault}"
