"""The story of a run, top to bottom: config, corpus, folds, features, fit, scores, bundle."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from standpoint.errors import ConfigError
from standpoint.labels import LABELS, Task
from standpoint.model import Encoder, Features
from train.config import FinetunedModel, RunConfig, SingleModel, finetuned_part, parts_of
from train.corpora import Corpus, load_corpus
from train.encoders import ensure_encoder
from train.features import FeatureTable, PairRows, Rows, extract_features, pair_rows
from train.finetune import DevSet, FinetuneContext, Watch, context_for, unwatched
from train.models import FittedModel, calibrated, fit, fit_shift
from train.peak_memory import peak_mib, reset_peak
from train.scoring import (
    Labels,
    Predictions,
    SplitScores,
    mean_and_spread,
    objective_of,
    score_split,
    subset_flags,
)
from train.splitting import Fold, RowNumbers, TextIndex, split

if TYPE_CHECKING:
    from train.finetune.cache import Tuned

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Joint:
    """What a run found out for the other task of a joint model."""

    task: Task
    corpus: Corpus
    predictions: dict[str, Predictions]
    scores: dict[str, SplitScores]
    fitted: FittedModel


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """Everything a run found out, before it is tracked.

    Attributes
    ----------
    encoder : the digest of the shared encoder, where one was read
    spread : mean and spread over the seeds, as ``split.metric.mean``; empty for one seed
    joint : the same model's other task, where it has one
    used, missing : the other data that was learned from, and what was not there
    peak_mib : the most resident memory it took
    tuning : numbers of a fine-tuned part's first fit
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
    joint: tuple[Joint, ...] = ()
    used: tuple[dict[str, Any], ...] = ()
    missing: tuple[str, ...] = ()
    peak_mib: float = 0.0
    tuning: dict[str, float] = field(default_factory=dict)

    @property
    def flat(self) -> dict[str, float]:
        """Every score by ``split.name``; of a joint model's other task by ``task.split.name``."""
        found = {key: value for part in self.scores.values() for key, value in part.flat.items()}
        for other in self.joint:
            for part in other.scores.values():
                found |= {f"{other.task}.{key}": value for key, value in part.flat.items()}
        return {**found, **self.spread}


@dataclass(frozen=True, slots=True)
class Material:
    """What every seed of a run works on."""

    config: RunConfig
    corpus: Corpus
    y: Labels
    table: FeatureTable
    texts: TextIndex
    context: FinetuneContext | None = None
    others: tuple["Material", ...] = ()

    @property
    def task(self) -> Task:
        """What its labels are of."""
        return self.corpus.task

    def numbers_of(self, groups: Iterable[str]) -> RowNumbers:
        """The rows of some groups."""
        wanted = set(groups)
        return tuple(n for n, r in enumerate(self.corpus.records) if r.group in wanted)

    def groups_of(self, numbers: RowNumbers) -> set[str]:
        """The groups of some rows."""
        return {self.corpus.records[n].group for n in numbers}


