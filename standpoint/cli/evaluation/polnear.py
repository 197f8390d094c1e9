"""``standpoint evaluate --data polnear``: the reader of attributions against gold spans."""

import json
from collections.abc import Mapping

POLNEAR = "polnear"
_COLUMNS = ("precision", "recall", "f1")


def run(split: str, as_json: bool) -> int:
    """Score the reader of attributions on a split of PolNeAR, and print a table or one object."""
    from train.articles import evaluate_attribution
    from train.corpora import data_folder, load_polnear

    scores = evaluate_attribution(load_polnear(data_folder() / POLNEAR), split=split)
    print(json.dumps(scores) if as_json else table_of(scores, split=split))
    return 0


def table_of(scores: Mapping[str, float], *, split: str) -> str:
    """Scores of `evaluate_attribution` for a terminal."""
    documents, n = (int(scores[f"{split}.{name}"]) for name in ("n_documents", "n_attributions"))
    lines = [f"PolNeAR {split}: {n:,} attributions in {documents:,} documents", ""]
    lines.append(f"{'':18}{'precision':>10}{'recall':>8}{'F1':>8}")
    for role in ("source", "cue", "content"):
        for how in ("exact", "overlap"):
            row = [scores[f"{split}.{role}.{column}_{how}"] for column in _COLUMNS]
            interval = _interval(scores, f"{split}.{role}.f1_{how}")
            lines.append(
                f"{role} {how}".ljust(18) + "{:>10.3f}{:>8.3f}{:>8.3f}".format(*row) + interval
            )
    lines += ["", f"holder accuracy (n = {int(scores[f'{split}.holder.n']):,})"]
    for name, about in (
        ("holder.accuracy", "the reader"),
        ("holder.accuracy_head", "the reader, same head"),
        ("holder.accuracy.baseline", "nearest name before a reporting verb"),
        ("holder.gain", "the reader less the nearest name"),
    ):
        value = scores[f"{split}.{name}"]
        lines.append(f"  {about:38}{value:.3f}{_interval(scores, f'{split}.{name}')}")
    return "\n".join(lines)


def _interval(scores: Mapping[str, float], name: str) -> str:
    if f"{name}.low" not in scores:
        return ""
    return f"  [{scores[f'{name}.low']:.3f}, {scores[f'{name}.high']:.3f}]"
