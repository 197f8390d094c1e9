"""Candidate generation: the pairs of holder and issue that the classifiers decide on.

A pair is made of a cue and each actor who could hold a stance on it there: the speaker of the
words around it, and every actor that the sentence names outside the cue. Which of them take a side
is for the classifier to decide; most do not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, islice

from standpoint.attribution import Attribution, Eligibility, Source, grade_mention
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.implicit_issues import IssueVectors, implicit_pairs
from standpoint.labeling.listed_pairs import listed_pairs
from standpoint.labeling.pair import AttributionKind, Pair
from standpoint.lexicon.function_words import FIRST_PERSONS
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
    pairs = find_pairs(
        article.sentences,
        cues=article.cues,
        mentions=article.mentions_by_sentence,
        attributions=article.attributions_by_sentence,
    )
    pairs += listed_pairs(article)
    if vectors is not None:
        pairs += implicit_pairs(article, vectors)
    about = {issue.id: issue.about for issue in article.matcher.codebook.issues if issue.about}
    eligible = [
        pair
        for pair in sorted(pairs, key=lambda pair: pair.sentence.index)
        if about.get(pair.issue) != pair.holder and pair.eligibility != "excluded"
    ]
    names = {s.index: article.names_in(s) for s in {pair.sentence for pair in eligible}}
    return [replace(pair, names=names[pair.sentence.index]) for pair in eligible]


def find_pairs(
    sentences: Sequence[Sentence],
    *,
    cues: Sequence[CueMention],
    mentions: Mapping[int, Sequence[ActorMention]],
    attributions: Mapping[int, Sequence[Attribution]],
) -> list[Pair]:
    """The pairs with a cue, in the order of the cues: at most ``MAX_PAIRS_IN_SENTENCE`` of each
    sentence.

    Parameters
    ----------
    mentions, attributions : by the index of their sentence
    """
    pairs: list[Pair] = []
    for index, group in groupby(cues, key=lambda cue: cue.sentence):
        cues_there = tuple(group)
        view = view_sentence(sentences[index], mentions.get(index, ()), quotes=())
        around = attributions.get(index, ())
        contexts = (_CueContext(cue, view, around, cues_there) for cue in cues_there)
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
    ) -> None:
        self.cue = cue
        self.other_issues = [c.span for c in cues if c.issue != cue.issue]
        self.sentence = view.sentence
        self.mentions = [m for m in view.mentions if not m.span.overlaps(cue.span)]
        # The innermost first: quotations before indirect speech, then the shortest; voices last.
        self.covering = sorted(
            (a for a in attributions if a.content.contains(cue.span) and not _is_by_self(a)),
            key=lambda a: (
                a.kind in VOICE_KINDS,
                a.kind != "quote",
                a.content.end - a.content.start,
            ),
        )
        self.quote_cues = {a.cue_span for a in attributions if a.kind == "quote"} - {None}
        self.reporters = {a.reporter for a in self.covering if a.reporter != a.source.actor}
        self._view = view

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
        own = next((n for n, a in enumerate(self.covering) if _is_at(a.source, mention)), None)
        is_source = own is not None
        if mention.actor in self.reporters or (own is not None and self._only_relays(own)):
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

    def _only_relays(self, own: int) -> bool:
        """Whether a source reports what a source within says: "Reuters quoted Kovac as saying"."""
        words = self.covering[own].cue.casefold().split()
        is_relay = not RELAY_CUES.isdisjoint(words)
        inner = (a.source for a in self.covering[:own])
        own_span = self.covering[own].source.span
        return is_relay and any(s.name is not None and s.span != own_span for s in inner)

    def _pair(self, holder: str, span: Span | None) -> Pair:
        by_holder = (n for n, a in enumerate(self.covering) if _is_by(a.source, holder, span))
        own = next(by_holder, None)
        inner = self.covering[own or 0] if self.covering else None
        if inner is None or (own is None and inner.source.text is None):
            kind, reporter, attributed_by = self._kind_by_words(span), None, None
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
            if a.source.name and a.source.actor != holder and a.cue_span != cue_span and _relays(a)
        )
        return next(names, None)

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


def _is_by_self(attribution: Attribution) -> bool:
    """Whether an unresolved "I" or "we" is the source: the speaker of the words around it."""
    source = attribution.source
    return source.actor is None and (source.text or "").casefold() in FIRST_PERSONS


def _relays(attribution: Attribution) -> bool:
    """Whether a cue is of speech, so that its source relays what is said within."""
    if attribution.kind in VOICE_KINDS:
        return True
    words = attribution.cue.casefold().split()
    return attribution.kind == "quote" or not TAG_VERBS.isdisjoint(words) or words[0] in RELAY_CUES


def _is_at(source: Source, mention: ActorMention) -> bool:
    """Whether a source is a mention, or a noun phrase that speaks for its actor."""
    if source.span == mention.span:
        return True
    if source.actor != mention.actor or source.phrase is None:
        return False
    return source.phrase.contains(mention.span)


def _is_by(source: Source, holder: str, span: Span | None) -> bool:
    """Whether a holder is the source, also as one of several or by an apposition.

    Of "the mayor, Inger Haug" the source may be only one half; a comma and a space are between.
    """
    if source.actor == holder or (span is not None and source.span == span):
        return True
    if source.actor is not None or source.span is None or span is None:
        return False
    gap = max(span.start - source.span.end, source.span.start - span.end)
    return gap <= len(", ")
