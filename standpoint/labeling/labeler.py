"""Labels articles: from a text and a codebook to statements and the actor × issue table.

The command line and the service both label with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from standpoint.labeling.aggregation import CountedStatement, Floors
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.labeling.implicit_issues import IssueVectors, sentence_vectors
from standpoint.labeling.judged import JudgedPair, explain_judged, judged_article
from standpoint.labeling.labeling_result import LabelingResult, Statement
from standpoint.labeling.notes import Note, notes_on, notes_on_issues
from standpoint.labeling.offsets import normalize_article
from standpoint.labeling.pair import Pair
from standpoint.labeling.weights import DEFAULT_POOLING, Pooling
from standpoint.labels import orient_stance
from standpoint.mentions import MentionMatcher
from standpoint.model import (
    Champions,
    Classifier,
    Encoder,
    Explanation,
    Floats,
    JudgeModel,
    PairText,
    explain,
    predict,
)
from standpoint.text import Article

# Each statement costs an encoder pass for every word left out, so this bounds the time of a request
# (a guess: few articles have so many statements).
MAX_EXPLAINED = 200


@dataclass(frozen=True, slots=True)
class _Reading:
    """The statements of an article, and how many pairs and sentences were classified."""

    statements: Sequence[Statement]
    n_pairs: int
    n_sentences: int
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Labeler:
    """Labels articles by its classifiers. It may be called from several threads.

    Attributes
    ----------
    encoder : of classifiers that bring none of their own; it also finds implicit issues
    min_confidence : below it a statement is marked abstained, and takes a side in the table only
        together with others that agree; None: what was chosen for the stance model, else 0.4
    pooling : how statements weigh together in the table
    """

    stance: Classifier
    sentiment: Classifier | None = None
    encoder: Encoder | None = None
    min_confidence: float | None = None
    pooling: Pooling = DEFAULT_POOLING

    @classmethod
    def of_champions(
        cls,
        champions: Champions,
        *,
        min_confidence: float | None = None,
        pooling: Pooling = DEFAULT_POOLING,
    ) -> "Labeler":
        """A labeler with the promoted models."""
        return cls(
            stance=champions.stance.model,
            sentiment=champions.sentiment.model if champions.sentiment else None,
            encoder=champions.encoder,
            min_confidence=min_confidence,
            pooling=pooling,
        )

    @property
    def floors(self) -> Floors:
        """Below which confidence statements and cells are declined."""
        return Floors.of(self.stance, self.min_confidence)

    def label(
        self, article: Article, matcher: MentionMatcher, *, include_none: bool = False
    ) -> LabelingResult:
        """Predict every actor's stance on every issue of a codebook in one article.

        Parameters
        ----------
        include_none : keep the cells of the table in which nobody takes a side
        """
        normalized = normalize_article(article)
        annotated = AnnotatedArticle(normalized.article, matcher)
        reading = self._read(annotated)
        statements = reading.statements
        rows = self.floors.table(
            [_counted(statement) for statement in statements],
            parents=matcher.codebook.parents(),
            pooling=self.pooling,
            include_none=include_none,
        )
        return LabelingResult(
            normalized.original,
            matcher.codebook,
            tuple(replace(s, pair=normalized.in_original(s.pair)) for s in statements),
            tuple(rows),
            (*notes_on(article.text, annotated, n_pairs=reading.n_pairs), *reading.notes),
            n_sentences=reading.n_sentences,
            n_pairs=reading.n_pairs,
        )

    def _read(self, annotated: AnnotatedArticle) -> _Reading:
        if isinstance(self.stance, JudgeModel):
            judged = judged_article(annotated, self.stance.judge)
            cut = [issue.name for issue in judged.issues if self.stance.judge.is_cut(issue)]
            statements = self._judged_statements(judged.statements)
            return _Reading(
                statements, judged.n_pairs, judged.n_sentences, notes=notes_on_issues(cut)
            )
        pairs = read_pairs(annotated, vectors=self._issue_vectors(annotated.matcher))
        n_sentences = len({pair.sentence.index for pair in pairs})
        return _Reading(self._statements(pairs), len(pairs), n_sentences)

    def _judged_statements(self, judged: Sequence[JudgedPair]) -> list[Statement]:
        texts = [pair.pair.text() for pair in judged]
        sentiments: Sequence[str | None] = [None] * len(judged)
        if self.sentiment is not None:
            (toward_cue,) = predict(texts, models=[self.sentiment], encoder=self.encoder)
            sentiments = [self.sentiment.labels[n] for n in toward_cue.argmax(axis=1)]
        floor = self.floors.statements
        statements = []
        for own, text, sentiment in zip(judged, texts, sentiments, strict=True):
            shares = own.probabilities()
            abstained = shares[own.stance] < floor
            statements.append(
                Statement(own.pair, own.stance, shares, abstained, sentiment, text, judged=own.unit)
            )
        return statements

    def _issue_vectors(self, matcher: MentionMatcher) -> IssueVectors | None:
        """Vectors of the issues, where the stance classifier uses the shared encoder.

        The threshold for implicit issues was chosen with that encoder.
        """
        if self.encoder is None or self.stance.encoder is not None:
            return None
        return issue_vectors(matcher, self.encoder)

    def _statements(self, pairs: Sequence[Pair]) -> list[Statement]:
        """The pairs with a cue, and those without one that surely take a side."""
        texts = [pair.text() for pair in pairs]
        models = [self.stance] if self.sentiment is None else [self.stance, self.sentiment]
        stances, *others = predict(texts, models=models, encoder=self.encoder)
        sentiments: list[str | None] = [None] * len(pairs)
        if self.sentiment is not None:
            sentiments = [self.sentiment.labels[n] for n in others[0].argmax(axis=1)]
        statements = map(self._statement, pairs, texts, stances, sentiments)
        return [s for s in statements if s.pair.cue or (s.stance != "none" and not s.abstained)]

    def _statement(
        self, pair: Pair, text: PairText, toward_cue: Floats, sentiment: str | None
    ) -> Statement:
        """A statement, its stance turned from the cue to the issue.

        Parameters
        ----------
        toward_cue : probabilities of the stance toward the cue, of shape (n_labels,)
        """
        labels = self.stance.labels
        by_label = dict(zip(labels, map(float, toward_cue), strict=True))
        probabilities = {label: by_label[orient_stance(label, pole=pair.pole)] for label in labels}
        stance = max(probabilities, key=lambda label: probabilities[label])
        abstained = probabilities[stance] < self.floors.statements
        return Statement(pair, stance, probabilities, abstained, sentiment, text)

    def explain(self, labeled: LabelingResult) -> LabelingResult:
        """The same article with explanations of its first `MAX_EXPLAINED` statements."""
        statements = labeled.statements[:MAX_EXPLAINED]
        explanations = self._explanations(statements)
        explained = (
            replace(statement, explanation=explanation)
            for statement, explanation in zip(statements, explanations, strict=True)
        )
        rest = labeled.statements[MAX_EXPLAINED:]
        return replace(labeled, statements=(*explained, *rest))

    def _explanations(self, statements: Sequence[Statement]) -> list[Explanation]:
        if isinstance(self.stance, JudgeModel):
            units = [statement.judged for statement in statements if statement.judged]
            labels = [statement.stance for statement in statements if statement.judged]
            return explain_judged(units, labels, judge=self.stance.judge)
        return explain(
            [statement.pair_text for statement in statements],
            [orient_stance(s.stance, pole=s.pair.pole) for s in statements],
            model=self.stance,
            encoder=self.encoder,
        )


def issue_vectors(matcher: MentionMatcher, encoder: Encoder) -> IssueVectors:
    """Vectors of a codebook's issues, cached with its matcher for the articles to come."""
    if encoder.digest not in matcher.vectors:
        matcher.vectors[encoder.digest] = IssueVectors(matcher.codebook, sentence_vectors(encoder))
    cached: IssueVectors = matcher.vectors[encoder.digest]
    return cached


def _counted(statement: Statement) -> CountedStatement:
    pair = statement.pair
    return CountedStatement(
        pair.holder,
        pair.issue,
        statement.stance,
        statement.confidence,
        statement.abstained,
        pair.kind,
        pair.sentence.text,
        opposite=statement.probabilities[orient_stance(statement.stance, pole="against")],
    )
