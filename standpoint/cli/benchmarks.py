"""``standpoint benchmarks``: run every benchmark config whose data is here; write a page."""

import argparse
import hashlib
import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from standpoint.cli.folders import models_dir
from standpoint.cli.output import print_progress
from standpoint.cli.train import train
from standpoint.errors import CorpusError, StandpointError
from standpoint.files import write_text
from standpoint.model import FEATURES_VERSION
from standpoint.settings import project_root
from train.config import finetuned_part, load_config
from train.corpora import data_folder
from train.finetune import FINETUNE_VERSION
from train.scoring import SCORING_VERSION
from train.tracking import around_markers, load_sheet, write_page

CONFIGS = Path("configs", "runs", "benchmarks")
SHEET = Path("configs", "benchmarks.toml")
PAGE = Path("docs", "benchmarks.md")
SLOW = "finetuned"
"""Configs of this kind take 5 to 20 minutes each on two cores (docs/benchmarks.md): they run only
when ``--kind`` names it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``benchmarks``."""
    parser.add_argument("--again", action="store_true", help="run again what is cached")
    parser.add_argument(
        "--kind", action="append", help="only configs of this kind, and do not write the page"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON list")


def run(args: argparse.Namespace) -> int:
    """Run every config without a cached result, and write the page."""
    root = project_root()
    sheet = load_sheet(root / SHEET)
    around_markers(root / PAGE)  # raises now, and not after hours, where the page has no marks
    may_take_long = SLOW in (args.kind or ())
    outcomes = [
        _outcome(path, again=args.again, may_take_long=may_take_long)
        for path in _config_paths()
        if args.kind is None or _kind(path) in args.kind
    ]
    if args.json:
        print(json.dumps(outcomes))
    if args.kind is None:
        if not any(outcome["status"] == "done" for outcome in outcomes):
            raise StandpointError(
                f"{PAGE}: must have a benchmark to show, got none whose data is here. "
                "Set STANDPOINT_DATA; the page stays as it is."
            )
        write_page(root / PAGE, sheet=sheet, outcomes=outcomes)
        print_progress(f"wrote {PAGE}")
    _print_summary(outcomes)
    return 1 if any(outcome["status"] == "failed" for outcome in outcomes) else 0


def _config_paths() -> list[Path]:
    folder = project_root() / CONFIGS
    paths = sorted(folder.glob("*.toml"))
    if Path("/dev/nvidia0").exists():  # an NVIDIA GPU, which configs in this folder need
        paths += sorted((folder / "gpu").glob("*.toml"))
    if not paths:
        raise StandpointError(
            f"{folder}: must hold run configs, got none. Run this in the project's folder."
        )
    return paths


def _kind(path: Path) -> str:
    model = load_config(path).model
    return SLOW if finetuned_part(model) else model.kind


def _outcome(path: Path, *, again: bool, may_take_long: bool) -> dict[str, Any]:
    """The result of one config, from the cache or from a run; or why there is none.

    Parameters
    ----------
    may_take_long : run a fine-tuned config without a cached result, and with ``again`` also others
    """
    config = load_config(path)
    kind = _kind(path)
    outcome = {"config": path.stem, "corpus": config.data.corpus, "kind": kind}
    outcome["path"] = path.relative_to(project_root()).as_posix()
    try:
        files = _data_files(config.data)
    except CorpusError as error:
        return {**outcome, "status": "missing", "why": str(error).splitlines()[0]}
    may_run = kind != SLOW or may_take_long
    try:
        cache = models_dir() / "benchmarks" / f"{path.stem}.json"
        key = cache_key(path, files, kind=kind)
        result = None if again and may_run else _read_cached(cache, key)
        if result is not None:
            print_progress(f"{path.stem}: kept from run {result['run_id']}")
        elif may_run:
            print_progress(f"{path.stem}: running")
            result = {"key": key, **train(path)}
            cache.parent.mkdir(parents=True, exist_ok=True)
            write_text(cache, json.dumps(result))
        else:
            reason = f"it takes long; run `standpoint benchmarks --kind {SLOW}` first"
            return {**outcome, "status": "missing", "why": reason}
    except StandpointError as error:
        return {**outcome, "status": "failed", "why": str(error).splitlines()[0]}
    return {**result, **outcome, "status": "done"}


def _data_files(data: Any) -> list[Path]:
    above = project_root() if data.corpus in ("seeds", "table") else data_folder()
    files = sorted(file for file in (above / str(data.path)).rglob("*") if file.is_file())
    if not files:
        raise CorpusError(f"its data ({data.path}) is not in STANDPOINT_DATA")
    return files


def cache_key(config: Path, files: Collection[Path], *, kind: str) -> str:
    """The digest of what decides a result: the config, the data files, versions of the code.

    Data files count by name, size and modification time: to hash whole corpora takes too long.
    """
    versions = [FEATURES_VERSION, SCORING_VERSION, *([FINETUNE_VERSION] * (kind == SLOW))]
    digest = hashlib.sha256(config.read_bytes())
    digest.update("|".join(map(str, versions)).encode())
    for file in files:
        stat = file.stat()
        digest.update(f"{file.name}|{stat.st_size}|{stat.st_mtime_ns}".encode())
    return digest.hexdigest()


def _read_cached(path: Path, key: str) -> dict[str, Any] | None:
    try:
        result: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return result if result.get("key") == key else None


def _print_summary(outcomes: list[dict[str, Any]]) -> None:
    for outcome in outcomes:
        if outcome["status"] == "done":
            print_progress(
                f"{outcome['config']}: {outcome['split']} {outcome['metric']} "
                f"{outcome['score']:.4f}, {outcome['seconds']['total']:.0f} s"
            )
        else:
            print_progress(f"{outcome['config']}: {outcome['status']}: {outcome['why']}")
    seconds = sum(o["seconds"]["total"] for o in outcomes if o["status"] == "done")
    print_progress(f"{len(outcomes)} benchmarks, {seconds:.0f} s of runs in all")
