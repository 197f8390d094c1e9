"""Predictions as tables: the errors to look at, and every row for a later comparison."""

from typing import Any

from standpoint.labels import LABELS, Task
from train.corpora import Record
from train.scoring import PredictionArrays, Predictions


def error_rows(predictions: Predictions, *, task: Task) -> list[dict[str, Any]]:
    """The wrong predictions, the most confident first."""
    labels = LABELS[task]
    rows = []
    for record, shares in zip(predictions.records, predictions.all_shares(), strict=True):
        said = labels[int(shares.argmax())]
        if said != record.label:
            rows.append(
                {
                    "split": predictions.name,
                    "id": record.id,
                    **words_of(record),
                    "label": record.label,
                    "predicted": said,
                    "confidence": round(float(shares.max()), 4),
                }
            )
    return sorted(rows, key=lambda row: -row["confidence"])


def words_of(record: Record) -> dict[str, str | None]:
    """What a reader needs of a record: its text and both roles in words."""
    return {"text": record.text, "holder": _role(record), "target": record.target["name"]}


def _role(record: Record) -> str | None:
    found = record.holder
    if found is None or found["start"] is None:
        return None
    return record.text[found["start"] : found["end"]]


def prediction_rows(scored: PredictionArrays, predictions: Predictions) -> list[dict[str, Any]]:
    """Every prediction of a split, by row id: what a comparison of two runs needs.

    ``subsets`` names the kinds of row that it is one of.
    """
    records = {record.id: record for record in predictions.records}
    subsets = [
        [name for name, flags in scored.flags.items() if flags[n]] for n in range(len(scored.ids))
    ]
    return [
        {
            "id": id,
            "group": str(group),
            "label": str(label),
            "shares": [round(float(share), 5) for share in shares],
            "subsets": some,
            **words_of(records[id]),
        }
        for id, group, label, shares, some in zip(
            scored.ids, scored.groups, scored.y_true, scored.shares, subsets, strict=True
        )
    ]
