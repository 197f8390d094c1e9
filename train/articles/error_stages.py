"""Error analysis by stage: which stage of the pipeline causes a missed or a spurious statement.

The cause is the first stage that goes wrong: the mention of the holder, the attribution to a
speaker who is not named in the sentence, the cue of the issue, the classification of the stance, or
the aggregation of statements to a cell of the table.
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
from standpoint.mentions import CueMention
from standpoint.model import Encoder
from standpoint.text import Sentence, Span
from train.articles.gold import GoldArticle, GoldStatement

Stage = Literal["mention", "attribution", "issue", "stance", "adding up"]
STAGES: tuple[Stage, ...] = ("mention", "attribution", "issue", "stance", "adding up")
Unit = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair that the pipeline finds, or that it should have found.

    Attributes
    ----------
    is_predicted : whether the pipeline finds it
    gold : the gold stance toward the issue; None where gold has no such pair
    error_stage : the stage that missed the pair, or that made it up; None where it is right
    """

    pair: Pair
    is_predicted: bool
    gold: str | None
    error_stage: Stage | None


def unit_of(pair: Pair) -> Unit:
    """Sentence, holder and issue of a pair: the unit that has a gold stance."""
    return pair.sentence.index, pair.holder, pair.issue


def candidates_of(
    gold: GoldArticle,
    *,
    vectors: IssueVectors | None = None,
    find: Callable[[AnnotatedArticle], list[Pair]] | None = None,
) -> list[Candidate]:
    """The pairs that the pipeline finds in an article, then the gold pairs that it misses.

    Parameters
    ----------
    vectors : for pairs in sentences without a cue of their issue; None finds no such pairs
    find : finds the pairs in place of the reader
    """
    article = AnnotatedArticle(gold.article, gold.matcher)
    pairs = find(article) if find else read_pairs(article, vectors=vectors)
    by_unit = _by_unit(gold.statements)
    named = {(statement.sentence, statement.issue) for statement in gold.statements}
    predicted = [
        _predicted(pair, by_unit.get(unit_of(pair), []), named, exhaustive=gold.exhaustive)
        for pair in pairs
    ]
    return [*predicted, *_missed(article, by_unit, predicted)]


def candidate_finder(encoder: Encoder | None) -> Callable[[GoldArticle], list[Candidate]]:
    """`candidates_of` as in `standpoint label`: with an encoder, also pairs without a cue."""
    if encoder is None:
        return candidates_of
    return lambda gold: candidates_of(gold, vectors=issue_vectors(gold.matcher, encoder))


def _by_unit(statements: Iterable[GoldStatement]) -> dict[Unit, list[GoldStatement]]:
    by_unit: dict[Unit, list[GoldStatement]] = {}
    for statement in statements:
        by_unit.setdefault(statement.unit, []).append(statement)
    return by_unit


def _predicted(
    pair: Pair,
    own: Sequence[GoldStatement],
    named: Collection[tuple[int, str]],
    *,
    exhaustive: bool,
) -> Candidate:
    if own:
        return Candidate(pair, is_predicted=True, gold=_nearest(pair, own).stance, error_stage=None)
    names = {(name.who, name.span) for name in pair.names}
    if not exhaustive and pair.cue is not None and (pair.holder, pair.text().holder) in names:
        return Candidate(pair, is_predicted=True, gold="none", error_stage=None)
    stage: Stage = "mention" if pair.holder_span is not None else "attribution"
    is_about_issue = (pair.sentence.index, pair.issue) in named
    if not is_about_issue and (exhaustive or pair.cue is None):
        stage = "issue"
    return Candidate(pair, is_predicted=True, gold=None, error_stage=stage)


def _nearest(pair: Pair, own: Sequence[GoldStatement]) -> GoldStatement:
    """The gold statement of a unit with the same cue, or else a statement that takes a side."""
    for statement in own:
        if pair.cue and statement.cue and statement.cue.overlaps(pair.cue.span):
            return statement
    return max(own, key=lambda statement: statement.stance != "none")


def _missed(
    article: AnnotatedArticle,
    by_unit: dict[Unit, list[GoldStatement]],
    predicted: Iterable[Candidate],
) -> Iterator[Candidate]:
    """Gold statements of units without a prediction, and the second sides of the other units.

    A sentence may take both sides of an issue with two cues, of which the pipeline finds one.
    """
    topics = {issue.id: issue.name for issue in article.matcher.codebook.issues}
    matched: dict[Unit, set[str | None]] = {}
    for candidate in predicted:
        matched.setdefault(unit_of(candidate.pair), {"none"}).add(candidate.gold)
    for statement in (statement for own in by_unit.values() for statement in own):
        if statement.stance in matched.get(statement.unit, ()):
            continue
        sentence = article.sentences[statement.sentence]
        cues = article.cues_by_sentence.get(statement.sentence, ())
        cue = _matching_cue(statement, cues, exactly=statement.unit in matched)
        stage: Stage = "mention" if statement.holder_span is not None else "attribution"
        if cue is None:
            stage = "issue"
            if statement.cue is not None:
                pole: Pole = "against" if statement.pole == "against" else "favor"
                cue = CueMention(statement.issue, pole, statement.cue, statement.sentence)
        names = article.names_in(sentence)
        pair = Pair(
            sentence, statement.holder, _holder_span(statement, sentence, cue), statement.issue,
            cue, "paraphrase", None, None, names=names, topic=topics[statement.issue],
        )  # fmt: skip
        yield Candidate(pair, is_predicted=False, gold=statement.stance, error_stage=stage)


def _matching_cue(
    statement: GoldStatement, cues: Iterable[CueMention], *, exactly: bool
) -> CueMention | None:
    """The cue that the pipeline finds for a gold statement: its own, or the first of its issue.

    Parameters
    ----------
    exactly : accept its own cue only
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


def replace_with_gold(
    candidates: Iterable[Candidate], *, oracle: Collection[Stage]
) -> list[Candidate]:
    """The candidates of a pipeline in which some stages are replaced by gold (oracle substitution).

    Errors of those stages disappear: spurious pairs are dropped, missed pairs are added.
    """
    remaining = []
    for candidate in candidates:
        is_corrected = candidate.error_stage in oracle
        if candidate.is_predicted != is_corrected:
            remaining.append(replace(candidate, error_stage=None) if is_corrected else candidate)
    return remaining


def comentioned_candidates(gold: GoldArticle) -> list[Candidate]:
    """The candidates of the baseline: every actor with every issue that the same sentence names."""
    article = AnnotatedArticle(gold.article, gold.matcher)
    pairs = find_pairs(
        gold.article.sentences,
        cues=article.cue_words,
        mentions=article.names_by_sentence,
        attributions={},
    )
    about = {issue.id: issue.about for issue in gold.matcher.codebook.issues}
    by_unit = _by_unit(gold.statements)
    return [
        Candidate(
            replace(pair, names=article.names_in(pair.sentence)),
            is_predicted=True,
            gold=_nearest(pair, own).stance if (own := by_unit.get(unit_of(pair))) else None,
            error_stage=None,
        )
        for pair in pairs
        if about[pair.issue] != pair.holder
    ]
