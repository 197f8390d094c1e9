"""Gold articles judged by models that never saw them."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import numpy as np

from standpoint.errors import CorpusError
from standpoint.labels import LABELS, orient_stance
from standpoint.model import (
    Classifier,
    Encoder,
    Features,
    Floats,
    PairText,
    calibrate,
    predict,
    softmax,
)
from train.articles.end_to_end import JudgedArticle, Shares
from train.articles.error_stages import Candidate
from train.articles.gold import GoldArticle
from train.config import ModelConfig, parts_of
from train.features import FeatureTable, Rows, extract_features, pair_rows
from train.finetune import FinetuneContext
from train.models import FittedModel, fit, fit_temperature
from train.scoring import Labels

Say = Callable[[str], None]
Find = Callable[[GoldArticle], list[Candidate]]
STANCES = LABELS["stance"]
HELD_OUT_SHARE = 5
MAX_PARTS = 10


class Bench:
    """What judging needs: a model config, the encoder, a cache, a seed.

    ``context`` is needed where a part of the model is fine-tuned.
    """

    def __init__(
        self,
        model: ModelConfig,
        *,
        encoder: Encoder | None,
        cache: Path,
        seed: int,
        say: Say,
        context: FinetuneContext | None = None,
    ) -> None:
        self.context = context
        self.model = model
        self.encoder = encoder
        self.cache = cache
        self.seed = seed
        self.say = say

    def table(self, pairs: Sequence[PairText], groups: Sequence[str]) -> FeatureTable:
        """Features of pairs, kept by content."""

        def progress(done: int, total: int) -> None:
            if done == total:
                self.say(f"read {total:,} pairs")

        parts: dict[Features, Rows] = {}
        for part, _ in parts_of(self.model):
            features = part.features()
            if part.kind == "finetuned":
                parts[features] = pair_rows(pairs, groups, features=features)
            elif features not in parts:
                parts[features] = extract_features(
                    pairs,
                    features=features,
                    encoder=self.encoder,
                    cache=self.cache,
                    progress=progress,
                )
        return FeatureTable(parts, np.array([pair.topic or "" for pair in pairs]))

    def tables(
        self,
        labelled: Sequence[PairText],
        judged: Sequence[PairText],
        *,
        groups: Sequence[str],
    ) -> tuple[FeatureTable, FeatureTable]:
        """Features of pairs to learn from and of pairs to judge, made together so that they fit.

        Parameters
        ----------
        groups : the article of each labelled pair
        """
        both = self.table([*labelled, *judged], [*groups, *[""] * len(judged)])
        return both.take(range(len(labelled))), both.take(range(len(labelled), len(both)))

    def fit(self, table: FeatureTable, y: Labels) -> FittedModel:
        """A model whose probabilities are not calibrated yet."""
        return fit(self.model, table, y, labels=STANCES, seed=self.seed, context=self.context)

    def no_logits(self, n: int) -> Floats:
        """Room for the logits of so many pairs, of shape (n_parts, n, 3)."""
        return np.zeros((len(parts_of(self.model)), n, len(STANCES)), np.float32)

    def logits(self, fitted: FittedModel, table: FeatureTable) -> Floats:
        """Of every part of a model, of shape (n_parts, n, 3)."""
        if not len(table):
            return self.no_logits(0)
        return np.stack([part.logits(table) for part in fitted.parts])

    def calibrated(self, found: Floats, known: Floats, y: Labels) -> Shares:
        """Probabilities at the temperatures that fit held-out rows: each part's, then the mean's.

        Parameters
        ----------
        found, known : logits of the pairs to judge, and of the held-out pairs that ``y`` is of
        """
        if not known.shape[1] or not found.shape[1]:
            return self._mean(found, [1.0] * len(found))
        each = [fit_temperature(logits, y, labels=STANCES) for logits in known]
        shares = self._mean(found, each)
        if len(each) == 1:
            return shares
        of_known = np.log(np.maximum(self._mean(known, each), 1e-9))
        temperature = fit_temperature(of_known, y, labels=STANCES)
        return calibrate(shares, temperature=temperature, shift=np.zeros(len(STANCES), np.float32))

    def _mean(self, logits: Floats, temperatures: Sequence[float]) -> Shares:
        weights = np.array([weight for _, weight in parts_of(self.model)])
        shares = [softmax(own / t) for own, t in zip(logits, temperatures, strict=True)]
        mean: Shares = np.average(shares, axis=0, weights=weights).astype(np.float32)
        return mean


def judge_left_out(
    articles: Sequence[GoldArticle],
    *,
    pairs: Sequence[PairText],
    y: Labels,
    strata: Sequence[str],
    groups: Sequence[str],
    find: Find,
    bench: Bench,
    n_parts: int = MAX_PARTS,
) -> list[JudgedArticle]:
    """Judge each stratum's articles by a model that saw no pair of it.

    Strata are dealt into at most ``n_parts`` parts, each left out of training once. The
    temperatures for each part come from the other parts' pairs, each judged by the model that left
    it out.

    Parameters
    ----------
    pairs, y, strata, groups : the labelled pairs, their labels, and the stratum and article of each
    find : the candidates of an article
    """
    candidates = [find(article) for article in articles]
    rows = [candidate.pair.text() for own in candidates for candidate in own]
    labelled, judged = bench.tables(pairs, rows, groups=groups)
    names = {*strata, *(article.stratum for article in articles)}
    part_of = _dealt(names, n_parts=n_parts)
    own = np.array([part_of[stratum] for stratum in strata])
    row_of = np.array(
        [part_of[a.stratum] for a, some in zip(articles, candidates, strict=True) for _ in some]
    )
    known, found = bench.no_logits(len(pairs)), bench.no_logits(len(rows))
    for part in range(max(part_of.values()) + 1):
        left_out = ", ".join(name for name, n in part_of.items() if n == part)
        bench.say(f"leaving out {left_out}")
        fitted = bench.fit(labelled.take(np.flatnonzero(own != part).tolist()), y[own != part])
        for at, logits, table in ((own == part, known, labelled), (row_of == part, found, judged)):
            if at.any():
                logits[:, at] = bench.logits(fitted, table.take(np.flatnonzero(at).tolist()))
    shares = np.zeros((len(rows), len(STANCES)), np.float32)
    for part in sorted(set(row_of.tolist())):
        of_part, others = row_of == part, own != part
        shares[of_part] = bench.calibrated(found[:, of_part], known[:, others], y[others])
    return _parted(articles, candidates, shares)


def _dealt(strata: Collection[str], *, n_parts: int) -> dict[str, int]:
    """The part of each stratum."""
    if len(strata) < 2:
        raise CorpusError(
            f"seeds: must be of two codebooks or more, so that one can be left out, "
            f"got {', '.join(strata) or 'none'}. Name a model to judge them by."
        )
    return {name: n % n_parts for n, name in enumerate(sorted(strata))}


def judge_after_training(
    train: Sequence[GoldArticle], test: Sequence[GoldArticle], *, find: Find, bench: Bench
) -> list[JudgedArticle]:
    """Judge articles by a model fitted on the candidates of others.

    Those that the reader misses are left out, since he would not judge them: they all say
    something, and a model would know them by their form. The temperatures come from a fifth of the
    groups of train, judged by a model fitted on the rest.
    """
    own = [[candidate for candidate in find(article) if candidate.read] for article in train]
    pairs = [candidate.pair.text() for some in own for candidate in some]
    y = np.array([_label(candidate) for some in own for candidate in some])
    groups = sorted({article.group for article in train})
    held = set(groups[::HELD_OUT_SHARE])
    out = np.array([a.group in held for a, some in zip(train, own, strict=True) for _ in some])
    candidates = [find(article) for article in test]
    rows = [candidate.pair.text() for some in candidates for candidate in some]
    of_pairs = [article.group for article, some in zip(train, own, strict=True) for _ in some]
    labelled, judged = bench.tables(pairs, rows, groups=of_pairs)
    inside, outside = np.flatnonzero(~out).tolist(), np.flatnonzero(out).tolist()
    bench.say(f"fitting on {len(inside):,} of {len(pairs):,} pairs, to calibrate on the rest")
    known = bench.logits(bench.fit(labelled.take(inside), y[inside]), labelled.take(outside))
    bench.say(f"fitting on {len(pairs):,} pairs")
    found = bench.logits(bench.fit(labelled, y), judged)
    return _parted(test, candidates, bench.calibrated(found, known, y[outside]))


def _label(candidate: Candidate) -> str:
    """What a reader takes a candidate to say of its target; nothing where it is no pair for him."""
    return orient_stance(candidate.gold or "none", pole=candidate.pair.pole)


def _parted(
    articles: Sequence[GoldArticle], candidates: Sequence[Sequence[Candidate]], found: Shares
) -> list[JudgedArticle]:
    ends = np.cumsum([len(own) for own in candidates])
    return [
        JudgedArticle(article, tuple(own), found[end - len(own) : end])
        for article, own, end in zip(articles, candidates, ends, strict=True)
    ]


def judge_by(
    articles: Sequence[GoldArticle], *, model: Classifier, find: Find, encoder: Encoder | None
) -> list[JudgedArticle]:
    """Judge articles by a model that is there; its own probabilities are calibrated already."""
    candidates = [find(article) for article in articles]
    rows = [candidate.pair.text() for own in candidates for candidate in own]
    return _parted(articles, candidates, predict(rows, models=[model], encoder=encoder)[0])
