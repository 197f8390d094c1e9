"""Fine-tuning of an encoder and its heads with PyTorch; nothing exported here imports torch."""

from train.finetune.auxiliary import context_for
from train.finetune.context import DevSet, FinetuneContext, LogMetric, ignore_metric
from train.finetune.version import FINETUNE_VERSION

__all__ = [
    "FINETUNE_VERSION",
    "DevSet",
    "FinetuneContext",
    "LogMetric",
    "context_for",
    "ignore_metric",
]
