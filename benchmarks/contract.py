"""The whole OpenAPI document tried on the service, with the champions that are promoted.

    python benchmarks/contract.py [--examples N] [--seed N] [--json]

Sends the document's examples, the edges of every field, and N random requests to each operation,
and holds every answer against the document: no server error, no status, header, media type or
shape that it does not name, and nothing accepted that it forbids. Exit status 1 if a fault was
found.
"""

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from serve.api.service import Service
from serve.app import create_app
from standpoint.settings import read_settings
from tests.contract import faults_in

MOST_ITEMS = 100


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--examples", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    settings = read_settings()
    app = create_app(Service(settings), settings)
    started = time.perf_counter()
    n_tried, faults = faults_in(
        app, max_examples=args.examples, seed=args.seed, most_items=MOST_ITEMS
    )
    found = {"requests": n_tried, "faults": faults, "seconds": time.perf_counter() - started}
    if args.json:
        print(json.dumps(found))
    else:
        print("\n\n".join(faults))
        print(f"{n_tried:,} requests in {found['seconds']:.0f} s, {len(faults)} faults")
    return 1 if faults or not n_tried else 0


if __name__ == "__main__":
    sys.exit(main())
