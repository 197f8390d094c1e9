"""The story of a run, top to bottom: config, corpus, folds, features, fit, scores, bundle."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from standpoint.errors import ConfigError
from standpoint.model import Encoder
from train.config import RunConfig, parts_of
from train.corpora import Corpus, load_corpus
from train.encoders import ensure_encoder
from train.finetune import LogMetric, context_for, ignore_metric
from train.fold_fits import FoldResults, fit_folds
from train.peak_memory import peak_mib, reset_peak
from train.results import FinishedRun, TaskResult
from train.scoring import Predictions, SplitScores, mean_and_spread, score_split
from train.splitting import Fold, split
from train.task_rows import RunInputs, TaskRows, check_joint_tasks, joint_task_rows, read_task_rows

ReportProgress = Callable[[str], None]
PROGRESS_EVERY_S = 5  # while features are extracted: often enough to see that it goes on


def run(
    config: RunConfig,
    *,
    root: Path,
    models_dir: Path,
    report_progress: ReportProgress,
    log_metric: LogMetric = ignore_metric,
) -> FinishedRun:
    """Run one experiment.

    Parameters
    ----------
    root : the project's folder, which paths in the config start from
    models_dir : folder of encoders and of cached features
    report_progress : called with a line of text for each step that takes time
    log_metric : called with the step, name and value of each point of a learning curve
    """
    started = time.perf_counter()
    reset_peak()
    corpus = load_corpus(config.data, task=config.task, root=root)
    folds = split(corpus.records, config.protocol, seed=config.seed)
    _check_subset(config, corpus)
    report_progress(f"{config.name}: {len(corpus.records):,} pairs, {len(folds)} fold(s)")
    context = context_for(
        config,
        lambda: corpus,
        root=root,
        models_dir=models_dir,
        report_progress=report_progress,
        log_metric=log_metric,
    )
    reads_vectors = any(part.kind == "encoder" for part, _ in parts_of(config.model))
    encoder = ensure_encoder(models_dir, report_progress=report_progress) if reads_vectors else None
    cache = models_dir / "cache"
    progress = _every_few_seconds(config.name, report_progress)
    own = read_task_rows(corpus, config.model, encoder=encoder, cache=cache, progress=progress)
    inputs = RunInputs(config, (own, *joint_task_rows(config, context, cache=cache)), context)
    check_joint_tasks(inputs, folds)
    return _fit_and_score(inputs, folds, encoder, started=started, report_progress=report_progress)


def _fit_and_score(
    inputs: RunInputs,
    folds: Sequence[Fold],
    encoder: Encoder | None,
    *,
    started: float,
    report_progress: ReportProgress,
) -> FinishedRun:
    config, context = inputs.config, inputs.context
    extracted = time.perf_counter()
    fits = fit_folds(inputs, folds, seed=config.seed, report_progress=report_progress)
    fitted = time.perf_counter()
    report_progress(f"{config.name}: scoring")
    results = _task_results(inputs, fits)
    main_split = next(name for name in results[0].predictions if name in folds[0].test)
    spread = _spread_over_seeds(inputs, results[0], report_progress)
    earlier_s = sum(context.earlier_seconds.values()) if context else 0.0
    tuned = fits.models[0].finetuned
    reader = tuned.encoder if tuned else encoder
    rows = folds[0].train if len(folds) == 1 else range(len(inputs.own.corpus.records))
    return FinishedRun(
        config=config,
        own=results[0],
        main_split=main_split,
        encoder_digest=reader.digest if reader else None,
        repeats=inputs.own.texts.repeats(rows),
        spread=spread,
        seconds={
            "features": extracted - started,
            "fit": fitted - extracted + earlier_s,
            "total": time.perf_counter() - started + earlier_s,
        },
        note=_note(config, main_split),
        joint=tuple(results[1:]),
        auxiliary=tuple(context.auxiliary_data()) if context else (),
        missing=context.missing if context else (),
        peak_mib=peak_mib(),
        finetuning=fits.finetuning,
    )


def _check_subset(config: RunConfig, corpus: Corpus) -> None:
    known = {*corpus.tags(), "clean", "unrepeated"}
    known |= {"seen_issue", "unseen_issue", "seen_actor", "unseen_actor"}
    if config.scoring.subset not in {None, *known}:
        raise ConfigError(
            f"scoring.subset: must be one of {', '.join(sorted(known))}, "
            f"got {config.scoring.subset!r}."
        )


def _every_few_seconds(name: str, report_progress: ReportProgress) -> Callable[[int, int], None]:
    """A callback that reports feature extraction every few seconds, and its end."""
    reported = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal reported
        if time.perf_counter() - reported > PROGRESS_EVERY_S or done == total:
            reported = time.perf_counter()
            report_progress(f"{name}: read {done:,} of {total:,} pairs")

    return progress


def _task_results(inputs: RunInputs, fits: FoldResults) -> list[TaskResult]:
    """Score the predictions of every task."""
    return [
        TaskResult(rows.corpus, predictions, _scores(inputs.config, rows, predictions), model)
        for rows, predictions, model in zip(
            inputs.tasks, fits.predictions, fits.models, strict=True
        )
    ]


def _scores(
    config: RunConfig, rows: TaskRows, predictions: dict[str, Predictions]
) -> dict[str, SplitScores]:
    return {
        name: score_split(part, task=rows.task, scoring=config.scoring, seed=config.seed)
        for name, part in predictions.items()
    }


def _spread_over_seeds(
    inputs: RunInputs, first: TaskResult, report_progress: ReportProgress
) -> dict[str, float]:
    """Mean and spread of each split's main score over all seeds of the config."""
    config = inputs.config
    if not config.more_seeds:
        return {}
    scores: list[dict[str, SplitScores]] = [first.scores]
    for seed in config.more_seeds:
        folds = split(inputs.own.corpus.records, config.protocol, seed=seed)
        fits = fit_folds(inputs, folds, seed=seed, report_progress=report_progress)
        scores.append(_scores(config, inputs.own, fits.predictions[0]))
    spread: dict[str, float] = {}
    for name in first.scores:
        mean, deviation = mean_and_spread([by_split[name].score for by_split in scores])
        key = f"{name}.{config.scoring.metric}"
        spread |= {f"{key}.mean": mean, f"{key}.spread": deviation}
    return spread


def _note(config: RunConfig, main_split: str) -> str:
    """What the scores are scores of: the bundle itself, or models that saw less data."""
    models = "this bundle, fitted on train"
    if config.protocol.kind in ("k_fold", "leave_codebook_out", "leave_issue_out", "few_shot"):
        models = (
            "models that never saw the fold they were tested on; the bundle is fitted on all rows, "
            "and its probabilities are not calibrated: there is no dev split"
        )
    elif config.refit:
        models = "the model fitted on train; the bundle is fitted on all rows"
    return f"Scores ({main_split}) are of {models}."
