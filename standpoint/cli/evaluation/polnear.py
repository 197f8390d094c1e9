"""``standpoint evaluate --data polnear``: attribution spans against gold spans."""

import json
from collections.abc import Mapping

from standpoint.cli.output import format_interval
from train.articles import evaluate_attribution
from train.corpora import data_folder, load_polnear

POLNEAR = "polnear"
COLUMNS = ("precision", "recall", "f1")


def run(split: str, *, as_json: bool) -> None:
    """Score the attributions of a split of PolNeAR, and print a table or one JSON object."""
    scores = evaluate_attribution(load_polnear(data_folder() / POLNEAR), split=split)
    print(json.dumps(scores) if as_json else attribution_table(scores, split=split))


def attribution_table(scores: Mapping[str, float], *, split: str) -> str:
    """The scores of `evaluate_attribution` as text."""
    documents, n = (int(scores[f"{split}.{name}"]) for name in ("n_documents", "n_attributions"))
    lines = [f"PolNeAR {split}: {n:,} attributions in {documents:,} documents", ""]
    lines.append(f"{'':18}{'precision':>10}{'recall':>8}{'F1':>8}")
    for role in ("source", "cue", "content"):
        for match in ("exact", "overlap"):
            row = [scores[f"{split}.{role}.{column}_{match}"] for column in COLUMNS]
            numbers = "{:>10.3f}{:>8.3f}{:>8.3f}".format(*row)
            interval = _interval(scores, f"{split}.{role}.f1_{match}")
            lines.append(f"{role} {match}".ljust(18) + numbers + interval)
    lines += ["", f"holder accuracy (n = {int(scores[f'{split}.holder.n']):,})"]
    for name, label in (
        ("holder.accuracy", "the reader"),
        ("holder.accuracy_head", "the reader, same head"),
        ("holder.accuracy.baseline", "nearest name before a reporting verb"),
        ("holder.gain", "the reader minus the nearest name"),
    ):
        value = scores[f"{split}.{name}"]
        lines.append(f"  {label:38}{value:.3f}{_interval(scores, f'{split}.{name}')}")
    return "\n".join(lines)


def _interval(scores: Mapping[str, float], name: str) -> str:
    interval = format_interval(scores.get(f"{name}.{end}") for end in ("low", "high"))
    return f"  {interval}" if interval else ""
