"""The service and `mlflow models serve`, on the same registered model, in turn, in one run.

    python benchmarks/serve.py [--workers 1] [--rounds 3] [--requests 300] [--json]

Both are asked the same rows (pairs from the seeds, each of another sentence) on ``/invocations``,
MLflow's scoring protocol, and must give the same labels. In every round each is started anew:

- cold start: from the process's start to the first good answer, by asking every 20 ms; the files
  are in the page cache, as after the first round they are for both;
- p50 and p99 of a request with one row, from 1 and from 16 clients with a connection each;
- texts per second: batches of 100 rows, from as many clients as there are cores;
- memory: proportional set size (PSS) of the whole process tree, after all of that.

Numbers are medians over the rounds; ratios are ours over theirs. Both get the same number of
workers, and one thread for each encoder session. Who goes first changes from round to round.
"""

import argparse
import itertools
import json
import os
import random
import sys
import time
from pathlib import Path
from typing import Any

from servers import (
    Asking,
    Server,
    free_port,
    medians,
    percentile_ms,
    running,
    seconds_of,
    show,
    timed,
)

from standpoint.cli.folders import models_dir
from standpoint.model.registry import read_pointer
from standpoint.settings import project_root

PATH = "/invocations"
COLUMNS = ("text", "holder_start", "holder_end", "target_start", "target_end")
MANY = 16
BATCH = 100
WARM_UP = 20
SEED = 7
TOLERANCE = 1e-3
Row = tuple[Any, ...]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--requests", type=int, default=300, help="of a round, from one client")
    parser.add_argument("--batches", type=int, default=20, help="of a round")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    rows = seed_rows(max(args.requests, args.batches * BATCH))
    found: dict[str, list[dict[str, float]]] = {"ours": [], "mlflow": []}
    for number in range(args.rounds):
        told = {}
        for name in ("ours", "mlflow")[:: -1 if number % 2 else 1]:
            print(f"round {number + 1}: {name}", file=sys.stderr)
            measured, told[name] = measure(name, rows, args)
            found[name].append(measured)
        check_same(told["ours"], told["mlflow"])
    show(summary(found, args), as_json=args.json)


def seed_rows(n: int) -> list[Row]:
    """Pairs of the seeds, each of another sentence; all over again where there are fewer than n."""
    rows: dict[str, Row] = {}
    for path in sorted((project_root() / "seeds").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            for statement in json.loads(line)["statements"]:
                row = row_of(statement)
                if row is not None:
                    rows.setdefault(row[0], row)
    found = list(rows.values())
    random.Random(SEED).shuffle(found)
    return list(itertools.islice(itertools.cycle(found), n))


def row_of(statement: dict[str, Any]) -> Row | None:
    evidence, holder, cue = (statement[k] for k in ("evidence", "holder_span", "cue"))
    if cue is None or not evidence["start"] <= cue["start"] < cue["end"] <= evidence["end"]:
        return None
    spans = [cue["start"] - evidence["start"], cue["end"] - evidence["start"]]
    if (
        holder is None
        or not evidence["start"] <= holder["start"] < holder["end"] <= evidence["end"]
    ):
        return (evidence["text"], None, None, *spans)
    ends = [holder["start"] - evidence["start"], holder["end"] - evidence["start"]]
    return (evidence["text"], *ends, *spans)


def body_of(rows: list[Row]) -> bytes:
    return json.dumps({"dataframe_split": {"columns": COLUMNS, "data": rows}}).encode()


def command_of(name: str, port: int, workers: int) -> list[str]:
    """How each is started; both serve the version that the champion's pointer names."""
    where = ["--host", "127.0.0.1", "--port", str(port), "--workers", str(workers)]
    if name == "ours":
        return [sys.executable, "-m", "standpoint", "serve", *where]
    pointer = read_pointer(models_dir(), "stance")
    if pointer is None:
        raise SystemExit(f"{models_dir()}: must hold a champion, got none. Promote a run.")
    model = ["-m", f"models:/stance/{pointer.version}", "--env-manager", "local"]
    return [sys.executable, "-m", "mlflow", "models", "serve", *model, *where]


def environ_of() -> dict[str, str]:
    return {
        "MLFLOW_TRACKING_URI": f"sqlite:///{(models_dir() / 'mlflow.db').resolve()}",
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "ORT_DISABLE_TELEMETRY": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        # mlflow's own workers put the folder of their executable on the path
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }


def measure(
    name: str, rows: list[Row], args: argparse.Namespace
) -> tuple[dict[str, float], list[dict[str, Any]]]:
    """One round of one server: its numbers, and what it said of every row."""
    port = free_port()
    command = command_of(name, port, args.workers)
    first = body_of(rows[:1])
    with running(command, port=port, environ=environ_of(), path=PATH, body=first) as server:
        return load(server, rows, args)


def load(
    server: Server, rows: list[Row], args: argparse.Namespace
) -> tuple[dict[str, float], list[dict[str, Any]]]:
    singles = [body_of([row]) for row in rows[: args.requests]]
    batches = [body_of(rows[i * BATCH : (i + 1) * BATCH]) for i in range(args.batches)]
    port, cores = server.port, os.cpu_count() or 1
    seconds_of(port, PATH, singles[:WARM_UP], clients=1)
    one = seconds_of(port, PATH, singles, clients=1)
    many = seconds_of(port, PATH, singles, clients=MANY)
    seconds_of(port, PATH, batches[:1], clients=1)
    spent = timed(lambda: seconds_of(port, PATH, batches, clients=cores))
    numbers = {
        "cold_start_s": server.cold_start_s,
        "p50_ms_1": percentile_ms(one, 0.5),
        "p99_ms_1": percentile_ms(one, 0.99),
        f"p50_ms_{MANY}": percentile_ms(many, 0.5),
        f"p99_ms_{MANY}": percentile_ms(many, 0.99),
        "texts_per_s": args.batches * BATCH / spent,
        "memory_mb_pss": server.memory_mb(),
    }
    return numbers, [row for body in batches for row in predictions(port, body)]


def predictions(port: int, body: bytes) -> list[dict[str, Any]]:
    with Asking(port, PATH) as asking:
        told: list[dict[str, Any]] = json.loads(asking.ask(body))["predictions"]
    return told


def check_same(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> None:
    """Refuse a comparison of servers that do not say the same."""
    if len(ours) != len(theirs):
        raise SystemExit(f"rows: must be as many from both, got {len(ours)} and {len(theirs)}.")
    for number, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        far = max(abs(one[k] - other[k]) for k in one if k != "label")
        if one["label"] != other["label"] or far > TOLERANCE:
            raise SystemExit(f"row {number}: must be judged alike, got {one} and {other}.")


def summary(found: dict[str, list[dict[str, float]]], args: argparse.Namespace) -> dict[str, Any]:
    ours, theirs = medians(found["ours"]), medians(found["mlflow"])
    names = {
        "cold_start": "cold_start_s",
        "memory": "memory_mb_pss",
        "p50": "p50_ms_1",
        "throughput": "texts_per_s",
        "p99": "p99_ms_1",
        f"p50_{MANY}": f"p50_ms_{MANY}",
        f"p99_{MANY}": f"p99_ms_{MANY}",
    }
    return {
        "ratios": {short: ours[name] / theirs[name] for short, name in names.items()},
        "ours": ours,
        "mlflow": theirs,
        "rounds": found,
        "settings": {
            "workers": args.workers,
            "requests": args.requests,
            "batches": args.batches,
            "rows_of_a_batch": BATCH,
            "clients_of_batches": os.cpu_count(),
            "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        },
    }


if __name__ == "__main__":
    main()