def run(
    config: RunConfig, *, root: Path, models_dir: Path, say: Say, watch: Watch = unwatched
) -> FinishedRun:
    """Carry out one experiment.

    Parameters
    ----------
    root : the project's folder, which paths in the config start from
    models_dir : where encoders and cached features are kept
    say : told what is being done
    watch : told the numbers of a learning curve while it is learned
    """
    started = time.perf_counter()
    reset_peak()
    corpus = load_corpus(config.data, task=config.task, root=root)
    folds = split(corpus.records, config.protocol, seed=config.seed)
    _check_subset(config, corpus)
    say(f"{config.name}: {len(corpus.records):,} pairs, {len(folds)} fold(s)")
    tuned = finetuned_part(config.model)
    context = context_for(
        config, lambda: corpus, root=root, models_dir=models_dir, say=say, watch=watch
    )
    wanted = any(part.kind == "encoder" for part, _ in parts_of(config.model))
    encoder = ensure_encoder(models_dir, say=say) if wanted else None
    table = _features(config, corpus, encoder, models_dir, say)
    texts = TextIndex(corpus.records, cache=models_dir / "cache")
    others = _others(config, tuned, context, models_dir)
    material = Material(config, corpus, _labels(corpus), table, texts, context, others)
    _check_joint(material, folds)
    read = time.perf_counter()
    done = _fit_and_predict(material, folds, config.seed, say)
    fitted_at = time.perf_counter()
    say(f"{config.name}: scoring")
    scores = _score(config, done.predictions, config.task)
    main = next(name for name in done.predictions if name in folds[0].test)
    spread = _spread(material, scores, say)
    spared = context.ledger.spared if context else 0.0
    seconds = {
        "features": read - started,
        "fit": fitted_at - read + spared,
        "total": time.perf_counter() - started + spared,
    }
    own = done.fitted.tuned
    digest = own.encoder.digest if own else encoder.digest if encoder else None
    rows = folds[0].train if len(folds) == 1 else range(len(corpus.records))
    return FinishedRun(
        config, corpus, done.predictions, scores, main, done.fitted, digest, texts.repeats(rows),
        spread, seconds, _note(config, main), _joint(material, done), _used(context),
        context.missing if context else (), peak_mib(),
        done.found,
    )  # fmt: skip


def _labels(corpus: Corpus) -> Labels:
    return np.array([record.label for record in corpus.records])


def _others(
    config: RunConfig,
    tuned: FinetunedModel | None,
    context: FinetuneContext | None,
    models_dir: Path,
) -> tuple[Material, ...]:
    """The same for the other task of a joint model."""
    if tuned is None or context is None:
        return ()
    found = []
    for other in context.others:
        if other.lesson.champion:
            rows = _pairs_of(other.corpus, tuned)
            table = FeatureTable({tuned.features(): rows}, _topics(other.corpus))
            texts = TextIndex(other.corpus.records, cache=models_dir / "cache")
            found.append(Material(config, other.corpus, _labels(other.corpus), table, texts))
    return tuple(found)


def _check_joint(material: Material, folds: Sequence[Fold]) -> None:
    """Refuse, before anything is learned, a joint model without rows of its other task."""
    for other in material.others:
        for fold in folds:
            for split_name, numbers in {"train": fold.train, **fold.dev, **fold.test}.items():
                if not other.numbers_of(material.groups_of(numbers)):
                    raise ConfigError(
                        f"model.beside: {other.corpus.name}-{other.task} must have rows of the "
                        f"groups of every split, got none of {split_name}. "
                        "Give both the same groups, or set champion = false."
                    )


def _topics(corpus: Corpus) -> Labels:
    return np.array([record.target["name"] for record in corpus.records])


def _pairs_of(corpus: Corpus, part: SingleModel) -> PairRows:
    pairs = [record.pair() for record in corpus.records]
    groups = [record.group for record in corpus.records]
    return pair_rows(pairs, groups, features=part.features())


def _used(context: FinetuneContext | None) -> tuple[dict[str, Any], ...]:
    """What other data was learned from, for the run and the model's card."""
    if context is None:
        return ()
    earlier = context.weights.learned if context.weights else ()
    return (
        *({"name": data["name"], "licence": data["licence"]} for data in earlier),
        *(
            {
                "name": other.lesson.name,
                "n_pairs": len(other.records),
                "n_left_out": other.n_met,
                "licence": other.lesson.data.licence,
            }
            for other in context.others
        ),
    )


