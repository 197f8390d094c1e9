"""Who may hold the stance of a sentence beyond its own words: the sentences before, and answers."""

from standpoint.labeling.holders.addressees import asked_by_sentence
from standpoint.labeling.holders.carrying import Why, reach_in

__all__ = ["Why", "asked_by_sentence", "reach_in"]
