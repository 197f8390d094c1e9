"""Fit how statements add up (`configs/pooling.toml`), on seeds judged with their codebook left out.

    python benchmarks/pooling.py [--json]

Tries weights of each kind of statement, the sureness from which a cell is mixed, and the floor
below which the model abstains. For each, F1 of the table; and for the best, F1 when each codebook's
setting is chosen on the other codebooks only.
"""

import argparse
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from standpoint.cli.evaluation.articles import label_seeds_left_out
from standpoint.labeling import Floors, Pooling
from train.articles.end_to_end import PredictedArticle, score
from train.config.schema import load_config

FLOORS = (0.3, 0.4, 0.5)
MIXED = (0.5, 0.6, 0.7, 0.8)
WEIGHTS = tuple(
    {"quote": quote, "act": act, "narrator": narrator}
    for quote, act, narrator in itertools.product((0.6, 1.0), (0.6, 1.0), (0.6, 1.0))
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    config = load_config(Path("configs/runs/seeds-stance.toml"))
    judged = label_seeds_left_out(config)
    settings = [
        (floor, Pooling.model_validate({"mixed_from": mixed, "weights": weights}))
        for floor in FLOORS
        for mixed in MIXED
        for weights in WEIGHTS
    ]
    strata = sorted({article.gold.stratum for article in judged})
    by_stratum = [[a for a in judged if a.gold.stratum == name] for name in strata]
    counts = np.array([[_counts(some, *setting) for some in by_stratum] for setting in settings])
    whole = _f1(counts.sum(axis=1))
    best = int(whole.argmax())
    others = counts.sum(axis=1, keepdims=True) - counts
    chosen = _f1(others).argmax(axis=0)
    honest = counts[chosen, np.arange(len(strata))].sum(axis=0)
    told = {
        "floor": settings[best][0],
        "pooling": settings[best][1].model_dump(),
        "table_f1": float(whole[best]),
        "table_f1_chosen_on_others": float(_f1(honest)),
        "table_f1_plain": {
            str(floor): float(whole[n])
            for n, (floor, pooling) in enumerate(settings)
            if pooling == Pooling()
        },
    }
    print(json.dumps(told) if args.json else "\n".join(f"{k}: {v}" for k, v in told.items()))


def _counts(articles: Sequence[PredictedArticle], floor: float, pooling: Pooling) -> np.ndarray:
    table = score(articles, pooling=pooling, floors=Floors.plain(floor)).table
    return table.numbers.sum(axis=0)


def _f1(counts: np.ndarray) -> np.ndarray:
    hits, false, missed = np.moveaxis(counts, -1, 0)
    return 2 * hits / np.maximum(1, 2 * hits + false + missed)


if __name__ == "__main__":
    main()
