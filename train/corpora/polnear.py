"""PolNeAR: attributions (source, cue and content) in political news.

Newell et al. (2018), An Attribution Relations Corpus for Political News, LREC 2018.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from standpoint.text import Span
from train.corpora.io import CorpusFolder, missing_files

SPLITS = ("train", "dev", "test")
ATTRIBUTION = "Attribution"
NO_SOURCE = "Attribution-no-source"
_LINE = re.compile(r"([TE])\d+\t|[A-Z#*]\d*\t")
_NUMBERED = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A reported statement or thought; each part is a span, or several where it is interrupted."""

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
    """Read ``{train,dev,test}/text/*.txt`` and ``attributions/NAME_ANNOTATOR.ann`` beside them.

    Of several coders of an article, the one whose name sorts first is used. Events without any part
    are left out, and so are spans that coders marked to discuss or discard.

    Raises
    ------
    CorpusError
        with every faulty line: a span outside the text or whose words are not those at its offsets
        (except for white space), an event of unknown spans, a text without annotations
    """
    splits = [split for split in SPLITS if (folder / split / "text").is_dir()]
    if not splits:
        raise missing_files(folder, "train/text/ and the like")
    with CorpusFolder(folder) as files:
        return tuple(document for split in splits for document in _of_split(files, split))


def _of_split(files: CorpusFolder, split: str) -> Iterator[AttributedDocument]:
    annotations: dict[str, str] = {}
    for file in sorted((files.folder / split / "attributions").glob("*.ann")):
        article = file.stem.rpartition("_")[0]
        annotations.setdefault(article, f"{split}/attributions/{file.name}")
    for file in sorted((files.folder / split / "text").glob("*.txt")):
        name = f"{split}/text/{file.name}"
        if file.stem not in annotations:
            files.faults.append(f"{name}: must have an .ann file, got none.")
            continue
        text = files.text(name)
        attributions = sorted(_attributions(files, annotations[file.stem], text), key=_first_span)
        yield AttributedDocument(file.stem, split, text, tuple(attributions))


def _first_span(attribution: Attribution) -> Span:
    return (attribution.cue or attribution.content or attribution.source)[0]


def _attributions(files: CorpusFolder, name: str, text: str) -> Iterator[Attribution]:
    spans: dict[str, tuple[Span, ...]] = {}
    events: list[tuple[int, str]] = []
    for number, line in _whole_lines(files.lines(name)):
        with files.faults_of(f"{name}:{number}"):
            if line.startswith("T"):
                spans |= [_spans(line, text)]
            elif line.startswith("E"):
                events.append((number, line.partition("\t")[2]))
    for number, event in events:
        with files.faults_of(f"{name}:{number}"):
            yield from _event(event, spans)


def _whole_lines(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Annotations with the numbers of their first lines; a line without an id continues one."""
    whole: list[tuple[int, str]] = []
    for number, line in lines:
        if whole and not _LINE.match(line):
            whole[-1] = (whole[-1][0], f"{whole[-1][1]}\n{line}")
        else:
            whole.append((number, line))
    return iter(whole)


def _spans(line: str, text: str) -> tuple[str, tuple[Span, ...]]:
    id, _, rest = line.partition("\t")
    written, _, words = rest.partition("\t")
    pieces = [piece.split() for piece in written.partition(" ")[2].split(";")]
    if any(len(piece) != 2 or not "".join(piece).isdigit() for piece in pieces):
        raise ValueError(f"a span must have two offsets, got {written!r}.")
    offsets = [(int(start), int(end)) for start, end in pieces]
    if any(not start < end <= len(text) for start, end in offsets):
        raise ValueError(f"a span must lie in the text of {len(text)} characters, got {written!r}.")
    covered = "".join(text[start:end] for start, end in offsets)
    if "".join(covered.split()) != "".join(words.split()):
        raise ValueError(f"{words[:40]!r} must stand at its offsets, got {covered[:40]!r} there.")
    return id, tuple(Span(*pair) for pair in offsets)


def _event(event: str, spans: dict[str, tuple[Span, ...]]) -> Iterator[Attribution]:
    head, *parts = event.split()
    kind = head.partition(":")[0]
    if kind not in (ATTRIBUTION, NO_SOURCE):
        return
    roles: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
    for part in parts:
        role, _, id = part.partition(":")
        role = _NUMBERED.sub("", role)
        if role not in roles or id not in spans:
            raise ValueError(f"an event must name spans of this file, got {part!r}.")
        roles[role] += spans[id]
    if parts:
        source, cue, content = (tuple(sorted(of_role)) for of_role in roles.values())
        yield Attribution(kind, source, cue, content)
