"""The news documents of GUM: their text, and every mention with the chain it is in.

Zeldes (2017), The GUM Corpus: Creating Multilayer Resources in the Classroom, Language Resources
and Evaluation 51(3). Texts: Wikinews, CC BY 2.5; annotations: CC BY 4.0.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from standpoint.text import Span
from train.corpora.io import CorpusFolder, missing_files

TEXT = "# text = "
NEW_PARAGRAPH = "# newpar"
_SINGLE_TOKEN = re.compile(r"\d+")
_BRACKET = re.compile(r"\((?P<opened>[^()]+)(?P<single>\)?)|(?P<closed>[^()]+)\)")
_N_FIELDS = 7
"""Fields of an opened mention: chain, type, status, salience, centering, minimal span, link."""
_MINIMAL_SPAN, _LINK = 5, 6


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention as GUM annotates it.

    Attributes
    ----------
    chain : the entity that all mentions of a chain are of
    heads : the spans of the tokens that GUM's minimal span holds; of "A and B" two
    tag : the part of speech of the first head, "PRON" for a pronoun
    link : to the mention before it; "appos" and "pred" only describe what that names
    """

    chain: str
    span: Span
    heads: tuple[Span, ...]
    tag: str
    link: str = "coref"


@dataclass(frozen=True, slots=True)
class GumDocument:
    """A story: its text, with two line ends between paragraphs, and its mentions in text order."""

    id: str
    text: str
    mentions: tuple[GoldMention, ...]


@dataclass(slots=True)
class _Reading:
    """What the lines read so far hold, and the mentions that are still open."""

    text: str = ""
    starts_paragraph: bool = False
    cursor: int = 0
    tokens: list[tuple[Span, str]] = field(default_factory=list)
    opened: list[tuple[list[str], int]] = field(default_factory=list)
    mentions: list[GoldMention] = field(default_factory=list)


def load_gum(folder: Path) -> tuple[GumDocument, ...]:
    """Read ``dep/*.conllu``, whose column MISC holds the chains.

    Raises
    ------
    CorpusError
        no file, or faulty lines: a token that its sentence lacks, a mention closed but not opened
    """
    names = sorted(file.name for file in (folder / "dep").glob("*.conllu"))
    if not names:
        raise missing_files(folder, "dep/*.conllu of the GUM corpus")
    with CorpusFolder(folder) as files:
        return tuple(_document(files, f"dep/{name}") for name in names)


def _document(files: CorpusFolder, name: str) -> GumDocument:
    reading = _Reading()
    for number, line in files.lines(name):
        with files.faults_of(f"{name}:{number}"):
            _read_line(reading, line)
    mentions = sorted(reading.mentions, key=lambda m: (m.span.start, -m.span.end))
    return GumDocument(Path(name).stem, reading.text, tuple(mentions))


def _read_line(reading: _Reading, line: str) -> None:
    """Add the text of a sentence, or a token with the mentions that begin and end with it."""
    if line.startswith(NEW_PARAGRAPH):
        reading.starts_paragraph = True
    elif line.startswith(TEXT):
        separator = "\n\n" if reading.starts_paragraph else " "
        reading.text += separator * bool(reading.text)
        reading.cursor, reading.starts_paragraph = len(reading.text), False
        reading.text += line.removeprefix(TEXT).strip()
    cells = line.split("\t")
    if _SINGLE_TOKEN.fullmatch(cells[0]):
        _read_token(reading, form=cells[1], tag=cells[3], misc=cells[-1])


def _read_token(reading: _Reading, *, form: str, tag: str, misc: str) -> None:
    start = reading.text.find(form, reading.cursor)
    if start < 0:
        raise ValueError(f"a token must stand in its sentence, got {form!r}.")
    reading.cursor = start + len(form)
    reading.tokens.append((Span(start, reading.cursor), tag))
    entity = next((part for part in misc.split("|") if part.startswith("Entity=")), "")
    for bracket in _BRACKET.finditer(entity.removeprefix("Entity=")):
        fields = (bracket["opened"] or "").split("-", _N_FIELDS)
        if bracket["opened"]:
            if len(fields) <= _LINK:
                raise ValueError(
                    f"a mention must have {_LINK + 1} fields, got {bracket['opened']!r}."
                )
            reading.opened.append((fields, len(reading.tokens) - 1))
        if bracket["closed"] or bracket["single"]:
            _close(reading, bracket["closed"] or fields[0])


def _close(reading: _Reading, chain: str) -> None:
    """End the mention of a chain that was opened last."""
    numbers = reversed(range(len(reading.opened)))
    at = next((n for n in numbers if reading.opened[n][0][0] == chain), None)
    if at is None:
        raise ValueError(f"a mention must be opened before it is closed, got {chain!r}.")
    fields, first = reading.opened.pop(at)
    tokens = reading.tokens[first:]
    minimal = [int(n) for n in fields[_MINIMAL_SPAN].split(",") if n.isdigit()]
    heads = [tokens[n - 1] for n in minimal if 0 < n <= len(tokens)] or tokens[-1:]
    span = Span(tokens[0][0].start, tokens[-1][0].end)
    spans = tuple(head for head, _ in heads)
    reading.mentions.append(GoldMention(chain, span, spans, heads[0][1], fields[_LINK]))
