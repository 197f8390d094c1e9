"""Scores of statements and cells on real documents, by facet, with errors by stage.

A cell is an actor, an issue and a side in a document. Gold does not repeat the stances of members
for their state, so here a statement counts in the cell of its holder alone.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from standpoint.labeling import Floors, Pooling
from train.articles.annotator_agreement import Estimate
from train.articles.end_to_end import Shares
from train.articles.error_stages import STAGES, Stage
from train.articles.real.calibration import (
    CalibrationScore,
    cell_confidences,
    statement_confidences,
)
from train.articles.real.outcomes import Outcome, by_facet, f1, share
from train.articles.real.reader_scores import (
    DOCUMENT_FACETS,
    FACETS,
    IssueKinds,
    document_facets,
    facets_of,
)
from train.articles.real.reading import SIDES
from train.articles.real.stages import StagedDocument
from train.articles.real.table import DocumentTable

PARTS = ("statements", "table")
REFERENCES = ("named", "back", "meant")
"""How a statement refers to its issue, the plainest first. A cell counts as its plainest."""


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """A document with its candidates and their predicted probabilities.

    Attributes
    ----------
    shares : array of shape (n_candidates, 3), toward the target, in the order of `LABELS`
    """

    staged: StagedDocument
    shares: Shares


@dataclass(frozen=True, slots=True)
class PartScores:
    """Scores of statements, or of cells.

    Attributes
    ----------
    precision : None where the facet is known of gold alone
    recall, f1 : of cells, over those that every careful reader would find (``must``); precision
        counts a defensible one (``may``) as right
    recall_all, f1_all : over all; of statements the same as recall and f1
    wrong_sign : of gold with some side predicted, the share without its own side
    """

    precision: Estimate | None
    recall: Estimate
    f1: Estimate | None
    recall_all: Estimate
    f1_all: Estimate | None
    wrong_sign: Estimate


@dataclass(frozen=True, slots=True)
class RealScores:
    """Scores of a pipeline on real documents; the parts are ``statements`` and ``table``.

    Attributes
    ----------
    causes : errors by the stage that causes them; a statement with the wrong side is two errors, a
        missed and a spurious one, and a wrong cell is one error
    calibration : of ``statements``, of those with a side (``sides``), and of ``cells`` with a side
    """

    parts: dict[str, PartScores]
    by_facet: dict[str, dict[str, dict[str, PartScores]]]
    causes: dict[str, dict[Stage, int]]
    calibration: dict[str, CalibrationScore]


def score_real(
    documents: Sequence[JudgedDocument],
    *,
    issue_kinds: IssueKinds,
    pooling: Pooling,
    floors: Floors,
    oracle: Collection[Stage] = (),
    by_judge: bool = False,
) -> RealScores:
    """Score judged documents.

    Parameters
    ----------
    floors : below which statements and cells are declined
    oracle : stages that are replaced by gold, to measure what their errors cost
    by_judge : whether the candidates are what a judge takes for statements: it answers all of them,
        a classifier those without a cue only if they surely take a side
    """
    outcomes: dict[str, list[Outcome]] = {part: [] for part in PARTS}
    causes = {part: dict.fromkeys(STAGES, 0) for part in PARTS}
    tables = [
        DocumentTable(d.staged, d.shares, pooling, floors, oracle, is_judged=by_judge)
        for d in documents
    ]
    for number, table in enumerate(tables):
        outcomes["statements"] += _statements(table, number, issue_kinds)
        outcomes["table"] += _cells(table, number, issue_kinds)
        for part, stages in (
            ("statements", table.statement_causes()),
            ("table", table.cell_causes()),
        ):
            for stage in stages:
                causes[part][stage] += 1
    return RealScores(
        {part: _scores(own, with_precision=True) for part, own in outcomes.items()},
        {facet: _by_facet(outcomes, facet) for facet in FACETS},
        causes,
        _calibration(tables),
    )


def _calibration(tables: Sequence[DocumentTable]) -> dict[str, CalibrationScore]:
    statements = [statement_confidences(table, sides_alone=False) for table in tables]
    sides = [statement_confidences(table, sides_alone=True) for table in tables]
    parts = {"statements": statements, "sides": sides, "cells": map(cell_confidences, tables)}
    return {
        name: CalibrationScore.of(chain.from_iterable(by_table)) for name, by_table in parts.items()
    }


def _statements(table: DocumentTable, number: int, issue_kinds: IssueKinds) -> Iterator[Outcome]:
    """Gold statements with a side, and predicted ones."""
    read = table.staged.read
    for statement in read.statements:
        if statement.has_side:
            facets = facets_of(read, statement.gold, issue_kinds)
            counts = _gold_counts(statement.gold.stance, table.sides_of(statement), "must")
            yield Outcome(number, facets, counts)
    for unit, sides in table.statement_sides.items():
        for side in sides:
            counts = {"predicted": 1, "right": table.is_gold(unit, side)}
            yield Outcome(number, document_facets(read, unit[2], issue_kinds), counts)


def _cells(table: DocumentTable, number: int, issue_kinds: IssueKinds) -> Iterator[Outcome]:
    """Sides of gold cells, and predicted ones."""
    read, predicted = table.staged.read, table.cell_sides
    references: dict[tuple[str, str, str], str] = {}
    for said in sorted(read.document.statements, key=lambda s: -REFERENCES.index(s.reference)):
        references[said.holder, said.issue, said.stance] = said.reference
    for cell, strength in table.gold_cells.items():
        actor, issue, side = cell
        sides = {s for s in SIDES if (actor, issue, s) in predicted}
        facets = document_facets(read, issue, issue_kinds)
        if cell in references:
            facets["reference"] = references[cell]
        yield Outcome(number, facets, _gold_counts(side, sides, strength))
    for cell in predicted:
        counts = {"predicted": 1, "right": cell in table.gold_cells}
        yield Outcome(number, document_facets(read, cell[1], issue_kinds), counts)


def _gold_counts(side: str, predicted: Collection[str], strength: str) -> dict[str, float]:
    found = side in predicted
    counts: dict[str, float] = {"gold": 1, "found": found}
    if strength == "must":
        counts |= {"must": 1, "found must": found}
    if predicted:
        counts |= {"met": 1, "opposite": not found}
    return counts


def _by_facet(
    outcomes: Mapping[str, Sequence[Outcome]], facet: str
) -> dict[str, dict[str, PartScores]]:
    """The scores of both parts by the value of a facet."""
    groups = {part: by_facet(own, facet) for part, own in outcomes.items()}
    values = sorted({value for own in groups.values() for value in own})
    return {
        value: {
            part: _scores(own[value], with_precision=facet in DOCUMENT_FACETS)
            for part, own in groups.items()
            if value in own
        }
        for value in values
    }


def _scores(outcomes: Sequence[Outcome], *, with_precision: bool) -> PartScores:
    right, must, gold = ("right", "predicted"), ("found must", "must"), ("found", "gold")
    return PartScores(
        precision=share(outcomes, right[0], of=right[1]) if with_precision else None,
        recall=share(outcomes, must[0], of=must[1]),
        f1=f1(outcomes, precision=right, recall=must) if with_precision else None,
        recall_all=share(outcomes, gold[0], of=gold[1]),
        f1_all=f1(outcomes, precision=right, recall=gold) if with_precision else None,
        wrong_sign=share(outcomes, "opposite", of="met"),
    )
