"""PolNeAR: who said it, in political news.

Newell et al. (2018), An Attribution Relations Corpus for Political News, LREC 2018.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from standpoint.errors import CorpusError
from standpoint.text import Span
from train.corpora.io import decode_file, refuse_faults, split_lines

SPLITS = ("train", "dev", "test")
ATTRIBUTION = "Attribution"
NO_SOURCE = "Attribution-no-source"
_LINE = re.compile(r"([TE])\d+\t|[A-Z#*]\d*\t")
_NUMBERED = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """What somebody is said to say or think; each part has one span or, broken up, several."""

    kind: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class AttributedDocument:
    """An article and its attributions, in the order of their cues."""

    id: str
    split: str
    text: str
    attributions: tuple[Attribution, ...]


def load_polnear(folder: Path) -> tuple[AttributedDocument, ...]:
    """Read ``{train,dev,test}/text/*.txt`` with ``attributions/NAME_ANNOTATOR.ann`` of those there.

    Of an article that several annotated, the annotator whose name sorts first is taken. Events
    without any part are left out, and so are spans that annotators marked to discuss or discard.

    Raises
    ------
    CorpusError
        with every faulty line: a span outside the text or with other words than it says (but for
        white space), an event of unknown spans, a text nobody annotated
    """
    splits = [split for split in SPLITS if (folder / split / "text").is_dir()]
    if not splits:
        raise CorpusError(
            f"{folder}: must hold train/text/ and the like, got none. "
            f"Set STANDPOINT_DATA to the folder above {folder.name}/."
        )
    faults: list[str] = []
    documents = [document for split in splits for document in _of_split(folder, split, faults)]
    refuse_faults(folder, faults)
    return tuple(documents)


def _of_split(folder: Path, split: str, faults: list[str]) -> Iterator[AttributedDocument]:
    chosen: dict[str, Path] = {}
    for file in sorted((folder / split / "attributions").glob("*.ann")):
        chosen.setdefault(file.stem.rpartition("_")[0], file)
    for file in sorted((folder / split / "text").glob("*.txt")):
        if file.stem not in chosen:
            faults.append(f"{split}/text/{file.name}: must have an .ann file, got none.")
            continue
        text = decode_file(file, faults, name=f"{split}/text/{file.name}")
        found = _attributions(chosen[file.stem], text, faults)
        by_cue = sorted(found, key=lambda one: (one.cue or one.content or one.source)[0])
        yield AttributedDocument(file.stem, split, text, tuple(by_cue))


def _attributions(file: Path, text: str, faults: list[str]) -> Iterator[Attribution]:
    name = f"{file.parent.parent.name}/{file.parent.name}/{file.name}"
    kept: dict[str, tuple[Span, ...]] = {}
    events: list[tuple[int, str]] = []
    for number, line in _whole_lines(decode_file(file, faults, name=name)):
        try:
            if line.startswith("T"):
                id, spans = _spans(line, text)
                kept[id] = spans
            elif line.startswith("E"):
                events.append((number, line.partition("\t")[2]))
        except ValueError as error:
            faults.append(f"{name}:{number}: {error}")
    for number, event in events:
        try:
            yield from _event(event, kept)
        except ValueError as error:
            faults.append(f"{name}:{number}: {error}")


def _whole_lines(text: str) -> Iterator[tuple[int, str]]:
    """Annotations with their lines' numbers; a line that begins none goes on with the last."""
    whole: list[tuple[int, str]] = []
    for number, line in enumerate(split_lines(text), 1):
        if whole and not _LINE.match(line):
            whole[-1] = (whole[-1][0], f"{whole[-1][1]}\n{line}")
        else:
            whole.append((number, line))
    return iter(whole)


def _spans(line: str, text: str) -> tuple[str, tuple[Span, ...]]:
    id, _, rest = line.partition("\t")
    place, _, words = rest.partition("\t")
    pieces = [piece.split() for piece in place.partition(" ")[2].split(";")]
    if any(len(piece) != 2 or not "".join(piece).isdigit() for piece in pieces):
        raise ValueError(f"a span must have two offsets, got {place!r}.")
    offsets = [(int(start), int(end)) for start, end in pieces]
    if any(not start < end <= len(text) for start, end in offsets):
        raise ValueError(f"a span must lie in the text of {len(text)} characters, got {place!r}.")
    found = "".join(text[start:end] for start, end in offsets)
    if "".join(found.split()) != "".join(words.split()):
        raise ValueError(f"{words[:40]!r} must stand at its offsets, got {found[:40]!r} there.")
    return id, tuple(Span(*pair) for pair in offsets)


def _event(event: str, kept: dict[str, tuple[Span, ...]]) -> Iterator[Attribution]:
    head, *parts = event.split()
    kind = head.partition(":")[0]
    if kind not in (ATTRIBUTION, NO_SOURCE):
        return
    roles: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
    for part in parts:
        role, _, id = part.partition(":")
        role = _NUMBERED.sub("", role)
        if role not in roles or id not in kept:
            raise ValueError(f"an event must name spans of this file, got {part!r}.")
        roles[role] += kept[id]
    if parts:
        source, cue, content = (tuple(sorted(spans)) for spans in roles.values())
        yield Attribution(kind, source, cue, content)
