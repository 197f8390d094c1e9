"""The model as MLflow's pyfunc: loaded by name, so that nothing is pickled.

``predict`` takes pairs as rows with ``text`` and, where they are known, ``holder_start``,
``holder_end``, ``target_start`` and ``target_end``, and gives a row for each: the label, and the
probability of every label under its name.
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
from standpoint.features import PairText, check_pair
from standpoint.model import Model, judge


class PairModel:
    """A bundle behind pyfunc's ``predict``."""

    def __init__(self, model: Model, encoder: Encoder | None) -> None:
        self.model = model
        self.encoder = encoder

    def predict(
        self, model_input: Any, params: dict[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        """Judge pairs given as a DataFrame or as a list of dicts; one row for each pair."""
        del params
        rows = model_input if isinstance(model_input, list) else model_input.to_dict("records")
        pairs = [pair_of(row, where=f"row {number}") for number, row in enumerate(rows)]
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


def pair_of(row: dict[str, Any], *, where: str) -> PairText:
    """A pair from a flat row; a span is there when both its ends are."""
    text = check_text(row.get("text"), where=where)
    pair = PairText(text, _span(row, "holder", where), _span(row, "target", where))
    return check_pair(pair, where=where)


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
    if model.manifest.encoder is not None:
        place = json.loads((folder / "place.json").read_text("utf-8"))
        encoder = find_encoder(Path(place["models_dir"]), digest=model.manifest.encoder)
    return PairModel(model, encoder)
