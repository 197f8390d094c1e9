"""``standpoint data check`` and ``describe``: a module for each corpus that is no pairs."""

from standpoint.cli.corpora import contrast, polnear, real

__all__ = ["contrast", "polnear", "real"]
