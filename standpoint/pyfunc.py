"""The model as MLflow's pyfunc: loaded by name, so that nothing is pickled.

``predict`` takes pairs as rows with ``text`` and, where they are known, ``holder_start``,
``holder_end``, ``target_start`` and ``target_end``, or ``target`` in words, and gives a row for
each: the label, and the probability of every label under its name.
"""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from standpoint.article import Span, check_text
from standpoint.bundle import load_bundle
from standpoint.encoder import Encoder, find_encoder
from standpoint.errors import PairError
from standpoint.judging import Judge, judge
from standpoint.pairs import PairText, check_pair, pair_toward


class PairModel:
    """A bundle behind pyfunc's ``predict``."""

    def __init__(self, model: Judge, encoder: Encoder | None) -> None:
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
        shares = self._judge(pairs)
        return [
            {
                "label": self.model.labels[int(row.argmax())],
                **{
                    label: float(share) for label, share in zip(self.model.labels, row, strict=True)
                },
            }
            for row in shares
        ]

    def _judge(self, pairs: Sequence[PairText]) -> Any:
        return judge(pairs, models=[self.model], encoder=self.encoder)[0]


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
    if found is None or (isinstance(found, float) and math.isnan(found)):
        return None
    if not isinstance(found, str):
        raise PairError(f"{where}: {role} must be words, got {found!r}.")
    return check_text(found, where=f"{where}: {role}")


def _span(row: dict[str, Any], role: str, where: str) -> Span | None:
    ends = [row.get(f"{role}_start"), row.get(f"{role}_end")]
    known = [end for end in ends if end is not None and not math.isnan(end)]
    if not known:
        return None
    if len(known) == 1 or not 0 <= known[0] < known[1]:
        raise PairError(
            f"{where}: {role}_start must be below {role}_end and not negative, got {ends!r}."
        )
    return Span(int(known[0]), int(known[1]))


def _load_pyfunc(data_path: str) -> PairModel:
    folder = Path(data_path)
    model = load_bundle(folder)
    encoder = None
    if model.manifest.encoder is not None and model.encoder is None:
        place = json.loads((folder / "place.json").read_text("utf-8"))
        encoder = find_encoder(Path(place["models_dir"]), digest=model.manifest.encoder)
    return PairModel(model, encoder)
