"""One checkout against another: ``standpoint --help``, start of the service, labelling an article.

    python benchmarks/against.py OTHER ARTICLE [--codebook NAME] [--turns 11] [--json]

OTHER is the folder of another checkout with its own ``.venv``. Both use the models of
STANDPOINT_MODELS_DIR. The two are timed in turns, so that a slow minute of the machine meets both;
printed are the medians in seconds and this checkout's over the other's.

``label`` is the time of a service with one worker for the article, without its start.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from servers import Asking, free_port, running

ROOT = Path(__file__).resolve().parent.parent
N_REQUESTS = 20  # of one turn; the median of a turn is one measurement


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("other", type=Path)
    parser.add_argument("article", type=Path)
    parser.add_argument("--codebook", default="sea-migration")
    parser.add_argument("--turns", type=int, default=11)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    body = json.dumps({"text": args.article.read_text("utf-8"), "codebook": args.codebook})
    times: dict[str, dict[str, list[float]]] = {}
    for turn in range(args.turns):
        order = [("this", ROOT), ("other", args.other.resolve())]
        for which, checkout in order if turn % 2 else reversed(order):
            for name, seconds in measure(checkout, body.encode()).items():
                times.setdefault(name, {}).setdefault(which, []).append(seconds)
    rows = {
        name: {
            "this_s": statistics.median(both["this"]),
            "other_s": statistics.median(both["other"]),
            "ratio": statistics.median(both["this"]) / statistics.median(both["other"]),
        }
        for name, both in times.items()
    }
    if args.json:
        print(json.dumps(rows))
    else:
        for name, row in rows.items():
            print(f"{name:8} {row['this_s']:8.4f} {row['other_s']:8.4f}  ratio {row['ratio']:.3f}")


def measure(checkout: Path, body: bytes) -> dict[str, float]:
    """Seconds of the help, of a service's start, and of one article, in one checkout."""
    program = str(checkout / ".venv" / "bin" / "standpoint")
    port = free_port()
    command = [program, "serve", "--port", str(port)]
    with chdir(checkout):
        help_s = seconds(
            lambda: subprocess.run([program, "--help"], check=True, stdout=subprocess.DEVNULL)
        )
        with running(command, port=port, environ={}, path="/v1/articles", body=body) as server:
            with Asking(port, "/v1/articles") as asking:
                label_s = statistics.median(
                    seconds(lambda: asking.ask(body)) for _ in range(N_REQUESTS)
                )
            start_s = server.cold_start_s
    return {"help": help_s, "start": start_s, "label": label_s}


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
