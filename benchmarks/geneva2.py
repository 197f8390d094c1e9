"""Stances of a real wire story found and falsely found, against a reader's `expected.json`.

    STANDPOINT_DATA=... python benchmarks/geneva2.py [--model NAME] [--json]

`must` stances are to be found, `may` ones are scored neither way, any other is a false positive. A
cell shown as mixed counts as found for neither side, and as a false positive where both sides are
ruled out.
"""

import argparse
import json
import subprocess
import sys
from typing import Any

from standpoint.errors import StandpointError
from train.corpora.catalog import data_folder


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", help="a shipped model or a bundle's folder")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    try:
        folder = data_folder() / "geneva2"
    except StandpointError as error:
        sys.exit(str(error))
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    command = [sys.executable, "-m", "standpoint", "label", str(folder / "article.txt")]
    command += ["--codebook", "geneva2", "--format", "json"]
    command += ["--model", args.model] if args.model else []
    labeled = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    found = compare(expected, labeled)
    if args.json:
        print(json.dumps(found))
        return
    for kind in ("found", "missed", "false"):
        print(f"{kind}:")
        for row in found[kind]:
            print("  " + ", ".join(row))
    print(f"found {len(found['found'])} of {len(expected['must'])}, {len(found['false'])} false")


def compare(expected: dict[str, Any], labeled: dict[str, Any]) -> dict[str, Any]:
    rows = {(r["actor"], r["issue"], r["stance"]) for r in labeled["stances"]}
    sides = {row for row in rows if row[2] in ("favor", "against")}
    must = {tuple(row) for row in expected["must"]}
    may = {tuple(row) for row in expected["may"]}
    known = {row[:2] for row in must | may}
    mixed = {row for row in rows if row[2] == "mixed" and row[:2] not in known}
    return {
        "found": sorted(must & sides),
        "missed": sorted(must - sides),
        "false": sorted((sides - must - may) | mixed),
    }


if __name__ == "__main__":
    main()
