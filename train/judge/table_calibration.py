"""The confidence of statements and of cells, chosen on the tables of dev.

Statements: the logits are divided by a temperature, and those of ``none`` and ``not`` shifted, so
that probabilities are frequencies over all that the judge is asked about; ``not`` also by what the
head ``about`` says, and by how much the sentence is about other issues, of both of which a fitted
multiple counts. The two sides are not shifted: which of them
is likelier depends on how an issue is worded.

Cells: see `train.judge.cell_weights`; their scores and their floor are of weights that were fitted
on other codebooks. What declining costs is the F1 that evaluation on real documents prints: cells
that are shown count for precision, right if gold has them at all, and those that every reader would
find (``must``) for recall.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from standpoint.judge import ANSWERS, OTHERS_BASE, CandidateSettings, JudgeSettings
from standpoint.labeling import CountedStatement, StanceRow
from train.judge.cell_weights import (
    AnsweredTable,
    SideStatement,
    cells_left_out,
    fit_cell_weights,
)
from train.judge.dev_scores import FLOORS, Floats
from train.judge.dev_tables import DevTable
from train.judge.units import SIDES
from train.models import Scaling, fit_scaling
from train.scoring import calibration_bins, calibration_error

CONFIDENCES = tuple(round(0.1 + 0.02 * n, 2) for n in range(36))
"""What is tried for the floors: a step moves about one cell of a hundred."""
STATEMENT_FLOORS = FLOORS[1:]  # at 0 all that the judge is asked about is a statement
TOLERANCE = 0.01
"""F1 of cells that a higher floor of statements may cost, since a reader then looks at fewer. It is
half of its standard error (0.023 over the 103 documents of dev, of a judge of MiniLM)."""
CANDIDATES_EACH = 3.8
"""Candidates for each gold statement: a list of four can be read, and other documents have more."""
_SHIFTED = tuple(range(len(SIDES), len(ANSWERS)))  # the first answers are the sides


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement or a cell with a side, as it may be shown.

    Attributes
    ----------
    is_right : whether gold has it
    is_wanted : whether recall counts it
    """

    confidence: float
    is_right: bool
    is_wanted: bool


@dataclass(frozen=True, slots=True)
class CellChoice:
    """The tables with a floor of statements, and their best floor of cells."""

    statement_floor: float
    tables: tuple[AnsweredTable, ...]
    claims: tuple[Claim, ...]
    min_confidence: float
    f1: float


def calibrate_tables(
    settings: JudgeSettings, tables: Sequence[DevTable], *, candidates: Sequence[DevTable]
) -> tuple[JudgeSettings, dict[str, float]]:
    """The settings with all that decides confidences, and the scores by name.

    Parameters
    ----------
    tables : with what is judged in use
    candidates : with what is judged to find candidates
    """
    answers = [answer for table in tables for answer in table.answers]
    if not answers:
        return settings, {}
    columns = np.array([ANSWERS.index(answer.gold) for answer in answers])
    logits, evidence = _logits(tables)
    scaling = fit_scaling(logits, columns, shifted=_SHIFTED, evidence=evidence)
    parts = _by_table(scaling.probabilities(logits, evidence), tables)
    cells = _highest_floor([_cells(tables, parts, floor) for floor in STATEMENT_FLOORS])
    statements = [claim for table in cells.tables for claim in _statement_claims(table)]
    n_wanted = sum(table.n_sides for table in tables)
    min_confidence, f1 = best_floor(statements, n_wanted=n_wanted)
    chosen = {
        "temperature": scaling.temperature,
        "shift": scaling.shift,
        "about_weight": scaling.weights[0],
        "others_weight": scaling.weights[1],
        "statement_floor": cells.statement_floor,
        "candidates": _with_floor(settings.candidates, candidates, scaling),
        "min_confidence": min_confidence,
        "cells": fit_cell_weights(cells.tables, min_confidence=cells.min_confidence),
    }
    shown = [claim for claim in cells.claims if claim.confidence >= cells.min_confidence]
    scores = {
        "dev.tables.cells.f1": cells.f1,
        "dev.tables.cells.ece": claims_ece(shown),
        "dev.tables.cells.confidence": cells.min_confidence,
        "dev.tables.statements.f1": f1,
        "dev.tables.statements.ece": claims_ece(statements),
        "dev.tables.statements.confidence": min_confidence,
    }
    return settings.model_copy(update=chosen), scores


def _logits(tables: Sequence[DevTable]) -> tuple[Floats, list[Floats]]:
    """The logits of all answers, and the evidence that they are "not", of the same shape.

    It is what the head ``about`` says, and how much the sentence is about other issues.
    """
    answers = [answer for table in tables for answer in table.answers]
    logits = np.array([answer.logits for answer in answers], np.float32).reshape(-1, len(ANSWERS))
    others = np.log1p(np.array([answer.others for answer in answers]) / OTHERS_BASE)
    evidence = []
    for column in (np.array([-answer.about for answer in answers]), others):
        evidence.append(np.zeros_like(logits))
        evidence[-1][:, ANSWERS.index("not")] = column
    return logits, evidence


