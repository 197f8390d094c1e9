"""What the word behind a mention shows: whether a phrase ends there, and whether somebody acts."""

from functools import cache

from standpoint.lexicon.function_words import AFTER_NOUN_PHRASE
from standpoint.lexicon.verbs import ACTING, ACTOR_VERB_STEMS, AMBIGUOUS_ACTOR_STEMS, REPORTING
from standpoint.text import stem_of

_AFTER_PHRASE = AFTER_NOUN_PHRASE | REPORTING | ACTING


@cache
def _action_stems() -> frozenset[str]:
    stems = {stem_of(verb) for verb in REPORTING | ACTING}
    return frozenset(stems | ACTOR_VERB_STEMS) - AMBIGUOUS_ACTOR_STEMS


def is_action_verb(key: str) -> bool:
    """Whether a word, taken as a verb, says what only a person, a state or a body can do.

    >>> is_action_verb("rejected"), is_action_verb("rained")
    (True, False)
    """
    return stem_of(key) in _action_stems()


def may_follow_phrase(key: str) -> bool:
    """Whether a word may stand right behind a complete noun phrase.

    >>> may_follow_phrase("said"), may_follow_phrase("congress")
    (True, False)
    """
    if key in _AFTER_PHRASE or key.endswith(("ed", "ly")):
        return True
    return key.endswith("s") and is_action_verb(key)
