"""First persons: the actors that "I" and "we" mean in a quotation, a turn or a signed text."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from standpoint.attribution import Attribution
from standpoint.lexicon.function_words import AFTER_SUBJECT, FIRST_PERSON_SINGULAR
from standpoint.mentions import (
    ActorMention,
    ActorProfiles,
    SentenceView,
    view_sentence,
)
from standpoint.text import Article, Span

_PLURAL = "we"  # "us" and "our" are as often everybody's
# What everybody does: "we live in hard times", "as we know".
_OF_EVERYBODY = frozenset("all each live know understand face breathe remember saw see".split())
_CONTRACTED = frozenset("ve ll re d".split())
_OPEN_KINDS = ("quote", "turn", "voice")


def first_person_mentions(
    article: Article, attributions: Iterable[Attribution], *, profiles: ActorProfiles
) -> Iterator[ActorMention]:
    """A mention for each first person whose speaker is an actor, in text order.

    "I" is a person. "We" is the body or state that speaks, or the body that the speaker is a member
    of, but for what everybody does: "we reject it", and not "we live in hard times".
    """
    spoken = [a for a in attributions if a.kind in _OPEN_KINDS and a.source.actor is not None]
    spoken.sort(key=lambda attribution: attribution.content.start)
    starts = [attribution.content.start for attribution in spoken]
    open_now: list[Attribution] = []
    n_read = 0
    for sentence in article.sentences:
        last = bisect_left(starts, sentence.span.end)
        open_now = [a for a in open_now if a.content.end > sentence.span.start] + spoken[
            n_read:last
        ]
        n_read = last
        if open_now:
            view = view_sentence(sentence, (), quotes=())
            yield from _in_sentence(view, open_now, profiles)


def _in_sentence(
    view: SentenceView, spoken: list[Attribution], profiles: ActorProfiles
) -> Iterator[ActorMention]:
    for at, key in enumerate(view.keys):
        if key not in FIRST_PERSON_SINGULAR and (key != _PLURAL or _is_of_everybody(view, at)):
            continue
        actor = _speaker(view.span(at, at), spoken, profiles, is_plural=key == _PLURAL)
        if actor is not None:
            mention = view.mention(actor, at, at, "pronoun")
            yield replace(mention, possessive=key == "my")


def _is_of_everybody(view: SentenceView, pronoun: int) -> bool:
    """Whether the verb of a "we" says what everybody does: "we live in hard times"."""
    verb = pronoun + 1
    while view.key(verb) in AFTER_SUBJECT - _OF_EVERYBODY or view.key(verb) in _CONTRACTED:
        verb += 1
    return view.key(verb) in _OF_EVERYBODY


def _speaker(
    span: Span, spoken: list[Attribution], profiles: ActorProfiles, *, is_plural: bool
) -> str | None:
    """Whom a first person at a span means: the speaker of the innermost words around it."""
    around = [a for a in spoken if a.content.contains(span)]
    if not around:
        return None
    inner = min(around, key=lambda a: a.content.end - a.content.start)
    actor = inner.source.actor
    if actor is None or not profiles.is_person(actor):
        is_body = is_plural and actor is not None and profiles.of(actor).kind != "group"
        return actor if is_body else None
    if not is_plural:
        return actor
    homes = profiles.parents_of(actor)
    return homes[0] if homes and profiles.of(homes[0]).kind != "state" else None
