"""Errors on real documents by the stage that causes them; see `train.articles.error_stages`.

Gold has no words of the holder or the issue there, so the stages are told apart by what the reader
finds in the sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from standpoint.labeling import Pair
from train.articles.error_stages import Candidate, Stage, unit_of
from train.articles.real.reader_scores import names_holder
from train.articles.real.reading import LocatedStatement, ReadDocument
from train.corpora import RealStatement

SAID = frozenset({"quote", "paraphrase", "voice"})
"""Attributions of statements in words of the holder, who need not be named in the sentence."""


@dataclass(frozen=True, slots=True)
class StagedDocument:
    """A read document with its candidates and the stage of each error.

    Attributes
    ----------
    candidates : those of the reader, then the gold statements that it misses
    missed : by the number of a gold statement, the stage that misses it
    """

    read: ReadDocument
    candidates: tuple[Candidate, ...]
    missed: dict[int, Stage]


def find_stages(read: ReadDocument) -> StagedDocument:
    """The candidates of a document, each with its gold stance or the stage that is wrong."""
    candidates = [_predicted(pair, read) for pair in read.pairs]
    matched: dict[tuple[int, str, str], set[str | None]] = {}
    for candidate in candidates:
        matched.setdefault(unit_of(candidate.pair), {"none"}).add(candidate.gold)
    missed: dict[int, Stage] = {}
    for number, statement in enumerate(read.statements):
        stances = {stance for unit in statement.units for stance in matched.get(unit, ())}
        if statement.gold.stance in stances:
            continue
        missed[number] = "stance" if stances else _missing_stage(read, statement)
        if statement.sentences:
            pair = _gold_pair(read, statement)
            gold = statement.gold.stance
            candidates.append(
                Candidate(pair, is_predicted=False, gold=gold, error_stage=missed[number])
            )
    return StagedDocument(read, tuple(candidates), missed)


def _predicted(pair: Pair, read: ReadDocument) -> Candidate:
    own = read.gold_by_unit.get(unit_of(pair), ())
    if own:
        return Candidate(pair, is_predicted=True, gold=_stance_of(own), error_stage=None)
    stage: Stage = "mention" if pair.holder_span is not None else "attribution"
    if (pair.sentence.index, pair.issue) not in read.gold_issues:
        stage = "issue"
    return Candidate(pair, is_predicted=True, gold=None, error_stage=stage)


def _stance_of(statements: Sequence[RealStatement]) -> str:
    """The first side of a unit, or none."""
    return next((s.stance for s in statements if s.stance != "none"), "none")


def _missing_stage(read: ReadDocument, statement: LocatedStatement) -> Stage:
    """The stage that should have brought holder, issue and sentence together.

    The issue is looked for first. A holder whom the reader finds in the sentence, and does not take
    as the holder, is an error of attribution; so is the speaker of words that no attribution
    covers. Else the reader did not recognize the words for the holder.
    """
    gold, sentences = statement.gold, statement.sentences
    if not any((n, gold.issue) in read.issues_by_sentence for n in sentences):
        return "issue"
    if any(names_holder(read, n, gold.holder) for n in sentences):
        return "attribution"
    covered = any(
        attribution.source.text is not None and attribution.source.actor is None
        for n in sentences
        for attribution in read.article.attributions_by_sentence.get(n, ())
    )
    return "attribution" if gold.attribution in SAID and not covered else "mention"


def _gold_pair(read: ReadDocument, statement: LocatedStatement) -> Pair:
    """The pair that the reader should have found, with the words that it does find there."""
    gold, article = statement.gold, read.article
    sentence = article.sentences[min(statement.sentences)]
    cues = article.cues_by_sentence.get(sentence.index, ())
    cue = next((cue for cue in cues if cue.issue == gold.issue), None)
    spans = (
        mention.span
        for mention in article.mentions_by_sentence.get(sentence.index, ())
        if mention.actor == gold.holder and not (cue and cue.span.overlaps(mention.span))
    )
    name = next(i.name for i in read.document.codebook.issues if i.id == gold.issue)
    return Pair(
        sentence, gold.holder, next(spans, None), gold.issue, cue, "paraphrase", None, None,
        names=article.names_in(sentence), topic=name,
    )  # fmt: skip
