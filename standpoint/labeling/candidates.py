"""Candidate generation: the pairs of holder and issue that the classifiers decide on.

A pair is made of a cue and each actor who could hold a stance on it there: the speaker of the
words around it, and every actor that the sentence names outside the cue. Which of them take a side
is for the classifier to decide; most do not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from standpoint.attribution import Attribution, Source
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.implicit_issues import IssueVectors, implicit_pairs
from standpoint.labeling.pair import AttributionKind, Pair
from standpoint.lexicon.verbs import ACTING, JUDGING, URGING
from standpoint.mentions import ActorMention, CueMention
from standpoint.model import PairText, between
from standpoint.text import Sentence, Span, words_of


def read_pairs(article: AnnotatedArticle, *, vectors: IssueVectors | None = None) -> list[Pair]:
    """The pairs of an article for the classifiers, in the order of its sentences.

    An actor is no holder of a stance on an issue that is about this actor.

    Parameters
    ----------
    vectors : where given, sentences that concern an issue without naming it are looked for too
    """
    if not article.may_name_issues:
        return []
    pairs = find_pairs(
        article.article.sentences,
        cues=article.cues,
        mentions=article.mentions_by_sentence,
        attributions=article.attributions_by_sentence,
    )
    if vectors is not None:
        pairs += implicit_pairs(article, vectors)
    about = {issue.id: issue.about for issue in article.matcher.codebook.issues if issue.about}
    return [
        replace(pair, names=article.names_in(pair.sentence))
        for pair in sorted(pairs, key=lambda pair: pair.sentence.index)
        if about.get(pair.issue) != pair.holder
    ]


def find_pairs(
    sentences: Sequence[Sentence],
    *,
    cues: Sequence[CueMention],
    mentions: Mapping[int, Sequence[ActorMention]],
    attributions: Mapping[int, Sequence[Attribution]],
) -> list[Pair]:
    """Every pair with a cue, in the order of the cues.

    Parameters
    ----------
    mentions, attributions : by the index of their sentence
    """
    pairs: list[Pair] = []
    for cue in cues:
        own = attributions.get(cue.sentence, ())
        # The innermost first: quotations before indirect speech, then the shortest.
        covering = sorted(
            (a for a in own if a.content.contains(cue.span)),
            key=lambda a: (a.kind != "quote", a.content.end - a.content.start),
        )
        quoted = [a for a in own if a.kind == "quote"]
        named = mentions.get(cue.sentence, ())
        pairs += _pairs_of(sentences[cue.sentence], cue, named, covering, quoted=quoted)
    return pairs


def _pairs_of(
    sentence: Sentence,
    cue: CueMention,
    named: Sequence[ActorMention],
    covering: Sequence[Attribution],
    *,
    quoted: Sequence[Attribution],
) -> Iterator[Pair]:
    """A pair for each actor; of an actor who is named twice, by the mention that ranks first."""
    sources = {a.source.span for a in covering}
    best: dict[str, ActorMention] = {}
    for mention in named:
        if mention.span.overlaps(cue.span):
            continue
        other = best.get(mention.actor)
        if other is None or _rank(mention, cue, sources) < _rank(other, cue, sources):
            best[mention.actor] = mention
    speaker = covering[0].source.actor if covering else None
    if speaker is not None and speaker not in best:
        yield _pair(sentence, speaker, None, cue, covering, quoted=quoted)
    for actor, mention in sorted(best.items(), key=lambda item: item[1].span):
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
        kind = _kind_without_attribution(sentence, span, cue)
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
    kind = _kind_of(inner, quoted)
    return Pair(sentence, holder, span, cue.issue, cue, kind, reporter, inner.cue)


def _kind_of(attribution: Attribution, quoted: Sequence[Attribution]) -> AttributionKind:
    """The kind of an attribution; a paraphrase that quotes a part of its content is a quote."""
    cue = attribution.cue_span
    partly = cue is not None and any(other.cue_span == cue for other in quoted)
    return "quote" if partly else attribution.kind


def _is_by(source: Source, holder: str, span: Span | None) -> bool:
    """Whether a holder is the source, also as one of several or by an apposition.

    Of "the mayor, Inger Haug" the source may be only one half; a comma and a space are between.
    """
    if source.actor == holder or (span is not None and source.span == span):
        return True
    if source.actor is not None or source.span is None or span is None:
        return False
    apart = max(span.start - source.span.end, source.span.start - span.end)
    return apart <= len(", ")


def _kind_without_attribution(
    sentence: Sentence, span: Span | None, cue: CueMention
) -> AttributionKind:
    """How a statement is made that nobody is said to make: by the words between holder and cue."""
    if span is None:
        return "narrator"
    shift = -sentence.span.start
    gap = between(PairText(sentence.text, span.shift(shift), cue.span.shift(shift)))
    keys = {w.key for w in words_of(gap.of(sentence.text))} if gap else set()
    if keys & ACTING:
        return "act"
    return "paraphrase" if keys & (JUDGING | URGING) else "narrator"
