"""Conversions: published files to the files that this project reads.

Each makes the same bytes as the copy that was annotated; the pins hold their digests.
"""

import csv
import hashlib
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from standpoint.errors import CorpusError
from train.downloads.archives import read_members
from train.downloads.catalog import DataSet

ROW_DIGEST_CHARS = 16  # hexadecimal: 64 bits, far beyond a chance match among 21,578 stories
_VAST_COLUMNS = (
    "author,post,ori_topic,ori_id,new_topic,label,type_idx,new_id,arc_id,topic,topic_str,seen?,"
    "contains_topic?,LexSim,Qte,Sarc,Imp,mlS,mlT"
).split(",")
"""The columns kept; the others are derived tokens of the post."""
_FAKES_COLUMNS = {
    "id": "unit_id",
    "title": "article_title",
    "text": "article_content",
    "outlet": "source",
    "date": "date",
    "location": "location",
}
_STORY = re.compile(r'<REUTERS [^>]*NEWID="(\d+)"[^>]*>(.*?)</REUTERS>', re.DOTALL)
# The agency's end mark, a line of its own; in capitals it stays, as in the annotated copy.
_ENDING = re.compile(r"\n\s*Reuter$")


def convert(data_set: DataSet, files: Sequence[Path]) -> dict[str, bytes]:
    """Convert the downloaded files of a set, in the order of its sources.

    Returns
    -------
    the bytes of each file by its path below the set's folder

    Raises
    ------
    CorpusError
        the files are not of the form that their publishers describe, or lack rows
    """
    try:
        return CONVERSIONS[data_set.convert](data_set, files)
    except (ValueError, KeyError, csv.Error) as error:
        raise CorpusError(
            f"{data_set.name}: must be of the form its publishers describe, got a fault ({error}). "
            "The publisher may have changed the files: report it to this project."
        ) from None


def _vast(_: DataSet, files: Sequence[Path]) -> dict[str, bytes]:
    return {file.name: _columns_of(file).encode() for file in files}


def _columns_of(file: Path) -> str:
    with file.open(encoding="utf-8", newline="") as opened:
        rows = csv.DictReader(opened, strict=True)
        columns = [name for name in _VAST_COLUMNS if name in (rows.fieldnames or ())]
        written = io.StringIO(newline="")
        writer = csv.DictWriter(written, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return written.getvalue()


def _fakes(data_set: DataSet, files: Sequence[Path]) -> dict[str, bytes]:
    # Published in Latin-1: two outlets have bytes that are no UTF-8.
    with files[0].open(encoding="latin-1", newline="") as opened:
        lines = [
            _json_line({key: row[column] for key, column in _FAKES_COLUMNS.items()})
            for row in csv.DictReader(opened, strict=True)
        ]
    return {"articles.jsonl": _selected(data_set, lines)}


def _reuters21578(data_set: DataSet, files: Sequence[Path]) -> dict[str, bytes]:
    lines = (
        _json_line(story)
        for _, content in read_members(files[0], lambda path: path.endswith(".sgm"))
        for story in _stories(content.decode("latin-1"))
    )
    return {"articles.jsonl": _selected(data_set, lines)}


def _stories(sgml: str) -> Iterator[dict[str, Any]]:
    for id, story in _STORY.findall(sgml):
        yield {
            "id": id,
            "date": _element(story, "DATE").strip(),
            "title": _element(story, "TITLE"),
            "topics": re.findall("<D>(.*?)</D>", _element(story, "TOPICS")),
            "places": re.findall("<D>(.*?)</D>", _element(story, "PLACES")),
            "text": _ENDING.sub("", _element(story, "BODY").strip()),
        }


def _element(story: str, name: str) -> str:
    """The content of an element with its entities resolved; control characters become nothing."""
    match = re.search(f"<{name}>(.*?)</{name}>", story, re.DOTALL)
    content = match.group(1) if match else ""
    return content if "<D>" in content else html.unescape(content)


def _whitehouse(data_set: DataSet, files: Sequence[Path]) -> dict[str, bytes]:
    documents = (
        {
            "id": Path(source).stem,
            "date": Path(source).name[: len("2021-01-20")],
            "kind": kind,
            "source": source,
            "text": file.read_bytes().decode(),
        }
        for (_, _, source, kind), file in zip(data_set.rows, files, strict=True)
    )
    return {"documents.jsonl": b"".join(map(_json_line, documents))}


def _json_line(record: Mapping[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def _selected(data_set: DataSet, lines: Iterable[bytes]) -> bytes:
    """The lines with the set's digests, in the set's order."""
    wanted = [row[0] for row in data_set.rows]
    by_digest = dict.fromkeys(wanted, b"")
    for line in lines:
        digest = hashlib.sha256(line.removesuffix(b"\n")).hexdigest()[:ROW_DIGEST_CHARS]
        if digest in by_digest:
            by_digest[digest] = line
    missing = sum(not by_digest[digest] for digest in wanted)  # texts that repeat count each time
    if missing:
        raise ValueError(
            f"{missing:,} of {len(wanted):,} selected texts are not in it as they were"
        )
    return b"".join(by_digest[digest] for digest in wanted)


CONVERSIONS: dict[str, Callable[[DataSet, Sequence[Path]], dict[str, bytes]]] = {
    "vast": _vast,
    "fakes": _fakes,
    "reuters21578": _reuters21578,
    "whitehouse": _whitehouse,
}
