"""The story of a judge, top to bottom: units, tokens, fit, scores on dev, graphs."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from standpoint.errors import TrainingError
from train.config import JudgeConfig
from train.finetune import LogMetric, ignore_metric
from train.judge.learned_data import all_entries, write_entries
from train.judge.sources import JudgeData, read_judge_data
from train.peak_memory import peak_mib, reset_peak
from train.results import JudgeResult

if TYPE_CHECKING:
    from train.judge.workbench import Workbench

ReportProgress = Callable[[str], None]


def train_judge(
    config: JudgeConfig,
    *,
    root: Path,
    models_dir: Path,
    data: Path | None,
    report_progress: ReportProgress,
    log_metric: LogMetric = ignore_metric,
) -> JudgeResult:
    """Train a judge, or go on where a killed training stopped.

    Parameters
    ----------
    root : the project's folder, which paths in the config start from
    models_dir : folder of encoders and of the checkpoint
    data : the folder of the public data sets; None where there is none
    report_progress : called with a line of text for each step that takes time
    log_metric : called with the step, name and value of each point of a learning curve
    """
    started = time.perf_counter()
    reset_peak()
    bench = _open_bench(
        config, root=root, models_dir=models_dir, data=data, report_progress=report_progress
    )
    prepared = time.perf_counter()
    state, network = bench.fit(log_metric)
    fitted = time.perf_counter()
    taught_by = bench.teacher.checkpoint if bench.teacher else None
    entries = all_entries(config, bench.pools, initial=bench.initial, teacher=taught_by)
    write_entries(bench.folder, entries)
    report_progress(f"{config.name}: scoring all of dev")
    with _said_if_out_of_memory(bench.folder):
        calibration, scores = bench.score(network)
        scores |= bench.export(network)
        settings, own = bench.calibrate_tables(calibration.settings, root=root, data=data)
    return JudgeResult(
        config=config,
        settings=settings,
        files=bench.graphs,
        scores=scores | own,
        n_dev=len(bench.dev),
        data=tuple(entries),
        missing=_missing(bench.data),
        seconds=_seconds(started, prepared, fitted, fit_s=state.seconds),
        peak_mib=peak_mib(),
    )


@contextmanager
def _said_if_out_of_memory(folder: Path) -> Iterator[None]:
    """Say that what was learned is kept, where memory runs out after the last step.

    Raises
    ------
    TrainingError
        memory ran out
    """
    from train.finetune.memory import is_out_of_memory

    try:
        yield
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        raise TrainingError(
            f"{folder}: there must be memory to score and export what was learned, and it ran out. "
            "The training is kept; free some memory and give the same command again."
        ) from None


def _open_bench(
    config: JudgeConfig,
    *,
    root: Path,
    models_dir: Path,
    data: Path | None,
    report_progress: ReportProgress,
) -> "Workbench":
    """The units and all else; the teacher is looked for before they are read, in minutes."""
    from train.judge.distillation.teacher import find_teacher
    from train.judge.workbench import Workbench

    places: dict[str, Path] = {"root": root, "models_dir": models_dir}
    teacher = find_teacher(config, **places, report_progress=report_progress)
    units = read_judge_data(config, root=root, data=data, report_progress=report_progress)
    return Workbench.open(config, units, **places, report_progress=report_progress, teacher=teacher)


def _seconds(started: float, prepared: float, fitted: float, *, fit_s: float) -> dict[str, float]:
    """The times of the parts, those of killed processes among them.

    Parameters
    ----------
    fit_s : of training by all processes
    """
    earlier_s = max(0.0, fit_s - (fitted - prepared))
    total_s = time.perf_counter() - started + earlier_s
    return {"features": prepared - started, "fit": fit_s, "total": total_s}


def _missing(units: JudgeData) -> tuple[str, ...]:
    return tuple(line for source in units.sources for line in source.missing)
