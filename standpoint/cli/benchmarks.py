"""``standpoint benchmarks``: every benchmark config whose data is here, as one table."""

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

from standpoint.cli.folders import models_dir, root, say
from standpoint.cli.train import train
from standpoint.errors import CorpusError, StandpointError
from standpoint.files import write_text

CONFIGS = Path("configs", "runs", "benchmarks")
SHEET = Path("configs", "benchmarks.toml")
PAGE = Path("docs", "benchmarks.md")
PACKAGES = ("standpoint", "train")
SLOW = "finetuned"
"""Configs of this kind take long: they are run when they are asked for, and kept until then."""


def run(args: argparse.Namespace) -> int:
    """Run what has not been run, and write the page."""
    from train.tracking import around_marks, load_sheet, write_page

    sheet = load_sheet(root() / SHEET)
    around_marks(root() / PAGE)
    configs = [path for path in _configs() if args.kind is None or _kind(path) in args.kind]
    asked = SLOW in (args.kind or ())
    outcomes = [_outcome(path, again=args.again, slow_too=asked) for path in configs]
    if args.json:
        print(json.dumps(outcomes))
    if args.kind is None and not any(outcome["status"] == "done" for outcome in outcomes):
        raise StandpointError(
            f"{PAGE}: must have a benchmark to show, got none whose data is here. "
            "Set STANDPOINT_DATA; the page stays as it is."
        )
    if args.kind is None:
        write_page(root() / PAGE, sheet=sheet, outcomes=outcomes)
        say(f"wrote {PAGE}")
    _summary(outcomes)
    return 1 if any(outcome["status"] == "failed" for outcome in outcomes) else 0


def _configs() -> list[Path]:
    found = sorted((root() / CONFIGS).glob("*.toml"))
    if has_gpu():
        found += sorted((root() / CONFIGS / "gpu").glob("*.toml"))
    if not found:
        raise StandpointError(
            f"{root() / CONFIGS}: must hold run configs, got none. "
            "Run this in the project's folder."
        )
    return found


def has_gpu() -> bool:
    """Whether there is a GPU of the kind that torch uses; its configs are left out elsewhere."""
    return Path("/dev/nvidia0").exists()


def _kind(path: Path) -> str:
    from train.config import finetuned_part, load_config

    model = load_config(path).model
    return SLOW if finetuned_part(model) else model.kind


def _outcome(path: Path, *, again: bool, slow_too: bool) -> dict[str, Any]:
    """What came of one config: kept from before, run now, or why not.

    Parameters
    ----------
    slow_too : run a fine-tuned config of which nothing is kept; a change of the code alone never
        runs one again, ``again`` does
    """
    from train.config import load_config

    config = load_config(path)
    kind = _kind(path)
    told = {"config": path.stem, "corpus": config.data.corpus, "kind": kind}
    told["path"] = path.relative_to(root()).as_posix()
    if (why := _missing(config.data)) is not None:
        return {**told, "status": "missing", "why": why}
    try:
        place = models_dir() / "benchmarks" / f"{path.stem}.json"
        resting = kind == SLOW and not slow_too
        key = _key(path, config, with_code=kind != SLOW)
        kept = None if again and not resting else _kept(place, key)
        if kept is None and resting:
            why = f"it takes long; run `standpoint benchmarks --kind {SLOW}` first"
            return {**told, "status": "missing", "why": why}
        if kept is None:
            say(f"{path.stem}: running")
            kept = {"key": key, **train(path)}
            _keep(place, kept)
        else:
            say(f"{path.stem}: kept from run {kept['run_id']}")
    except StandpointError as error:
        return {**told, "status": "failed", "why": str(error).splitlines()[0]}
    return {**kept, **told, "status": "done"}


def _missing(data: Any) -> str | None:
    """Why the data of a config is not here, if it is not."""
    try:
        return None if _files(data) else f"its data ({data.path}) is not in STANDPOINT_DATA"
    except CorpusError as error:
        return str(error).splitlines()[0]


def _key(path: Path, config: Any, *, with_code: bool) -> str:
    """What decides a result: the config, the data's files and, where asked, the code."""
    digest = hashlib.sha256(path.read_bytes())
    for file in _files(config.data):
        stat = file.stat()
        digest.update(f"{file.name}|{stat.st_size}|{stat.st_mtime_ns}".encode())
    if not with_code:
        return digest.hexdigest()
    home = Path(__file__).parents[2]
    for package in PACKAGES:
        for source in sorted((home / package).rglob("*.py")):
            digest.update(source.read_bytes())
    return digest.hexdigest()


def _files(data: Any) -> list[Path]:
    from train.corpora import data_folder

    folder = (root() if data.corpus in ("seeds", "table") else data_folder()) / str(data.path)
    return sorted(file for file in folder.rglob("*") if file.is_file())


def _kept(place: Path, key: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(place.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if found.get("key") == key else None


def _keep(place: Path, found: dict[str, Any]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    write_text(place, json.dumps(found))


def _summary(outcomes: list[dict[str, Any]]) -> None:
    for outcome in outcomes:
        if outcome["status"] == "done":
            say(
                f"{outcome['config']}: {outcome['split']} {outcome['metric']} "
                f"{outcome['score']:.4f}, {outcome['seconds']['total']:.0f} s"
            )
        else:
            say(f"{outcome['config']}: {outcome['status']}: {outcome['why']}")
    seconds = sum(o["seconds"]["total"] for o in outcomes if o["status"] == "done")
    say(f"{len(outcomes)} benchmarks, {seconds:.0f} s of runs in all")
