"""Counts of the real documents' annotations, and how far their two readers agree.

    python benchmarks/real_agreement.py

Prints the numbers of seeds/real/README.md. It reads the annotations alone, no text.
"""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from standpoint.cli.output import format_interval
from train.articles.annotator_agreement import Estimate
from train.articles.real.reader_agreement import reader_agreement
from train.corpora.io import read_json_rows
from train.corpora.real.annotations import AnnotatedRow, RealAnnotations, load_real_annotations
from train.corpora.real.documents import NEWS, source_of

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "seeds" / "real"
# The second reading covers these groups of sources.
GROUPS = {"fakes": "fakes", "whitehouse": "whitehouse", "gum": "gum, reuters"}
OPPOSITE = {"favor": "against", "against": "favor"}
Pairs = Sequence[tuple[AnnotatedRow, AnnotatedRow]]


def main() -> None:
    annotations = load_real_annotations(FOLDER, codebooks=ROOT / "configs" / "codebooks" / "real")
    print_counts(annotations)
    gold = {placed.row.document: placed.row for placed in annotations.rows}
    # Where differences were settled, the first reading is kept apart from gold.
    first, second = {**gold, **rows_in(FOLDER / "first")}, rows_in(FOLDER / "second")
    pairs = [(first[document], row) for document, row in second.items()]
    for group in dict.fromkeys(GROUPS.values()):
        own = [p for p in pairs if GROUPS.get(source_of(p[0].document), "gum, reuters") == group]
        print_agreement(group, own)
    print_agreement("news", [pair for pair in pairs if pair[0].kind == NEWS])
    print_agreement("speech (all other kinds)", [pair for pair in pairs if pair[0].kind != NEWS])
    print_agreement("all", pairs)
    print_settled()


def print_counts(annotations: RealAnnotations) -> None:
    rows = [placed.row for placed in annotations.rows]
    statements = [statement for row in rows for statement in row.statements]
    n_cells = sum(len(row.cells) for row in rows)
    print(f"{len(rows)} documents, {len(statements):,} statements, {n_cells:,} cells")
    for name in ("stance", "attribution", "reference"):
        print(f"  {name}: {dict(Counter(getattr(s, name) for s in statements))}")
    print(f"  sources: {dict(Counter(source_of(row.document) for row in rows))}")
    print(f"  kinds: {dict(Counter(row.kind for row in rows).most_common())}")
    kinds = Counter(annotations.issue_kinds.values())
    print(f"  issues: {dict(kinds)}, {kinds['claim'] / kinds.total():.0%} claims")


def print_settled() -> None:
    """How the third reader settled each difference of the two."""
    lines = (FOLDER / "settled" / "decisions.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    followed = Counter(
        next((name for name in ("first", "second") if row[name] == row["settled"]), "neither")
        for row in rows
    )
    print(f"\n{len(rows)} differences settled: {dict(followed.most_common())}")


def rows_in(folder: Path) -> dict[str, AnnotatedRow]:
    """Every annotated document of a folder; none where there is no folder."""
    faults: list[str] = []
    files = sorted(folder.glob("*.jsonl"))
    rows = [
        row
        for file in files
        for _, row in read_json_rows(file, AnnotatedRow, name=file.name, faults=faults)
    ]
    if faults:
        raise SystemExit("\n".join(faults))
    return {row.document: row for row in rows}


def print_agreement(group: str, pairs: Pairs) -> None:
    """F1 of cells, of `must` cells and of statements with a side, opposite cells, and alphas."""
    a, b = (cells_of([pair[n] for pair in pairs]) for n in (0, 1))
    must_a, must_b = (cells_of([pair[n] for pair in pairs], strength="must") for n in (0, 1))
    sides_a, sides_b = (sides_of([pair[n] for pair in pairs]) for n in (0, 1))
    opposite = sum((*key, OPPOSITE[stance]) in must_b for *key, stance in must_a)
    alphas = reader_agreement(pairs)
    print(
        f"\n{group}: {len(pairs)} documents\n"
        f"  F1 of cells {f1(a, b):.3f}, of must cells {f1(must_a, must_b):.3f}, "
        f"must of one in the other {len(must_a & b) / len(must_a):.3f} and "
        f"{len(must_b & a) / len(must_b):.3f}, opposite {opposite}\n"
        f"  F1 of statements with a side {f1(sides_a, sides_b):.3f}\n"
        f"  alpha of statements, both annotated {shown(alphas.statements)}\n"
        f"  alpha of statements, either annotated {shown(alphas.statements_strict)}\n"
        f"  alpha of cells, both annotated {shown(alphas.cells)}\n"
        f"  alpha of cells, either annotated {shown(alphas.cells_strict)}"
    )


def shown(alpha: Estimate) -> str:
    """An alpha with its interval and number of units."""
    value = "–" if alpha.value is None else f"{alpha.value:.3f}"
    return f"{value} {format_interval(alpha.ci95 or (None, None))}, n = {alpha.n:,}"


def cells_of(rows: Sequence[AnnotatedRow], *, strength: str | None = None) -> set[tuple[str, ...]]:
    return {
        (row.document, cell.actor, cell.issue, cell.stance)
        for row in rows
        for cell in row.cells
        if strength in (None, cell.strength)
    }


def sides_of(rows: Sequence[AnnotatedRow]) -> set[tuple[str, ...]]:
    return {
        (row.document, s.holder, s.issue, str(s.evidence.start), s.stance)
        for row in rows
        for s in row.statements
        if s.stance != "none"
    }


def f1(ours: set[tuple[str, ...]], theirs: set[tuple[str, ...]]) -> float:
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


if __name__ == "__main__":
    main()
