"""The story of a run, top to bottom: config, corpus, folds, features, fit, scores, bundle."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from standpoint.bundle import write_bundle
from standpoint.encoder import Encoder
from standpoint.labels import LABELS
from train.config import RunConfig
from train.corpora.load import load_corpus
from train.corpora.record import Corpus
from train.encoders import ensure_encoder
from train.evaluation import Predictions, SplitScores, score_split
from train.features import Rows, featurise, take
from train.models import Fitted, fit, fit_temperature
from train.scores import majority
from train.splits import Fold, split

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """Everything a run found out, before it is tracked."""

    config: RunConfig
    corpus: Corpus
    predictions: dict[str, Predictions]
    scores: dict[str, SplitScores]
    main: str
    fitted: Fitted
    encoder: str | None
    seconds: dict[str, float]
    note: str

    @property
    def flat(self) -> dict[str, float]:
        """Every score by ``split.name``."""
        return {key: value for part in self.scores.values() for key, value in part.flat.items()}


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
    say(f"{config.name}: {len(corpus.records):,} pairs, {len(folds)} fold(s)")
    encoder = ensure_encoder(models_dir, say=say) if config.model.kind == "encoder" else None
    rows = _features(config, corpus, encoder, models_dir, say)
    read = time.perf_counter()
    predictions, fitted = _fit_and_predict(config, corpus, folds, rows, say)
    fitted_at = time.perf_counter()
    say(f"{config.name}: scoring")
    scores = {
        name: score_split(
            part,
            task=config.task,
            metric=config.scoring.metric,
            draws=config.scoring.bootstrap,
            seed=config.seed,
        )
        for name, part in predictions.items()
    }
    seconds = {
        "features": read - started,
        "fit": fitted_at - read,
        "total": time.perf_counter() - started,
    }
    main = next(name for name in predictions if name in folds[0].test)
    digest = encoder.digest if encoder else None
    return FinishedRun(
        config, corpus, predictions, scores, main, fitted, digest, seconds, _note(config, main)
    )


def _features(
    config: RunConfig, corpus: Corpus, encoder: Encoder | None, models_dir: Path, say: Say
) -> Rows:
    shown = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal shown
        if time.perf_counter() - shown > 5 or done == total:
            shown = time.perf_counter()
            say(f"{config.name}: read {done:,} of {total:,} pairs")

    return featurise(
        [record.pair() for record in corpus.records],
        features=config.model.features(),
        encoder=encoder,
        cache=models_dir / "cache",
        progress=progress,
    )


def _fit_and_predict(
    config: RunConfig, corpus: Corpus, folds: Sequence[Fold], rows: Rows, say: Say
) -> tuple[dict[str, Predictions], Fitted]:
    y = np.array([record.label for record in corpus.records])
    labels = LABELS[config.task]
    predictions: dict[str, Predictions] = {}
    fitted: Fitted | None = None
    for number, fold in enumerate(folds, 1):
        say(f"{config.name}: fitting fold {number} of {len(folds)}")
        at = list(fold.train)
        fitted = fit(config.model, take(rows, at), y[at], labels=labels, seed=config.seed)
        fitted = _calibrated(config, fitted, fold, rows, y)
        for name, numbers in {**fold.test, **fold.dev}.items():
            part = predictions.setdefault(name, Predictions(name))
            _predict(part, corpus, fold, numbers, fitted.probabilities(take(rows, numbers)))
    assert fitted is not None
    if config.refit or len(folds) > 1:
        temperature = fitted.head.temperature
        everything = fit(config.model, rows, y, labels=labels, seed=config.seed)
        fitted = everything.at(temperature)
    return predictions, fitted


def _calibrated(
    config: RunConfig, fitted: Fitted, fold: Fold, rows: Rows, y: "np.ndarray[Any, Any]"
) -> Fitted:
    held_out = [number for numbers in fold.dev.values() for number in numbers]
    if not held_out or config.model.kind == "majority":
        return fitted
    logits = fitted.logits(take(rows, held_out)) + fitted.head.bias
    return fitted.at(fit_temperature(logits, y[held_out], labels=LABELS[config.task]))


def _predict(
    part: Predictions,
    corpus: Corpus,
    fold: Fold,
    numbers: Sequence[int],
    shares: "np.ndarray[Any, Any]",
) -> None:
    records = corpus.records
    seen = {_plain(records[n].text) for n in fold.train}
    train_labels = np.array([records[n].label for n in fold.train])
    part.records += [records[n] for n in numbers]
    part.shares.append(shares)
    part.majority += list(majority(train_labels, n=len(numbers)))
    part.clean += [_plain(records[n].text) not in seen for n in numbers]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _note(config: RunConfig, main: str) -> str:
    if config.protocol.kind == "leave_codebook_out":
        return (
            "Scores are of models that never saw the codebook; the bundle is fitted on all rows, "
            "and its probabilities are not calibrated: there is no dev split."
        )
    if config.refit:
        return (
            f"Scores ({main}) are of the model fitted on train; the bundle is fitted on all rows."
        )
    return f"Scores ({main}) are of this bundle, fitted on train."


def save_bundle(finished: FinishedRun, folder: Path, *, run_id: str) -> None:
    """Write the bundle of a finished run."""
    config = finished.config
    write_bundle(
        folder,
        manifest={
            "task": config.task,
            "labels": LABELS[config.task],
            "features": config.model.features(),
            "encoder": finished.encoder,
            "run_id": run_id,
            "config": config.name,
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "corpus": {
                "name": finished.corpus.name,
                "n_pairs": len(finished.corpus.records),
                "licence": config.data.licence,
            },
            "scores": finished.scores[finished.main].flat,
            "note": finished.note,
        },
        head=finished.fitted.head,
        terms=finished.fitted.terms,
    )
