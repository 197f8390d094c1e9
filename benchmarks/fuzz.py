"""Random bodies for the reader of articles, with the champions that are promoted.

    python benchmarks/fuzz.py [--n N] [--seed N] [--json]

Sends N bodies to POST /v1/articles: odd Unicode, odd codebooks, odd values, broken JSON. Every
answer must have its shape, none may be a server error, and every span must be the text between its
offsets. Exit status 1 if a fault was found; the smallest body that shows it is printed.
"""

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, seed, settings

from serve.api.service import Service
from serve.app import create_app
from standpoint.codebook.parsing import parse_codebook
from standpoint.settings import read_settings
from tests.fuzz import BODIES, WHOLE, fault_in


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    started = time.perf_counter()
    statuses, fault = send(client(), n=args.n, number=args.seed)
    found = {
        "bodies": sum(statuses.values()),
        "by_status": dict(sorted(statuses.items())),
        "fault": fault,
        "seconds": time.perf_counter() - started,
    }
    print(json.dumps(found) if args.json else "\n".join(f"{k:10} {v}" for k, v in found.items()))
    return 1 if fault else 0


def client() -> FlaskClient:
    """Asks the promoted champions; the codebooks that bodies name are known."""
    own = read_settings()
    service = Service(own)
    for name in ("dam", "fish"):
        service.codebooks[name] = parse_codebook(WHOLE | {"name": name}, where=name)
    return create_app(service, own).test_client()


def send(asked: FlaskClient, *, n: int, number: int) -> tuple[Counter[int], str | None]:
    """How many answers had which status, and the first fault."""
    statuses: Counter[int] = Counter()

    def count(answer: object) -> None:
        statuses[answer.status_code] += 1  # type: ignore[attr-defined]

    @seed(number)
    @settings(max_examples=n, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(body=BODIES)
    def holds(body: bytes) -> None:
        told = fault_in(asked, body, seen=count)
        assert told is None, f"{told}\n{body!r}"

    try:
        holds()
    except AssertionError as error:
        return statuses, str(error)
    return statuses, None


if __name__ == "__main__":
    sys.exit(main())
