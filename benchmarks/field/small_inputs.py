"""How many small inputs of known kinds get the table that a reader expects.

    STANDPOINT_DATA=... python benchmarks/field/small_inputs.py [--model NAME] [--json]

Each line of ``field/small.jsonl`` has a text, a codebook and the cells of its table. *Read* is an
input whose holders and issues are brought together as expected, whatever the stance, and no others;
*right* one whose table has the expected sides and no others.
"""

import argparse
import json
import sys
from typing import Any

from standpoint.codebook import parse_codebook
from standpoint.errors import StandpointError
from standpoint.labeling import AnnotatedArticle, Labeler, read_pairs
from standpoint.mentions import MentionMatcher
from standpoint.model import load_champions
from standpoint.settings import read_settings
from standpoint.text import read_article
from train.corpora.catalog import data_folder


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", help="a shipped model or a bundle's folder")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    try:
        lines = (data_folder() / "field" / "small.jsonl").read_text("utf-8").splitlines()
        labeler = _labeler(args.model)
    except (StandpointError, OSError) as error:
        sys.exit(str(error))
    rows = [_compared(json.loads(line), labeler) for line in lines]
    counts = {name: sum(row[name] for row in rows) for name in ("read", "right")}
    if args.json:
        print(json.dumps({**counts, "n": len(rows), "inputs": rows}))
        return
    for row in rows:
        if not (row["read"] and row["right"]):
            print(f"{row['id']} {row['kind']}: expected {row['expected']}, got {row['got']}")
    print(f"read {counts['read']} and right {counts['right']} of {len(rows)}")


def _labeler(model: str | None) -> Labeler:
    settings = read_settings()
    champions = load_champions(settings.models_dir, model=model or settings.model)
    return Labeler.of_champions(champions, pooling=settings.pooling)


def _compared(line: dict[str, Any], labeler: Labeler) -> dict[str, Any]:
    matcher = MentionMatcher(parse_codebook(line["codebook"], where=line["id"]))
    article = read_article(line["text"], id=line["id"])
    pairs = read_pairs(AnnotatedArticle(article, matcher))
    expected = {tuple(cell) for cell in line["expected"]}
    stances = labeler.label(article, matcher).stances
    got = {(row.actor, row.issue, row.stance) for row in stances}
    sides = {cell for cell in got if cell[2] not in ("none", "abstained")}
    return {
        "id": line["id"],
        "kind": line["kind"],
        "read": {(pair.holder, pair.issue) for pair in pairs} == {cell[:2] for cell in expected},
        "right": sides == expected,
        "expected": sorted(expected),
        "got": sorted(got),
    }


if __name__ == "__main__":
    main()
