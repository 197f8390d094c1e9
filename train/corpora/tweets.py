"""What the two sets of tweets in tables have in common."""

from collections.abc import Iterator

from train.corpora.io import Row, same_text
from train.corpora.record import Record, Role

LABELS = {"FAVOR": "favor", "AGAINST": "against", "NONE": "none"}


def tweets_in(
    rows: Iterator[tuple[int, Row]], *, name: str, split: str, id: str, faults: list[str]
) -> Iterator[Record]:
    """Records of rows with Tweet, Target and Stance, and perhaps an ID; their authors hold them.

    Parameters
    ----------
    name : of the file, for faults
    id : what a row's ID, or the number of its line, follows in its record's id
    """
    for line, row in rows:
        label = LABELS.get(row["Stance"].strip().upper())
        if label is None:
            known = ", ".join(LABELS)
            faults.append(f"{name}:{line}: Stance must be one of {known}, got {row['Stance']!r}.")
        for column in ("Tweet", "Target"):
            if not row[column].strip():
                faults.append(f"{name}:{line}: {column} must hold a text, got none.")
        target = row["Target"].strip()
        yield Record(
            id=f"{id}:{row.get('ID') or line}",
            text=row["Tweet"],
            holder=None,
            target=Role(name=target, start=None, end=None),
            label=label or "",
            group=same_text(row["Tweet"]),
            issue=target,
            actor=None,
            date=None,
            stratum=target,
            split=split,
        )
