"""The story of a run, top to bottom: config, corpus, folds, features, fit, scores, bundle."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from standpoint.encoder import Encoder
from standpoint.errors import ConfigError
from standpoint.features import Features
from standpoint.labels import LABELS
from train.calibration import fit_shift
from train.config import RunConfig
from train.corpora.load import load_corpus
from train.corpora.record import Corpus
from train.encoders import ensure_encoder
from train.evaluation import SplitScores, objective_of, score_split
from train.features import FeatureTable, featurise
from train.intervals import mean_and_spread
from train.kinds import parts_of
from train.leakage import TextIndex
from train.models import FittedModel, calibrated, fit
from train.scored import Predictions, flags_of
from train.scores import Labels
from train.splits import Fold, Numbers, split

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """Everything a run found out, before it is tracked.

    Attributes
    ----------
    spread : mean and spread over the seeds, as ``split.metric.mean``; empty for one seed
    """

    config: RunConfig
    corpus: Corpus
    predictions: dict[str, Predictions]
    scores: dict[str, SplitScores]
    main: str
    fitted: FittedModel
    encoder: str | None
    repeats: dict[str, int]
    spread: dict[str, float]
    seconds: dict[str, float]
    note: str

    @property
    def flat(self) -> dict[str, float]:
        """Every score by ``split.name``."""
        found = {key: value for part in self.scores.values() for key, value in part.flat.items()}
        return {**found, **self.spread}


@dataclass(frozen=True, slots=True)
class Material:
    """What every seed of a run works on."""

    config: RunConfig
    corpus: Corpus
    y: Labels
    table: FeatureTable
    texts: TextIndex


def run(config: RunConfig, *, root: Path, models_dir: Path, say: Say) -> FinishedRun:
    """Carry out one experiment.

    Parameters
    ----------
    root : the project's folder, which paths in the config start from
    models_dir : where encoders and cached features are kept
    say : told what is being done
    """
    started = time.perf_counter()
    corpus = load_corpus(config.data, task=config.task, root=root)
    folds = split(corpus.records, config.protocol, seed=config.seed)
    _check_subset(config, corpus)
    say(f"{config.name}: {len(corpus.records):,} pairs, {len(folds)} fold(s)")
    wanted = any(part.kind == "encoder" for part, _ in parts_of(config.model))
    encoder = ensure_encoder(models_dir, say=say) if wanted else None
    table = _features(config, corpus, encoder, models_dir, say)
    texts = TextIndex(corpus.records, cache=models_dir / "cache")
    y = np.array([record.label for record in corpus.records])
    material = Material(config, corpus, y, table, texts)
    read = time.perf_counter()
    predictions, fitted = _fit_and_predict(material, folds, config.seed, say)
    fitted_at = time.perf_counter()
    say(f"{config.name}: scoring")
    scores = _score(config, predictions)
    main = next(name for name in predictions if name in folds[0].test)
    spread = _spread(material, scores, say)
    seconds = {
        "features": read - started,
        "fit": fitted_at - read,
        "total": time.perf_counter() - started,
    }
    digest = encoder.digest if encoder else None
    rows = folds[0].train if len(folds) == 1 else range(len(corpus.records))
    return FinishedRun(
        config, corpus, predictions, scores, main, fitted, digest, texts.repeats(rows), spread,
        seconds, _note(config, main),
    )  # fmt: skip


def _check_subset(config: RunConfig, corpus: Corpus) -> None:
    known = {tag for record in corpus.records for tag in record.tags}
    known |= {"clean", "unrepeated", "seen_issue", "unseen_issue", "seen_actor", "unseen_actor"}
    if config.scoring.subset not in {None, *known}:
        raise ConfigError(
            f"scoring.subset: must be one of {', '.join(sorted(known))}, "
            f"got {config.scoring.subset!r}."
        )


def _features(
    config: RunConfig, corpus: Corpus, encoder: Encoder | None, models_dir: Path, say: Say
) -> FeatureTable:
    shown = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal shown
        if time.perf_counter() - shown > 5 or done == total:
            shown = time.perf_counter()
            say(f"{config.name}: read {done:,} of {total:,} pairs")

    pairs = [record.pair() for record in corpus.records]
    settings: dict[Features, None] = {part.features(): None for part, _ in parts_of(config.model)}
    parts = {
        features: featurise(
            pairs,
            features=features,
            encoder=encoder,
            cache=models_dir / "cache",
            progress=progress,
        )
        for features in settings
    }
    return FeatureTable(parts, np.array([record.target["name"] for record in corpus.records]))


def _fit_and_predict(
    material: Material, folds: Sequence[Fold], seed: int, say: Say
) -> tuple[dict[str, Predictions], FittedModel]:
    predictions: dict[str, Predictions] = {}
    for number, fold in enumerate(folds, 1):
        say(f"{material.config.name}: fitting fold {number} of {len(folds)}")
        fitted = _fit(material, fold.train, seed)
        fitted = _calibrated(material, fitted, fold)
        for name, numbers in fold.dev.items():
            _predict(material, fitted, fold.train, numbers, predictions, name)
        train = fold.train
        if fold.refit_with_dev:
            train = tuple(sorted({*fold.train, *(n for part in fold.dev.values() for n in part)}))
            fitted = _fit(material, train, seed).calibrated_as(fitted)
        for name, numbers in fold.test.items():
            _predict(material, fitted, train, numbers, predictions, name)
    if material.config.refit or len(folds) > 1:
        everything = tuple(range(len(material.y)))
        fitted = _fit(material, everything, seed).calibrated_as(fitted)
    tests_first = sorted(predictions, key=lambda name: name not in folds[0].test)
    return {name: predictions[name] for name in tests_first}, fitted


def _fit(material: Material, numbers: Numbers, seed: int) -> FittedModel:
    config = material.config
    rows = material.table.take(numbers)
    labels = LABELS[config.task]
    return fit(config.model, rows, material.y[list(numbers)], labels=labels, seed=seed)


def _calibrated(material: Material, fitted: FittedModel, fold: Fold) -> FittedModel:
    """Set temperatures, and priors if asked, on the rows of dev whose text train does not have."""
    config = material.config
    held_out = np.array([n for numbers in fold.dev.values() for n in numbers], dtype=np.int64)
    held_out = held_out[material.texts.leaks(fold.train, held_out.tolist()).clean]
    if not len(held_out) or config.model.kind == "majority":
        return fitted
    table, y = material.table.take(held_out.tolist()), material.y[held_out]
    fitted = calibrated(fitted, table, y, labels=LABELS[config.task])
    if not config.tune_priors:
        return fitted
    records = [material.corpus.records[n] for n in held_out]
    objective = objective_of(records, task=config.task, metric=config.scoring.metric)
    return fitted.with_shift(fit_shift(fitted.probabilities(table), objective))


def _predict(
    material: Material,
    fitted: FittedModel,
    train: Numbers,
    numbers: Numbers,
    predictions: dict[str, Predictions],
    name: str,
) -> None:
    records = material.corpus.records
    leaks = material.texts.leaks(train, numbers)
    rows, met = [records[n] for n in numbers], [records[n] for n in train]
    predictions.setdefault(name, Predictions(name)).add(
        rows,
        fitted.probabilities(material.table.take(numbers)),
        train=met,
        flags=flags_of(met, rows, leaks=leaks, tags=material.corpus.tags()),
    )


def _score(config: RunConfig, predictions: dict[str, Predictions]) -> dict[str, SplitScores]:
    return {
        name: score_split(part, task=config.task, scoring=config.scoring, seed=config.seed)
        for name, part in predictions.items()
    }


def _spread(material: Material, first: dict[str, SplitScores], say: Say) -> dict[str, float]:
    """Mean and spread of each split's main score over every seed of the config."""
    config = material.config
    if not config.more_seeds:
        return {}
    found = {name: [part.score] for name, part in first.items()}
    for seed in config.more_seeds:
        folds = split(material.corpus.records, config.protocol, seed=seed)
        predictions, _ = _fit_and_predict(material, folds, seed, say)
        for name, part in _score(config, predictions).items():
            found[name].append(part.score)
    flat: dict[str, float] = {}
    for name, values in found.items():
        mean, deviation = mean_and_spread(values)
        key = f"{name}.{config.scoring.metric}"
        flat |= {f"{key}.mean": mean, f"{key}.spread": deviation}
    return flat


def _note(config: RunConfig, main: str) -> str:
    if config.protocol.kind in ("k_fold", "leave_codebook_out", "leave_issue_out", "few_shot"):
        return (
            f"Scores ({main}) are of models that never saw the fold they were tested on; the "
            "bundle is fitted on all rows, and its probabilities are not calibrated: there is no "
            "dev split."
        )
    if config.refit:
        return (
            f"Scores ({main}) are of the model fitted on train; the bundle is fitted on all rows."
        )
    return f"Scores ({main}) are of this bundle, fitted on train."
