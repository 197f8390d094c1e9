"""Names of a codebook as a text writes them: capitals, acronyms, and a possessive that was lost."""

from collections.abc import Iterator, Sequence

from standpoint.lexicon.bodies import BODY_NOUNS
from standpoint.mentions.context import may_follow_phrase
from standpoint.text import Trie, Word, matches_at

MAX_ACRONYM_CHARS = 5
_MIN_LOST_CHARS = 4


class Look:
    """One sentence, ready to be looked through for names."""

    def __init__(self, words: Sequence[Word], *, shouted: bool) -> None:
        self.words = words
        self.shouted = shouted
        self.keys = [word.key for word in words]
        self.lost = dict(_lost_possessives(words))
        self.mended = [self.lost.get(n, key) for n, key in enumerate(self.keys)]

    def longest(self, trie: Trie, at: int) -> tuple[int, int, str]:
        """The first word of the longest name at a word, past its last, and its actor.

        The name begins a word later where "the" opens both a short name and a longer one, and
        nowhere where the two numbers are the same.
        """
        past, actor = self._at(trie, at, self.keys)
        if past > at + 1 and self.keys[at] == "the":
            later = self._at(trie, at + 1, self.keys)
            if later[0] > past:
                return at + 1, *later
        if past == at and self.lost:
            past, actor = self._at(trie, at, self.mended)
            if past - 1 not in self.lost:
                return at, at, ""
        return at, past, actor

    def _at(self, trie: Trie, at: int, keys: Sequence[str]) -> tuple[int, str]:
        best, actor = at, ""
        for past, value, written in matches_at(trie, self.words, keys, at):
            if past > best and self._fits(written, at, past):
                best, actor = past, value
        return best, actor

    def _fits(self, written: tuple[str, ...], at: int, past: int) -> bool:
        words = self.words[at:past]
        if matches_case(written, words, shouted=self.shouted):
            return True
        after_the = at > 0 and self.keys[at - 1] == "the"
        return after_the and len(written) > 1 and _is_small_body(written, words)

    def ends_lost(self, past: int, actor_keys: frozenset[str]) -> bool:
        """Whether a name that ends before a word has lost the apostrophe of its possessive."""
        return past - 1 in self.lost and self.keys[past - 1] not in actor_keys


def _lost_possessives(words: Sequence[Word]) -> Iterator[tuple[int, str]]:
    """Words that may be possessives without their apostrophe ("Irans nuclear programme")."""
    for number, word in enumerate(words[:-1]):
        if not word.key.endswith("s") or len(word.key) < _MIN_LOST_CHARS or not word.joined:
            continue
        following = words[number + 1]
        opened = number > 0 and words[number - 1].key == "the"
        noun = following.text[0].islower() and not may_follow_phrase(following.key)
        if word.text[0].isupper() and not word.text.isupper() and noun and not opened:
            yield number, word.key[:-1]


def matches_case(written: Sequence[str], words: Sequence[Word], *, shouted: bool) -> bool:
    """Whether a text's capitals suit a name's, word by word."""
    return all(
        _word_fits(pattern, word.text, shouted=shouted)
        for pattern, word in zip(written, words, strict=True)
    )


def _word_fits(pattern: str, text: str, *, shouted: bool) -> bool:
    letters, got = pattern.replace(".", ""), text.replace(".", "")
    if letters.isupper() and 1 < len(letters) <= MAX_ACRONYM_CHARS:
        ambiguous = shouted and len(letters) <= 3 and "." not in text
        return got == letters and not ambiguous
    return not pattern[0].isupper() or text[0].isupper()


def _is_small_body(written: Sequence[str], words: Sequence[Word]) -> bool:
    """Whether a body's name stands in small letters ("the consumers' federation")."""
    if words[-1].key not in BODY_NOUNS:
        return False
    return all(
        word.text.islower() or _word_fits(pattern, word.text, shouted=False)
        for pattern, word in zip(written, words, strict=True)
    )
