"""Auxiliary corpora of a fine-tuned part: which are on disk, and which of their rows would leak."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from standpoint.errors import ConfigError, CorpusError
from train.config import AuxiliaryTask, Data, RunConfig, finetuned_part
from train.corpora import Corpus, data_folder, load_corpus
from train.finetune.context import AuxiliaryCorpus, FinetuneContext, LogMetric, ignore_metric
from train.finetune.pretrained import ReportProgress, Weights, find_weights
from train.splitting import TextIndex


def context_for(
    config: RunConfig,
    read_corpus: Callable[[], Corpus],
    *,
    root: Path,
    models_dir: Path,
    report_progress: ReportProgress,
    log_metric: LogMetric = ignore_metric,
) -> FinetuneContext | None:
    """The fine-tuning context of a config; None where it has no fine-tuned part.

    Auxiliary data that is not on disk is left out, and reported.

    Parameters
    ----------
    read_corpus : reads the run's own corpus, which only a fine-tuned part needs

    Raises
    ------
    ConfigError
        an auxiliary task with ``champion`` is not of the run's corpus and other task; a task before
        is of the run's corpus; the encoder was trained on the run's corpus; torch is not installed
    """
    model = finetuned_part(config.model)
    if model is None:
        return None
    _check_torch()
    corpus = read_corpus()
    cache = models_dir / "cache" / "weights"
    weights = find_weights(model.encoder, root=root, cache=cache, report_progress=report_progress)
    _check_trained_on(weights, corpus)
    before = model.before.lessons if model.before else ()
    _check_tasks(model.beside, before, corpus, root)
    tasks = (*model.beside, *before)
    auxiliary, missing = _read_tasks(tasks, corpus, root=root, models_dir=models_dir)
    for name in missing:
        report_progress(f"{config.name}: {name} is not here, and is left out")
    for other in auxiliary:
        report_progress(f"{config.name}: {other.config.name} has {len(other.records):,} pairs")
    name, licence = f"{corpus.name}-{corpus.task}", config.data.licence
    return FinetuneContext(
        root=root,
        models_dir=models_dir,
        name=config.name,
        report_progress=report_progress,
        log_metric=log_metric,
        auxiliary=tuple(auxiliary),
        missing=tuple(missing),
        weights=weights,
        own={"name": name, "corpus": corpus.name, "licence": licence},
    )


def _check_torch() -> None:
    """Refuse before anything is read where the extra is not installed."""
    for package in ("torch", "transformers"):
        if find_spec(package) is None:
            raise ConfigError(
                f"model.kind: finetuned must have the extra finetune, got no {package}. "
                'Run `.venv/bin/pip install -c constraints.txt -e ".[finetune]"`.'
            )


def _check_trained_on(weights: Weights, corpus: Corpus) -> None:
    """Refuse weights that were trained on the corpus that the run is scored on."""
    known = [data["name"] for data in weights.learned if data["corpus"] == corpus.name]
    if known:
        raise ConfigError(
            f"model.encoder.name: must not have learned from {corpus.name}, whose rows this run "
            f"is scored on, got {weights.name!r}, which learned from {', '.join(known)}. "
            "Start from other weights."
        )


def _check_tasks(
    beside: Sequence[AuxiliaryTask], before: Sequence[AuxiliaryTask], corpus: Corpus, root: Path
) -> None:
    for task in beside:
        if task.champion and (task.data.corpus != corpus.name or task.task == corpus.task):
            raise ConfigError(
                "model.beside: champion must be of the run's own corpus, for its other task, got "
                f"{task.name} beside {corpus.name}-{corpus.task}."
            )
        if task.champion and not is_on_disk(task.data, root):
            raise ConfigError(
                f"model.beside: {task.name} must be here, since its head is for a champion, "
                f"got no {task.data.path}."
            )
    for task in before:
        if _is_own(task, corpus):
            raise ConfigError(
                "model.before.lessons: must be of other data than the run's own, whose held-out "
                f"rows would be learned, got {task.name}. Name it in model.beside."
            )


def _is_own(task: AuxiliaryTask, corpus: Corpus) -> bool:
    """Whether a task is of the run's own corpus; two tables are two corpora, unless it says so.

    Leakage within the own corpus is kept out by groups, that from other corpora by texts.
    """
    return task.champion or task.data.corpus == corpus.name != "table"


def _read_tasks(
    tasks: Sequence[AuxiliaryTask], own: Corpus, *, root: Path, models_dir: Path
) -> tuple[list[AuxiliaryCorpus], list[str]]:
    """Read each distinct task that is on disk; returns also the names of the others."""
    corpora, missing = [], []
    for number, task in enumerate(tasks):
        if task in tasks[:number]:
            continue
        if not is_on_disk(task.data, root):
            missing.append(task.name)
            continue
        corpus, is_own = load_corpus(task.data, task=task.task, root=root), _is_own(task, own)
        rows = range(len(corpus.records)) if is_own else _clean_rows(corpus, own, models_dir)
        records = tuple(corpus.records[n] for n in rows)
        n_leaking = len(corpus.records) - len(records)
        corpora.append(AuxiliaryCorpus(task, corpus, records, n_leaking, is_own))
    return corpora, missing


def is_on_disk(data: Data, root: Path) -> bool:
    """Whether the files of some data exist; those of the model hub count as if they did."""
    if data.corpus in ("seeds", "table"):
        if not isinstance(data.path, str) or data.path.startswith("hub:"):
            return True
        return (root / data.path).exists()
    try:
        return (data_folder() / str(data.path)).is_dir()
    except CorpusError:
        return False


def _clean_rows(other: Corpus, own: Corpus, models_dir: Path) -> Sequence[int]:
    """The rows of another corpus whose text is in no row of the run's own, nor nearly."""
    n_own = len(own.records)
    texts = TextIndex([*own.records, *other.records], cache=models_dir / "cache")
    rows = range(n_own, n_own + len(other.records))
    return np.flatnonzero(texts.leaks(range(n_own), rows).clean).tolist()
