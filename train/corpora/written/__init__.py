"""Documents written for training, annotated as the real ones are."""

from train.corpora.written.documents import WRITTEN, load_written

__all__ = ["WRITTEN", "load_written"]
