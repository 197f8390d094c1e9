"""DSE: directed sentiment between two entities of a news sentence.

Park, Pan and Joo (2021), Who Blames or Endorses Whom? Entity-to-Entity Directed Sentiment
Extraction in News Text, Findings of ACL-IJCNLP 2021.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from standpoint.labels import Task
from standpoint.text import Span
from train.corpora.dse_classes import DIRECTIONS, SIDES
from train.corpora.io import CorpusFolder, read_corpus, text_key
from train.corpora.record import Corpus, Record, role_at

SPLITS = ("train", "valid", "test")
_QUOTES = "'’‘\"“”"
_LEADING = re.compile(rf"(?:[\s,;:.—–\-()/{_QUOTES}]|(?<=['’])s\s)+")
_TRAILING = re.compile(rf"[\s,;:—–\-(/{_QUOTES}]+$")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?$")
_NO_NAME = re.compile(r"\W*|['’](?:d|ll|m|re|s|ve)")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD_BEFORE = re.compile(r"\w+$")


def load_dse(folder: Path, *, task: Task = "sentiment") -> Corpus:
    """Read ``{train,valid,test}.txt``: two records a sentence, one for each direction.

    A line is ``text<TAB>p<TAB>q<TAB>label`` as `csv` writes it, with p and q in brackets in the
    text. The direction that a label does not mention is neutral. `repaired` corrects
    the spans. Records of one sentence are ``test:12:p_to_q`` and ``test:12:q_to_p``;
    `dse_classes.join_directions` turns them back into the official classes.

    Raises
    ------
    CorpusError
        with every faulty line
    """
    names = [f"{split}.txt" for split in SPLITS]
    return read_corpus("dse", folder, task=task, files=names, of="DSE", read=_records)


def _records(files: CorpusFolder) -> Iterator[Record]:
    for split in SPLITS:
        name = f"{split}.txt"
        for number, line in files.lines(name):
            with files.faults_of(f"{name}:{number}"):
                yield from _both_directions(_cells(line), id=f"{split}:{number}", split=split)


def _cells(line: str) -> list[str]:
    cells = line.split("\t")
    if '"' in line:
        cells = next(csv.reader([line], delimiter="\t", strict=True))
    if len(cells) != 4:
        raise ValueError(f"must have 4 cells (text, p, q, label), got {len(cells)}.")
    return cells


def _both_directions(cells: list[str], *, id: str, split: str) -> Iterator[Record]:
    marked, p, q, label = cells
    if label not in SIDES:
        raise ValueError(f"label must be one of {', '.join(SIDES)}, got {label!r}.")
    text, spans = unbracketed(marked, p, q)
    roles = [role_at(span.of(text), span) for span in repaired(text, spans)]
    group = text_key(text)
    for direction, side, (holder, target) in zip(
        DIRECTIONS, SIDES[label], (roles, roles[::-1]), strict=True
    ):
        yield Record(
            id=f"{id}:{direction}",
            text=text,
            holder=holder,
            target=target,
            label=side,
            group=group,
            actor=holder["name"],
            stratum=split,
            split=split,
            tags=(direction,),
        )


def unbracketed(marked: str, p: str, q: str) -> tuple[str, tuple[Span, Span]]:
    """A text without the brackets of p and q, and the spans of p and q in it.

    Other brackets stay. Where p and q are the same words, the first pair of brackets is p's.

    >>> unbracketed("[sic] [Ann] saw [Bob]", "Bob", "Ann")
    ('[sic] Ann saw Bob', (Span(start=14, end=17), Span(start=6, end=9)))
    """
    first, second = (
        list(re.finditer(rf"\[(\s*{re.escape(name.strip())}\s*)\]", marked)) for name in (p, q)
    )
    for name, matches in ((p, first), (q, second)):
        if not matches:
            raise ValueError(f"text must hold {name!r} in brackets, got {marked[:60]!r}.")
    both = [(a, b) for a in first for b in second if a.end() <= b.start()]
    both += [(a, b) for a in first for b in second if b.end() <= a.start()]
    if not both:
        raise ValueError(f"text must hold {p!r} and {q!r} in brackets of their own, got one pair.")
    marks = sorted(at for match in both[0] for at in (match.start(), match.end() - 1))
    text = "".join(
        marked[start + 1 : end]
        for start, end in zip([-1, *marks], [*marks, len(marked)], strict=True)
    )
    span_p, span_q = (Span(*(_shifted(at, marks) for at in m.span(1))) for m in both[0])
    return text, (span_p, span_q)


def _shifted(at: int, marks: list[int]) -> int:
    """An offset after the marks before it are removed."""
    return at - sum(mark < at for mark in marks)


def repaired(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans corrected to whole names.

    The owners stripped every ``s`` and ``'`` from the ends of a name, so that ``Los Angeles``
    became ``[Los Angele]s``, ``Congress`` ``[Congre]ss``, ``secret`` ``s[ecret]`` and ``Kratz’s``
    ``[Kratz’]s``. Hence:

    - a span that ends inside a word takes in the lower-case letters that follow;
    - one that begins inside a word with a lower-case letter takes in the word's beginning, or
      leaves the rest of the word out where that is a lone ``s`` (``group[s Facebook]``);
    - quotation marks, commas, dashes, white space and possessive endings are left out at both ends;
    - a span without a name (``the nation[’]s``) becomes the word that it touches on its left, and
      is not changed where there is none;
    - two spans that would overlap are not changed.

    >>> text = "Los Angeles met Kratz’s"
    >>> [span.of(text) for span in repaired(text, [Span(0, 10), Span(16, 22)])]
    ['Los Angeles', 'Kratz']
    """
    corrected = tuple(_corrected(text, span) for span in spans)
    if any(a.overlaps(b) for n, a in enumerate(corrected) for b in corrected[:n]):
        return tuple(spans)
    return corrected


def _corrected(text: str, span: Span) -> Span:
    if _NO_NAME.fullmatch(span.of(text)):
        word = _WORD_BEFORE.search(text[: span.start])
        return Span(*word.span()) if word else span
    start, end = _start(text, span), _end(text, span)
    return Span(start, end) if start < end else span


def _end(text: str, span: Span) -> int:
    """The end of the name: of its last word, before a possessive ending and punctuation."""
    end = span.end
    more = _LETTERS.match(text, end) if text[end - 1].isalpha() else None
    if more:
        end += next((n for n, x in enumerate(more.group()) if x.isupper()), len(more.group()))
    name = text[span.start : end]
    while (shorter := _POSSESSIVE.sub("", _TRAILING.sub("", name))) != name:
        name = shorter
    return span.start + len(name)


def _start(text: str, span: Span) -> int:
    """The start of the name: of its first word, after punctuation and a lone ``s``."""
    name = span.of(text)
    before = _WORD_BEFORE.search(text[: span.start]) if name[0].islower() else None
    if before:
        lone = re.match(r"s\s+(?=\S)", name)
        return span.start + lone.end() if lone else before.start()
    leading = _LEADING.match(name)
    return span.start + leading.end() if leading else span.start
