"""Cache keys of fits: digests of config, seed, data, weights and versions."""

import hashlib
import json
from collections.abc import Sequence

import torch

from standpoint.model import FEATURES_VERSION
from train.config import FinetunedModel
from train.finetune.batches import TrainingTask, digest_of
from train.finetune.context import FinetuneContext
from train.finetune.pretrained import Weights
from train.finetune.version import FINETUNE_VERSION


def fit_key(
    model: FinetunedModel,
    tasks: Sequence[TrainingTask],
    before: Sequence[TrainingTask],
    *,
    seed: int,
    weights: Weights,
    context: FinetuneContext,
) -> str:
    """The key of a fit; the device is no part of it.

    Parameters
    ----------
    before : the tasks that the encoder is trained on first
    """
    settings = model.model_dump(mode="json", exclude={"before", "beside", "device"})
    earlier = [context.epochs, list(context.float32_weights)]
    digest = _digest([settings, *earlier], tasks, seed, weights)
    if context.dev_set is not None:
        digest.update(context.dev_set.metric.encode())
        held_out = zip(context.dev_set.rows.pairs, context.dev_set.y.tolist(), strict=True)
        digest.update("".join(f"{pair!r}|{label}\n" for pair, label in held_out).encode())
    if model.before is not None:
        digest.update(f"{model.before.schedule.model_dump_json()}|{digest_of(before)}".encode())
    return digest.hexdigest()


def pretraining_key(
    model: FinetunedModel, before: Sequence[TrainingTask], *, seed: int, weights: Weights
) -> str:
    """The key of the encoder after the tasks of ``before``: the same for all folds."""
    assert model.before is not None
    names = {"encoder", "dropout", "max_tokens", "precision"}
    settings = model.model_dump(mode="json", include=names)
    schedule = model.before.schedule.model_dump(mode="json")
    return _digest([settings, schedule], before, seed, weights).hexdigest()


def _digest(
    settings: object, tasks: Sequence[TrainingTask], seed: int, weights: Weights
) -> "hashlib._Hash":
    versions = [FINETUNE_VERSION, FEATURES_VERSION, torch.__version__]
    key = [settings, seed, weights.digest, digest_of(tasks), versions]
    return hashlib.sha256(json.dumps(key, sort_keys=True).encode())
