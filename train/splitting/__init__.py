"""Train, dev and test splits, and the leakage check between them."""

from train.splitting.leakage import Leaks, TextIndex
from train.splitting.splits import Fold, Numbers, issue_of, split

__all__ = [
    "Fold",
    "Leaks",
    "Numbers",
    "TextIndex",
    "issue_of",
    "split",
]
