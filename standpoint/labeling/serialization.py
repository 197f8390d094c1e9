"""A labelled article as the JSON that the command line and the service both give."""

from typing import Any

from standpoint.labeling.aggregation import StanceRow
from standpoint.labeling.labeled_article import LabeledArticle, Statement
from standpoint.model import Champion, Champions, explanation_fields
from standpoint.text import Span


def answer(labeled: LabeledArticle, champions: Champions) -> dict[str, Any]:
    """Everything about one article, with the versions it was labelled by."""
    article, codebook = labeled.article, labeled.codebook
    return {
        "article": {
            "id": article.id,
            "date": article.date,
            "n_chars": len(article.text),
            "n_sentences": len(article.sentences),
        },
        "statements": [_statement(article.text, s) for s in labeled.statements],
        "stances": [_row(row) for row in labeled.stances],
        "model": versions(champions),
        "codebook": {"name": codebook.name, "digest": codebook.digest},
    }


def versions(champions: Champions) -> dict[str, Any]:
    """Version and run of each model that answers."""
    return {
        "stance": _version(champions.stance),
        "sentiment": _version(champions.sentiment) if champions.sentiment else None,
    }


def _version(champion: Champion) -> dict[str, Any]:
    return {"version": champion.version, "run_id": champion.model.manifest.run_id}


def _statement(text: str, statement: Statement) -> dict[str, Any]:
    pair = statement.pair
    return {
        "holder": pair.holder,
        "holder_span": _span(text, pair.holder_span) if pair.holder_span else None,
        "issue": pair.issue,
        "cue": {**_span(text, pair.cue.span), "pole": pair.pole} if pair.cue else None,
        "stance": statement.stance,
        "probabilities": {k: round(v, 4) for k, v in statement.probabilities.items()},
        "abstained": statement.abstained,
        "sentiment": statement.sentiment,
        "attribution": {
            "kind": pair.kind,
            "reporter": pair.reporter,
            "cue": pair.attributed_by,
        },
        "evidence": _span(text, pair.sentence.span),
        **(
            {"decided_by": explanation_fields(statement.explanation)}
            if statement.explanation
            else {}
        ),
    }


def _span(text: str, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _row(row: StanceRow) -> dict[str, Any]:
    return {
        "actor": row.actor,
        "issue": row.issue,
        "stance": row.stance,
        "confidence": round(row.confidence, 4),
        "n_statements": row.n_statements,
        "n_favor": row.n_favor,
        "n_against": row.n_against,
        "via": list(row.via),
    }
