"""The answer as a file: JSON, or CSV for a spreadsheet."""

import csv
import io
import json

import pytest

from serve.pages.csv_sheets import STANCE_COLUMNS, STATEMENT_COLUMNS
from tests.behaviour.pages.page import (
    ARTICLE,
    fault_beside,
)


def test_the_json_is_the_answer_of_the_api(ask, label):
    got = ask("/download", format="json")
    assert got.mimetype == "application/json"
    assert "attachment" in got.headers["Content-Disposition"]
    assert json.loads(got.data) == label(ARTICLE, include_none=True)


def test_a_file_has_the_statements_of_the_author_whom_the_form_names(ask):
    fields = {"text": "We reject the river dam.", "format": "json", "author": "Ruritania"}
    (statement,) = json.loads(ask("/download", **fields).data)["statements"]
    assert statement["holder"] == "ruritania"


def rows_of(got):
    assert got.status_code == 200
    assert got.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(got.data.decode("utf-8"))))


def test_the_csv_has_a_row_for_each_statement_whose_offsets_hold(ask):
    rows = rows_of(ask("/download", format="csv"))
    assert [(row["holder"], row["stance"], row["cell_stance"]) for row in rows] == [
        ("ruritania", "against", "against"),
        ("lind", "against", "against"),
        ("borduria", "favor", "abstained"),
        ("borduria", "none", "none"),
    ]
    for row in rows:
        for name in ("evidence", "holder_span", "cue"):
            start, end = int(row[f"{name}_start"]), int(row[f"{name}_end"])
            assert ARTICLE[start:end] == row[name]


def test_the_csv_of_the_table_has_a_row_for_each_cell(ask):
    rows = rows_of(ask("/download", format="stances"))
    assert [(r["actor"], r["issue"], r["stance"], r["via"]) for r in rows][:2] == [
        ("ruritania", "river-dam", "against", "lind"),
        ("lind", "river-dam", "against", ""),
    ]


@pytest.mark.parametrize(
    ("shape", "columns"), [("csv", STATEMENT_COLUMNS), ("stances", STANCE_COLUMNS)]
)
def test_a_sheet_has_the_same_columns_with_rows_and_without(ask, shape, columns):
    for text in (ARTICLE, "Rain fell."):
        head = ask("/download", text=text, format=shape).data.decode().splitlines()[0]
        assert head.split(",") == columns


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_of_a_sheet_is_a_formula(ask, sign):
    text = f'{sign}HYPERLINK("x") Ruritania rejects the river dam.'
    (row,) = rows_of(ask("/download", text=text, format="csv"))
    assert row["evidence"] == f"'{text}"
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_download_that_is_wrong_is_the_page_with_its_faults(ask):
    got = ask("/download", text="", format="csv")
    assert got.status_code == 422
    assert "must not be empty" in fault_beside(got.text, "text")
