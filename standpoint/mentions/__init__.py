"""Mention matching: where a sentence names an actor or an issue of the codebook."""

from standpoint.mentions.casing import matches_case
from standpoint.mentions.codebook_review import review_codebook
from standpoint.mentions.context import is_action_verb, may_follow_phrase
from standpoint.mentions.dateline import words_in_dateline
from standpoint.mentions.demonyms import PLURAL_DEMONYM_ENDINGS, country_keys
from standpoint.mentions.gender import Gender, gender_of, is_given_name
from standpoint.mentions.longer_names import is_headline
from standpoint.mentions.loose.noun_index import NounIndex, codes_of, full_title, singular_key
from standpoint.mentions.matcher import MentionMatcher
from standpoint.mentions.mention import ActorMention, CueMention, by_sentence
from standpoint.mentions.profiles import ActorProfiles, Profile
from standpoint.mentions.sentence_view import SentenceView, view_sentence, view_unquoted
from standpoint.mentions.transliteration import loose_spellings

__all__ = [
    "PLURAL_DEMONYM_ENDINGS",
    "ActorMention",
    "ActorProfiles",
    "CueMention",
    "Gender",
    "MentionMatcher",
    "NounIndex",
    "Profile",
    "SentenceView",
    "by_sentence",
    "codes_of",
    "country_keys",
    "full_title",
    "gender_of",
    "is_action_verb",
    "is_given_name",
    "is_headline",
    "loose_spellings",
    "matches_case",
    "may_follow_phrase",
    "review_codebook",
    "singular_key",
    "view_sentence",
    "view_unquoted",
    "words_in_dateline",
]
