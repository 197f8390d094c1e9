"""The search for the names of a codebook in one sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from standpoint.lexicon.bodies import BODY_NOUNS, LOWERCASE_HEADS
from standpoint.lexicon.matching.common_words import common_words
from standpoint.mentions.casing import is_lowercase_body, is_national_body, matches_case
from standpoint.mentions.context import may_follow_phrase
from standpoint.mentions.name_tables import NameTables, NameValue
from standpoint.mentions.phrase_trie import MatchedText, PhraseMatch
from standpoint.mentions.sentence_view import SentenceView
from standpoint.mentions.tags import tags_in
from standpoint.mentions.transliteration import MIN_FOLDED_CHARS, sound_key
from standpoint.text import Sentence, Word, american_key, phrase_words

# A shorter word in -s is mostly a word of its own ("his", "gas") and no name that lost "'".
MIN_POSSESSIVE_CHARS = 4
PLURAL_ACRONYMS = frozenset("MP PM MEP MSP TD CEO CFO NGO VIP TV DJ PC ID HQ".split())
"""Of which there are many, so that their "s" is a plural's."""


@dataclass(frozen=True, slots=True)
class NameHit:
    """Words that are those of an actor's name; whether they mean the actor is another question.

    Attributes
    ----------
    first, past : the index of the first word and that past the last
    written : the name's words as the codebook writes them
    how : "listed" or a form of a listed name, the "seat" of a state's government, a "sound"
        alike, or a "tag"
    """

    actor: str
    first: int
    past: int
    written: tuple[str, ...]
    how: str = "listed"


