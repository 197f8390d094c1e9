"""Fits and predictions of every fold: early stopping and calibration on dev, then the test rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from standpoint.labels import LABELS
from train.config import finetuned_part
from train.features import PairRows
from train.finetune import DevSet
from train.models import FittedModel, fit, fit_calibration, fit_shift
from train.scoring import Predictions, objective_of, subset_flags
from train.splitting import Fold, RowNumbers
from train.task_rows import RunInputs, TaskRows

if TYPE_CHECKING:
    from train.finetune.cache import FinetuneResult


@dataclass(frozen=True, slots=True)
class FoldResults:
    """The last models and the predictions for all folds, by task in the order of `RunInputs`.

    Attributes
    ----------
    predictions : of each task, by split; the splits of test first
    finetuning : metrics of the first fit of a fine-tuned part: dev by epoch, the loss by int8
    """

    models: list[FittedModel]
    predictions: list[dict[str, Predictions]]
    finetuning: dict[str, float]


def fit_folds(
    inputs: RunInputs, folds: Sequence[Fold], *, seed: int, report_progress: Callable[[str], None]
) -> FoldResults:
    """Fit on every fold and predict its dev and test rows; at last refit on all rows where asked.

    All rows are used for the bundle where the config says ``refit``, and where there are several
    folds, since none of their models is the model of all data.
    """
    predictions: list[dict[str, Predictions]] = [{} for _ in inputs.tasks]
    finetuning: dict[str, float] = {}
    own_seed = [] if seed == inputs.config.seed else [f"seed_{seed}"]
    for number, fold in enumerate(folds, 1):
        report_progress(f"{inputs.config.name}: fitting fold {number} of {len(folds)}")
        prefixes = [*own_seed, f"fold_{number}"] if len(folds) > 1 else own_seed
        dev = tuple(n for part in fold.dev.values() for n in part)
        fitted = _fit(inputs, fold.train, seed, dev=dev, prefix=".".join(prefixes))
        tuned = fitted.finetuned
        if tuned and not finetuning:
            finetuning = dict(tuned.metrics)
        train = fold.train
        models = _calibrated(inputs, fitted, train, dev)
        _predict(inputs, models, train, fold.dev, predictions)
        if fold.refit_with_dev:
            train = tuple(sorted({*fold.train, *dev}))
            models = _refit(inputs, models, train, seed, tuned, prefix=[*prefixes, "refit"])
        _predict(inputs, models, train, fold.test, predictions)
    if inputs.config.refit or len(folds) > 1:
        rows = tuple(range(len(inputs.own.corpus.records)))
        models = _refit(inputs, models, rows, seed, tuned, prefix=[*own_seed, "everything"])
    test_first = [
        dict(sorted(by_split.items(), key=lambda item: item[0] not in folds[0].test))
        for by_split in predictions
    ]
    return FoldResults(models, test_first, finetuning)


def _fit(
    inputs: RunInputs,
    rows: RowNumbers,
    seed: int,
    *,
    dev: RowNumbers = (),
    like: "FinetuneResult | None" = None,
    prefix: str = "",
) -> FittedModel:
    """Fit on some rows.

    Parameters
    ----------
    dev : rows for early stopping of a fine-tuned part
    like : an earlier fit whose number of epochs and whose choice of float32 weights are taken
    prefix : of the names of the learning curve's metrics
    """
    context = inputs.context
    if context is not None:
        context = replace(context.with_metric_prefix(prefix), dev_set=_dev_set(inputs, rows, dev))
        if like is not None:
            context = context.refitting(like.epochs, like.float32_weights)
    own = inputs.own
    return fit(
        inputs.config.model,
        own.table.take(rows),
        own.y[list(rows)],
        labels=LABELS[own.task],
        seed=seed,
        context=context,
    )


def _refit(
    inputs: RunInputs,
    calibrated: Sequence[FittedModel],
    rows: RowNumbers,
    seed: int,
    like: "FinetuneResult | None",
    *,
    prefix: Sequence[str],
) -> list[FittedModel]:
    """Fit on more rows with the number of epochs and the calibration of an earlier fit."""
    fitted = _fit(inputs, rows, seed, like=like, prefix=".".join(prefix))
    return [
        model.with_calibration_of(earlier)
        for model, earlier in zip(inputs.models_by_task(fitted), calibrated, strict=True)
    ]


def _dev_set(inputs: RunInputs, train: RowNumbers, dev: RowNumbers) -> DevSet | None:
    """Dev for early stopping: only clean rows, since a text that train has looks too easy."""
    part = finetuned_part(inputs.config.model)
    own, metric = inputs.own, inputs.config.scoring.metric
    clean = own.clean(dev, train=train)
    if part is None or not clean:
        return None
    rows = own.table.take(clean).parts[part.features()]
    assert isinstance(rows, PairRows)
    objective = objective_of(own.records(clean), task=own.task, metric=metric)
    return DevSet(rows, own.y[clean], metric, objective)


def _calibrated(
    inputs: RunInputs, fitted: FittedModel, train: RowNumbers, dev: RowNumbers
) -> list[FittedModel]:
    """The models of all tasks, each calibrated on the clean dev rows of its task."""
    return [
        _calibrated_on(inputs, task, model, task.clean(dev_rows, train=train_rows))
        for task, model, train_rows, dev_rows in zip(
            inputs.tasks,
            inputs.models_by_task(fitted),
            inputs.rows_by_task(train),
            inputs.rows_by_task(dev),
            strict=True,
        )
    ]


def _calibrated_on(
    inputs: RunInputs, task: TaskRows, model: FittedModel, rows: Sequence[int]
) -> FittedModel:
    """Fit the temperatures on some rows, and the shift of the labels where the config asks."""
    config = inputs.config
    if not rows or config.model.kind == "majority":
        return model
    table = task.table.take(rows)
    model = fit_calibration(model, table, task.y[list(rows)], labels=LABELS[task.task])
    if not config.tune_priors:
        return model
    objective = objective_of(task.records(rows), task=task.task, metric=config.scoring.metric)
    return replace(model, shift=fit_shift(model.probabilities(table), objective))


def _predict(
    inputs: RunInputs,
    models: Sequence[FittedModel],
    train: RowNumbers,
    splits: dict[str, RowNumbers],
    predictions: Sequence[dict[str, Predictions]],
) -> None:
    """Add the predictions for some splits of a fold, for every task."""
    for name, split_rows in splits.items():
        for task, model, train_rows, rows, by_split in zip(
            inputs.tasks,
            models,
            inputs.rows_by_task(train),
            inputs.rows_by_task(split_rows),
            predictions,
            strict=True,
        ):
            records, train_records = task.records(rows), task.records(train_rows)
            leaks = task.texts.leaks(train_rows, rows)
            by_split.setdefault(name, Predictions(name)).add(
                records,
                model.probabilities(task.table.take(rows)),
                train=train_records,
                flags=subset_flags(train_records, records, leaks=leaks, tags=task.corpus.tags()),
            )
