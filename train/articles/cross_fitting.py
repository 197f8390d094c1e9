"""Cross-fitting: gold articles are predicted by models that were not fitted on them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from standpoint.errors import CorpusError
from standpoint.labeling import Pair
from standpoint.labels import LABELS, orient_stance
from standpoint.model import Encoder, Floats, PairText, calibrate
from standpoint.probabilities import softmax
from train.articles.end_to_end import PredictedArticle, Shares
from train.articles.error_stages import Candidate
from train.articles.gold import GoldArticle
from train.config import ModelConfig, parts_of
from train.features import FeatureTable
from train.finetune import FinetuneContext
from train.models import FittedModel, feature_table, fit, fit_temperature
from train.scoring import Labels

FindCandidates = Callable[[GoldArticle], list[Candidate]]
STANCES = LABELS["stance"]
CALIBRATION_EVERY = 5
"""Every fifth group of train is left out to fit the temperatures, a usual share."""
MAX_FOLDS = 10  # the usual number of folds in cross-validation; each costs a fit
MIN_PROBABILITY = 1e-9  # log(0) is not a logit


@dataclass(slots=True)
class ModelFitter:
    """A model config with all that its fits need.

    Attributes
    ----------
    encoder : needed where a part reads vectors of a frozen encoder
    cache : folder of feature arrays
    context : needed where a part is fine-tuned
    """

    model: ModelConfig
    encoder: Encoder | None
    cache: Path
    seed: int
    report_progress: Callable[[str], None]
    context: FinetuneContext | None = None

    def tables(
        self, labelled: Sequence[PairText], candidates: Sequence[PairText], *, groups: Sequence[str]
    ) -> tuple[FeatureTable, FeatureTable]:
        """Features of the labelled pairs, and of the candidates.

        They are extracted together, so that both have the same n-grams as columns.

        Parameters
        ----------
        groups : the article of each labelled pair
        """
        pairs = [*labelled, *candidates]
        table = feature_table(
            self.model,
            pairs,
            groups=[*groups, *[""] * len(candidates)],
            topics=[pair.topic or "" for pair in pairs],
            encoder=self.encoder,
            cache=self.cache,
            progress=self._report_end,
        )
        n = len(labelled)
        return table.take(range(n)), table.take(range(n, len(table)))

    def _report_end(self, done: int, total: int) -> None:
        if done == total:
            self.report_progress(f"read {total:,} pairs")

    def fit(self, table: FeatureTable, y: Labels) -> FittedModel:
        """A fitted model without calibration."""
        return fit(self.model, table, y, labels=STANCES, seed=self.seed, context=self.context)

    def empty_logits(self, n: int) -> Floats:
        """An array for the logits of so many pairs, of shape (n_parts, n, 3)."""
        return np.zeros((len(parts_of(self.model)), n, len(STANCES)), np.float32)

    def logits(self, fitted: FittedModel, table: FeatureTable) -> Floats:
        """The logits of every part of a model, of shape (n_parts, n, 3)."""
        if not len(table):
            return self.empty_logits(0)
        return np.stack([part.logits(table) for part in fitted.parts])

    def fit_and_predict(
        self,
        table: FeatureTable,
        y: Labels,
        *,
        held_out: npt.NDArray[np.bool_],
        candidates: FeatureTable,
    ) -> Shares:
        """Calibrated probabilities of candidates, of shape (n, 3), from a model of all pairs.

        The temperatures are fitted on the pairs held out, with a model of the others.
        """
        inside, outside = np.flatnonzero(~held_out).tolist(), np.flatnonzero(held_out).tolist()
        self.report_progress(
            f"fitting on {len(inside):,} of {len(table):,} pairs, to calibrate on the rest"
        )
        calibration_model = self.fit(table.take(inside), y[inside])
        held_out_logits = self.logits(calibration_model, table.take(outside))
        self.report_progress(f"fitting on {len(table):,} pairs")
        logits = self.logits(self.fit(table, y), candidates)
        return self.calibrated(logits, held_out_logits, y[outside])

    def calibrated(self, logits: Floats, held_out: Floats, y: Labels) -> Shares:
        """Probabilities of shape (n, 3), with temperatures of the parts and then of their mean.

        Parameters
        ----------
        logits, held_out : of the candidates, and of the held-out pairs with the labels ``y``
        """
        if not held_out.shape[1] or not logits.shape[1]:
            return self._mean(logits, [1.0] * len(logits))
        temperatures = [fit_temperature(part, y, labels=STANCES) for part in held_out]
        shares = self._mean(logits, temperatures)
        if len(temperatures) == 1:
            return shares
        mean = np.log(np.maximum(self._mean(held_out, temperatures), MIN_PROBABILITY))
        temperature = fit_temperature(mean, y, labels=STANCES)
        return calibrate(shares, temperature=temperature, shift=np.zeros(len(STANCES), np.float32))

    def _mean(self, logits: Floats, temperatures: Sequence[float]) -> Shares:
        weights = np.array([weight for _, weight in parts_of(self.model)])
        shares = [softmax(part / t) for part, t in zip(logits, temperatures, strict=True)]
        mean: Shares = np.average(shares, axis=0, weights=weights).astype(np.float32)
        return mean


def predict_out_of_fold(
    articles: Sequence[GoldArticle],
    *,
    pairs: Sequence[PairText],
    y: Labels,
    strata: Sequence[str],
    groups: Sequence[str],
    find_candidates: FindCandidates,
    fitter: ModelFitter,
    n_folds: int = MAX_FOLDS,
) -> list[PredictedArticle]:
    """Predict the candidates of each stratum with a model that was fitted without that stratum.

    Strata are dealt into at most ``n_folds`` folds. The temperatures for a fold are fitted on the
    out-of-fold logits of the other folds' pairs.

    Parameters
    ----------
    pairs, y, strata, groups : the labelled pairs, their labels, and the stratum and article of each
    """
    candidates = [find_candidates(article) for article in articles]
    texts = _texts(candidates)
    pair_table, candidate_table = fitter.tables(pairs, texts, groups=groups)
    fold_of = _folds({*strata, *(article.stratum for article in articles)}, n_folds=n_folds)
    pair_folds = np.array([fold_of[stratum] for stratum in strata])
    candidate_folds = np.array(
        [fold_of[a.stratum] for a, own in zip(articles, candidates, strict=True) for _ in own]
    )
    pair_logits, logits = fitter.empty_logits(len(pairs)), fitter.empty_logits(len(texts))
    for fold in range(max(fold_of.values()) + 1):
        left_out = ", ".join(name for name, n in fold_of.items() if n == fold)
        fitter.report_progress(f"leaving out {left_out}")
        train = pair_folds != fold
        fitted = fitter.fit(pair_table.take(np.flatnonzero(train).tolist()), y[train])
        for in_fold, array, table in (
            (~train, pair_logits, pair_table),
            (candidate_folds == fold, logits, candidate_table),
        ):
            if in_fold.any():
                rows = table.take(np.flatnonzero(in_fold).tolist())
                array[:, in_fold] = fitter.logits(fitted, rows)
    shares = np.zeros((len(texts), len(STANCES)), np.float32)
    for fold in sorted(set(candidate_folds.tolist())):
        in_fold, others = candidate_folds == fold, pair_folds != fold
        shares[in_fold] = fitter.calibrated(logits[:, in_fold], pair_logits[:, others], y[others])
    return _by_article(articles, candidates, shares)


def _folds(strata: Collection[str], *, n_folds: int) -> dict[str, int]:
    """The fold of each stratum."""
    if len(strata) < 2:
        raise CorpusError(
            f"seeds: must be of two codebooks or more, so that one can be left out, "
            f"got {', '.join(strata) or 'none'}. Name a model to judge them by."
        )
    return {name: n % n_folds for n, name in enumerate(sorted(strata))}


def predict_after_training(
    train: Sequence[GoldArticle],
    test: Sequence[GoldArticle],
    *,
    find_candidates: FindCandidates,
    fitter: ModelFitter,
) -> list[PredictedArticle]:
    """Predict the candidates of test with a model that is fitted on the candidates of train.

    Only candidates that the pipeline finds are trained on. The missed ones all take a side, and a
    model would learn to know them by their form. The temperatures are fitted on a fifth of the
    groups of train, with the logits of a model that is fitted on the rest.
    """
    in_train = [
        (article, candidate)
        for article in train
        for candidate in find_candidates(article)
        if candidate.is_predicted
    ]
    articles, own = [article for article, _ in in_train], [candidate for _, candidate in in_train]
    y = np.array(
        [orient_stance(candidate.gold or "none", pole=candidate.pair.pole) for candidate in own]
    )
    groups = sorted({article.group for article in train})
    calibration_groups = set(groups[::CALIBRATION_EVERY])
    held_out = np.array([article.group in calibration_groups for article in articles])
    candidates = [find_candidates(article) for article in test]
    table, test_table = fitter.tables(
        _texts([own]), _texts(candidates), groups=[article.group for article in articles]
    )
    shares = fitter.fit_and_predict(table, y, held_out=held_out, candidates=test_table)
    return _by_article(test, candidates, shares)


def predict_with(
    articles: Sequence[GoldArticle],
    *,
    find_candidates: FindCandidates,
    shares: Callable[[Sequence[Pair]], Shares],
) -> list[PredictedArticle]:
    """Predict the candidates of articles with an existing model, which is calibrated already.

    Parameters
    ----------
    shares : the model's probabilities of pairs, of shape (n_pairs, 3)
    """
    candidates = [find_candidates(article) for article in articles]
    pairs = [candidate.pair for own in candidates for candidate in own]
    return _by_article(articles, candidates, shares(pairs))


def _texts(candidates: Iterable[Iterable[Candidate]]) -> list[PairText]:
    return [candidate.pair.text() for own in candidates for candidate in own]


def _by_article(
    articles: Sequence[GoldArticle], candidates: Sequence[Sequence[Candidate]], shares: Shares
) -> list[PredictedArticle]:
    ends = np.cumsum([len(own) for own in candidates])
    return [
        PredictedArticle(article, tuple(own), shares[end - len(own) : end])
        for article, own, end in zip(articles, candidates, ends, strict=True)
    ]
