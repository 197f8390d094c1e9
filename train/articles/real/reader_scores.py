"""Scores of the reader alone: which gold statements are among its candidates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from train.articles.annotator_agreement import Estimate
from train.articles.real.outcomes import Outcome, by_facet, share, total
from train.articles.real.reading import LocatedStatement, ReadDocument
from train.corpora import RealStatement

IssueKinds = Mapping[tuple[str, str], str]
DOCUMENT_FACETS = ("form", "kind", "source", "issue")
FACETS = (*DOCUMENT_FACETS, "attribution", "reference")
MISSES = ("holder", "issue", "no holder", "neither")
"""Why a gold statement is not among the candidates: its sentence and issue are, with another
holder; the holder is found in the sentence, and not the issue; the issue, without a candidate;
neither."""


@dataclass(frozen=True, slots=True)
class ReaderScores:
    """How well the candidates cover gold, whatever the stance.

    Attributes
    ----------
    n_candidates, n_statements : candidates, each unit once, and gold statements
    recall, recall_sides : gold statements that are candidates: all, and those with a side
    holder_found : of the gold statements whose sentence and issue are among the candidates, those
        whose holder is too
    holder_right : of the candidates whose sentence and issue are in gold, those whose holder is too
    voice : of the gold statements in somebody's own words, those whose sentence has that voice
    misses : numbers of missed gold statements by `MISSES`
    by_facet : recall of all and of sides, by facet and value
    """

    n_candidates: int
    n_statements: int
    recall: Estimate
    recall_sides: Estimate
    holder_found: Estimate
    holder_right: Estimate
    voice: Estimate
    misses: dict[str, int]
    by_facet: dict[str, dict[str, dict[str, Estimate]]]

    @property
    def candidates_per_statement(self) -> float:
        """How many candidates there are for each gold statement."""
        return self.n_candidates / max(1, self.n_statements)


def score_reader(reads: Sequence[ReadDocument], *, issue_kinds: IssueKinds) -> ReaderScores:
    """Score the candidates of documents."""
    gold = [
        Outcome(number, facets_of(read, s.gold, issue_kinds), _gold_counts(read, s))
        for number, read in enumerate(reads)
        for s in read.statements
    ]
    candidates = [o for number, read in enumerate(reads) for o in _candidates(read, number)]
    return ReaderScores(
        n_candidates=total(candidates, "candidates"),
        n_statements=len(gold),
        recall=share(gold, "found", of="gold"),
        recall_sides=share(gold, "found sides", of="sides"),
        holder_found=share(gold, "found", of="placed"),
        holder_right=share(candidates, "right", of="placed"),
        voice=share(gold, "voice right", of="voice"),
        misses={name: total(gold, name) for name in MISSES},
        by_facet={
            facet: {
                value: {
                    "recall": share(own, "found", of="gold"),
                    "recall_sides": share(own, "found sides", of="sides"),
                    "holder_found": share(own, "found", of="placed"),
                }
                for value, own in by_facet(gold, facet).items()
            }
            for facet in FACETS
        },
    )


def facets_of(
    read: ReadDocument, statement: RealStatement, issue_kinds: IssueKinds
) -> dict[str, str]:
    """What a gold statement is counted under."""
    return {
        **document_facets(read, statement.issue, issue_kinds),
        "attribution": statement.attribution,
        "reference": statement.reference,
    }


def document_facets(read: ReadDocument, issue: str, issue_kinds: IssueKinds) -> dict[str, str]:
    """What anything on an issue of a document is counted under."""
    document = read.document
    return {
        "form": document.form,
        "kind": document.kind,
        "source": document.source,
        "issue": issue_kinds[document.codebook.name, issue],
    }


def _gold_counts(read: ReadDocument, statement: LocatedStatement) -> dict[str, float]:
    gold = statement.gold
    is_found = not statement.units.isdisjoint(read.units)
    is_placed = any((n, gold.issue) in read.candidate_issues for n in statement.sentences)
    counts: dict[str, float] = {"gold": 1, "found": is_found, "placed": is_placed}
    if statement.has_side:
        counts |= {"sides": 1, "found sides": is_found}
    if gold.attribution == "voice":
        counts |= {"voice": 1, "voice right": _has_voice(read, statement)}
    if not is_found:
        counts[_miss(read, statement, is_placed=is_placed)] = 1
    return counts


def _miss(read: ReadDocument, statement: LocatedStatement, *, is_placed: bool) -> str:
    if is_placed:
        return "holder"
    has_holder = any(names_holder(read, n, statement.gold.holder) for n in statement.sentences)
    has_issue = any(
        (n, statement.gold.issue) in read.issues_by_sentence for n in statement.sentences
    )
    if has_holder:
        return "issue"
    return "no holder" if has_issue else "neither"


def names_holder(read: ReadDocument, sentence: int, holder: str) -> bool:
    """Whether the reader finds an actor in a sentence: mentioned, or as the source of its words."""
    mentions = read.article.mentions_by_sentence.get(sentence, ())
    attributions = read.article.attributions_by_sentence.get(sentence, ())
    return any(mention.actor == holder for mention in mentions) or any(
        attribution.source.actor == holder for attribution in attributions
    )


def _candidates(read: ReadDocument, number: int) -> Iterator[Outcome]:
    for unit in read.units:
        sentence, _, issue = unit
        counts: dict[str, float] = {"candidates": 1}
        if (sentence, issue) in read.gold_issues:
            counts |= {"placed": 1, "right": unit in read.gold_by_unit}
        yield Outcome(number, {}, counts)


def _has_voice(read: ReadDocument, statement: LocatedStatement) -> bool:
    """Whether the reader takes a sentence as the words of the holder, alone or with others."""
    voices = (read.article.voices.get(number) for number in statement.sentences)
    return any(voice is not None and statement.gold.holder in voice.actors for voice in voices)
