"""Names that only look like an actor's: a part of the longer name of something else."""

from collections.abc import Sequence

from standpoint.lexicon.compound_names import NAME_HEADS, NAME_PREFIXES
from standpoint.mentions.gender import is_given_name
from standpoint.text import Word

_SMALL_WORD = 4


def is_part_of_longer_name(
    text: str, words: Sequence[Word], first: int, past: int, *, own: frozenset[str]
) -> bool:
    """Whether the words that name an actor belong to a longer name that is not his.

    "York" in "New York" and "Iran" in "Iran Air" do, and so does the last name of another person.

    Parameters
    ----------
    own : keys of all words of the actor's names; empty where he is no person
    """
    if text.isupper():
        return False
    if past < len(words) and _goes_on(text, words[past - 1], words[past]):
        return True
    return first > 0 and _is_led(text, words, first, past, own)


def _goes_on(text: str, last: Word, following: Word) -> bool:
    """Whether the word behind makes a name another's: "Iran Air"."""
    large = following.text[0].isupper() and following.key in NAME_HEADS
    return large and _is_beside(text, last, following)


def _is_led(text: str, words: Sequence[Word], first: int, past: int, own: frozenset[str]) -> bool:
    """Whether the word before shows the name to be another's: "Sea of", "New", "Hafez"."""
    before = words[first - 1]
    if not _is_beside(text, before, words[first]):
        return False
    if before.key == "of" and first > 1:
        head = words[first - 2]
        return head.text[0].isupper() and head.key in NAME_HEADS | {"bank"}
    if not before.text[0].isupper() or before.text.isupper():
        return False
    if own:
        return past - first == 1 and _is_another_person(before, own)
    short = words[first].text.isupper()
    return before.key in NAME_PREFIXES and not short and not _is_forced(words, first - 1)


def _is_forced(words: Sequence[Word], number: int) -> bool:
    """Whether a word has its capital from the sentence's start or a headline's style."""
    small = (word for word in words if word.text.islower() and len(word.text) > _SMALL_WORD)
    return words[number].key == "new" and (number == 0 or next(small, None) is None)


def _is_another_person(before: Word, own: frozenset[str]) -> bool:
    """Whether a given name is none of a person's, nor another spelling of one of them."""
    if before.key in own or not is_given_name(before.text):
        return False
    return not any(key[:2] == before.key[:2] for key in own)


def _is_beside(text: str, word: Word, following: Word) -> bool:
    return text[word.end : following.start].isspace()
