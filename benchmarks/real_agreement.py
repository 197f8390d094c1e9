"""Counts of the real documents' annotations, and how far their two readers agree.

    python benchmarks/real_agreement.py

Prints the numbers of seeds/real/README.md. It reads the annotations alone, no text.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "seeds" / "real"
Row = dict[str, Any]
# The second reading covers these groups of sources.
GROUPS = {"fakes": "fakes", "whitehouse": "whitehouse", "gum": "gum, reuters"}
OPPOSITE = {"favor": "against", "against": "favor"}


def main() -> None:
    first, second = rows_in(FOLDER), rows_in(FOLDER / "second")
    statements = [s for row in first.values() for s in row["statements"]]
    n_cells = sum(len(row["cells"]) for row in first.values())
    print(f"{len(first)} documents, {len(statements):,} statements, {n_cells:,} cells")
    for name in ("stance", "attribution", "reference"):
        print(f"  {name}: {dict(Counter(s[name] for s in statements))}")
    print(f"  sources: {dict(Counter(source_of(document) for document in first))}")
    for group in dict.fromkeys(GROUPS.values()):
        documents = [d for d in second if GROUPS.get(source_of(d), "gum, reuters") == group]
        print(agreement(group, [first[d] for d in documents], [second[d] for d in documents]))


def rows_in(folder: Path) -> dict[str, Row]:
    """Every annotated document of a folder."""
    lines = (line for file in sorted(folder.glob("*.jsonl")) for line in file.open("rb"))
    return {row["document"]: row for row in map(json.loads, lines)}


def source_of(document: str) -> str:
    return document.split("/", maxsplit=1)[0]


def agreement(group: str, ours: list[Row], theirs: list[Row]) -> str:
    """One line: F1 of cells, of `must` cells and of statements with a side, and opposite cells."""
    a, b = cells_of(ours), cells_of(theirs)
    must_a, must_b = cells_of(ours, strength="must"), cells_of(theirs, strength="must")
    opposite = sum((*key, OPPOSITE[stance]) in must_b for *key, stance in must_a)
    return (
        f"{group}: {len(ours)} documents, cells F1 {f1(a, b):.3f}, must {f1(must_a, must_b):.3f}, "
        f"must in the other {len(must_a & b) / len(must_a):.3f} and "
        f"{len(must_b & a) / len(must_b):.3f}, opposite {opposite}, "
        f"statements F1 {f1(sides_of(ours), sides_of(theirs)):.3f}"
    )


def cells_of(rows: list[Row], *, strength: str | None = None) -> set[tuple[str, ...]]:
    return {
        (row["document"], cell["actor"], cell["issue"], cell["stance"])
        for row in rows
        for cell in row["cells"]
        if strength in (None, cell["strength"])
    }


def sides_of(rows: list[Row]) -> set[tuple[str, ...]]:
    return {
        (row["document"], s["holder"], s["issue"], str(s["evidence"]["start"]), s["stance"])
        for row in rows
        for s in row["statements"]
        if s["stance"] != "none"
    }


def f1(ours: set[tuple[str, ...]], theirs: set[tuple[str, ...]]) -> float:
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


if __name__ == "__main__":
    main()
