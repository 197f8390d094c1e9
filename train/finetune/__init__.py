"""Fine-tuning of an encoder and its heads with PyTorch."""

from train.finetune.context import DevSet, FinetuneContext, Watch, context_for, unwatched

__all__ = [
    "DevSet",
    "FinetuneContext",
    "Watch",
    "context_for",
    "unwatched",
]
