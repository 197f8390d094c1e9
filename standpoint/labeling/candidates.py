"""Candidate generation: the pairs of holder and issue that the classifiers decide on.

A pair is made of a cue and each actor who could hold a stance on it there: the speaker of the
words around it, and every actor that the sentence names outside the cue. Which of them take a side
is for the classifier to decide; most do not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, islice

from standpoint.attribution import (
    Attribution,
    Eligibility,
    grade_mention,
    is_addressed,
    is_cited,
    is_plain_report,
    is_set_apart,
    takes_side,
)
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.implicit_issues import IssueVectors, implicit_pairs
from standpoint.labeling.listed_pairs import listed_pairs
from standpoint.labeling.pair import AttributionKind, Pair
from standpoint.labeling.source_matching import is_at, is_by, is_by_self
from standpoint.labeling.ties import NO_TIES, Ties
from standpoint.lexicon.reporting_cues import RELAY_CUES, TAG_VERBS
from standpoint.lexicon.verbs import ACTING, JUDGING, URGING
from standpoint.mentions import ActorMention, CueMention, SentenceView, view_sentence
from standpoint.model import PairText, between
from standpoint.text import Sentence, Span, words_of

_VOICE_KINDS: dict[str, AttributionKind] = {"turn": "quote", "voice": "voice"}
"""How a statement in a turn, and in a signed text, is reported."""
VOICE_KINDS = frozenset(_VOICE_KINDS)


def read_pairs(article: AnnotatedArticle, *, vectors: IssueVectors | None = None) -> list[Pair]:
    """The pairs of an article for the classifiers, in the order of its sentences.

    An actor is no holder of a stance on an issue that is about this actor, nor by a mention that
    cannot be a holder's ("in Valdia", "unlike Valdia").

    Parameters
    ----------
    vectors : where given, sentences that concern an issue without naming it are looked for too
    """
    if not article.may_name_issues:
        return []
    ties = Ties.of(article.matcher.codebook)
    pairs = find_pairs(
        article.sentences,
        cues=article.cues,
        mentions=article.mentions_by_sentence,
        attributions=article.likely_attributions,
        ties=ties,
    )
    pairs += listed_pairs(article)
    if vectors is not None:
        pairs += implicit_pairs(article, vectors)
    eligible = [
        pair
        for pair in sorted(pairs, key=lambda pair: pair.sentence.index)
        if ties.about.get(pair.issue) != pair.holder and pair.eligibility != "excluded"
    ]
    names = {s.index: article.names_in(s) for s in {pair.sentence for pair in eligible}}
    return [replace(pair, names=names[pair.sentence.index]) for pair in eligible]


def find_pairs(
    sentences: Sequence[Sentence],
    *,
    cues: Sequence[CueMention],
    mentions: Mapping[int, Sequence[ActorMention]],
    attributions: Mapping[int, Sequence[Attribution]],
    ties: Ties = NO_TIES,
) -> list[Pair]:
    """The pairs with a cue, in the order of the cues: at most ``MAX_PAIRS_IN_SENTENCE`` of each
    sentence.

    Parameters
    ----------
    mentions, attributions : by the index of their sentence
    ties : what the codebook says of actors and issues
    """
    pairs: list[Pair] = []
    for index, group in groupby(cues, key=lambda cue: cue.sentence):
        cues_there = tuple(group)
        view = view_sentence(sentences[index], mentions.get(index, ()), quotes=())
        around = attributions.get(index, ())
        contexts = (_CueContext(cue, view, around, cues_there, ties=ties) for cue in cues_there)
        pairs += islice((p for c in contexts for p in c.pairs()), MAX_PAIRS_IN_SENTENCE)
    return pairs


# The most in 1,424 sentences of real documents is 16; a sentence with more than this is a list or a
# table, and each pair costs the classifiers time.
MAX_PAIRS_IN_SENTENCE = 50
_GRADES: tuple[Eligibility, ...] = ("sure", "possible", "excluded")
_Rank = tuple[int, bool, bool, int]


class _CueContext:
    """A cue with its sentence, the actors mentioned there, and the attributions around the cue."""

    def __init__(
        self,
        cue: CueMention,
        view: SentenceView,
        attributions: Sequence[Attribution],
        cues: Sequence[CueMention],
        *,
        ties: Ties = NO_TIES,
    ) -> None:
        self.cue = cue
        self.other_issues = [c.span for c in cues if c.issue != cue.issue]
        self.sentence = view.sentence
        self.mentions = [m for m in view.mentions if not m.span.overlaps(cue.span)]
        # The innermost first: quotations before indirect speech, then the shortest; voices last.
        self.covering = sorted(
            (a for a in attributions if a.content.contains(cue.span) and not is_by_self(a)),
            key=lambda a: (
                a.kind in VOICE_KINDS,
                a.kind != "quote",
                a.content.end - a.content.start,
            ),
        )
        self.apart = {m.actor for m in self.mentions if is_set_apart(view, m)}
        self.quote_cues = {a.cue_span for a in attributions if a.kind == "quote"} - {None}
        self.reporters = {a.reporter for a in self.covering if a.reporter != a.source.actor}
        self._view = view
        sources = {a.source.span for a in self.covering}
        self._cited = {
            m.actor
            for m in self.mentions
            if is_cited(view, m, cue=cue.span, is_source=m.span in sources)
        }
        about = ties.about.get(cue.issue)
        self._siding = [
            m for m in self.mentions if m.actor != about and takes_side(view, m, cue=cue.span)
        ]
        self._ties = ties

    def pairs(self) -> Iterator[Pair]:
        """A pair for each actor, by the mention of the actor that ranks first."""
        best: dict[str, tuple[_Rank, ActorMention]] = {}
        for mention in self.mentions:
            rank = self._rank(mention)
            if mention.actor not in best or rank < best[mention.actor][0]:
                best[mention.actor] = rank, mention
        barred = {actor for actor, (rank, _) in best.items() if _is_barred(rank)}
        for speaker in self._speakers():
            if speaker in barred:
                continue
            if speaker not in best or best[speaker][0][0] > 0:  # by no sure mention
                best.pop(speaker, None)
                yield self._pair(speaker, None)
        for actor, (rank, mention) in sorted(best.items(), key=lambda item: item[1][1].span):
            yield replace(self._pair(actor, mention.span), eligibility=_GRADES[rank[0]])

    def _speakers(self) -> Iterator[str]:
        """Whose words are around the cue: the innermost known source, or all of a joint one."""
        known = [a for a in self.covering if a.source.text is not None]
        for attribution in known:
            if attribution.content == known[0].content and attribution.source.actor is not None:
                yield attribution.source.actor

    def _rank(self, mention: ActorMention) -> _Rank:
        """Eligible mentions first, then sources, no possessives, and the nearest to the cue."""
        span, cue = mention.span, self.cue.span
        gap = max(span.start - cue.end, cue.start - span.end)
        own = next((n for n, a in enumerate(self.covering) if is_at(a.source, mention)), None)
        is_source = own is not None
        if self._is_no_side(mention, own):
            grade: Eligibility = "excluded"
        else:
            grade = grade_mention(
                self._view,
                mention,
                cue=cue,
                other_issues=self.other_issues,
                is_source=is_source,
            )
        return _GRADES.index(grade), not is_source, mention.possessive, gap

    def _is_no_side(self, mention: ActorMention, own: int | None) -> bool:
        """Whether an actor only relays what is said, or is spoken to."""
        if mention.actor in self.reporters or mention.actor in self._cited:
            return True
        if is_addressed(self._view, mention, cue=self.cue.span):
            return True
        return own is not None and (self._only_relays(own) or self._tells_of_another(own))

    def _tells_of_another(self, own: int) -> bool:
        """Whether what a source says is the stance of another: "Kovac said Brandt rejects it"."""
        outer = self.covering[own]
        if not is_plain_report(outer.cue):
            return False
        speaker = outer.source.actor
        own_side = {speaker, self._ties.member_of.get(speaker or "")}
        within = [(m.actor, m.span) for m in self._siding]
        within += [
            (a.source.actor, a.source.span)
            for a in self.covering[:own]
            if a.source.actor and a.source.span and is_plain_report(a.cue)
        ]
        return any(actor not in own_side and outer.content.contains(span) for actor, span in within)

    def _only_relays(self, own: int) -> bool:
        """Whether a source reports what a source within says: "Reuters quoted Kovac as saying"."""
        words = self.covering[own].cue.casefold().split()
        is_relay = not RELAY_CUES.isdisjoint(words)
        inner = (a.source for a in self.covering[:own])
        own_span = self.covering[own].source.span
        return is_relay and any(s.name is not None and s.span != own_span for s in inner)

    def _pair(self, holder: str, span: Span | None) -> Pair:
        by_holder = (n for n, a in enumerate(self.covering) if is_by(a.source, holder, span))
        own = next(by_holder, None)
        inner = self.covering[own or 0] if self.covering else None
        if inner is None or (own is None and inner.source.text is None):
            kind, attributed_by = self._kind_by_words(span), None
            reporter = self._reporter(None, holder)
        elif inner.kind in VOICE_KINDS:
            # What a voice says of somebody else is the voice's report.
            kind = _VOICE_KINDS[inner.kind] if own is not None else self._kind_by_words(span)
            reporter, attributed_by = self._reporter(own, holder), inner.cue or None
        else:
            kind = self._kind(inner, is_own=own is not None)
            reporter, attributed_by = self._reporter(own, holder), inner.cue
        cue = self.cue
        return Pair(self.sentence, holder, span, cue.issue, cue, kind, reporter, attributed_by)

    def _kind(self, attribution: Attribution, *, is_own: bool) -> AttributionKind:
        """How an attribution makes its statement: a paraphrase that quotes a part is a quote."""
        if attribution.kind == "quote" or attribution.cue_span in self.quote_cues:
            return "quote"
        return "act" if is_own and attribution.cue.casefold() in ACTING else "paraphrase"

    def _reporter(self, own: int | None, holder: str) -> str | None:
        """Who relays what the holder says: the next source outward.

        Parameters
        ----------
        own : index of the attribution to the holder, where there is one
        """
        if own is not None and self.covering[own].reporter is not None:
            return self.covering[own].reporter
        outer = self.covering[0 if own is None else own + 1 :]
        cue_span = None if own is None else self.covering[own].cue_span
        names = (
            a.source.name
            for a in outer
            if a.source.name
            and a.source.actor not in {holder, *self.apart}
            and a.cue_span != cue_span
            and _relays(a)
        )
        cited = sorted(self._cited - {holder})
        return next(names, cited[0] if cited else None)

    def _kind_by_words(self, span: Span | None) -> AttributionKind:
        """How a statement without attribution is made: by the words between holder and cue."""
        if span is None:
            return "narrator"
        shift = -self.sentence.span.start
        pair = PairText(self.sentence.text, span.shift(shift), self.cue.span.shift(shift))
        gap = between(pair)
        keys = {w.key for w in words_of(gap.of(self.sentence.text))} if gap else set()
        if keys & ACTING:
            return "act"
        return "paraphrase" if keys & (JUDGING | URGING) else "narrator"


def _is_barred(rank: _Rank) -> bool:
    """Whether an actor is a source, and yet no holder: it denies, is asked about, or relays."""
    return _GRADES[rank[0]] == "excluded" and not rank[1]


def _relays(attribution: Attribution) -> bool:
    """Whether a cue is of speech, so that its source relays what is said within."""
    if attribution.kind in VOICE_KINDS:
        return True
    words = attribution.cue.casefold().split()
    if attribution.kind == "quote" or is_plain_report(attribution.cue):
        return True
    return not TAG_VERBS.isdisjoint(words) or words[0] in RELAY_CUES
