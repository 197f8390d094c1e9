"""``standpoint data check`` and ``describe``: a module for each corpus that is no pairs."""

from standpoint.cli.corpora import coal_debate, contrast, news_sentences, polnear, real, written

__all__ = ["coal_debate", "contrast", "news_sentences", "polnear", "real", "written"]