def _joint(material: Material, done: "_Done") -> tuple[Joint, ...]:
    return tuple(
        Joint(other.task, other.corpus, found, _score(material.config, found, other.task), fitted)
        for other, found, fitted in zip(
            material.others, done.other_predictions, done.other_fitted, strict=True
        )
    )


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
    parts: dict[Features, Rows] = {}
    for part, _ in parts_of(config.model):
        if part.kind == "finetuned":
            parts[part.features()] = _pairs_of(corpus, part)
        elif part.features() not in parts:
            parts[part.features()] = extract_features(
                pairs,
                features=part.features(),
                encoder=encoder,
                cache=models_dir / "cache",
                progress=progress,
            )
    return FeatureTable(parts, _topics(corpus))


@dataclass(slots=True)
class _Done:
    """What the folds of a protocol gave, for the run's own task and for the others.

    Attributes
    ----------
    found : numbers of the first fit of a fine-tuned part: dev by epoch, and what int8 cost
    """

    fitted: FittedModel
    found: dict[str, float] = field(default_factory=dict)
    predictions: dict[str, Predictions] = field(default_factory=dict)
    other_fitted: list[FittedModel] = field(default_factory=list)
    other_predictions: list[dict[str, Predictions]] = field(default_factory=list)


def _fit_and_predict(material: Material, folds: Sequence[Fold], seed: int, say: Say) -> _Done:
    done: _Done | None = None
    for number, fold in enumerate(folds, 1):
        say(f"{material.config.name}: fitting fold {number} of {len(folds)}")
        dev = tuple(n for part in fold.dev.values() for n in part)
        stages = _stages(material, seed, number if len(folds) > 1 else None)
        fitted = _fit(material, fold.train, seed, held_out=dev, stage=".".join(stages))
        tuned = fitted.tuned
        fitted = _calibrated(material, fitted, fold.train, dev)
        others = _calibrated_others(material, fitted, fold.train, dev)
        if done is None:
            found = dict(tuned.found) if tuned else {}
            done = _Done(fitted, found, {}, others, [{} for _ in others])
        done.fitted, done.other_fitted = fitted, others
        _predict_all(material, done, fold.train, fold.dev)
        train = fold.train
        if fold.refit_with_dev:
            train = tuple(sorted({*fold.train, *dev}))
            _refit(material, done, train, seed, tuned, stage=".".join([*stages, "refit"]))
        _predict_all(material, done, train, fold.test)
    assert done is not None
    if material.config.refit or len(folds) > 1:
        everything = tuple(range(len(material.y)))
        stage = ".".join([*_stages(material, seed, None), "everything"])
        _refit(material, done, everything, seed, tuned, stage=stage)
    first = [name for name in done.predictions if name in folds[0].test]
    done.predictions = _ordered(done.predictions, first)
    done.other_predictions = [_ordered(found, first) for found in done.other_predictions]
    return done


def _stages(material: Material, seed: int, fold: int | None) -> list[str]:
    """What names the learning curve of a fit; nothing for the only one of a run."""
    own = [] if seed == material.config.seed else [f"seed_{seed}"]
    return own if fold is None else [*own, f"fold_{fold}"]


def _ordered(found: dict[str, Predictions], first: Sequence[str]) -> dict[str, Predictions]:
    return {name: found[name] for name in sorted(found, key=lambda name: name not in first)}


def _fit(
    material: Material,
    numbers: RowNumbers,
    seed: int,
    *,
    held_out: RowNumbers = (),
    like: "Tuned | None" = None,
    stage: str = "",
) -> FittedModel:
    """Fit on some rows; a fine-tuned part looks for its best epoch on those held out.

    Parameters
    ----------
    like : another fit whose number of epochs and whose choice of what is quantised are taken
    """
    config = material.config
    context = material.context
    if context is not None:
        clean = _clean(material, numbers, held_out)
        context = context.at(stage).examined_by(_exam(material, clean))
        if like is not None:
            context = context.as_found(like.epochs, like.kept)
    return fit(
        config.model,
        material.table.take(numbers),
        material.y[list(numbers)],
        labels=LABELS[material.task],
        seed=seed,
        context=context,
    )


