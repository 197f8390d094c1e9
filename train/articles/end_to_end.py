"""End-to-end evaluation: F1 of statements and of table cells, with error analysis by stage.

A statement is a sentence, a holder, an issue and a side; a cell is an article, an actor, an issue
and its aggregated stance. Statements and cells without a side do not count: predicting ``none`` is
no hit, and predicting a side for them is a false positive.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standpoint.codebook import lineage
from standpoint.labeling import CountedStatement, Floors, Pooling, StanceRow, aggregate_stances
from standpoint.labels import LABELS, orient_stance
from train.articles.error_stages import STAGES, Candidate, Stage, replace_with_gold, unit_of
from train.articles.gold import GoldArticle
from train.scoring import bootstrap_interval

Shares = npt.NDArray[np.float32]
Triple = tuple[object, ...]
Cell = tuple[str, str]
SIDES = ("favor", "against")


@dataclass(frozen=True, slots=True)
class PredictedArticle:
    """A gold article with its candidates and their predicted probabilities.

    Attributes
    ----------
    shares : array of shape (n_candidates, 3), toward the target, in the order of `LABELS`
    """

    gold: GoldArticle
    candidates: tuple[Candidate, ...]
    shares: Shares


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits, false positives and misses by group, array of shape (n_groups, 3)."""

    groups: tuple[str, ...]
    numbers: npt.NDArray[np.float64]

    @property
    def precision(self) -> float:
        """Hits among the predictions; 0 without predictions."""
        hits, spurious, _ = self.numbers.sum(axis=0)
        return float(hits / max(1, hits + spurious))

    @property
    def recall(self) -> float:
        """Hits among gold; 0 without gold."""
        hits, _, missed = self.numbers.sum(axis=0)
        return float(hits / max(1, hits + missed))

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, over all statements or cells together."""
        return float(_f1(self.numbers.sum(axis=0)))

    def interval(self, *, draws: int, seed: int) -> tuple[float, float]:
        """95% interval of F1 by bootstrap over groups; twice nan where there are fewer than two."""
        return bootstrap_interval(self.numbers, _f1, draws=draws, seed=seed)


def _f1(numbers: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    hits, spurious, missed = np.moveaxis(numbers, -1, 0)
    f1: npt.NDArray[np.float64] = 2 * hits / np.maximum(1, 2 * hits + spurious + missed)
    return f1


@dataclass(frozen=True, slots=True)
class EndToEnd:
    """Scores of a pipeline.

    Attributes
    ----------
    causes : errors of statements and of cells by the stage that causes them; a statement with the
        wrong side is two errors, a missed and a spurious one, and a wrong cell is one error
    """

    statements: Counts
    table: Counts
    causes: dict[str, dict[Stage, int]]


def score(
    articles: Sequence[PredictedArticle],
    *,
    pooling: Pooling,
    floors: Floors,
    oracle: Collection[Stage] = (),
    by_judge: bool = False,
) -> EndToEnd:
    """Score predicted articles.

    Parameters
    ----------
    floors : below which statements and cells are declined
    oracle : stages that are replaced by gold, to measure what their errors cost
    by_judge : whether the candidates are statements of a judge, see `answered`
    """
    statements, cells = _Tally(), _Tally()
    for article in articles:
        _score_article(
            article,
            statements,
            cells,
            pooling=pooling,
            floors=floors,
            oracle=oracle,
            by_judge=by_judge,
        )
    causes = {"statements": statements.causes, "table": cells.causes}
    return EndToEnd(statements.counts(), cells.counts(), causes)


class _Tally:
    """Counts of hits and errors by group, and of errors by stage."""

    def __init__(self) -> None:
        self.by_group: dict[str, npt.NDArray[np.float64]] = {}
        self.causes: dict[Stage, int] = dict.fromkeys(STAGES, 0)

    def add(self, group: str, gold: set[Triple], predicted: set[Triple]) -> None:
        numbers = [len(gold & predicted), len(predicted - gold), len(gold - predicted)]
        self.by_group[group] = self.by_group.get(group, np.zeros(3)) + np.array(numbers)

    def counts(self) -> Counts:
        numbers = list(self.by_group.values())
        return Counts(tuple(self.by_group), np.array(numbers).reshape(-1, 3))


def _score_article(
    article: PredictedArticle,
    statement_tally: _Tally,
    cell_tally: _Tally,
    *,
    pooling: Pooling,
    floors: Floors,
    oracle: Collection[Stage],
    by_judge: bool,
) -> None:
    gold, floor = article.gold, floors.statements
    parents = gold.matcher.codebook.parents()
    rows = [*classified(article.candidates, article.shares, min_confidence=floor, oracle=oracle)]
    gold_sides: set[Triple] = {(*s.unit, s.stance) for s in gold.statements if s.stance in SIDES}
    predicted: set[Triple] = {
        (*unit_of(candidate.pair), statement.stance)
        for candidate, statement in rows
        if statement.stance in SIDES and not statement.abstained
    }
    statement_tally.add(gold.group, gold_sides, predicted)
    errors = gold_sides ^ predicted
    stages = dict(_error_stages(article.candidates, oracle))
    for error in errors:
        statement_tally.causes[stages.get(error, "stance")] += 1
    errors_by_cell = _errors_by_cell(errors, parents)
    gold_cells = gold_table(gold)
    counted = [statement for _, statement in (rows if by_judge else answered(rows))]
    cells = _sides(floors.table(counted, parents=parents, pooling=pooling))
    if "adding up" in oracle:
        cells = {key: stance for key, stance in cells.items() if key in errors_by_cell}
        cells |= {key: stance for key, stance in gold_cells.items() if key not in errors_by_cell}
    cell_tally.add(gold.group, set(gold_cells.items()), set(cells.items()))
    for cell in {key for key, _ in gold_cells.items() ^ cells.items()}:
        own = (stages.get(error, "stance") for error in errors_by_cell.get(cell, ()))
        cell_tally.causes[first_stage(own)] += 1


def classified(
    candidates: Sequence[Candidate],
    shares: Shares,
    *,
    min_confidence: float,
    oracle: Collection[Stage] = (),
) -> Iterator[tuple[Candidate, CountedStatement]]:
    """Candidates with their statements, some stages replaced by gold.

    Parameters
    ----------
    shares : of shape (n_candidates, 3), toward the target, in the order of `LABELS`; what a row
        lacks to 1 is that the sentence is not about the issue, which counts for none
    """
    by_pair = {id(c.pair): row for c, row in zip(candidates, shares, strict=True)}
    for candidate in replace_with_gold(candidates, oracle=oracle):
        pair, row = candidate.pair, by_pair[id(candidate.pair)]
        toward_target = LABELS["stance"][int(row.argmax())]
        stance = orient_stance(toward_target, pole=pair.pole)
        confidence = float(1 - row[:-1].sum() if toward_target == "none" else row.max())
        opposite = float(row[:-1].min())
        if "stance" in oracle:
            stance, confidence, opposite = candidate.gold or "none", 1.0, 0.0
        counts = (pair.holder, pair.issue, stance, confidence, confidence < min_confidence)
        yield candidate, CountedStatement(*counts, pair.kind, pair.sentence.text, opposite)


def answered(
    rows: Iterable[tuple[Candidate, CountedStatement]],
) -> Iterator[tuple[Candidate, CountedStatement]]:
    """Those that labeling by a classifier answers: without a cue only if one surely takes a side.

    A judge answers all that it takes for statements.
    """
    for candidate, statement in rows:
        is_decided = statement.stance != "none" and not statement.abstained
        if candidate.pair.cue is not None or is_decided:
            yield candidate, statement


def gold_table(gold: GoldArticle) -> dict[Cell, str]:
    """The cells with a side when all gold statements are aggregated."""
    statements = [
        CountedStatement(s.holder, s.issue, s.stance, 1.0, False) for s in gold.statements
    ]
    return _sides(aggregate_stances(statements, parents=gold.matcher.codebook.parents()))


def _sides(rows: Iterable[StanceRow]) -> dict[Cell, str]:
    return {(row.actor, row.issue): row.stance for row in rows if row.stance in (*SIDES, "mixed")}


def _error_stages(
    candidates: Iterable[Candidate], oracle: Collection[Stage]
) -> Iterator[tuple[Triple, Stage]]:
    """The stage that causes a missed or spurious statement; for all others it is the stance.

    A stage that is replaced by gold causes no error.
    """
    for candidate in candidates:
        if candidate.error_stage is None or candidate.error_stage in oracle:
            continue
        for stance in SIDES if candidate.is_predicted else (candidate.gold,):
            yield (*unit_of(candidate.pair), stance), candidate.error_stage


def _errors_by_cell(errors: Iterable[Triple], parents: dict[str, str]) -> dict[Cell, list[Triple]]:
    by_cell: dict[Cell, list[Triple]] = {}
    for error in errors:
        _, holder, issue, _ = error
        for actor in lineage(str(holder), parents):
            by_cell.setdefault((actor, str(issue)), []).append(error)
    return by_cell


def first_stage(causes: Iterable[Stage]) -> Stage:
    """The first stage that causes an error in a cell; aggregation if no statement is wrong."""
    stages = set(causes)
    return next((stage for stage in STAGES if stage in stages), "adding up")
