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
    words, holder = None, record.holder
    if holder is not None and holder["start"] is not None:
        words = record.text[holder["start"] : holder["end"]]
    return {"text": record.text, "holder": words, "target": record.target["name"]}


def prediction_rows(scored: PredictionArrays, predictions: Predictions) -> list[dict[str, Any]]:
    """All predictions of a split with their row ids, as a comparison of two runs needs them.

    ``subsets`` are the names of the subsets that a row belongs to.
    """
    records = {record.id: record for record in predictions.records}
    return [
        {
            "id": id,
            "group": str(scored.groups[n]),
            "label": str(scored.y_true[n]),
            "shares": [round(float(share), 5) for share in scored.probabilities[n]],
            "subsets": [name for name, flags in scored.flags.items() if flags[n]],
            **words_of(records[id]),
        }
        for n, id in enumerate(scored.ids)
    ]
