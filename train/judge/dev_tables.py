"""What an exported judge answers on the documents of dev, beside gold: for calibration.

The documents are labelled as users' documents are, but every answer is kept, also what would be no
statement.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from standpoint.judge import ANSWERS, Judge
from standpoint.labeling import AnnotatedArticle, JudgedPair, Pair, asked_issues, judged_article
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
    others : how much it is about the other issues; see `standpoint.judge.beside_others`
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


@dataclass(frozen=True, slots=True)
class DevTables:
    """The documents of dev with their cues, then without.

    Attributes
    ----------
    judged : with the answers to what a judge is asked in use
    candidates : with the answers to what it is asked to find candidates, which is more
    """

    judged: list[DevTable]
    candidates: list[DevTable]


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
) -> DevTables:
    """The answers of a judge on documents, with the cues of their codebooks and without them."""
    # Neither scaled nor under a floor: that is what is to be chosen.
    plain: dict[str, Any] = {"temperature": 1.0, "shift": (), "statement_floor": 0.0}
    plain |= {"about_weight": 0.0, "others_weight": 0.0}
    if judge.settings.candidates is not None:
        plain |= judge.settings.candidates.model_dump(exclude={"floor"})
    wide = Judge(judge.folder, judge.settings.model_copy(update=plain))
    report_progress(f"labelling {len(documents)} documents of dev, with cues and without")
    tables = DevTables([], [])
    for has_cues in (True, False):
        reader = Reader()
        for document in documents:
            bare = replace(document, codebook=without_cues(document.codebook))
            read = reader.read(document if has_cues else bare, lambda _: ())
            judged = judged_article(read.article, wide).statements
            tables.candidates.append(_table(read, judged, judge, has_cues=has_cues))
            in_use = _judged_in_use(read.article, judged, judge)
            tables.judged.append(_table(read, in_use, judge, has_cues=has_cues))
    return tables


def _judged_in_use(
    article: AnnotatedArticle, judged: Sequence[JudgedPair], judge: Judge
) -> list[JudgedPair]:
    """What a judge is asked in use, of what it was asked to find candidates."""
    asked = asked_issues(article, judge)
    issues = [issue.id for issue in article.matcher.codebook.issues]
    in_use = [
        own
        for own in judged
        if own.unit.early >= judge.settings.about_floor
        and issues.index(own.pair.issue) in asked.get(own.pair.sentence.index, ())
    ]
    abouts: dict[int, dict[str, float]] = {}
    for own in in_use:
        abouts.setdefault(own.pair.sentence.index, {})[own.pair.issue] = own.unit.about
    return [_beside(own, abouts[own.pair.sentence.index]) for own in in_use]


def _beside(own: JudgedPair, abouts: Mapping[str, float]) -> JudgedPair:
    """An answer with how much its sentence is about the other issues, of these probabilities."""
    others = math.fsum(share for issue, share in abouts.items() if issue != own.pair.issue)
    return replace(own, unit=replace(own.unit, others=others))


def _table(
    read: ReadDocument, judged: Sequence[JudgedPair], judge: Judge, *, has_cues: bool
) -> DevTable:
    document = read.document
    logits = [log_shares(np.array(own.unit.answer, np.float32)) for own in judged]
    abouts = log_odds(np.array([own.unit.about for own in judged]), least=MIN_ABOUT)
    abouts *= judge.settings.about_temperature
    return DevTable(
        document.codebook.name,
        has_cues,
        tuple(
            DevAnswer(own.pair, row, about, own.unit.others, _gold_answer(read, own.pair))
            for own, row, about in zip(judged, logits, abouts.tolist(), strict=True)
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
