"""Texts whose author is the holder, on a topic: what the sets of tweets and comments share."""

from collections.abc import Iterator

from train.corpora.io import CorpusFolder, Row, text_key
from train.corpora.record import Record, role_at

LABELS = {"FAVOR": "favor", "AGAINST": "against", "NONE": "none"}
COLUMNS = ("Tweet", "Target", "Stance")


def topic_record(
    *,
    id: str,
    text: str,
    topic: str,
    label: str,
    split: str,
    stratum: str,
    group: str = "",
    tags: tuple[str, ...] = (),
) -> Record:
    """A record without a holder, whose target is a topic and no span of the text.

    Parameters
    ----------
    group : texts alike but for case and white space share one by default
    """
    return Record(
        id=id,
        text=text,
        target=role_at(topic, None),
        label=label,
        group=group or text_key(text),
        issue=topic,
        stratum=stratum,
        split=split,
        tags=tags,
    )


def tweets_in(
    rows: Iterator[tuple[int, Row]], files: CorpusFolder, *, name: str, split: str, id: str
) -> Iterator[Record]:
    """Records of rows with Tweet, Target and Stance, and optionally an ID.

    Parameters
    ----------
    name : of the file, for faults
    id : prefix of the record's id, before the row's ID or the number of its line
    """
    for line, row in rows:
        label = LABELS.get(row["Stance"].strip().upper())
        if label is None:
            known, stance = ", ".join(LABELS), row["Stance"]
            files.faults.append(f"{name}:{line}: Stance must be one of {known}, got {stance!r}.")
        for column in ("Tweet", "Target"):
            if not row[column].strip():
                files.faults.append(f"{name}:{line}: {column} must hold a text, got none.")
        topic = row["Target"].strip()
        yield topic_record(
            id=f"{id}:{row.get('ID') or line}",
            text=row["Tweet"],
            topic=topic,
            label=label or "",
            split=split,
            stratum=topic,
        )
