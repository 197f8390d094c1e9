"""What an exported judge answers on the documents of dev, beside gold: for calibration.

The documents are labelled as users' documents are, but every answer is kept, also what would be no
statement.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from standpoint.judge import ANSWERS, Judge
from standpoint.labeling import AnnotatedArticle, JudgedUnit, Pair, judged_article
from standpoint.probabilities import log_odds, log_shares
from train.articles import ReadDocument, Reader, without_cues
from train.config import JudgeConfig
from train.corpora import RealDocument, load_real_annotations, load_real_documents
from train.judge.dev_scores import Floats
from train.judge.units import NOT_CONCERNED

MIN_ABOUT = 1e-6  # and its distance from 1, which float32 has
Side = tuple[str, str, str]
"""An actor, an issue and a side."""


@dataclass(frozen=True, slots=True)
class DevAnswer:
    """A holder and an issue that the judge was asked about in a sentence.

    Attributes
    ----------
    logits : in the order of `ANSWERS`, of shape (4,)
    about : the logit that the sentence is about the issue
    others : how much it is about the other issues; see `Judge.beside_others`
    gold : one of `ANSWERS`
    """

    pair: Pair
    logits: Floats
    about: float
    others: float
    gold: str


@dataclass(frozen=True, slots=True)
class DevTable:
    """The answers on one document.

    Attributes
    ----------
    cells : the sides of gold cells with their strength, ``must`` or ``may``
    n_statements, n_sides : gold statements: all, and those with a side
    """

    codebook: str
    has_cues: bool
    answers: tuple[DevAnswer, ...]
    cells: Mapping[Side, str]
    n_statements: int
    n_sides: int


def dev_documents(config: JudgeConfig, *, root: Path, data: Path | None) -> list[RealDocument]:
    """The documents of dev whose texts are here.

    Parameters
    ----------
    root : the project's folder
    data : the folder of the public data sets
    """
    annotations = load_real_annotations(
        root / config.dev.path, codebooks=root / config.dev.codebooks, split="dev"
    )
    return list(load_real_documents(annotations, data=data).documents)


def read_dev_tables(
    documents: Sequence[RealDocument], judge: Judge, *, report_progress: Callable[[str], None]
) -> list[DevTable]:
    """The answers of a judge on documents, with the cues of their codebooks and without them."""
    # Neither scaled nor under a floor: that is what is to be chosen.
    plain = {"temperature": 1.0, "shift": (), "about_weight": 0.0, "others_weight": 0.0}
    plain |= {"statement_floor": 0.0}
    judge = Judge(judge.folder, judge.settings.model_copy(update=plain))
    report_progress(f"labelling {len(documents)} documents of dev, with cues and without")
    tables = []
    for has_cues in (True, False):
        reader = Reader()
        for document in documents:
            bare = replace(document, codebook=without_cues(document.codebook))
            tables.append(_table(document if has_cues else bare, judge, reader, has_cues=has_cues))
    return tables


def _table(document: RealDocument, judge: Judge, reader: Reader, *, has_cues: bool) -> DevTable:
    units: list[JudgedUnit] = []

    def find(article: AnnotatedArticle) -> list[Pair]:
        judged = judged_article(article, judge).statements
        units.extend(own.unit for own in judged)
        return [own.pair for own in judged]

    read = reader.read(document, find)
    logits = [log_shares(np.array(unit.answer, np.float32)) for unit in units]
    abouts = log_odds(np.array([unit.about for unit in units]), least=MIN_ABOUT)
    abouts *= judge.settings.about_temperature
    return DevTable(
        document.codebook.name,
        has_cues,
        tuple(
            DevAnswer(pair, row, about, unit.others, _gold_answer(read, pair))
            for pair, row, about, unit in zip(
                read.pairs, logits, abouts.tolist(), units, strict=True
            )
        ),
        {(cell.actor, cell.issue, cell.stance): cell.strength for cell in document.cells},
        len(read.statements),
        sum(statement.has_side for statement in read.statements),
    )


def _gold_answer(read: ReadDocument, pair: Pair) -> str:
    """The stance of gold where a pair is; a side wins over none."""
    unit = (pair.sentence.index, pair.holder, pair.issue)
    stances = [statement.stance for statement in read.gold_by_unit.get(unit, ())]
    return min(stances, key=ANSWERS.index) if stances else NOT_CONCERNED
