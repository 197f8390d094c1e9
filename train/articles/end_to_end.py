"""From text to table, scored: statements and cells, errors by cause, and each stage made perfect.

A statement is a sentence, a holder, an issue and a side; a cell is an article, an actor, an issue
and what the cell says. Statements and cells without a side are not counted: finding them is no
merit, and giving one a side is a false positive.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standpoint.labeling import CountedStatement, Pooling, StanceRow, aggregate_stances, lineage
from standpoint.labels import LABELS, orient_stance
from train.articles.error_stages import STAGES, Candidate, Stage, chosen, unit_of
from train.articles.gold import GoldArticle
from train.scoring import bootstrap_interval

Shares = npt.NDArray[np.float32]
Triple = tuple[object, ...]
Cell = tuple[str, str]
SIDES = ("favor", "against")


@dataclass(frozen=True, slots=True)
class JudgedArticle:
    """A gold article with its candidates and the probabilities of each toward its target.

    Attributes
    ----------
    shares : array of shape (n_candidates, 3), in the order of `LABELS`
    """

    gold: GoldArticle
    candidates: tuple[Candidate, ...]
    shares: Shares


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits, false positives and misses, by group."""

    groups: tuple[str, ...]
    numbers: npt.NDArray[np.float64]

    @property
    def precision(self) -> float:
        """Hits among what was found; 0 where nothing was."""
        hits, false, _ = self.numbers.sum(axis=0)
        return float(hits / max(1, hits + false))

    @property
    def recall(self) -> float:
        """Hits among what there is."""
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
    hits, false, missed = np.moveaxis(numbers, -1, 0)
    found: npt.NDArray[np.float64] = 2 * hits / np.maximum(1, 2 * hits + false + missed)
    return found


@dataclass(frozen=True, slots=True)
class EndToEnd:
    """What one way of reading and judging comes to.

    Attributes
    ----------
    causes : errors of statements and of cells by the stage they are due to; a statement on the
        wrong side is two errors, one missed and one made up, and a wrong cell is one
    """

    statements: Counts
    table: Counts
    causes: dict[str, dict[Stage, int]]


def score(
    judged: Sequence[JudgedArticle],
    *,
    pooling: Pooling,
    min_confidence: float,
    perfect: Collection[Stage] = (),
) -> EndToEnd:
    """Score articles as they are, or as they would be, were some stages without error."""
    said, cells = _Tally(), _Tally()
    for article in judged:
        _score_article(article, said, cells, pooling=pooling, floor=min_confidence, perfect=perfect)
    return EndToEnd(
        said.counts(), cells.counts(), {"statements": said.causes, "table": cells.causes}
    )


class _Tally:
    def __init__(self) -> None:
        self.by_group: dict[str, npt.NDArray[np.float64]] = {}
        self.causes: dict[Stage, int] = dict.fromkeys(STAGES, 0)

    def add(self, group: str, true: Collection[Triple], found: Collection[Triple]) -> None:
        one, other = set(true), set(found)
        numbers = [len(one & other), len(other - one), len(one - other)]
        self.by_group[group] = self.by_group.get(group, np.zeros(3)) + np.array(numbers)

    def counts(self) -> Counts:
        numbers = list(self.by_group.values())
        return Counts(tuple(self.by_group), np.array(numbers).reshape(-1, 3))


