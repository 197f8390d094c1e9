"""Train, dev and test splits, and the leakage check between them."""

from train.splitting.leakage import Leakage, TextIndex, repeated_rows
from train.splitting.splits import Fold, RowNumbers, issue_of, split

__all__ = [
    "Fold",
    "Leakage",
    "RowNumbers",
    "TextIndex",
    "issue_of",
    "repeated_rows",
    "split",
]
