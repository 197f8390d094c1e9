"""Tables of words in CSV files beside their modules."""

import csv
from pathlib import Path


def read_rows(name: str) -> list[list[str]]:
    """The rows of a CSV file of this package, without its header."""
    text = (Path(__file__).parent / name).read_text("utf-8")
    return list(csv.reader(text.splitlines()))[1:]
