"""The files of SEESAW: news articles with entities and the stances of their sentences."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from train.corpora.io import CorpusFolder, missing_files

NOBODY = ("Not in the list", "None")
"""What coders chose where a holder or target is no entity of the list."""
_SIDES = ("POS", "NEG")
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SeesawArticle:
    """One article with its entities and the stances that its sentences report.

    Attributes
    ----------
    entities : name to type, the most salient first
    sides : by sentence, holder and target to POS or NEG; None where the coders are tied
    """

    id: str
    story: str
    split: str
    date: str
    sentences: tuple[str, ...]
    entities: dict[str, str]
    sides: dict[int, dict[Pair, str | None]]


def read_seesaw_articles(folder: Path) -> list[SeesawArticle]:
    """Read ``annotations/``, with ``articles/`` of the same file names and ``meta/`` of the story.

    Raises
    ------
    CorpusError
        with every faulty file
    """
    files = sorted((folder / "annotations").glob("TRIPLET_*.json"))
    if not files:
        raise missing_files(folder, "annotations/TRIPLET_*.json")
    with CorpusFolder(folder) as opened:
        return [article for file in files for article in _read(opened, file.stem)]


def _read(files: CorpusFolder, id: str) -> Iterator[SeesawArticle]:
    story = id.partition("_DOCUMENT")[0]
    names = (f"annotations/{id}.json", f"articles/{id}.json", f"meta/{story}.json")
    annotation, article, meta = (_json_object(files, name) for name in names)
    if annotation is None or article is None or meta is None:
        return
    try:
        sentences = tuple(str(sentence["text"]) for sentence in article["text"])
        yield SeesawArticle(
            id=id,
            story=story,
            split=meta["Split"],
            date=meta["story_time"],
            sentences=sentences,
            entities={
                name: Counter(types).most_common(1)[0][0]
                for name, types, *_ in annotation["entity lists"]
            },
            sides=dict(_sides(annotation["sentence-level stances"], len(sentences))),
        )
    except KeyError as error:
        files.faults.append(
            f"{names[0]}: must have every key of a SEESAW annotation, got no {error}."
        )
    except (ValueError, TypeError, IndexError, AttributeError) as error:
        files.faults.append(f"{names[0]}: must be a SEESAW annotation, got a fault: {error}")


def _json_object(files: CorpusFolder, name: str) -> dict[str, Any] | None:
    text = files.text(name)
    try:
        content = json.loads(text) if text else None
    except json.JSONDecodeError as error:
        files.faults.append(f"{name}:{error.lineno}: must be JSON, got {error.msg}.")
        return None
    if text and not isinstance(content, dict):
        files.faults.append(f"{name}: must hold a JSON object, got {type(content).__name__}.")
    return content if isinstance(content, dict) else None


def _sides(
    stances: dict[str, list[dict[str, Any]]], n_sentences: int
) -> Iterator[tuple[int, dict[Pair, str | None]]]:
    for number, annotations in stances.items():
        if not 0 <= int(number) < n_sentences:
            raise ValueError(f"sentence must be below {n_sentences}, got {number}.")
        votes: dict[Pair, Counter[str]] = {}
        for annotation in annotations:
            side, pair = annotation["sentiment"], (annotation["subject"], annotation["object"])
            if side not in _SIDES:
                raise ValueError(f"sentiment must be POS or NEG, got {side!r}.")
            if not set(pair) & set(NOBODY) and pair[0] != pair[1]:
                votes.setdefault(pair, Counter())[side] += len(annotation["annotators"])
        yield int(number), {pair: _majority(of_pair) for pair, of_pair in votes.items()}


def _majority(votes: Counter[str]) -> str | None:
    """The label of most coders; None for a tie."""
    (first, times), *others = votes.most_common()
    return None if others and others[0][1] == times else first
