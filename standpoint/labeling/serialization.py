"""A labelled article as JSON: the same for the command line and the service."""

from collections.abc import Iterable
from typing import Any

from standpoint.labeling import answer_schema as schema
from standpoint.labeling.labeling_result import LabelingResult, Statement
from standpoint.labels import Sentiment, Stance
from standpoint.model import Champion, Champions, Explanation, Weight
from standpoint.text import Span


def answer(result: LabelingResult, champions: Champions) -> dict[str, Any]:
    """The JSON object for one article, with the versions of the models that labelled it."""
    article, codebook = result.article, result.codebook
    return schema.LabelledArticle(
        article=schema.ArticleRead(
            id=article.id,
            date=article.date,
            n_chars=len(article.text),
            n_sentences=len(article.sentences),
        ),
        statements=tuple(_statement(article.text, s) for s in result.statements),
        stances=result.stances,
        notes=tuple(schema.Note(code=n.code, message=n.message) for n in result.notes),
        model=_models(champions),
        codebook=schema.CodebookUsed(name=codebook.name, digest=codebook.digest),
    ).model_dump(mode="json", exclude_unset=True)


def versions(champions: Champions) -> dict[str, Any]:
    """The version and the run of each model, as an answer has them."""
    return _models(champions).model_dump()


def _models(champions: Champions) -> schema.Models:
    sentiment = champions.sentiment
    return schema.Models(
        stance=_version(champions.stance), sentiment=_version(sentiment) if sentiment else None
    )


def _version(champion: Champion) -> schema.Version:
    return schema.Version(
        name=champion.name, version=champion.version, run_id=champion.model.manifest.run_id
    )


def _statement(text: str, statement: Statement) -> schema.Statement:
    pair, explanation = statement.pair, statement.explanation
    cue = _span(text, pair.cue.span) if pair.cue else None
    # Rounded before it is checked: a mean in float32 can exceed 1 in its last digit.
    shares = {k: round(v, schema.DECIMALS) for k, v in statement.probabilities.items()}
    fields = schema.Statement(
        holder=pair.holder,
        holder_span=_span(text, pair.holder_span) if pair.holder_span else None,
        issue=pair.issue,
        cue=schema.Cue(**cue.model_dump(), pole=pair.pole) if cue else None,
        stance=Stance(statement.stance),
        probabilities=schema.StanceShares(**shares),
        abstained=statement.abstained,
        sentiment=Sentiment(statement.sentiment) if statement.sentiment else None,
        attribution=schema.Attribution(
            kind=pair.kind, reporter=pair.reporter, cue=pair.attributed_by
        ),
        evidence=_span(text, pair.sentence.span),
    )
    # Left out, not null, where no explanation was asked for.
    update = {"decided_by": _decision(explanation)} if explanation else {}
    return fields.model_copy(update=update)


def _span(text: str, span: Span) -> schema.Span:
    return schema.Span(start=span.start, end=span.end, text=span.of(text))


def _decision(explanation: Explanation) -> schema.Decision:
    return schema.Decision(
        parts=tuple(schema.PartWeight(name=w.name, weight=w.weight) for w in explanation.parts),
        terms=_terms(explanation.words),
        ngrams=_terms(explanation.ngrams),
    )


def _terms(weights: Iterable[Weight]) -> tuple[schema.TermWeight, ...]:
    return tuple(schema.TermWeight(term=w.name, weight=w.weight) for w in weights)
