"""What the words around a mention tell: whether a phrase ends, whether somebody acts."""

from standpoint.lexicon.function_words import AFTER_NOUN_PHRASE
from standpoint.lexicon.verbs import (
    ACTING,
    ACTOR_VERB_STEMS,
    AMBIGUOUS_ACTOR_STEMS,
    REPORTING,
)
from standpoint.text import stem_of

_DOING = (
    frozenset(stem_of(verb) for verb in REPORTING | ACTING) | ACTOR_VERB_STEMS
) - AMBIGUOUS_ACTOR_STEMS


def is_action_verb(key: str) -> bool:
    """Whether a word in a verb's place says what only somebody does.

    >>> is_action_verb("rejected"), is_action_verb("rained")
    (True, False)
    """
    return stem_of(key) in _DOING


def may_follow_phrase(key: str) -> bool:
    """Whether a word may stand right behind a whole noun phrase.

    >>> may_follow_phrase("said"), may_follow_phrase("congress")
    (True, False)
    """
    if key in AFTER_NOUN_PHRASE or key in REPORTING or key in ACTING or key.endswith(("ed", "ly")):
        return True
    return key.endswith("s") and is_action_verb(key)
