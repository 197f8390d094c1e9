"""The search for the names of a codebook in one sentence."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from standpoint.mentions.casing import is_lowercase_body, matches_case
from standpoint.mentions.context import may_follow_phrase
from standpoint.mentions.sentence_view import SentenceView
from standpoint.text import Trie, Word

# A shorter word in -s is mostly a word of its own ("his", "gas") and no name that lost "'".
MIN_POSSESSIVE_CHARS = 4


class NameSearch:
    """A sentence with its words, and with those that may be possessives without an apostrophe.

    Attributes
    ----------
    bare_keys : by index, the key without "s" of a word that may have lost its apostrophe
    """

    def __init__(self, view: SentenceView) -> None:
        self.view = view
        self.bare_keys = dict(_lost_apostrophes(view.words))
        self._restored = [self.bare_keys.get(at, key) for at, key in enumerate(view.keys)]

    def longest_at(self, trie: Trie, at: int) -> tuple[int, int, str]:
        """The longest name at a word: its first word, the index past its last, and its actor.

        The name begins a word later where "the" opens a short name and the next word a longer one.
        If there is none, both indices are the same.
        """
        past, actor = self._longest(trie, at, self.view.keys)
        if past > at + 1 and self.view.keys[at] == "the":
            later_past, later_actor = self._longest(trie, at + 1, self.view.keys)
            if later_past > past:
                return at + 1, later_past, later_actor
        if past == at and self.bare_keys:
            past, actor = self._longest(trie, at, self._restored)
            if past - 1 not in self.bare_keys:
                return at, at, ""
        return at, past, actor

    def _longest(self, trie: Trie, at: int, keys: Sequence[str]) -> tuple[int, str]:
        longest, actor = at, ""
        for past, value, written in trie.matches(self.view.words, keys=keys, at=at):
            if past > longest and self._has_fitting_case(written, at, past):
                longest, actor = past, value
        return longest, actor

    def _has_fitting_case(self, written: tuple[str, ...], at: int, past: int) -> bool:
        words = self.view.words[at:past]
        if matches_case(written, words, shouted=self.view.is_shouted):
            return True
        is_definite = self.view.key(at - 1) == "the"
        return is_definite and len(written) > 1 and is_lowercase_body(written, words)

    def lost_apostrophe(self, past: int, *, name_keys: frozenset[str]) -> bool:
        """Whether a name that ends before a word is a possessive without its apostrophe."""
        return past - 1 in self.bare_keys and self.view.keys[past - 1] not in name_keys


def _lost_apostrophes(words: Sequence[Word]) -> Iterator[tuple[int, str]]:
    """Words that may be possessives without their apostrophe ("Irans nuclear programme")."""
    for at, (word, following) in enumerate(pairwise(words)):
        if not word.key.endswith("s") or len(word.key) < MIN_POSSESSIVE_CHARS or not word.joined:
            continue
        is_definite = at > 0 and words[at - 1].key == "the"
        is_noun_next = following.text[0].islower() and not may_follow_phrase(following.key)
        is_name = word.text[0].isupper() and not word.text.isupper()
        if is_name and is_noun_next and not is_definite:
            yield at, word.key[:-1]
