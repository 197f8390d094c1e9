"""Voices: whose words each sentence is by default.

The voice is the speaker of the turn that a sentence is in, else the author of a signed text. A news
text's sentences are the narrator's, who is no actor. What the voice quotes or reports of somebody
else belongs to that person; see `candidates`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from standpoint.attribution.frames import Attribution, Source
from standpoint.lexicon.function_words import FIRST_PERSONS
from standpoint.mentions import ActorMention, MentionMatcher
from standpoint.speakers import Guest, Speakers
from standpoint.structure import PROSE_KINDS, Structure, Turn, author_phrases
from standpoint.text import Article, Sentence, Span, in_any_span

# What a speaker calls his or her own side: "our government believes".
_OWN_SIDE = re.compile(
    r"(?:my|our) (?:own )?(?:\w+ )?(?:administration|government|party|group|coalition|country"
    r"|team|office"
    r"|department|delegation|ministry|campaign|nation|company|union|organi[sz]ation|committee"
    r"|council)$"
)
_SPEAKS_ITSELF = re.compile(
    r"(?<!War )(?<!Phase )\bI(?:['’]\w+)?\b|\b[Mm]y\b|\b[Ww]e(?:['’]\w+)?\b|\b[Oo]ur\b"
)
_SAYING = r"(?:said|says|told|added|announced|warned|stressed|argued|insisted|claimed)"
MIN_OWN_SHARE = 0.1
"""Sentences in the first person of a text whose headline begins with a name ("Kovac: Why we
fight"); news under such a headline has none, or a few in lost quotation marks. A guess."""
MIN_BARE_TURNS = 2
"""One name on a line of its own is a byline, a caption or a heading."""
_PORTRAIT = re.compile(r"(?:He|She|His|Her|Age|Aged|Born|Party|Photo)\b|\d")
_READOUT = re.compile(r"\W*(?:readout|summary|fact sheet|background)\b", re.IGNORECASE)


_KINDS: dict[str, Literal["turn", "voice"]] = {"turn": "turn", "author": "voice"}
"""The kind of the attributions to a voice."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words some sentences are.

    Attributes
    ----------
    kind : the speaker of a turn, or the author of the text
    actors : of the codebook; none if it is anybody else, several for a joint statement
    name : as printed, None where the user named the author
    span : the label of the turn
    """

    kind: Literal["turn", "author"]
    actors: tuple[str, ...]
    name: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class VoicedSpan:
    """A part of an article in one voice."""

    voice: Voice
    content: Span


def find_voices(
    article: Article,
    structure: Structure,
    *,
    matcher: MentionMatcher,
    quotes: Sequence[Span],
    author: str | None = None,
) -> list[VoicedSpan]:
    """The parts of an article that are not in the narrator's voice, in order, without overlaps.

    Parameters
    ----------
    author : the id of the actor who wrote the text, where the user says so; it is not used if the
        text has turns or names its author itself
    """
    speakers = Speakers(matcher, structure)
    turns = [*_turns(structure, speakers, author=author)] or [*_bare_turns(structure, speakers)]
    if turns:
        return turns
    if not author and not _may_be_signed(structure):
        return []
    voice = _author(article, structure, speakers, quotes=quotes)
    if (voice is None or not voice.actors) and author is not None:
        voice = Voice("author", (author,))
    if voice is None or not voice.actors:
        return []
    return [
        VoicedSpan(voice, block.span) for block in structure.blocks if block.kind in PROSE_KINDS
    ]


def _turns(structure: Structure, speakers: Speakers, *, author: str | None) -> Iterator[VoicedSpan]:
    """The turns with their speakers; answers are the guest's, else the author's."""
    guest = Guest(structure, speakers, author=author)
    mixed = [turn.label for turn in structure.turns if turn.label.style == "mixed"]
    is_record = any(turn.label.style in ("capitals", "stop") for turn in structure.turns)
    knows_mixed = not is_record and any(speakers.of_label(label) for label in mixed)
    open_turn: VoicedSpan | None = None
    for turn in structure.turns:
        actor = guest.actor if guest.answers(turn) else speakers.of_label(turn.label)
        is_known = actor is not None and (speakers.is_person(actor) or turn.label.is_delegate)
        if turn.is_sure or is_known or (knows_mixed and turn.label.style == "mixed"):
            if open_turn is not None:
                yield open_turn
            open_turn = VoicedSpan(_turn_voice(turn, actor), turn.span)
        elif open_turn is not None:  # "Two things:" within a turn
            open_turn = replace(open_turn, content=Span(open_turn.content.start, turn.span.end))
    if open_turn is not None:
        yield open_turn


def _bare_turns(structure: Structure, speakers: Speakers) -> Iterator[VoicedSpan]:
    """The turns below names without a colon: at least two, of known speakers.

    Under portraits stand names as well, but the text below speaks of them by name or as "he".
    """
    if len(structure.bare_turns) < MIN_BARE_TURNS:
        return
    actors = [speakers.of_label(turn.label) for turn in structure.bare_turns]
    turns = [*zip(structure.bare_turns, actors, strict=True)]
    known = {
        turn: speakers.surname(actor) if speakers.is_person(actor) else turn.label.name.split()[-1]
        for turn, actor in turns
        if actor and speakers.is_spoken_by(turn.label, actor)
    }
    are_portraits = (
        _PORTRAIT.match(turn.span.of(structure.text))
        or re.search(rf"\b{re.escape(surname)}\b", turn.span.of(structure.text), re.IGNORECASE)
        for turn, surname in known.items()
    )
    if len(known) >= MIN_BARE_TURNS and not any(are_portraits):
        for turn, actor in turns:
            yield VoicedSpan(_turn_voice(turn, actor if turn in known else None), turn.span)


def _turn_voice(turn: Turn, actor: str | None) -> Voice:
    label = turn.label
    return Voice("turn", (actor,) if actor else (), label.name, label.name_span)


def _may_be_signed(structure: Structure) -> bool:
    """Whether anything in a document names its author; a cheap test before the costly ones."""
    return bool(structure.fields) or any(True for _ in author_phrases(structure))


def _author(
    article: Article, structure: Structure, speakers: Speakers, *, quotes: Sequence[Span]
) -> Voice | None:
    """The author of a text by what the text says; without actors if that is nobody known."""
    for evidence, phrases in groupby(author_phrases(structure), key=lambda p: p.evidence):
        words = [phrase.words for phrase in phrases]
        named = (actor for phrase in words for actor in speakers.of_phrase(phrase))
        actors = tuple(dict.fromkeys(named))
        if evidence in ("byline", "field") and not actors:
            return Voice("author", (), words[0])
        if actors and _is_own_text(article, evidence, actors, speakers, quotes=quotes):
            return Voice("author", actors, " and ".join(words))
    if speakers.issuer is not None and not _READOUT.match(structure.title or ""):
        return Voice("author", (speakers.issuer,))
    return None


def _is_own_text(
    article: Article,
    evidence: str,
    actors: Sequence[str],
    speakers: Speakers,
    *,
    quotes: Sequence[Span],
) -> bool:
    """Whether a text can be by some actors: in the first person, or at least no news about them."""
    if evidence in ("byline", "field", "letterhead", "introduction"):
        return True
    if evidence == "source":
        return len(actors) == 1
    own = sum(_is_first_person(sentence, quotes) for sentence in article.sentences)
    if evidence == "title" and own:
        return True
    if evidence in ("signature", "headline", "name_line"):
        return own > MIN_OWN_SHARE * len(article.sentences)
    surnames = "|".join(re.escape(speakers.surname(actor)) for actor in actors)
    reported = re.compile(
        rf"\b(?:{surnames})(?: \w+){{0,2}} {_SAYING}\b|\b{_SAYING} (?:\w+ ){{0,3}}(?:{surnames})\b"
    )
    return reported.search(article.text) is None


def _is_first_person(sentence: Sentence, quotes: Sequence[Span]) -> bool:
    """Whether a sentence has "I", "we", "my" or "our" outside quotation marks."""
    origin = sentence.span.start
    return any(
        not in_any_span(quotes, origin + match.start())
        for match in _SPEAKS_ITSELF.finditer(sentence.text)
    )


def voices_by_sentence(article: Article, spans: Sequence[VoicedSpan]) -> dict[int, Voice]:
    """The voice of each sentence that has one, by the index of the sentence.

    A sentence that begins with the label of a turn is of that turn.
    """
    starts = [part.content.start for part in spans]
    voices: dict[int, Voice] = {}
    for sentence in article.sentences:
        at = bisect_right(starts, sentence.span.end - 1) - 1
        if at >= 0 and spans[at].content.overlaps(sentence.span):
            voices[sentence.index] = spans[at].voice
    return voices


def voice_attributions(
    spans: Iterable[VoicedSpan], article: Article, mentions: Mapping[int, Sequence[ActorMention]]
) -> Iterator[Attribution]:
    """The attribution of each part to its speaker or author, one for each actor.

    In a joint statement, a sentence that names one of the authors speaks for that one alone.

    Parameters
    ----------
    mentions : by the index of their sentence
    """
    for part in _without_named_authors(spans, article, mentions):
        voice = part.voice
        for actor in voice.actors or (None,):
            source = Source(actor, voice.span, voice.name or actor or "")
            cue = ":" if voice.kind == "turn" else ""
            yield Attribution(_KINDS[voice.kind], part.content, source, cue)


def _without_named_authors(
    spans: Iterable[VoicedSpan], article: Article, mentions: Mapping[int, Sequence[ActorMention]]
) -> Iterator[VoicedSpan]:
    """The parts; of joint authors' those sentences alone that name none of them."""
    starts = [sentence.span.start for sentence in article.sentences]
    for part in spans:
        if len(part.voice.actors) < 2:
            yield part
            continue
        first = max(0, bisect_right(starts, part.content.start) - 1)
        for sentence in article.sentences[first : bisect_left(starts, part.content.end)]:
            named = {mention.actor for mention in mentions.get(sentence.index, ())}
            if named.isdisjoint(part.voice.actors) and sentence.span.overlaps(part.content):
                yield replace(part, content=sentence.span)


def with_first_person(
    attributions: Iterable[Attribution], spans: Sequence[VoicedSpan]
) -> Iterator[Attribution]:
    """The attributions, those to "I" or "we" as the voice's whose words they are in."""
    starts = [part.content.start for part in spans]
    for attribution in attributions:
        part = None
        if _is_self(attribution.source):
            at = bisect_right(starts, attribution.content.start) - 1
            is_within = at >= 0 and spans[at].content.overlaps(attribution.content)
            part = spans[at] if is_within else None
        if part is None or not part.voice.actors:
            yield attribution
        else:
            for actor in part.voice.actors:
                source = replace(attribution.source, actor=actor)
                is_quote = attribution.kind == "quote"
                kind = attribution.kind if is_quote else _KINDS[part.voice.kind]
                yield replace(attribution, source=source, kind=kind)


def _is_self(source: Source) -> bool:
    """Whether a source is the first person: "I", "we", "our government"."""
    if source.actor is not None or source.text is None:
        return False
    words = source.text.casefold()
    return words in FIRST_PERSONS or _OWN_SIDE.match(words) is not None
