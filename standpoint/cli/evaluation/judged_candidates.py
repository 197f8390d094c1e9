"""The candidates of a judge: what it takes for statements, with its probabilities."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from standpoint.judge import ANSWERS, Judge
from standpoint.labeling import AnnotatedArticle, Pair, judged_article, wide_pairs
from standpoint.labels import orient_stance
from standpoint.model import JudgeModel, predict
from train.articles import PairFinder, Shares


@dataclass(frozen=True, slots=True)
class JudgedCandidates:
    """The candidates that a judge finds in articles, as `label` would show them."""

    model: JudgeModel
    # The pairs are held too, so that no other pair gets the id of one of them.
    _answers: dict[int, tuple[Pair, list[float]]] = field(default_factory=dict)

    def find(self, article: AnnotatedArticle) -> list[Pair]:
        """The statements of an article, whatever their stance."""
        judged = judged_article(article, self.model.judge).statements
        for statement in judged:
            pair = statement.pair
            sides = [orient_stance(label, pole=pair.pole) for label in self.model.labels]
            row = [statement.answer[ANSWERS.index(side)] for side in sides]
            self._answers[id(pair)] = pair, row
        return [statement.pair for statement in judged]

    def shares(self, pairs: Sequence[Pair]) -> Shares:
        """Probabilities toward the target, of shape (n_pairs, 3), and in all at most 1.

        What a row lacks to 1 is that the sentence is not about the issue for the holder.
        A pair that was not found, which is scored only as if the reader had found it, is judged by
        its sentence and the issue's name.
        """
        missed = [pair for pair in pairs if id(pair) not in self._answers]
        (by_name,) = predict([p.text() for p in missed], models=[self.model], encoder=None)
        others = dict(zip(map(id, missed), by_name.tolist(), strict=True))
        rows = [others[id(p)] if id(p) in others else self._answers[id(p)][1] for p in pairs]
        return np.array(rows, np.float32).reshape(len(pairs), len(self.model.labels))


def wide_finder(model: JudgeModel) -> PairFinder:
    """What finds whatever may be a statement, by what the judge's bundle takes for a candidate."""
    settings = model.judge.settings
    if settings.candidates is not None:
        limits = settings.candidates.model_dump(exclude={"floor"})
        limits["statement_floor"] = settings.candidates.floor
    elif settings.candidate_floor is not None:
        limits = {"statement_floor": settings.candidate_floor}
    else:
        return wide_pairs
    judge = Judge(model.judge.folder, settings.model_copy(update=limits))

    def find(article: AnnotatedArticle) -> list[Pair]:
        return [statement.pair for statement in judged_article(article, judge).statements]

    return find
