"""A few steps of fine-tuning a tiny random encoder: its curve, its head and its key."""

from pathlib import Path
from typing import Any

import numpy as np
import torch

from standpoint.files import file_sha256
from standpoint.labels import LABELS
from standpoint.model.pairs import PairText
from standpoint.text.article import Span
from tests.golden.expected_files import as_json, differences
from tests.tiny import finetuned, rows, write_encoder
from train.config.model import FinetunedModel
from train.features.extraction import PairRows
from train.finetune.cache import FinetuneResult
from train.finetune.context import DevSet, FinetuneContext
from train.finetune.training_tasks import settings_of
from train.finetune.tuning import tune

STANCES = LABELS["stance"]
ROWS = tuple(rows())
Y = np.array([row["label"] for row in ROWS])
LEARNED, HELD_OUT = range(24), range(108, 120)
ENCODER = "tiny"
TOLERANCES = {"curve": 2e-3, "head": 2e-3, "bias": 2e-3, "epochs": 0.0, "logits": 0.15}


def _pair_of(row: dict[str, Any]) -> PairText:
    ends = {role: Span(row[f"{role}_start"], row[f"{role}_end"]) for role in ("holder", "target")}
    return PairText(row["text"], ends["holder"], ends["target"])


PAIRS = PairRows(tuple(map(_pair_of, ROWS)), np.array([row["group"] for row in ROWS]))


def _accuracy(shares: Any) -> float:
    return float(np.mean(np.array(STANCES)[shares.argmax(axis=1)] == Y[list(HELD_OUT)]))


def _model() -> FinetunedModel:
    plain = finetuned(Path(ENCODER))
    schedule = {**plain["schedule"], "layer_decay": 0.8, "label_smoothing": 0.05}
    changes = {"signs": True, "leanings": True, "windows": [1], "decays": [2.0]}
    return FinetunedModel.model_validate({**plain, **changes, "schedule": schedule})


def fit(folder: Path) -> tuple[FinetuneResult, list[list[Any]]]:
    """Fit in a folder; gives the result and every number that was logged."""
    if not (folder / ENCODER).is_dir():
        write_encoder(folder / ENCODER)
    logged: list[list[Any]] = []
    context = FinetuneContext(
        folder,
        folder / "models",
        "golden",
        lambda text: None,
        lambda step, name, value: logged.append([step, name, float(value)]),
        dev_set=DevSet(PAIRS.take(HELD_OUT), Y[list(HELD_OUT)], "accuracy", _accuracy),
    )
    found = tune(
        _model(),
        PAIRS.take(LEARNED),
        Y[list(LEARNED)],
        labels=STANCES,
        seed=13,
        context=context,
    )
    return found, logged


def fit_summary(folder: Path) -> dict[str, Any]:
    """The curve, the head and the logits of a fit, its key, and what the key rests on."""
    found, logged = fit(folder)
    (place,) = (folder / "models" / "cache" / "tuned").iterdir()
    logits = found.logits(PAIRS.take(HELD_OUT), features=settings_of(_model()))
    return {
        "rests_on": {
            "torch": torch.__version__,
            "weights": file_sha256(folder / ENCODER / "model.safetensors"),
        },
        "key": place.name,
        "curve": [row for row in logged if "second" not in row[1]],
        "head": found.heads["main"].weights[::7].astype(float).round(5).tolist(),
        "bias": found.heads["main"].bias.astype(float).round(5).tolist(),
        "logits": logits.astype(float).round(4).tolist(),
        "epochs": found.epochs,
        "found": sorted(found.metrics),
    }


def changed_fit(found: dict[str, Any], recorded: dict[str, Any]) -> list[str]:
    """Where the numbers of a fit differ; another torch may give others by right."""
    if found["rests_on"] != recorded["rests_on"]:
        return []
    return [
        line
        for key, within in TOLERANCES.items()
        for line in differences(as_json(found[key]), recorded[key], within=within, at=key)
    ]
