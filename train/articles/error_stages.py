"""The stages between a text and its table, and which of them an error is due to.

A statement is lost or made up by the first stage that goes wrong on its way: the mention of its
holder, the attribution of words to a speaker who is not named beside them, the cue of its issue,
the judging of its stance, or the adding up of its cell.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from standpoint.labeling import (
    AnnotatedArticle,
    IssueVectors,
    Pair,
    find_pairs,
    issue_vectors,
    read_pairs,
)
from standpoint.labels import Pole
from standpoint.mentions import CueMention, by_sentence
from standpoint.model import Encoder, names_among
from standpoint.text import Sentence, Span
from train.articles.gold import GoldArticle, GoldStatement

Stage = Literal["mention", "attribution", "issue", "stance", "adding up"]
STAGES: tuple[Stage, ...] = ("mention", "attribution", "issue", "stance", "adding up")
Unit = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair that the reader makes, or that it should have made.

    Attributes
    ----------
    read : whether the reader makes it
    gold : what a careful reader takes it to say of the issue; None where it is no pair for him
    cause : the stage that should have made it, or should not have; None where both have it
    """

    pair: Pair
    read: bool
    gold: str | None
    cause: Stage | None


def unit_of(pair: Pair) -> Unit:
    """Sentence, holder and issue: what a stance is of."""
    return pair.sentence.index, pair.holder, pair.issue


def candidates_of(gold: GoldArticle, *, vectors: IssueVectors | None = None) -> list[Candidate]:
    """Every pair of an article: those the reader makes, then those it misses.

    Parameters
    ----------
    vectors : where given, the reader also looks for sentences that do not name their issue
    """
    article = AnnotatedArticle(gold.article, gold.matcher)
    pairs = read_pairs(article, vectors=vectors)
    by_unit = _by_unit(gold.statements)
    named = {(statement.sentence, statement.issue) for statement in gold.statements}
    found = [
        _read(pair, by_unit.get(unit_of(pair), []), named, exhaustive=gold.exhaustive)
        for pair in pairs
    ]
    made = {unit_of(pair) for pair in pairs}
    return [*found, *_missed(article, list(_untaken(by_unit, found)), made)]


def finder_with(encoder: Encoder | None) -> Callable[[GoldArticle], list[Candidate]]:
    """`candidates_of` as `standpoint label` reads: with an encoder also what names no issue."""
    if encoder is None:
        return candidates_of

    def find(gold: GoldArticle) -> list[Candidate]:
        return candidates_of(gold, vectors=issue_vectors(gold.matcher, encoder))

    return find


def _by_unit(statements: Iterable[GoldStatement]) -> dict[Unit, list[GoldStatement]]:
    by_unit: dict[Unit, list[GoldStatement]] = {}
    for statement in statements:
        by_unit.setdefault(statement.unit, []).append(statement)
    return by_unit


def _read(
    pair: Pair,
    own: Sequence[GoldStatement],
    named: Collection[tuple[int, str]],
    *,
    exhaustive: bool,
) -> Candidate:
    if own:
        return Candidate(pair, read=True, gold=_nearest(pair, own).stance, cause=None)
    if not exhaustive and pair.cue is not None and _is_by_name(pair):
        return Candidate(pair, read=True, gold="none", cause=None)
    cause: Stage = "mention" if pair.holder_span is not None else "attribution"
    concerns = (pair.sentence.index, pair.issue) in named
    if not concerns and (exhaustive or pair.cue is None):
        cause = "issue"
    return Candidate(pair, read=True, gold=None, cause=cause)


def _is_by_name(pair: Pair) -> bool:
    span = pair.text().holder
    return any(name.who == pair.holder and name.span == span for name in pair.names)


def _nearest(pair: Pair, own: Sequence[GoldStatement]) -> GoldStatement:
    """Of a unit's statements that of the same cue, else one that takes a side."""
    for statement in own:
        if pair.cue and statement.cue and statement.cue.overlaps(pair.cue.span):
            return statement
    return max(own, key=lambda statement: statement.stance != "none")


