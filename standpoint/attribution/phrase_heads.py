"""Whom a noun phrase names: an actor at its head, the one its role belongs to, or nobody known."""

from collections.abc import Sequence
from dataclasses import replace

from standpoint.attribution.clause import Clause, Source
from standpoint.lexicon.roles import PROXY_NOUNS, SPEAKER_ROLES
from standpoint.mentions import ActorMention
from standpoint.text import Span


def named_in(clause: Clause, first: int, ends: int, last: int) -> Source:
    """Whom a phrase means: an actor at its head or that its role belongs to, or only its words.

    Parameters
    ----------
    ends : the last word before what prepositions attach, which is the phrase's head
    """
    whole = clause.between(first, last)
    mentions = [m for m in clause.mentions if whole.contains(m.span)]
    if not mentions:
        return clause.source(first, last)
    mention = _meant(clause, first, ends, mentions)
    if mention is None:
        return clause.source(first, last)
    return replace(clause.source_of(mention), phrase=whole)


def _meant(
    clause: Clause, first: int, ends: int, mentions: Sequence[ActorMention]
) -> ActorMention | None:
    head_end = clause.sentence.span.start + clause.words[ends].end
    heads = [m for m in mentions if m.span.end == head_end and not clause.words[ends].possessive]
    if heads:
        return heads[0]
    keys = {w.key for w in clause.words[first : ends + 1]}
    inner = [m for m in mentions if m.span.end < head_end]
    if inner and _role_behind(clause, inner[0].span, ends):
        return inner[0]
    attached = [m for m in mentions if m.span.start > head_end]
    return attached[-1] if attached and keys & (SPEAKER_ROLES | PROXY_NOUNS) else None


def _role_behind(clause: Clause, span: Span, ends: int) -> bool:
    behind = {w.key for w in clause.words[: ends + 1] if clause.at(w) >= span.end}
    return bool(behind & SPEAKER_ROLES)


def equals_of(clause: Clause, source: Source) -> list[Source]:
    """The other actors of "Iran, Russia and Syria said", where they open a clause."""
    if source.actor is None or source.reach is None:
        return []
    found, at = [], _word_at(clause, source.reach)
    while at >= 2 and clause.words[at - 1].key in ("the", "and", "or"):
        at -= 1
    while at > 0 and (mention := clause.mention_of(clause.words[at - 1])) is not None:
        if clause.gap(at - 1).strip() not in ("", ",") or mention.possessive:
            break
        found.append(clause.source_of(mention))
        at = _word_at(clause, mention.span)
        at -= at > 0 and clause.words[at - 1].key == "the"
    joined = at == 0 or clause.parted(at - 1) or clause.words[at - 1].key in ("that", "both")
    return found if joined and found and _is_joined(clause, source) else []


def _is_joined(clause: Clause, source: Source) -> bool:
    before = [w.key for w in clause.words if source.reach and clause.at(w) < source.reach.start]
    return bool(set(before[-2:]) & {"and", "or"})


def _word_at(clause: Clause, span: Span) -> int:
    starts = (n for n, word in enumerate(clause.words) if clause.at(word) >= span.start)
    return next(starts, len(clause.words))