def _refit(
    material: Material,
    done: _Done,
    numbers: RowNumbers,
    seed: int,
    like: "Tuned | None",
    *,
    stage: str,
) -> None:
    """Fit once more on some rows, for as many epochs, at the temperatures that were found."""
    fitted = _fit(material, numbers, seed, like=like, stage=stage)
    others = [_of_other(fitted, other) for other in material.others]
    done.fitted = fitted.calibrated_as(done.fitted)
    done.other_fitted = [
        new.calibrated_as(old) for new, old in zip(others, done.other_fitted, strict=True)
    ]


def _of_other(fitted: FittedModel, other: Material) -> FittedModel:
    """The other task's model of one that was fitted for two."""
    part = finetuned_part(other.config.model)
    assert part is not None
    return fitted.with_head(f"{other.corpus.name}-{other.task}", part.features(), task=other.task)


def _calibrated_others(
    material: Material, fitted: FittedModel, train: RowNumbers, dev: RowNumbers
) -> list[FittedModel]:
    found = []
    for other in material.others:
        of_train, of_dev = (other.numbers_of(material.groups_of(some)) for some in (train, dev))
        found.append(_calibrated(other, _of_other(fitted, other), of_train, of_dev))
    return found


def _clean(material: Material, train: RowNumbers, held_out: RowNumbers) -> list[int]:
    """The held-out rows whose text train does not have."""
    numbers = np.array(held_out, dtype=np.int64)
    found: list[int] = numbers[material.texts.leaks(train, numbers.tolist()).clean].tolist()
    return found


def _exam(material: Material, numbers: Sequence[int]) -> DevSet | None:
    part = finetuned_part(material.config.model)
    if part is None or not numbers:
        return None
    rows = material.table.take(numbers).parts[part.features()]
    assert isinstance(rows, PairRows)
    records = [material.corpus.records[n] for n in numbers]
    metric = material.config.scoring.metric
    return DevSet(
        rows,
        material.y[list(numbers)],
        metric,
        objective_of(records, task=material.task, metric=metric),
    )


def _calibrated(
    material: Material, fitted: FittedModel, train: RowNumbers, dev: RowNumbers
) -> FittedModel:
    """Set temperatures, and priors if asked, on the rows of dev whose text train does not have."""
    config = material.config
    held_out = _clean(material, train, dev)
    if not held_out or config.model.kind == "majority":
        return fitted
    table, y = material.table.take(held_out), material.y[held_out]
    fitted = calibrated(fitted, table, y, labels=LABELS[material.task])
    if not config.tune_priors:
        return fitted
    records = [material.corpus.records[n] for n in held_out]
    objective = objective_of(records, task=material.task, metric=config.scoring.metric)
    return fitted.with_shift(fit_shift(fitted.probabilities(table), objective))


def _predict_all(
    material: Material, done: _Done, train: RowNumbers, splits: dict[str, RowNumbers]
) -> None:
    """Predict some splits of a fold, for the run's own task and for the others."""
    for name, numbers in splits.items():
        _predict(material, done.fitted, train, numbers, done.predictions, name)
        for at, other in enumerate(material.others):
            of_train, own = (
                other.numbers_of(material.groups_of(some)) for some in (train, numbers)
            )
            found = done.other_predictions[at]
            _predict(other, done.other_fitted[at], of_train, own, found, name)


def _predict(
    material: Material,
    fitted: FittedModel,
    train: RowNumbers,
    numbers: RowNumbers,
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
        flags=subset_flags(met, rows, leaks=leaks, tags=material.corpus.tags()),
    )


def _score(
    config: RunConfig, predictions: dict[str, Predictions], task: Task
) -> dict[str, SplitScores]:
    return {
        name: score_split(part, task=task, scoring=config.scoring, seed=config.seed)
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
        done = _fit_and_predict(material, folds, seed, say)
        for name, part in _score(config, done.predictions, config.task).items():
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