def _score_article(
    article: JudgedArticle,
    said: _Tally,
    cells: _Tally,
    *,
    pooling: Pooling,
    floor: float,
    perfect: Collection[Stage],
) -> None:
    gold = article.gold
    parents = gold.matcher.codebook.parents()
    kept = chosen_rows(article, perfect)
    statements = [_judged(*row, floor=floor, perfect=perfect) for row in kept]
    true = {(*s.unit, s.stance) for s in gold.statements if s.stance in SIDES}
    found = {
        (*unit_of(candidate.pair), one.stance)
        for (candidate, _), one in zip(kept, statements, strict=True)
        if one.stance in SIDES and not one.abstained
    }
    said.add(gold.group, true, found)
    blame = dict(_causes(article.candidates, perfect))
    for error in true ^ found:
        said.causes[blame.get(error, "stance")] += 1
    should = gold_table(gold)
    wrong = _wrong_cells(true ^ found, parents)
    told = [one for (c, _), one in zip(kept, statements, strict=True) if _is_told(c, one)]
    own = _sides(aggregate_stances(told, parents=parents, pooling=pooling, min_confidence=floor))
    if "adding up" in perfect:
        own = {key: stance for key, stance in own.items() if key in wrong}
        own |= {key: stance for key, stance in should.items() if key not in wrong}
    cells.add(gold.group, set(should.items()), set(own.items()))
    for key in {key for key, _ in set(should.items()) ^ set(own.items())}:
        cells.causes[_earliest(wrong.get(key, ()), blame)] += 1


def chosen_rows(
    article: JudgedArticle, perfect: Collection[Stage]
) -> list[tuple[Candidate, Shares]]:
    """The candidates of an article with their probabilities, some stages made perfect."""
    shares = {id(c.pair): row for c, row in zip(article.candidates, article.shares, strict=True)}
    kept = chosen(article.candidates, perfect=perfect)
    return [(candidate, shares[id(candidate.pair)]) for candidate in kept]


def _judged(
    candidate: Candidate, shares: Shares, *, floor: float, perfect: Collection[Stage]
) -> CountedStatement:
    pair = candidate.pair
    stance = orient_stance(LABELS["stance"][int(shares.argmax())], pole=pair.pole)
    confidence = float(shares.max())
    if "stance" in perfect:
        stance, confidence = candidate.gold or "none", 1.0
    abstained = confidence < floor
    return CountedStatement(
        pair.holder, pair.issue, stance, confidence, abstained, pair.kind, pair.sentence.text
    )


def _is_told(candidate: Candidate, one: CountedStatement) -> bool:
    """Whether labelling keeps it: what names no issue is dropped unless it takes a side surely."""
    return candidate.pair.cue is not None or (one.stance != "none" and not one.abstained)


def gold_table(gold: GoldArticle) -> dict[Cell, str]:
    """The cells that take a side when all statements of a careful reader are added up."""
    sure = [CountedStatement(s.holder, s.issue, s.stance, 1.0, False) for s in gold.statements]
    return _sides(aggregate_stances(sure, parents=gold.matcher.codebook.parents()))


def _sides(rows: Iterable[StanceRow]) -> dict[Cell, str]:
    return {(row.actor, row.issue): row.stance for row in rows if row.stance in (*SIDES, "mixed")}


def _causes(
    candidates: Iterable[Candidate], perfect: Collection[Stage]
) -> Iterator[tuple[Triple, Stage]]:
    """The stage to blame where a statement is missed or made up; the judging where none is named.

    A stage that is perfect has done its part: what still goes wrong is another's.
    """
    for candidate in candidates:
        if candidate.cause is None or candidate.cause in perfect:
            continue
        for stance in SIDES if candidate.read else (candidate.gold,):
            yield (*unit_of(candidate.pair), stance), candidate.cause


def _wrong_cells(errors: Iterable[Triple], parents: dict[str, str]) -> dict[Cell, list[Triple]]:
    found: dict[Cell, list[Triple]] = {}
    for error in errors:
        _, holder, issue, _ = error
        for actor in lineage(str(holder), parents):
            found.setdefault((actor, str(issue)), []).append(error)
    return found


def _earliest(errors: Iterable[Triple], blame: dict[Triple, Stage]) -> Stage:
    """The first stage on the way that one of a cell's errors is due to; adding up where none is."""
    due = Counter(blame.get(error, "stance") for error in errors)
    return next((stage for stage in STAGES if due[stage]), "adding up")
