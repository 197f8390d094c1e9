"""Attributions and their sources; frames, which are attributions within one sentence."""

import re
from dataclasses import dataclass
from typing import Literal

from standpoint.lexicon.function_words import NEVER_A_SPEAKER
from standpoint.mentions import ActorMention, SentenceView
from standpoint.text import Span

_RELATIVE_AT_END = re.compile(r",? +(?:who|which|that|whose)$")


@dataclass(frozen=True, slots=True)
class Source:
    """The source of an attribution: an actor of the codebook, or only a noun phrase.

    Attributes
    ----------
    actor, span, text : None where the source is not known; ``actor`` also for anybody else
    phrase : the whole noun phrase, if it is known: in "Iran's ministry" the span is that of "Iran"
    """

    actor: str | None
    span: Span | None
    text: str | None
    phrase: Span | None = None

    @classmethod
    def of_words(cls, view: SentenceView, first: int, last: int) -> "Source":
        """Somebody who is no actor of the codebook, by the tokens from ``first`` to ``last``."""
        span = view.span(first, last)
        return cls(None, span, _text(view, span))

    @classmethod
    def of_mention(cls, view: SentenceView, mention: ActorMention) -> "Source":
        """An actor, by a mention."""
        return cls(mention.actor, mention.span, _text(view, mention.span))

    @classmethod
    def at_token(cls, view: SentenceView, at: int) -> "Source":
        """The actor whose mention a token is part of, else the token alone."""
        mention = view.mention_at.get(at)
        return cls.of_words(view, at, at) if mention is None else cls.of_mention(view, mention)

    @property
    def reach(self) -> Span | None:
        """The noun phrase if it is known, else the span."""
        return self.phrase or self.span

    @property
    def name(self) -> str | None:
        """The actor, or a noun phrase that names the source by itself; None for "she"."""
        if self.actor is not None or self.text is None:
            return self.actor
        words = _RELATIVE_AT_END.sub("", self.text)
        is_bare = words.casefold() in NEVER_A_SPEAKER or self.text.casefold() in NEVER_A_SPEAKER
        return None if is_bare else words


def _text(view: SentenceView, span: Span) -> str:
    """The words of a span of the article, which lies in the sentence."""
    start, end = view.local(span)
    return view.sentence.text[start:end]


UNKNOWN_SOURCE = Source(None, None, None)


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue with its source and what it attributes.

    Attributes
    ----------
    contents : in the article; several where the tag stands inside what is said
    cue : the word that attributes, as printed
    cue_span : the cue with its auxiliaries, counted from the start of the sentence
    reporter : who relays it, by actor or name, if that is not the source
    """

    source: Source
    contents: tuple[Span, ...]
    cue: str
    cue_span: Span
    reporter: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of speech or thought; all spans count from the start of the article.

    Attributes
    ----------
    kind : a turn is a speaker's in a transcript, and a voice is the author's of a signed text
    cue : the word that attributes, as printed; a quotation that continues without a tag has the
        cue of the one before
    cue_span : the cue with its auxiliaries and particle, as in "has also called for"
    """

    kind: Literal["quote", "paraphrase", "turn", "voice"]
    content: Span
    source: Source
    cue: str
    reporter: str | None = None
    cue_span: Span | None = None
