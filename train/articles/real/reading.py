"""Real documents as the reader reads them: their candidates beside their gold statements."""

import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from standpoint.codebook import Codebook
from standpoint.labeling import AnnotatedArticle, Pair, normalize_article
from standpoint.mentions import MentionMatcher
from standpoint.text import Span, read_article
from train.corpora import RealDocument, RealStatement

PairFinder = Callable[[AnnotatedArticle], Sequence[Pair]]
"""Finds the candidates of an article."""
MIN_SHARED = 0.5
"""Two sentences are the same if they share this part of the shorter one. Two splitters that
disagree on a sentence mostly cut off a headline or join two lines, which leaves more than half."""
SIDES = ("favor", "against")
Unit = tuple[int, str, str]
"""Sentence, holder and issue."""


@dataclass(frozen=True, slots=True)
class LocatedStatement:
    """A gold statement with the numbers of the reader's sentences that its evidence is."""

    gold: RealStatement
    sentences: frozenset[int]

    @property
    def units(self) -> frozenset[Unit]:
        """The units of the reader that are this statement."""
        return frozenset((n, self.gold.holder, self.gold.issue) for n in self.sentences)

    @property
    def has_side(self) -> bool:
        """Whether it is for or against."""
        return self.gold.stance in SIDES


_LocatedArticle = tuple[AnnotatedArticle, tuple[LocatedStatement, ...]]


@dataclass(frozen=True)
class ReadDocument:
    """A document as the reader reads it.

    Attributes
    ----------
    article : with the layers of the normalized text
    pairs : the candidates, with offsets in the normalized text
    statements : gold, in the order of the annotation
    """

    document: RealDocument
    article: AnnotatedArticle
    pairs: tuple[Pair, ...]
    statements: tuple[LocatedStatement, ...]

    @cached_property
    def units(self) -> frozenset[Unit]:
        """The candidates as units, each once."""
        return frozenset((pair.sentence.index, pair.holder, pair.issue) for pair in self.pairs)

    @cached_property
    def candidate_issues(self) -> frozenset[tuple[int, str]]:
        """The sentences and issues of the candidates."""
        return frozenset((sentence, issue) for sentence, _, issue in self.units)

    @cached_property
    def gold_issues(self) -> frozenset[tuple[int, str]]:
        """The sentences and issues of gold."""
        return frozenset((sentence, issue) for sentence, _, issue in self.gold_by_unit)

    @cached_property
    def gold_by_unit(self) -> dict[Unit, list[RealStatement]]:
        """The gold statements of each unit."""
        by_unit: dict[Unit, list[RealStatement]] = {}
        for statement in self.statements:
            for unit in statement.units:
                by_unit.setdefault(unit, []).append(statement.gold)
        return by_unit

    @cached_property
    def issues_by_sentence(self) -> frozenset[tuple[int, str]]:
        """The sentences that the reader finds to concern an issue, with the issue."""
        cues = {(cue.sentence, cue.issue) for cue in self.article.cues}
        return self.candidate_issues | cues


class Reader:
    """Reads real documents; each matcher and the layers of each article are built once."""

    def __init__(self) -> None:
        self._matchers: dict[str, MentionMatcher] = {}
        self._articles: dict[tuple[str, str], _LocatedArticle] = {}

    def read(self, document: RealDocument, find_pairs: PairFinder) -> ReadDocument:
        """The candidates and the located gold statements of a document.

        Parameters
        ----------
        find_pairs : finds the candidates of an article, with the matcher of its codebook
        """
        key = (document.id, document.codebook.digest)
        if key not in self._articles:
            self._articles[key] = self._located(document, key[1])
        article, statements = self._articles[key]
        return ReadDocument(document, article, tuple(find_pairs(article)), statements)

    def _located(self, document: RealDocument, digest: str) -> _LocatedArticle:
        normalized = normalize_article(
            read_article(document.text, id=document.id, author=document.author)
        )
        if digest not in self._matchers:
            self._matchers[digest] = MentionMatcher(document.codebook)
        spans = [sentence.span for sentence in normalized.original.sentences]
        return (
            AnnotatedArticle(normalized.article, self._matchers[digest]),
            tuple(
                LocatedStatement(gold, same_sentences(gold.evidence.span, spans))
                for gold in document.statements
            ),
        )


def same_sentences(evidence: Span, sentences: Sequence[Span]) -> frozenset[int]:
    """The numbers of the sentences that share at least half of the shorter with the evidence.

    Parameters
    ----------
    sentences : in the order of the text

    >>> same_sentences(Span(0, 10), [Span(0, 4), Span(5, 16), Span(17, 30)])
    frozenset({0, 1})
    """
    first = bisect.bisect_right(sentences, evidence.start, key=lambda span: span.end)
    same = set()
    for number in range(first, len(sentences)):
        span = sentences[number]
        if span.start >= evidence.end:
            break
        shared = min(span.end, evidence.end) - max(span.start, evidence.start)
        shorter = min(span.end - span.start, evidence.end - evidence.start)
        if shared >= MIN_SHARED * shorter:
            same.add(number)
    return frozenset(same)


def without_cues(codebook: Codebook) -> Codebook:
    """The codebook as if its author had written no cues."""
    bare = {"cues": (), "opposite_cues": ()}
    return codebook.model_copy(
        update={"issues": tuple(issue.model_copy(update=bare) for issue in codebook.issues)}
    )
