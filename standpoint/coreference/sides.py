"""Sides of a country that a text does not name in full: "the opposition" in news on Syria.

The codebook has "the Syrian opposition", and no other; the text has named Syria.
"""

from standpoint.coreference.discourse import DiscourseState
from standpoint.coreference.grammatical_roles import ends_noun_phrase
from standpoint.lexicon.bodies import COMPOUND_HEADS
from standpoint.lexicon.countries import country_words
from standpoint.lexicon.function_words import CONJUNCTIONS, DETERMINERS, PREPOSITIONS
from standpoint.mentions import ActorMention, SentenceView

_BEFORE_COMPOUND = DETERMINERS | PREPOSITIONS | CONJUNCTIONS
# "the opposition to the bill" is no side.
_MAKES_IT_AN_ACT = frozenset({"of", "for", "to", "from", "against", "by"})


def side_mention(view: SentenceView, at: int, discourse: DiscourseState) -> ActorMention | None:
    """A side by a token that is its noun: "the opposition", "Syria's opposition"."""
    side = discourse.profiles.sides.get(view.keys[at])
    if side is None or at in view.mention_at or view.is_hyphenated(at):
        return None
    actor, country = side
    following = view.key(at + 1)
    before = view.key(at - 1) if at else ""
    is_owned = country in (country_words().get(before), country_words().get(before[:-1]))
    is_definite = before == "the" and view.words[at - 1].joined
    is_compound = following in COMPOUND_HEADS and view.words[at].joined
    is_free = at == 0 or is_definite or before in _BEFORE_COMPOUND
    ends = ends_noun_phrase(view, at) and following not in _MAKES_IT_AN_ACT
    if not (is_owned or (is_free if is_compound else is_definite)) or not (is_compound or ends):
        return None
    is_clear = view.keys[at] not in discourse.ambiguous_heads
    if not is_owned and not (is_clear and _is_named(country, view, discourse)):
        return None
    return view.mention(actor, at - 1 if is_definite else at, at, "title")


def _is_named(country: str, view: SentenceView, discourse: DiscourseState) -> bool:
    """Whether the article has named a country up to this sentence."""
    named = discourse.countries_named_until(view.sentence)
    return any(country_words().get(word) == country for word in named)
