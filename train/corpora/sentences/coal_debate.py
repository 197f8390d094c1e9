"""The coal debate: sentences of the European Parliament on subsidies, with codes of the crowd.

Benoit et al. (2016), Crowd-sourced Text Analysis, APSR 110(2): each sentence has a code of several
workers, 1 for the subsidies, -1 against them, 0 for neither. The stance is that of the speaker.
"""

from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Literal

from pydantic import Field

from standpoint.codebook import Codebook, load_codebook
from standpoint.errors import CorpusError
from train.config import Strict
from train.corpora.io import read_json_rows, refuse_faults
from train.corpora.sentences.stance_sentence import (
    SentenceStance,
    StanceSentence,
    StanceSentences,
)

CODEBOOK, SPEAKER = "coal-subsidies", "speaker"
SIDES: dict[str, tuple[SentenceStance, SentenceStance]] = {
    "coal-aid": ("favor", "against"),
    "end-of-coal-aid": ("against", "favor"),
}
"""The stances of who is for and of who is against the subsidies, by issue of the codebook."""
# Mean codes between the two are left out: the workers did not agree. Both are guesses.
SIDE_MEAN = 0.34  # about a third more of the workers see this side than the other
NO_SIDE_MEAN = 0.1  # nearly as many see the one side as the other, or nobody sees any


class CoalRow(Strict):
    """A sentence with its neighbours and its codes."""

    sentence: str
    speech: str
    before: str
    text: str = Field(min_length=1, pattern=r"\S")
    after: str
    codes: tuple[Literal[-1, 0, 1], ...]


def load_coal_debate(folder: Path, *, codebooks: Path, data: Path | None) -> StanceSentences:
    """Read ``sentences.jsonl`` under a codebook that asks for the subsidies and for their end.

    Parameters
    ----------
    folder : of the sentences, below ``data``
    codebooks : folder of the codebook ``coal-subsidies``
    data : the folder of the public data sets; None where there is none

    Raises
    ------
    CorpusError
        with every faulty line; or the codebook lacks the speaker or an issue
    """
    codebook = _codebook(codebooks / f"{CODEBOOK}.toml")
    file = (data / folder if data else folder) / "sentences.jsonl"
    if data is None or not file.is_file():
        return StanceSentences((), _missing(file))
    faults: list[str] = []
    rows = [row for _, row in read_json_rows(file, CoalRow, name=file.name, faults=faults)]
    refuse_faults(file.parent, faults)
    return StanceSentences(tuple(_sentences(rows, codebook)))


def _codebook(file: Path) -> Codebook:
    codebook = load_codebook(file)
    actors, issues = {a.id for a in codebook.actors}, {i.id for i in codebook.issues}
    if actors != {SPEAKER} or issues != SIDES.keys():
        raise CorpusError(
            f"{file}: must have the actor {SPEAKER} and the issues {', '.join(SIDES)}, got "
            f"{', '.join(sorted(actors))} and {', '.join(sorted(issues))}."
        )
    return codebook


def _missing(file: Path) -> str:
    return (
        f"coal_debate: all its sentences are left out, for {file} is not there. "
        "`standpoint data get coal_debate` says where to get it."
    )


def _sentences(rows: list[CoalRow], codebook: Codebook) -> Iterator[StanceSentence]:
    """The sentences on whose side the workers agree, or which they agree to have none."""
    for row in rows:
        if not row.codes:
            continue
        mean = fmean(row.codes)
        statements: dict[tuple[str, str], SentenceStance] = {}
        if abs(mean) >= SIDE_MEAN:
            statements = {(issue, SPEAKER): stances[mean < 0] for issue, stances in SIDES.items()}
        elif abs(mean) > NO_SIDE_MEAN:
            continue
        yield StanceSentence(row.sentence, codebook, row.before, row.text, SPEAKER, statements)
