"""Log a trained judge to MLflow: settings, metrics and its bundle."""

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from standpoint.judge import TOKENIZER, JudgeSettings
from standpoint.labels import LABELS
from standpoint.model import write_judge
from train.results import JudgeResult
from train.tracking.environment import environment, git_state
from train.tracking.mlflow_store import artifact_of, experiment_of, store
from train.tracking.model_card import LIMITS, card_of, licenses_of, terms_of
from train.tracking.run_logging import flatten, log_model


def track_judge(
    result: JudgeResult, *, root: Path, models_dir: Path, run_id: str | None = None
) -> str:
    """Log a trained judge and its bundle; returns the run's id.

    Parameters
    ----------
    run_id : of the live run with its learning curve, if there is one
    """
    with store(models_dir, must_exist=False) as mlflow:
        experiment = experiment_of(mlflow, models_dir)
        name = result.config.name
        with mlflow.start_run(run_id=run_id, experiment_id=experiment, run_name=name) as active:
            run_id = str(active.info.run_id)
            _log_settings(mlflow, result, root)
            mlflow.log_metrics({k: v for k, v in result.scores.items() if np.isfinite(v)})
            mlflow.log_metrics({f"seconds.{k}": v for k, v in result.seconds.items()})
            mlflow.log_metric("memory.peak_mib", result.peak_mib)
            mlflow.log_dict({"used": list(result.data), "missing": list(result.missing)},
                            "other-data.json")  # fmt: skip
            with tempfile.TemporaryDirectory() as scratch:
                bundle = Path(scratch) / artifact_of(result.config.task, result.config.task)
                save_judge(result, bundle, run_id=run_id)
                log_model(mlflow, bundle, name="model", task=result.config.task,
                          models_dir=models_dir)  # fmt: skip
    return run_id


def _log_settings(mlflow: Any, result: JudgeResult, root: Path) -> None:
    config = result.config
    settings = config.model_dump(mode="json")
    mlflow.log_params(flatten({**settings, "sources": _by_name(settings["sources"])}))
    mlflow.log_dict(settings, "config.json")
    mlflow.log_dict(environment(), "environment.json")
    mlflow.set_tags(
        {
            "task": config.task,
            "kind": config.model.kind,
            "corpus": ",".join(source.name for source in config.learned_sources),
            "protocol": "dev split of the real documents",
            "split": result.split,
            "metric": result.metric,
            "subset": "",
            "encoder": config.model.encoder.name,
            "note": note_of(result),
            "tasks": config.task,
            **git_state(root),
        }
    )


def _by_name(sources: list[dict[str, Any]]) -> dict[str, Any]:
    return {source["name"]: source for source in sources}


def save_judge(result: JudgeResult, folder: Path, *, run_id: str) -> None:
    """Write the bundle of a trained judge."""
    settings, first = result.settings, result.data[0]
    corpus: dict[str, Any] = {**first, "targets": "words", "also": list(result.data[1:])}
    manifest = {
        "task": result.config.task,
        "labels": LABELS[result.config.task],
        "features": settings,
        "encoder": None,
        "run_id": run_id,
        "config": result.config.name,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "corpus": {**corpus, "terms": terms_of(licenses_of(corpus))},
        "scores": {**result.scores, f"{result.split}.n": float(result.n_dev)},
        "note": note_of(result),
    }
    write_judge(
        folder,
        manifest=manifest,
        graphs=[result.files / name for name in settings.graphs],
        tokenizer=result.files / TOKENIZER,
        card=judge_card(manifest, result),
    )


def note_of(result: JudgeResult) -> str:
    """What the scores are scores of, and whether the judge may be shipped."""
    note = (
        "Scores (dev) are of this judge's network on the dev split of the real documents, "
        "sentence by sentence; a cell is an actor and an issue with the side of its most probable "
        "statement. Temperature and thresholds were chosen on the same documents."
    )
    if result.config.model.initial:
        note += (
            f" It began with the weights in {result.config.model.initial}; what those were learned "
            "from is among its data."
        )
    if result.config.model.teacher:
        note += (
            f" It was taught by the judge of {result.config.model.teacher.config}, whose "
            "probabilities it learned beside the labels."
        )
    if result.config.research:
        note += " It learned from texts that are for research only: it must not be shipped."
    return note


def judge_card(manifest: Mapping[str, Any], result: JudgeResult) -> str:
    """The card of a judge, in Markdown: data, licences, scores, and how it reads."""
    settings = result.settings
    rows = [f"- {name}: {result.scores[name]:.3f}" for name in sorted(result.scores)]
    return "\n\n".join(
        [
            card_of(manifest, main=result.split, metric=result.metric, kind="judge").rstrip(),
            "\n".join(rows),
            "## How it reads",
            f"It starts from {result.config.model.encoder.name}, and reads a sentence (with the "
            f"last {settings.max_before_tokens} tokens of the one before) and an issue jointly. "
            f"Where the first {settings.split} layers find the sentence not to be about the issue "
            f"(a probability below {settings.about_floor:g}), the others do not read it. Of a "
            f"sentence {settings.max_sentence_tokens} tokens are read, of an issue "
            f"{settings.max_issue_tokens}; longer ones are cut.",
            *_on_sentiment(settings),
            LIMITS,
        ]
    )


def _on_sentiment(settings: JudgeSettings) -> list[str]:
    """How a judge tells the sentiment toward a target, if it does."""
    if settings.sentiment is None:
        return []
    return [
        "For the sentiment of a holder toward a target (positive, neutral, negative) it reads the "
        "sentence and the target's words jointly, by all layers; a head of its own reads both at "
        "their mentions."
    ]