def _by_table(rows: Floats, tables: Sequence[DevTable]) -> list[Floats]:
    """The rows of all answers, table by table."""
    ends = np.cumsum([len(table.answers) for table in tables])
    return np.split(rows, ends[:-1])


def _with_floor(
    limits: CandidateSettings | None, tables: Sequence[DevTable], scaling: Scaling
) -> CandidateSettings | None:
    """What counts as a candidate, with its floor."""
    if limits is None:
        return None
    parts = _by_table(scaling.probabilities(*_logits(tables)), tables)
    return limits.model_copy(update={"floor": candidate_floor(tables, parts)})


def candidate_floor(tables: Sequence[DevTable], parts: Sequence[Floats]) -> float:
    """The probability at which there are `CANDIDATES_EACH` candidates for each gold statement.

    Parameters
    ----------
    parts : for each table the probabilities in the order of `ANSWERS`, of shape (n_answers, 4)
    """
    with_cues = [(t, rows) for t, rows in zip(tables, parts, strict=True) if t.has_cues]
    concerned = [1 - rows[:, -1] for _, rows in with_cues]
    ranked = np.sort(np.concatenate(concerned))[::-1] if concerned else np.array([])
    wanted = int(CANDIDATES_EACH * sum(table.n_statements for table, _ in with_cues))
    return math.ceil(1e6 * float(ranked[wanted])) / 1e6 if wanted < len(ranked) else 0.0


def _cells(tables: Sequence[DevTable], parts: Sequence[Floats], floor: float) -> CellChoice:
    answered = tuple(
        AnsweredTable(table, tuple(side_statements(table, rows, floor=floor)))
        for table, rows in zip(tables, parts, strict=True)
    )
    claims = tuple(
        claim
        for table, rows in zip(answered, cells_left_out(answered), strict=True)
        for claim in _cell_claims(table, rows)
    )
    n_wanted = sum(list(table.cells.values()).count("must") for table in tables)
    return CellChoice(floor, answered, claims, *best_floor(claims, n_wanted=n_wanted))


def _highest_floor(choices: Sequence[CellChoice]) -> CellChoice:
    """Of the choices whose F1 is within `TOLERANCE` of the best, the one with most left out."""
    best = max(choice.f1 for choice in choices)
    within = (choice for choice in choices if choice.f1 >= best - TOLERANCE)
    return max(within, key=lambda choice: choice.statement_floor)


def side_statements(
    table: DevTable, probabilities: Floats, *, floor: float
) -> Iterator[SideStatement]:
    """The answers that are statements with a side, as labeling counts them in the table.

    Parameters
    ----------
    probabilities : in the order of `ANSWERS`, of shape (n_answers, 4)
    floor : the least probability that the sentence is about the issue for the holder
    """
    for answer, row in zip(table.answers, probabilities, strict=True):
        side = ANSWERS[int(row[:-1].argmax())]
        if side in SIDES and 1 - row[-1] >= floor:
            pair, share = answer.pair, float(row[ANSWERS.index(side)])
            words = pair.sentence.text
            opposite = float(row[ANSWERS.index(SIDES[1 - SIDES.index(side)])])
            counted = CountedStatement(
                pair.holder, pair.issue, side, share, False, pair.kind, words, opposite
            )
            yield SideStatement(counted, answer.gold == side)


def _statement_claims(table: AnsweredTable) -> Iterator[Claim]:
    for own in table.statements:
        yield Claim(own.statement.confidence, own.is_right, own.is_right)


def _cell_claims(table: AnsweredTable, rows: Iterable[StanceRow]) -> Iterator[Claim]:
    """The sides of cells; a mixed cell has both."""
    for row in rows:
        for side in SIDES if row.stance == "mixed" else (row.stance,):
            strength = table.table.cells.get((row.actor, row.issue, side))
            yield Claim(row.confidence, strength is not None, strength == "must")


def best_floor(claims: Sequence[Claim], *, n_wanted: int) -> tuple[float, float]:
    """The floor at which declining costs least, and F1 there; of several the lowest."""
    return max(
        ((floor, _f1(claims, floor, n_wanted)) for floor in CONFIDENCES), key=lambda own: own[1]
    )


def _f1(claims: Sequence[Claim], floor: float, n_wanted: int) -> float:
    shown = [claim for claim in claims if claim.confidence >= floor]
    if not shown or not n_wanted:
        return 0.0
    precision = sum(claim.is_right for claim in shown) / len(shown)
    recall = sum(claim.is_wanted for claim in shown) / n_wanted
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def claims_ece(claims: Sequence[Claim]) -> float:
    """The expected calibration error of claims; 0 without any."""
    if not claims:
        return 0.0
    confidence = np.array([claim.confidence for claim in claims])
    right = np.array([claim.is_right for claim in claims], bool)
    return calibration_error(calibration_bins(confidence, right))
