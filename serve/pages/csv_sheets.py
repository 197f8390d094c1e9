"""An answer as CSV, for a spreadsheet: its statements, or the rows of its table."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")
Row = Mapping[str, object]
_ABOUT = ["codebook", "codebook_digest", "stance_version", "sentiment_version"]
STATEMENT_COLUMNS = (
    "statement holder issue stance p_favor p_against p_none abstained sentiment attribution_kind "
    "attribution_cue reporter evidence evidence_start evidence_end holder_span holder_span_start "
    "holder_span_end cue cue_start cue_end cue_pole cell_stance cell_confidence"
).split() + _ABOUT
STANCE_COLUMNS = "actor issue stance confidence n_statements n_favor n_against via".split() + _ABOUT


def statements_sheet(answer: Mapping[str, Any]) -> str:
    """One row for each statement, with what the table says of its holder and issue."""
    cells = {(row["actor"], row["issue"]): row for row in answer["stances"]}
    return _sheet(_statement_rows(answer, cells), STATEMENT_COLUMNS)


def stances_sheet(answer: Mapping[str, Any]) -> str:
    """One row for each cell of the table."""
    about = _about(answer)
    rows = ({**row, "via": " ".join(row["via"]), **about} for row in answer["stances"])
    return _sheet(rows, STANCE_COLUMNS)


def _statement_rows(
    answer: Mapping[str, Any], cells: Mapping[tuple[str, str], Mapping[str, Any]]
) -> Iterator[Row]:
    about = _about(answer)
    for number, one in enumerate(answer["statements"], 1):
        cell = cells.get((one["holder"], one["issue"]), {})
        shares = {f"p_{label}": share for label, share in one["probabilities"].items()}
        attribution = {f"attribution_{key}": one["attribution"][key] for key in ("kind", "cue")}
        yield {
            "statement": number,
            "holder": one["holder"],
            "issue": one["issue"],
            "stance": one["stance"],
            **shares,
            "abstained": str(one["abstained"]).lower(),
            "sentiment": one["sentiment"],
            **attribution,
            "reporter": one["attribution"]["reporter"],
            **_span("evidence", one["evidence"]),
            **_span("holder_span", one["holder_span"]),
            **_span("cue", one["cue"]),
            "cue_pole": one["cue"]["pole"] if one["cue"] else None,
            "cell_stance": cell.get("stance"),
            "cell_confidence": cell.get("confidence"),
            **about,
        }


def _span(name: str, span: Mapping[str, Any] | None) -> Row:
    found = span or {"text": None, "start": None, "end": None}
    return {name: found["text"], f"{name}_start": found["start"], f"{name}_end": found["end"]}


def _about(answer: Mapping[str, Any]) -> Row:
    tone = answer["model"]["sentiment"]
    return {
        "codebook": answer["codebook"]["name"],
        "codebook_digest": answer["codebook"]["digest"],
        "stance_version": answer["model"]["stance"]["version"],
        "sentiment_version": tone["version"] if tone else None,
    }


def _sheet(rows: Iterable[Row], columns: Sequence[str]) -> str:
    kept = list(rows)
    written = io.StringIO()
    sheet = csv.writer(written)
    sheet.writerow(kept[0] if kept else columns)
    for row in kept:
        sheet.writerow([guarded(value) for value in row.values()])
    return written.getvalue()


def guarded(value: object) -> object:
    """A cell that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("Oslo"), guarded(0.4), guarded(None)
    ("'=1+1", 'Oslo', 0.4, '')
    """
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
