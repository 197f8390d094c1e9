"""Full load while champions change and things break: no wrong answer, no failed request.

    python benchmarks/soak.py ARTICLE --codebook NAME [--seconds 600] [--json]

Serves a copy of the models folder under a supervisor that holds the socket, as systemd does, and
asks it from 16 connections all the time. Meanwhile the champion is changed every few seconds, a
truncated bundle is promoted, an export meets a full disk, a worker is killed and then the master.
Every answer is compared with what the version it names answered in quiet. A request fails if it got
no right answer, but for those in flight in a process that was killed. Memory is that of the workers
after the kills: growth is the last tenth of the time over the tenth after they have warmed up.
"""

import argparse
import json
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from stress.clients import CLIENTS, Tally, client, quiet_answer
from stress.faults import happenings
from stress.report import report
from stress.service import Service, metrics, two_versions, wait_until_ready

from standpoint.settings import read_settings


def main() -> None:
    args = arguments()
    seconds = args.seconds
    text = args.article.read_text("utf-8")
    body = json.dumps({"text": text, "codebook": args.codebook}).encode()
    with tempfile.TemporaryDirectory(prefix="standpoint-soak-") as scratch:
        models = Path(shutil.copytree(read_settings().models_dir, Path(scratch, "models"),
                                      ignore=only_what_serves))  # fmt: skip
        found = soak(models, Path(scratch, "log"), body, seconds, args.workers)
    if args.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name:28} {value}" for name, value in found.items()))
    sys.exit(0 if found["passed"] else 1)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("article", type=Path)
    parser.add_argument("--codebook", default="geneva2")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def only_what_serves(folder: str, names: list[str]) -> list[str]:
    """Leave the store and the caches of a models folder where they are."""
    wanted = {"stance", "sentiment", "encoders", "shipped"}
    is_top = bool(wanted & set(names)) and Path(folder).parent.name not in wanted
    return [name for name in names if name not in wanted] if is_top else []


def soak(models: Path, log: Path, body: bytes, seconds: float, workers: int) -> dict[str, Any]:
    versions = two_versions(models)
    service = Service(models, log, workers=workers)
    tally, ended = Tally(), threading.Event()
    events: list[tuple[float, str]] = []
    try:
        wait_until_ready(service.port)
        expected = {v: quiet_answer(models, service.port, body, v) for v in versions}
        clients = [
            threading.Thread(target=client, args=(service.port, body, expected, tally, ended))
            for _ in range(CLIENTS)
        ]
        for each in clients:
            each.start()
        memory = happenings(models, service, versions, seconds, events)
        ended.set()
        for each in clients:
            each.join(60)
        counted = metrics(service.port)
    finally:
        ended.set()
        service.end()
    return report(tally, events, memory, counted, log.read_text("utf-8"), seconds)


if __name__ == "__main__":
    main()
