"""PolNeAR: its attributions are counted."""

import json
from collections import Counter, defaultdict

from train.corpora import KNOWN_CORPORA, data_folder, load_polnear


def check() -> str:
    """The counts of each split."""
    return describe(as_json=False)


def describe(*, as_json: bool) -> str:
    """The counts of each split, as a text or as one JSON object."""
    splits = _count_polnear()
    return json.dumps({"corpus": "polnear", "splits": splits}) if as_json else _format(splits)


def _count_polnear() -> dict[str, dict[str, int]]:
    """The numbers of documents and of attributions by kind, for each split of PolNeAR."""
    by_split: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for document in load_polnear(data_folder() / KNOWN_CORPORA["polnear"].name):
        kinds = [attribution.kind for attribution in document.attributions]
        by_split[document.split].update(["documents", *kinds])
    return {split: dict(counts) for split, counts in by_split.items()}


def _format(splits: dict[str, dict[str, int]]) -> str:
    return "\n".join(
        f"polnear, {split}: " + ", ".join(f"{kind} {n:,}" for kind, n in counts.items())
        for split, counts in splits.items()
    )
