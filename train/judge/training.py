"""The story of a judge, top to bottom: units, tokens, fit, scores on dev, graphs."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from train.config import JudgeConfig
from train.finetune import LogMetric, ignore_metric
from train.judge.epochs import SourcePools
from train.judge.sources import JudgeData, read_judge_data
from train.peak_memory import peak_mib, reset_peak
from train.results import JudgeResult

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
    from train.judge.workbench import Workbench

    started = time.perf_counter()
    reset_peak()
    units = read_judge_data(config, root=root, data=data, report_progress=report_progress)
    bench = Workbench.open(
        config, units, root=root, models_dir=models_dir, report_progress=report_progress
    )
    prepared = time.perf_counter()
    state, network = bench.fit(log_metric)
    report_progress(f"{config.name}: scoring all of dev")
    calibration, scores = bench.score(network)
    scores |= bench.export(network)
    settings, table_scores = bench.calibrate_tables(calibration.settings, root=root, data=data)
    scores |= table_scores
    return JudgeResult(
        config=config,
        settings=settings,
        files=bench.graphs,
        scores=scores,
        n_dev=len(bench.dev),
        data=tuple(data_entries(config, bench.pools)),
        missing=_missing(units),
        seconds={
            "features": prepared - started,
            "fit": state.seconds,
            "total": time.perf_counter() - started,
        },
        peak_mib=peak_mib(),
    )


def data_entries(config: JudgeConfig, pools: Sequence[SourcePools]) -> list[dict[str, Any]]:
    """Name, size and licence of each source, for the card."""
    entries = []
    for source, pool in ((pool.config, pool) for pool in pools):
        if source not in config.learned_sources:
            continue
        restricted = [*source.research_only.values()] if config.research else []
        entries.append(
            {
                "name": source.name,
                "n_pairs": len(pool.positives),
                "licence": ", ".join([source.licence, *dict.fromkeys(restricted)]),
            }
        )
    return entries


def _missing(units: JudgeData) -> tuple[str, ...]:
    return tuple(line for source in units.sources for line in source.missing)
