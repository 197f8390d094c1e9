"""An answer as CSV for a spreadsheet: a row for each statement, or for each cell of the table."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = Mapping[str, object]
Answer = Mapping[str, Any]  # of POST /v1/articles
# A spreadsheet runs a cell that begins so as a formula: see OWASP, "CSV Injection".
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SOURCE_COLUMNS = ["codebook", "codebook_digest", "stance_version", "sentiment_version"]
STATEMENT_COLUMNS = (
    "statement holder issue stance p_favor p_against p_none abstained sentiment attribution_kind "
    "attribution_cue reporter evidence evidence_start evidence_end holder_span holder_span_start "
    "holder_span_end cue cue_start cue_end cue_pole cell_stance cell_confidence"
).split() + _SOURCE_COLUMNS
STANCE_COLUMNS = (
    "actor issue stance confidence n_statements n_favor n_against via".split() + _SOURCE_COLUMNS
)


def statements_sheet(answer: Answer) -> str:
    """One row for each statement, with the stance of its holder's cell for its issue."""
    cells = {(row["actor"], row["issue"]): row for row in answer["stances"]}
    rows = [
        _statement_row(statement, number, cells.get((statement["holder"], statement["issue"]), {}))
        for number, statement in enumerate(answer["statements"], 1)
    ]
    return _sheet(rows, answer, STATEMENT_COLUMNS)


def stances_sheet(answer: Answer) -> str:
    """One row for each cell of the actor × issue table."""
    rows = [{**row, "via": " ".join(row["via"])} for row in answer["stances"]]
    return _sheet(rows, answer, STANCE_COLUMNS)


def _statement_row(statement: Mapping[str, Any], number: int, cell: Mapping[str, Any]) -> Row:
    attribution, cue = statement["attribution"], statement["cue"]
    return {
        "statement": number,
        **{key: statement[key] for key in ("holder", "issue", "stance", "sentiment")},
        **{f"p_{label}": share for label, share in statement["probabilities"].items()},
        "abstained": str(statement["abstained"]).lower(),
        "attribution_kind": attribution["kind"],
        "attribution_cue": attribution["cue"],
        "reporter": attribution["reporter"],
        **_span_columns("evidence", statement["evidence"]),
        **_span_columns("holder_span", statement["holder_span"]),
        **_span_columns("cue", cue),
        "cue_pole": cue["pole"] if cue else None,
        "cell_stance": cell.get("stance"),
        "cell_confidence": cell.get("confidence"),
    }


def _span_columns(name: str, span: Mapping[str, Any] | None) -> Row:
    if span is None:
        return {}
    return {name: span["text"], f"{name}_start": span["start"], f"{name}_end": span["end"]}


def _sheet(rows: Iterable[Row], answer: Answer, columns: Sequence[str]) -> str:
    """Rows with the codebook and the models they come from; a column that a row lacks is empty."""
    sentiment = answer["model"]["sentiment"]
    source = {
        "codebook": answer["codebook"]["name"],
        "codebook_digest": answer["codebook"]["digest"],
        "stance_version": _version(answer["model"]["stance"]),
        "sentiment_version": _version(sentiment) if sentiment else None,
    }
    file = io.StringIO()
    writer = csv.DictWriter(file, columns)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: escaped(value) for name, value in {**row, **source}.items()})
    return file.getvalue()


def _version(model: Mapping[str, Any]) -> object:
    """The version of a promoted model; the name of any other."""
    return model["version"] or model["name"]


def escaped(value: object) -> object:
    """A cell that no spreadsheet takes for a formula.

    >>> escaped("=1+1"), escaped("Oslo"), escaped(0.4), escaped(None)
    ("'=1+1", 'Oslo', 0.4, None)
    """
    is_formula = isinstance(value, str) and value.startswith(FORMULA_STARTS)
    return f"'{value}" if is_formula else value
