"""Tables of predictions: the errors for error analysis, and all rows for later comparisons."""

from typing import Any

from standpoint.labels import LABELS, Task
from train.corpora import Record
from train.scoring import PredictionArrays, Predictions


def error_rows(predictions: Predictions, *, task: Task) -> list[dict[str, Any]]:
    """The wrong predictions, the most confident first."""
    labels = LABELS[task]
    rows = []
    for record, probabilities in zip(
        predictions.records, predictions.all_probabilities(), strict=True
    ):
        predicted = labels[int(probabilities.argmax())]
        if predicted != record.label:
            rows.append(
                {
                    "split": predictions.name,
                    "id": record.id,
                    **words_of(record),
                    "label": record.label,
                    "predicted": predicted,
                    "confidence": round(float(probabilities.max()), 4),
                }
            )
    return sorted(rows, key=lambda row: -row["confidence"])


def words_of(record: Record) -> dict[str, str | None]:
    """The text of a record, and the words of its holder and its target."""
    return {"text": record.text, "holder": _holder_words(record), "target": record.target["name"]}


def _holder_words(record: Record) -> str | None:
    holder = record.holder
    if holder is None or holder["start"] is None:
        return None
    return record.text[holder["start"] : holder["end"]]


def prediction_rows(scored: PredictionArrays, predictions: Predictions) -> list[dict[str, Any]]:
    """All predictions of a split with their row ids, as a comparison of two runs needs them.

    ``subsets`` are the names of the subsets that a row belongs to.
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
            "shares": [round(float(share), 5) for share in probabilities],
            "subsets": names,
            **words_of(records[id]),
        }
        for id, group, label, probabilities, names in zip(
            scored.ids, scored.groups, scored.y_true, scored.probabilities, subsets, strict=True
        )
    ]
