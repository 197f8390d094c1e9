"""Names that are part of the longer name of something else: "York" in "New York"."""

from collections.abc import Sequence

from standpoint.lexicon.compound_names import NAME_HEADS, NAME_PREFIXES
from standpoint.mentions.gender import is_given_name
from standpoint.text import Word

# Headlines in title case print only short words small, such as "with": four letters is a guess.
MAX_FUNCTION_WORD_CHARS = 4


def is_part_of_longer_name(
    text: str, words: Sequence[Word], first: int, past: int, *, own: frozenset[str]
) -> bool:
    """Whether the words from ``first`` to ``past`` belong to a longer name that is not the actor's.

    "York" in "New York" and "Iran" in "Iran Air" do, and the surname of another person.

    Parameters
    ----------
    own : keys of all words of the actor's names; empty if the actor is no person
    """
    if text.isupper():
        return False
    if past < len(words) and _ends_another_name(text, words[past - 1], words[past]):
        return True
    return first > 0 and _begins_another_name(text, words, first, past, own)


def _ends_another_name(text: str, last: Word, following: Word) -> bool:
    """Whether the word behind ends the name of something else: "Iran Air"."""
    is_head = following.text[0].isupper() and following.key in NAME_HEADS
    return is_head and _are_adjacent(text, last, following)


def _begins_another_name(
    text: str, words: Sequence[Word], first: int, past: int, own: frozenset[str]
) -> bool:
    """Whether the word before begins another name: "Sea of", "New", a given name."""
    before = words[first - 1]
    if not _are_adjacent(text, before, words[first]):
        return False
    if before.key == "of" and first > 1:
        head = words[first - 2]
        return head.text[0].isupper() and head.key in NAME_HEADS | {"bank"}
    if not before.text[0].isupper() or before.text.isupper():
        return False
    if own:
        return past - first == 1 and _is_another_person(before, own)
    is_acronym = words[first].text.isupper()
    return before.key in NAME_PREFIXES and not is_acronym and not _is_adjective(words, first - 1)


def _is_adjective(words: Sequence[Word], at: int) -> bool:
    """Whether "New" may be an adjective, with a capital from the sentence's start or a headline."""
    is_headline = not any(
        word.text.islower() and len(word.text) > MAX_FUNCTION_WORD_CHARS for word in words
    )
    return words[at].key == "new" and (at == 0 or is_headline)


def _is_another_person(before: Word, own: frozenset[str]) -> bool:
    """Whether a given name is not the person's, nor another spelling of it (same two letters)."""
    if before.key in own or not is_given_name(before.text):
        return False
    return not any(key[:2] == before.key[:2] for key in own)


def _are_adjacent(text: str, word: Word, following: Word) -> bool:
    return text[word.end : following.start].isspace()