def _untaken(
    by_unit: dict[Unit, list[GoldStatement]], found: Iterable[Candidate]
) -> Iterator[GoldStatement]:
    """The statements of units that the reader does not make, and sides of those it makes in part.

    A sentence may take both sides of an issue by two cues of which the reader knows one.
    """
    taken: dict[Unit, set[str | None]] = {}
    for candidate in found:
        taken.setdefault(unit_of(candidate.pair), set()).add(candidate.gold)
    for unit, own in by_unit.items():
        for statement in own:
            if unit not in taken or statement.stance not in {"none", *taken[unit]}:
                yield statement


def _missed(
    article: AnnotatedArticle, missed: Sequence[GoldStatement], made: Collection[Unit]
) -> Iterator[Candidate]:
    topics = {issue.id: issue.name for issue in article.matcher.codebook.issues}
    for statement in missed:
        sentence = article.article.sentences[statement.sentence]
        cues = article.cues_by_sentence.get(statement.sentence, ())
        cue = _found_cue(statement, cues, exactly=statement.unit in made)
        cause: Stage = "mention" if statement.holder_span is not None else "attribution"
        if cue is None:
            cause = "issue"
            cue = _gold_cue(statement)
        names = article.names_in(sentence)
        pair = Pair(
            sentence, statement.holder, _holder_span(statement, sentence, cue), statement.issue,
            cue, "paraphrase", None, None, names=names, topic=topics[statement.issue],
        )  # fmt: skip
        yield Candidate(pair, read=False, gold=statement.stance, cause=cause)


def _found_cue(
    statement: GoldStatement, cues: Iterable[CueMention], *, exactly: bool
) -> CueMention | None:
    """The cue that the reader finds for a statement: its own, else the first of its issue.

    Parameters
    ----------
    exactly : no other cue will do
    """
    of_issue = [cue for cue in cues if cue.issue == statement.issue]
    span = statement.cue
    own = [cue for cue in of_issue if span is not None and cue.span.overlaps(span)]
    return next(iter(own if exactly else [*own, *of_issue]), None)


def _holder_span(
    statement: GoldStatement, sentence: Sentence, cue: CueMention | None
) -> Span | None:
    span = statement.holder_span
    if span is None or not sentence.span.contains(span) or (cue and cue.span.overlaps(span)):
        return None
    return span


def _gold_cue(statement: GoldStatement) -> CueMention | None:
    if statement.cue is None:
        return None
    pole: Pole = "against" if statement.pole == "against" else "favor"
    return CueMention(statement.issue, pole, statement.cue, statement.sentence)


def chosen(candidates: Iterable[Candidate], *, perfect: Collection[Stage]) -> list[Candidate]:
    """The candidates there would be, were some stages without error."""
    found = []
    for candidate in candidates:
        mended = candidate.cause in perfect
        if candidate.read != mended:
            found.append(replace(candidate, cause=None) if mended else candidate)
    return found


def comentioned(gold: GoldArticle) -> list[Candidate]:
    """The baseline's candidates: every actor and issue that one sentence names, and no speakers."""
    article = AnnotatedArticle(gold.article, gold.matcher)
    mentions = by_sentence(article.names)
    pairs = find_pairs(
        gold.article.sentences, cues=article.cue_words, mentions=mentions, attributions={}
    )
    about = {issue.id: issue.about for issue in gold.matcher.codebook.issues}
    by_unit = _by_unit(gold.statements)
    found = []
    for pair in pairs:
        if about[pair.issue] == pair.holder:
            continue
        names = names_among(
            mentions.get(pair.sentence.index, ()),
            kinds=gold.matcher.kinds,
            origin=pair.sentence.span,
        )
        own = by_unit.get(unit_of(pair), [])
        stance = _nearest(pair, own).stance if own else None
        found.append(Candidate(replace(pair, names=names), read=True, gold=stance, cause=None))
    return found
