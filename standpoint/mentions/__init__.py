"""Mention matching: where a sentence names an actor or an issue of the codebook."""

from standpoint.mentions.casing import case_fits
from standpoint.mentions.context import is_doing, may_follow
from standpoint.mentions.demonyms import PEOPLE_ENDS, country_keys
from standpoint.mentions.gender import Gender, gender_of, is_given_name
from standpoint.mentions.matcher import (
    DATELINE,
    ActorMention,
    CueMention,
    Lexicon,
    by_sentence,
    past_dateline,
)
from standpoint.mentions.profiles import ActorProfiles, Profile
from standpoint.mentions.sentence_view import SentenceView, view_sentence, view_unquoted

__all__ = [
    "DATELINE",
    "PEOPLE_ENDS",
    "ActorMention",
    "ActorProfiles",
    "CueMention",
    "Gender",
    "Lexicon",
    "Profile",
    "SentenceView",
    "by_sentence",
    "case_fits",
    "country_keys",
    "gender_of",
    "is_doing",
    "is_given_name",
    "may_follow",
    "past_dateline",
    "view_sentence",
    "view_unquoted",
]
