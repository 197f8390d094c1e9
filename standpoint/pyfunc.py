"""A bundle as an MLflow pyfunc model, loaded by the name of this module and not by pickle.

A row has a ``text`` and, where they are known, ``holder_start``, ``holder_end``, ``target_start``
and ``target_end``, or the ``target`` in words.
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
    """A classifier with the interface of pyfunc."""

    def __init__(self, model: Classifier, encoder: Encoder | None) -> None:
        self.model = model
        self.encoder = encoder

    def predict(
        self, model_input: Any, params: dict[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        """Classify the rows of a DataFrame, or a list of dicts; see `predictions`.

        ``params`` belongs to the interface, and is not used.
        """
        del params
        rows = model_input if isinstance(model_input, list) else model_input.to_dict("records")
        by_words = self.model.manifest.targets_are_words
        pairs = [
            pair_of(row, where=f"row {number}", by_words=by_words)
            for number, row in enumerate(rows)
        ]
        probabilities = predict(pairs, models=[self.model], encoder=self.encoder)[0]
        return predictions(probabilities, labels=self.model.labels)


def predictions(probabilities: Floats, *, labels: Sequence[str]) -> list[dict[str, Any]]:
    """A row for each pair: its label, and the probability of each label under its name.

    Parameters
    ----------
    probabilities : array of shape (n_pairs, n_labels)
    """
    return [
        {"label": labels[int(row.argmax())], **dict(zip(labels, map(float, row), strict=True))}
        for row in probabilities
    ]


def pair_of(row: dict[str, Any], *, where: str, by_words: bool) -> PairText:
    """The pair of a row.

    Parameters
    ----------
    where : names the row in errors
    by_words : whether the classifier reads targets as words, as its manifest says

    Raises
    ------
    PairError, ArticleError
        a value of the row is missing or out of range
    """
    text = check_text(row.get("text"), where=where)
    holder, target = _span(row, "holder", where), _span(row, "target", where)
    check_pair(PairText(text, holder, target), where=where)
    toward = target or _words(row, "target", where)
    pair = pair_toward(text, holder=holder, target=toward, by_words=by_words)
    return check_pair(pair, where=where)


def _words(row: dict[str, Any], role: str, where: str) -> str | None:
    words = row.get(role)
    if _is_missing(words):
        return None
    if not isinstance(words, str):
        raise PairError(f"{where}: {role} must be words, got {words!r}.")
    return check_text(words, where=f"{where}: {role}")


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
    """Whether it is a whole number; also as a float, which pandas makes of a column with gaps."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return False
    # Floats from 2**53 on do not tell neighboring whole numbers apart.
    return 0 <= float(value) < 2**53 and float(value).is_integer()


def _load_pyfunc(data_path: str) -> PairModel:
    """The entry point that MLflow calls; ``place.json`` is written where a run logs the model."""
    folder = Path(data_path)
    model = load_bundle(folder)
    encoder = None
    if model.manifest.encoder is not None and model.encoder is None:
        place = json.loads((folder / "place.json").read_text("utf-8"))
        encoder = find_encoder(Path(place["models_dir"]), digest=model.manifest.encoder)
    return PairModel(model, encoder)
