"""The actor × issue table for a terminal."""

from standpoint.labeling import LabelingResult, lineage


def table_of(labeled: LabelingResult) -> str:
    """Actors down, issues across; confidence in each cell, members after their stances."""
    issues = [i for i in labeled.codebook.issues if any(r.issue == i.id for r in labeled.stances)]
    actors = [a for a in labeled.codebook.actors if any(r.actor == a.id for r in labeled.stances)]
    title = f"{labeled.article.id}: {labeled.codebook.title}"
    if not actors:
        return f"{title}\n  no stance found"
    parents = labeled.codebook.parents()
    met = {
        (actor, statement.pair.issue)
        for statement in labeled.statements
        for actor in lineage(statement.pair.holder, parents)
    }
    cells = {(row.actor, row.issue): row for row in labeled.stances}
    lines = [["", *(issue.id for issue in issues)]]
    for actor in actors:
        line = [actor.name]
        for issue in issues:
            row = cells.get((actor.id, issue.id))
            if row is None or row.stance == "none":
                line.append("–" if (actor.id, issue.id) in met else "·")
            elif row.stance == "abstained":
                line.append("?")
            else:
                via = "*" if row.via else ""
                line.append(f"{row.stance} {row.confidence:.2f}{via}")
        lines.append(line)
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    rows = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
    rule = "─" * sum(widths, 2 * (len(widths) - 1))
    legend = "* counts members   ? the model declines   – takes no side   · never brought together"
    return "\n".join([title, "", rows[0], rule, *rows[1:], "", legend])
