"""The model as MLflow's pyfunc: loaded by name, so that nothing is pickled.

``predict`` takes pairs as rows with ``text`` and, where they are known, ``holder_start``,
``holder_end``, ``target_start`` and ``target_end``, or ``target`` in words, and gives a row for
each: the label, and the probability of every label under its name.
"""

import json
import math
from collections.abc import Sequence
from numbers import Real
from pathlib import Path
from typing import Any

from standpoint.errors import PairError
from standpoint.model import (
    Classifier,
    Encoder,
    Floats,
    PairText,
    check_pair,
    find_encoder,
    load_bundle,
    pair_toward,
    predict,
)
from standpoint.text import Span, check_text


class PairModel:
    """A bundle behind pyfunc's ``predict``."""

    def __init__(self, model: Classifier, encoder: Encoder | None) -> None:
        self.model = model
        self.encoder = encoder

    def predict(
        self, model_input: Any, params: dict[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        """Judge pairs given as a DataFrame or as a list of dicts; one row for each pair."""
        del params
        rows = model_input if isinstance(model_input, list) else model_input.to_dict("records")
        by_words = self.model.manifest.targets_are_words
        pairs = [
            pair_of(row, where=f"row {number}", by_words=by_words)
            for number, row in enumerate(rows)
        ]
        shares = predict(pairs, models=[self.model], encoder=self.encoder)[0]
        return predictions(shares, labels=self.model.labels)


def predictions(shares: Floats, *, labels: Sequence[str]) -> list[dict[str, Any]]:
    """A row for each pair: its label, and the probability of every label under its name.

    Parameters
    ----------
    shares : array of shape (n_pairs, n_labels)
    """
    return [
        {
            "label": labels[int(row.argmax())],
            **{label: float(share) for label, share in zip(labels, row, strict=True)},
        }
        for row in shares
    ]


def pair_of(row: dict[str, Any], *, where: str, by_words: bool) -> PairText:
    """A pair from a flat row; a span is there when both its ends are."""
    text = check_text(row.get("text"), where=where)
    holder, target = _span(row, "holder", where), _span(row, "target", where)
    check_pair(PairText(text, holder, target), where=where)
    asked = target or _words(row, "target", where)
    pair = pair_toward(text, holder=holder, target=asked, by_words=by_words)
    return check_pair(pair, where=where)


def _words(row: dict[str, Any], role: str, where: str) -> str | None:
    found = row.get(role)
    if _is_missing(found):
        return None
    if not isinstance(found, str):
        raise PairError(f"{where}: {role} must be words, got {found!r}.")
    return check_text(found, where=f"{where}: {role}")


def _span(row: dict[str, Any], role: str, where: str) -> Span | None:
    ends: list[Any] = [row.get(f"{role}_start"), row.get(f"{role}_end")]
    if all(map(_is_missing, ends)):
        return None
    start, end = ends
    if not (_is_offset(start) and _is_offset(end) and start < end):
        raise PairError(
            f"{where}: {role}_start and {role}_end must be whole numbers, the first below the "
            f"second and not negative, got {ends!r}."
        )
    return Span(int(start), int(end))


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _is_offset(value: Any) -> bool:
    """Whether it is a whole number; pandas makes floats of a column with a gap."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return False
    return 0 <= float(value) < 2**53 and float(value).is_integer()


def _load_pyfunc(data_path: str) -> PairModel:
    folder = Path(data_path)
    model = load_bundle(folder)
    encoder = None
    if model.manifest.encoder is not None and model.encoder is None:
        place = json.loads((folder / "place.json").read_text("utf-8"))
        encoder = find_encoder(Path(place["models_dir"]), digest=model.manifest.encoder)
    return PairModel(model, encoder)
