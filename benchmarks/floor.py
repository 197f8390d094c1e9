"""Articles per second of the service, against the encoder's bare forward passes.

    python benchmarks/floor.py [--articles 4] [--rounds 3] [--json]

The load is articles of the seeds, so many of each debate, each labelled under its own codebook. The
service has one worker and one client, so that it never works on two at once; the floor is this
process, which runs the same ONNX session, one thread, over the tokens of the sentences that the
service's answers rest on, each once. Tokenizing, finding who is meant, judging, HTTP and JSON are
the service's own. Both are timed in turn, round after round; ``ratio`` is the median over the
rounds of the service's articles per second by the floor's, ``cpu_ratio`` the same in seconds of
the processor, which other work on the machine disturbs less.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from servers import Server, free_port, running, seconds_of, show, timed

from standpoint.cli.folders import find_codebook, models_dir
from standpoint.labeling.labeler import Labeler
from standpoint.mentions.matcher import MentionMatcher
from standpoint.model.encoder import Encoder
from standpoint.model.registry import Champions, load_champions
from standpoint.settings import project_root
from standpoint.text.article import read_article

PATH = "/v1/articles"
Row = dict[str, Any]
Pass = Callable[[], Any]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=4, help="of each debate")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    articles = list(seed_articles(args.articles))
    passes, n_sentences = forward_passes(articles, load_champions(models_dir()))
    if n_sentences != len(passes):
        raise SystemExit(f"sentences: must be read once each, got {len(passes)} of {n_sentences}.")
    bodies = [json.dumps({"text": a["text"], "codebook": a["codebook"]}).encode() for a in articles]
    rounds = measure(bodies, passes, args.rounds)
    show(summary(rounds, len(articles), len(passes)), as_json=args.json)


def seed_articles(n: int) -> Iterator[Row]:
    """The first n articles of every debate."""
    for path in sorted((project_root() / "seeds").glob("*.jsonl")):
        lines = path.read_text("utf-8").splitlines()
        yield from (json.loads(line) for line in lines[:n])


def forward_passes(articles: list[Row], champions: Champions) -> tuple[list[Pass], int]:
    """The bare run of the session for each sentence that the articles' answers rest on."""
    matchers = {
        name: MentionMatcher(find_codebook(name)) for name in {a["codebook"] for a in articles}
    }
    labeler = Labeler.of_champions(champions)
    passes: list[Pass] = []
    n_sentences = 0
    for row in articles:
        with recorded_reads() as reads:
            found = labeler.label(read_article(row["text"]), matchers[row["codebook"]])
        passes += [bare(*read) for read in dict.fromkeys(reads)]
        n_sentences += found.n_sentences
    return passes, n_sentences


Read = tuple[Encoder, str, tuple[int, ...]]


@contextmanager
def recorded_reads() -> Iterator[list[Read]]:
    """What the encoders are asked to read meanwhile."""
    found: list[Read] = []
    read = Encoder.encode

    def recording(self: Encoder, sentence: str, *, layers: Any) -> Any:
        found.append((self, sentence, tuple(layers)))
        return read(self, sentence, layers=layers)

    Encoder.encode = recording  # type: ignore[method-assign]
    try:
        yield found
    finally:
        Encoder.encode = read  # type: ignore[method-assign]


def bare(encoder: Encoder, sentence: str, layers: tuple[int, ...]) -> Pass:
    """A call of the session alone, with the tokens at hand."""
    session = encoder._session
    names = [f"layer_{number}" for number in layers]
    tokens = {"input_ids": np.asarray(encoder._tokenizer.encode(sentence).ids, dtype=np.int64)}
    return lambda: session.run(names, tokens)


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
            rounds.append(
                {
                    **spent("service", lambda: seconds_of(port, PATH, bodies, clients=1), server),
                    **spent("floor", lambda: run(passes)),
                }
            )
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


def summary(rounds: list[dict[str, float]], n_articles: int, n_reads: int) -> dict[str, Any]:
    return {
        "ratio": statistics.median(one["floor_s"] / one["service_s"] for one in rounds),
        "cpu_ratio": statistics.median(o["floor_cpu_s"] / o["service_cpu_s"] for o in rounds),
        "service_articles_per_s": n_articles / statistics.median(o["service_s"] for o in rounds),
        "floor_articles_per_s": n_articles / statistics.median(o["floor_s"] for o in rounds),
        "articles": n_articles,
        "sentences_read": n_reads,
        "rounds": rounds,
        "cores": os.cpu_count(),
        "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }


if __name__ == "__main__":
    main()