class NameSearch:
    """A sentence with its words, and with those that may be possessives without an apostrophe.

    Attributes
    ----------
    bare_keys : by index, the key without "s" of a word that may have lost its apostrophe
    ignores_case : whether the whole text has no capitals, so that names have none either
    """

    def __init__(self, sentence: Sentence, tables: NameTables, *, ignores_case: bool) -> None:
        words = phrase_words(sentence.text)
        self.view = SentenceView(sentence, words, ())
        self.tables = tables
        self.ignores_case = ignores_case
        self.tags = tags_in(sentence.text)
        self._text = MatchedText(sentence.text, words, fold=american_key)

    @cached_property
    def bare_keys(self) -> Mapping[int, str]:
        """Found only where a word without its "s" is that of a name."""
        keys = self.tables.keys
        if not any(key[-1:] == "s" and american_key(key[:-1]) in keys for key in self.view.keys):
            return {}
        return dict(_lost_apostrophes(self.view.words))

    @cached_property
    def _restored(self) -> list[str]:
        keys = enumerate(self._text.keys)
        return [
            american_key(self.bare_keys[at]) if at in self.bare_keys else key for at, key in keys
        ]

    def starts(self, acronyms: Mapping[str, str]) -> list[int]:
        """The words at which `hit_at` may find a name."""
        starts = {*self.tables.trie.starts(self._text), *self._sounding}
        if self.bare_keys:
            ends, restored = self.tables.trie.ends, self._restored
            starts.update(at for at in self.bare_keys if restored[at] in ends)
        if acronyms:
            words = enumerate(self.view.words)
            starts.update(at for at, word in words if word.text.replace(".", "") in acronyms)
        return sorted(starts)

    @cached_property
    def _sounding(self) -> list[int]:
        """Capitalized words that sound as a surname does, and are no common ones."""
        sounds, ignores_case = self.tables.sounds, self.ignores_case
        return [
            at
            for at, word in enumerate(self.view.words if sounds else ())
            if len(word.key) >= MIN_FOLDED_CHARS
            and (ignores_case or word.text[0].isupper())
            and sound_key(word.key) in sounds
            and word.key not in common_words()
        ]

    def hit_at(self, at: int, *, acronyms: Mapping[str, str]) -> NameHit | None:
        """The longest name at a word; it begins a word later where "the" opens a short name and
        the next word a longer one.
        """
        hit = self._longest(at, self._text.keys)
        if hit is not None and hit.past > at + 1 and self.view.keys[at] == "the":
            later = self._longest(at + 1, self._text.keys)
            return later if later is not None and later.past > hit.past else hit
        text = self.view.words[at].text.replace(".", "")
        if hit is None and text in acronyms:
            return NameHit(acronyms[text], at, at + 1, (text,))
        return hit or self._restored_hit(at) or self._sound_hit(at)

    def _restored_hit(self, at: int) -> NameHit | None:
        if not self.bare_keys:
            return None
        hit = self._longest(at, self._restored)
        return hit if hit is not None and hit.past - 1 in self.bare_keys else None

    def _sound_hit(self, at: int) -> NameHit | None:
        """A surname in another transliteration."""
        if at not in self._sounding or self._text.keys[at] in self.tables.keys:
            return None
        word = self.view.words[at]
        actor, _ = self.tables.sounds[sound_key(word.key)]
        return NameHit(actor, at, at + 1, (word.text,), how="sound")

    def _longest(self, at: int, keys: Sequence[str]) -> NameHit | None:
        longest: NameHit | None = None
        longest_rank = (0, False)
        for match in self.tables.trie.matches(self._text, at=at, keys=keys):
            # Of two actors whose names differ in spelling alone ("Labour", "Labor"), the one as
            # written is meant.
            rank = (match.past, match.written == match.texts)
            if rank > longest_rank and self._fits(match, at):
                longest_rank = rank
                value: NameValue = match.value
                how = "seat" if value.is_seat else "listed"
                longest = NameHit(value.actor, at, match.past, match.written, how)
        return longest

    def _fits(self, match: PhraseMatch, at: int) -> bool:
        """Whether the capitals of the text are those of the name."""
        texts = match.texts
        if (
            texts[-1][:-1].isupper()
            and self.bare_keys.get(match.past - 1) == texts[-1][:-1].lower()
        ):
            texts = (*texts[:-1], texts[-1][:-1])  # "the UNs coordinator"
        if self.ignores_case or matches_case(match.written, texts, shouted=self.view.is_shouted):
            return True
        if len(match.written) == 1:
            return False
        if is_national_body(match.written, texts):
            return True
        is_definite = self.view.key(at - 1) == "the"
        return is_definite and is_lowercase_body(match.written, texts)

    def is_in_tag(self, at: int) -> bool:
        """Whether a word is in a hashtag or handle."""
        start = self.view.words[at].start
        return any(tag.start <= start < tag.end for tag in self.tags)

    def lost_apostrophe(self, past: int, *, name_keys: frozenset[str]) -> bool:
        """Whether a name that ends before a word is a possessive without its apostrophe."""
        return past - 1 in self.bare_keys and self.view.keys[past - 1] not in name_keys


def _is_acronym_with_s(word: Word) -> bool:
    """Whether a word is an acronym with an "s" that makes no plural: "the UNs coordinator"."""
    text = word.text
    return text.endswith("s") and text[:-1].isupper() and text[:-1] not in PLURAL_ACRONYMS


def _lost_apostrophes(words: Sequence[Word]) -> Iterator[tuple[int, str]]:
    """Words that may be possessives without their apostrophe ("Irans nuclear programme")."""
    for at, (word, following) in enumerate(pairwise(words)):
        is_acronym = _is_acronym_with_s(word)
        is_long = len(word.key) >= MIN_POSSESSIVE_CHARS or (is_acronym and len(word.key) > 2)
        if not word.key.endswith("s") or not is_long or not word.joined:
            continue
        is_definite = at > 0 and words[at - 1].key == "the" and not is_acronym
        is_noun_next = not may_follow_phrase(following.key)
        is_body = word.key[:-1] in BODY_NOUNS or word.key[:-1] in LOWERCASE_HEADS
        is_name = is_body or (word.text[0].isupper() and not word.text.isupper())
        if is_name and is_noun_next and not is_definite:
            yield at, word.key[:-1]
