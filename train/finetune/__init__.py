"""Fine-tuning of an encoder and its heads with PyTorch."""

from train.finetune.context import Exam, Watch, Workshop, unwatched, workshop_for

__all__ = [
    "Exam",
    "Watch",
    "Workshop",
    "unwatched",
    "workshop_for",
]
