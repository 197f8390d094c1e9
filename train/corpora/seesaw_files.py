"""The files of SEESAW: annotated articles of stories."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standpoint.errors import CorpusError
from train.corpora.io import decode_file, refuse_faults

NOBODY = ("Not in the list", "None")
"""What annotators chose where a holder or target is no entity of the list."""
_SIDES = ("POS", "NEG")
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SeesawArticle:
    """One article with its entities and the sides its sentences take.

    Attributes
    ----------
    entities : name to type, the most salient first
    sides : of each sentence, holder and target to POS or NEG; None where annotators disagree
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
        raise CorpusError(
            f"{folder}: must hold annotations/TRIPLET_*.json, got none. "
            f"Set STANDPOINT_DATA to the folder above {folder.name}/."
        )
    faults: list[str] = []
    articles = [article for file in files for article in _read(folder, file.stem, faults)]
    refuse_faults(folder, faults)
    return articles


def _read(folder: Path, id: str, faults: list[str]) -> Iterator[SeesawArticle]:
    story = id.partition("_DOCUMENT")[0]
    names = (f"annotations/{id}.json", f"articles/{id}.json", f"meta/{story}.json")
    annotation, article, meta = (_object(folder, name, faults) for name in names)
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
        faults.append(f"{names[0]}: must have its parts, got no {error}.")
    except (ValueError, TypeError, IndexError, AttributeError) as error:
        faults.append(f"{names[0]}: must be a SEESAW annotation, got a fault: {error}")


def _object(folder: Path, name: str, faults: list[str]) -> dict[str, Any] | None:
    text = decode_file(folder / name, faults, name=name)
    try:
        found = json.loads(text) if text else None
    except json.JSONDecodeError as error:
        faults.append(f"{name}:{error.lineno}: must be JSON, got {error.msg}.")
        return None
    if text and not isinstance(found, dict):
        faults.append(f"{name}: must hold a JSON object, got {type(found).__name__}.")
    return found if isinstance(found, dict) else None


def _sides(
    stances: dict[str, list[dict[str, Any]]], n_sentences: int
) -> Iterator[tuple[int, dict[Pair, str | None]]]:
    for number, given in stances.items():
        if not 0 <= int(number) < n_sentences:
            raise ValueError(f"sentence must be below {n_sentences}, got {number}.")
        votes: dict[Pair, Counter[str]] = {}
        for one in given:
            if one["sentiment"] not in _SIDES:
                raise ValueError(f"sentiment must be POS or NEG, got {one['sentiment']!r}.")
            pair = (one["subject"], one["object"])
            if not set(pair) & set(NOBODY) and pair[0] != pair[1]:
                votes.setdefault(pair, Counter())[one["sentiment"]] += len(one["annotators"])
        yield int(number), {pair: _most(of_pair) for pair, of_pair in votes.items()}


def _most(votes: Counter[str]) -> str | None:
    """What most annotators chose; None where as many chose the other."""
    (first, times), *others = votes.most_common()
    return None if others and others[0][1] == times else first
