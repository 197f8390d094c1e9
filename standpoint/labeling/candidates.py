"""Holder meets issue in a sentence: the pairs to judge.

A pair is made of a cue and each actor who could hold a stance on it there: the speaker of the
words it stands in, and every actor the sentence names outside the cue. Who of them takes a side is
for the classifier to say; most of them do not.
"""

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from standpoint.attribution import Attribution, Source
from standpoint.labels import Pole
from standpoint.lexicon.verbs import ACTING, JUDGING, URGING
from standpoint.mentions import ActorMention, CueMention, by_sentence
from standpoint.model import Name, PairText, between
from standpoint.text import Article, Sentence, Span, words_of

Kind = Literal["quote", "paraphrase", "act", "narrator"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A holder and a cue in a sentence.

    ``holder_span`` counts from the start of the article and is None where the holder is not named
    in the sentence: it is then spoken by him. ``cue`` is None where the sentence concerns the issue
    without naming it: ``topic`` is then the issue in words. ``names`` count from the start of the
    sentence.
    """

    sentence: Sentence
    holder: str
    holder_span: Span | None
    issue: str
    cue: CueMention | None
    kind: Kind
    reporter: str | None
    attributed_by: str | None
    names: tuple[Name, ...] = ()
    topic: str | None = None

    @property
    def pole(self) -> Pole:
        """Which pole of the issue favoring the target is."""
        return self.cue.pole if self.cue else "favor"

    def text(self) -> PairText:
        """The pair as a model reads it: offsets from the start of the sentence."""
        shift = -self.sentence.span.start
        return PairText(
            self.sentence.text,
            self.holder_span.shift(shift) if self.holder_span else None,
            self.cue.span.shift(shift) if self.cue else None,
            topic=None if self.cue else self.topic,
            names=self.names,
        )


def find_pairs(
    article: Article,
    *,
    actors: Sequence[ActorMention],
    cues: Sequence[CueMention],
    attributions: Sequence[Attribution],
) -> list[Pair]:
    """Every pair of an article, in the order of the cues."""
    named = by_sentence(actors)
    said = attributions_by_sentence(article, attributions)
    found: list[Pair] = []
    for cue in cues:
        sentence = article.sentences[cue.sentence]
        covering = sorted(
            (a for a in said.get(cue.sentence, []) if a.content.contains(cue.span)),
            key=lambda a: (a.kind != "quote", a.content.end - a.content.start),
        )
        quoted = [a for a in said.get(cue.sentence, []) if a.kind == "quote"]
        found += _pairs_of(sentence, cue, named.get(cue.sentence, []), covering, quoted=quoted)
    return found


def attributions_by_sentence(
    article: Article, attributions: Sequence[Attribution]
) -> dict[int, list[Attribution]]:
    """Attributions by the index of each sentence that their content touches."""
    said: dict[int, list[Attribution]] = {}
    starts = [sentence.span.start for sentence in article.sentences]
    for attribution in attributions:
        for index in _touched(article, starts, attribution.content):
            said.setdefault(index, []).append(attribution)
    return said


def _touched(article: Article, starts: Sequence[int], span: Span) -> Iterator[int]:
    at = max(0, bisect.bisect_right(starts, span.start) - 1)
    while at < len(starts) and starts[at] < span.end:
        if article.sentences[at].span.overlaps(span):
            yield at
        at += 1


def _pairs_of(
    sentence: Sentence,
    cue: CueMention,
    named: Sequence[ActorMention],
    covering: Sequence[Attribution],
    *,
    quoted: Sequence[Attribution],
) -> Iterator[Pair]:
    sources = {a.source.span for a in covering}
    best: dict[str, ActorMention] = {}
    for mention in named:
        if mention.span.overlaps(cue.span):
            continue
        held = best.get(mention.actor)
        if held is None or _rank(mention, cue, sources) < _rank(held, cue, sources):
            best[mention.actor] = mention
    speaker = covering[0].source.actor if covering else None
    if speaker is not None and speaker not in best:
        yield _pair(sentence, speaker, None, cue, covering, quoted=quoted)
    for actor, mention in sorted(best.items(), key=lambda pair: pair[1].span):
        yield _pair(sentence, actor, mention.span, cue, covering, quoted=quoted)


def _rank(
    mention: ActorMention, cue: CueMention, sources: set[Span | None]
) -> tuple[bool, bool, int]:
    gap = max(mention.span.start - cue.span.end, cue.span.start - mention.span.end)
    return mention.span not in sources, mention.possessive, gap


def _pair(
    sentence: Sentence,
    holder: str,
    span: Span | None,
    cue: CueMention,
    covering: Sequence[Attribution],
    *,
    quoted: Sequence[Attribution],
) -> Pair:
    own = next((n for n, a in enumerate(covering) if _is_by(a.source, holder, span)), None)
    inner = covering[own] if own is not None else covering[0] if covering else None
    if inner is None or (own is None and inner.source.text is None):
        kind = _deed(sentence, span, cue)
        return Pair(sentence, holder, span, cue.issue, cue, kind, None, None)
    reporter = inner.reporter
    if own is None:
        reporter = next((a.source.name for a in covering if a.source.name), None)
    elif reporter is None:
        outer = next(
            (a.source for a in covering[own + 1 :] if a.source.name and a.source.actor != holder),
            None,
        )
        reporter = outer.name if outer else None
    kind = _kind(inner, quoted)
    return Pair(sentence, holder, span, cue.issue, cue, kind, reporter, inner.cue)


def _kind(attribution: Attribution, quoted: Sequence[Attribution]) -> Kind:
    """A paraphrase that quotes a part of what is said is a quote."""
    cue = attribution.cue_span
    partly = cue is not None and any(other.cue_span == cue for other in quoted)
    return "quote" if partly else attribution.kind


def _is_by(source: Source, holder: str, span: Span | None) -> bool:
    """Whether an actor is the source: as one, beside another ("both ministers"), or in apposition.

    Of "the mayor, Inger Haug" the source may be only one half; a comma and a space part the two.
    """
    if source.actor == holder or (span is not None and source.span == span):
        return True
    if source.actor is not None or source.span is None or span is None:
        return False
    apart = max(span.start - source.span.end, source.span.start - span.end)
    return apart <= len(", ")


def _deed(sentence: Sentence, span: Span | None, cue: CueMention) -> Kind:
    """Outside any attribution: an act where a verb of acting joins the two, else the narrator."""
    if span is None:
        return "narrator"
    shift = -sentence.span.start
    gap = between(PairText(sentence.text, span.shift(shift), cue.span.shift(shift)))
    keys = {w.key for w in words_of(gap.of(sentence.text))} if gap else set()
    if keys & ACTING:
        return "act"
    return "paraphrase" if keys & (JUDGING | URGING) else "narrator"
