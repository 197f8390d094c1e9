"""Names that are part of the longer name of something else: "York" in "New York"."""

from standpoint.lexicon.compound_names import NAME_HEADS, NAME_HEADS_BEFORE_OF, NAME_PREFIXES
from standpoint.mentions.gender import is_given_name
from standpoint.mentions.sentence_view import SentenceView
from standpoint.text import Word

# Headlines in title case print only short words small, such as "with": four letters is a guess.
MAX_FUNCTION_WORD_CHARS = 4


def is_part_of_longer_name(
    view: SentenceView, *, first: int, past: int, own: frozenset[str]
) -> bool:
    """Whether the words from ``first`` to ``past`` belong to a longer name that is not the actor's.

    "York" in "New York" and "Iran" in "Iran Air" do, and the surname of another person.

    Parameters
    ----------
    own : keys of all words of the actor's names; empty if the actor is no person
    """
    if view.is_shouted:
        return False
    if view.is_capitalized(past) and view.keys[past] in NAME_HEADS and view.gap(past - 1).isspace():
        return True  # the word behind ends the name of something else: "Iran Air"
    return _begins_another_name(view, first, past=past, own=own)


def _begins_another_name(view: SentenceView, first: int, *, past: int, own: frozenset[str]) -> bool:
    """Whether the word before a name begins another: "Sea of", "New", a given name."""
    at = first - 1
    if at < 0 or not view.gap(at).isspace():
        return False
    if view.keys[at] == "of" and at > 0:
        return view.is_capitalized(at - 1) and view.keys[at - 1] in NAME_HEADS_BEFORE_OF
    if not view.is_capitalized(at) or view.words[at].text.isupper():
        return False
    if own:
        return past - first == 1 and _is_another_person(view.words[at], own)
    is_acronym = view.words[first].text.isupper()
    return view.keys[at] in NAME_PREFIXES and not is_acronym and not _is_adjective(view, at)


def _is_adjective(view: SentenceView, at: int) -> bool:
    """Whether "New" may be an adjective, with a capital from the sentence's start or a headline."""
    is_headline = not any(
        word.text.islower() and len(word.text) > MAX_FUNCTION_WORD_CHARS for word in view.words
    )
    return view.keys[at] == "new" and (at == 0 or is_headline)


def _is_another_person(before: Word, own: frozenset[str]) -> bool:
    """Whether a given name is not the person's, nor another spelling of it (same two letters)."""
    if before.key in own or not is_given_name(before.text):
        return False
    return not any(key[:2] == before.key[:2] for key in own)
