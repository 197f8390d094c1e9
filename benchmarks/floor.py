"""The service's speed against the bare forward passes of its models over the same inputs.

    python benchmarks/floor.py [DOCUMENT] [--codebook geneva2] [--rounds 3] [--json]
    python benchmarks/floor.py --articles 4

Without a document it is ``geneva2/article.txt`` of STANDPOINT_DATA; with ``--articles``, so many
articles of each debate of the seeds, each labelled under its own codebook. The service has one
worker and one client, so that it never works on two at once. The floor is this process, which gives
the same ONNX sessions, one thread each, what they are given while the articles are labelled: every
encoder pass of a classifier, both stages of a judge. Tokenizing, finding who is meant, choosing
what is judged, HTTP and JSON are the service's own. Both are timed in turn, round after round;
``ratio`` is the median over the rounds of the floor's seconds by the service's, ``cpu_ratio`` the
same in seconds of the processor, which other work on the machine disturbs less.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from servers import Server, free_port, percentile_ms, running, seconds_of, show, timed

from standpoint.cli.folders import find_codebook, models_dir
from standpoint.errors import StandpointError
from standpoint.labeling import Labeler
from standpoint.mentions import MentionMatcher
from standpoint.model import Champions, load_champions
from standpoint.onnx_session import disable_telemetry
from standpoint.settings import project_root
from standpoint.text import read_article
from train.corpora.catalog import data_folder

PATH = "/v1/articles"
CODEBOOK = "geneva2"
TICK_S = 1 / os.sysconf("SC_CLK_TCK")  # what the seconds of a server's processor are counted in
Row = dict[str, Any]
Pass = Callable[[], Any]


def main() -> None:
    args = _arguments()
    try:
        articles = list(seed_articles(args.articles) if args.articles else [document(args)])
        champions = load_champions(models_dir())
        passes, n_sentences = forward_passes(articles, champions)
    except StandpointError as error:
        sys.exit(str(error))
    if not passes:
        sys.exit("models: must run an encoder or a judge, got none that does. Promote such a run.")
    bodies = [json.dumps({"text": a["text"], "codebook": a["codebook"]}).encode() for a in articles]
    rounds = measure(bodies, passes, args.rounds)
    told = summary(rounds, len(articles))
    kind = champions.stance.model.manifest.features.kind
    counts = {"stance": kind, "sentences_read": n_sentences, "passes": len(passes)}
    show({**told, **counts}, as_json=args.json)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("document", type=Path, nargs="?", help="a text file")
    parser.add_argument("--codebook", default=CODEBOOK, help="of the document")
    parser.add_argument("--articles", type=int, default=0, help="of each debate of the seeds")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def document(args: argparse.Namespace) -> Row:
    """The article that the command names, with its codebook."""
    path = args.document or data_folder() / "geneva2" / "article.txt"
    return {"text": path.read_text("utf-8"), "codebook": args.codebook}


def seed_articles(n: int) -> Iterator[Row]:
    """The first n articles of every debate."""
    for path in sorted((project_root() / "seeds").glob("*.jsonl")):
        lines = path.read_text("utf-8").splitlines()
        yield from (json.loads(line) for line in lines[:n])


def forward_passes(articles: Sequence[Row], champions: Champions) -> tuple[list[Pass], int]:
    """Every run of a session that labelling the articles takes, and the sentences that are read.

    They are labelled twice: what is read once and kept, such as the words of a codebook's issues,
    is no part of a request to a service that is warm.
    """
    matchers = {
        name: MentionMatcher(find_codebook(name)) for name in {a["codebook"] for a in articles}
    }
    labeler = Labeler.of_champions(champions)

    def label_all() -> int:
        results = (
            labeler.label(read_article(a["text"]), matchers[a["codebook"]]) for a in articles
        )
        return sum(result.n_sentences for result in results)

    label_all()
    with recorded_passes() as passes:
        n_sentences = label_all()
    return passes, n_sentences


@contextmanager
def recorded_passes() -> Iterator[list[Pass]]:
    """The runs of all sessions meanwhile, each with the inputs at hand."""
    disable_telemetry()
    from onnxruntime import InferenceSession

    passes: list[Pass] = []
    run_session = InferenceSession.run

    def recording(self: Any, names: Any, inputs: dict[str, Any], *options: Any) -> Any:
        passes.append(lambda: run_session(self, names, inputs, *options))
        return run_session(self, names, inputs, *options)

    InferenceSession.run = recording
    try:
        yield passes
    finally:
        InferenceSession.run = run_session


def measure(bodies: list[bytes], passes: list[Pass], n_rounds: int) -> list[dict[str, float]]:
    """Seconds of the service and of the floor, in turn; both are warm."""
    port = free_port()
    command = [sys.executable, "-m", "standpoint", "serve", "--port", str(port), "--workers", "1"]
    rounds = []
    with running(command, port=port, environ=environ_of(), path=PATH, body=bodies[0]) as server:
        seconds_of(port, PATH, bodies, clients=1)
        run(passes)
        for number in range(n_rounds):
            print(f"round {number + 1}", file=sys.stderr)
            times: list[float] = []

            def ask(times: list[float] = times) -> None:
                times += seconds_of(port, PATH, bodies, clients=1)

            service = spent("service", ask, server)
            p50 = {"service_p50_ms": percentile_ms(times, 0.5)}
            rounds.append({**service, **p50, **spent("floor", lambda: run(passes))})
    return rounds


def spent(name: str, work: Callable[[], Any], server: Server | None = None) -> dict[str, float]:
    """Seconds by the clock, and of the processor: a server's, or this process's own."""
    cpu = server.cpu_seconds if server else time.process_time
    before = cpu()
    seconds = timed(work)
    return {f"{name}_s": seconds, f"{name}_cpu_s": cpu() - before}


def environ_of() -> dict[str, str]:
    return {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def run(passes: list[Pass]) -> None:
    for each in passes:
        each()


def summary(rounds: list[dict[str, float]], n_articles: int) -> dict[str, Any]:
    return {
        "ratio": statistics.median(one["floor_s"] / one["service_s"] for one in rounds),
        "cpu_ratio": statistics.median(
            one["floor_cpu_s"] / max(one["service_cpu_s"], TICK_S) for one in rounds
        ),
        "service_p50_ms": statistics.median(one["service_p50_ms"] for one in rounds),
        "service_articles_per_s": n_articles / statistics.median(o["service_s"] for o in rounds),
        "floor_articles_per_s": n_articles / statistics.median(o["floor_s"] for o in rounds),
        "articles": n_articles,
        "rounds": rounds,
        "cores": os.cpu_count(),
        "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }


if __name__ == "__main__":
    main()
