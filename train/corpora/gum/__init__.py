"""GUM: Wikinews stories with gold coreference chains."""

from train.corpora.gum.documents import GoldMention, GumDocument, load_gum

__all__ = [
    "GoldMention",
    "GumDocument",
    "load_gum",
]
