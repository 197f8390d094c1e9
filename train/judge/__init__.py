"""Training of a judge: sentences and issues in words to a network with all holders' stances."""

from train.judge.training import train_judge

__all__ = ["train_judge"]
