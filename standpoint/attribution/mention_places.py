"""Places of mentions: what stands before and behind a mention, and where the issue's cue is."""

from dataclasses import dataclass
from typing import Literal

from standpoint.lexicon.function_words import ARTICLES, FUNCTION_WORDS
from standpoint.lexicon.roles import OFFICE_MODIFIERS, RANKS, TITLES
from standpoint.lexicon.word_set import words
from standpoint.mentions import ActorMention, SentenceView
from standpoint.text import Span

Eligibility = Literal["sure", "possible", "excluded"]
"""Whether a mention may be the holder."""

COORDINATORS = frozenset({"and", "or", "nor", "&"})
MAX_LISTED = 12
"""Mentions of one list that are followed: bounds the time."""
_SKIPPED = (
    (OFFICE_MODIFIERS - FUNCTION_WORDS) | ARTICLES | TITLES | RANKS | words("both either neither")
)


@dataclass(frozen=True, slots=True)
class Place:
    """A mention's place in a sentence, in tokens.

    Attributes
    ----------
    first, last : of the mention
    before : the token before its articles and titles; may be -1
    cue : the first token of the issue's cue
    depth : how many mentions of a list were passed
    """

    view: SentenceView
    mention: ActorMention
    first: int
    last: int
    before: int
    cue: int
    depth: int = 0

    @classmethod
    def of(cls, view: SentenceView, mention: ActorMention, cue: Span) -> "Place | None":
        """None for a mention without a token."""
        indices = view.indices(mention)
        if not indices:
            return None
        before = _before_phrase(view, indices[0])
        cue_first = view.first_at(view.local(cue)[0])
        return cls(view, mention, indices[0], indices[-1], before, cue_first)

    @property
    def governor(self) -> str:
        """The word before the phrase, outside mentions; empty behind a mark."""
        if self.before < 0 or self.view.has_break_after(self.before):
            return ""
        return self.view.key_outside_mentions(self.before)

    @property
    def following(self) -> str:
        """The word behind the mention; empty before a mark."""
        return self.word_behind(self.last)

    def word_behind(self, last: int) -> str:
        """The word behind a token; empty before a mark."""
        return "" if self.view.has_break_after(last) else self.view.key(last + 1)

    @property
    def behind_list(self) -> str:
        """The word behind the list that begins with the mention: "in" in "A and B in favour"."""
        return self.word_behind(self.list_end)

    @property
    def list_end(self) -> int:
        """The last token of "A, B and C" that begins with the mention; the mention's in no list."""
        view, last, is_closed = self.view, self.last, False
        for _ in range(MAX_LISTED):
            at = last + 1
            if view.key(at) in COORDINATORS:
                at, is_closed = at + 1, True
            elif is_closed or view.gap(last).strip() != ",":
                break
            while view.key(at) in _SKIPPED and at not in view.mention_at:
                at += 1
            other = view.mention_at.get(at)
            if other is None:
                break
            last = view.indices(other)[-1]
        return last if is_closed else self.last


def _before_phrase(view: SentenceView, first: int) -> int:
    """The token before a name and the articles and titles that precede it; may be -1."""
    at = first - 1
    while at >= 0 and at not in view.mention_at and not view.has_break_after(at):
        if view.keys[at] not in _SKIPPED:
            break
        at -= 1
    return at
