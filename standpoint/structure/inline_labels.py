"""Labels within a line: "Q: Why? Kovac: It leaks." and questions in bold without a label."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from standpoint.structure.labels import Label, read_label
from standpoint.structure.lines import Line
from standpoint.text import Span

MIN_REPEATS = 2
"""A label within a line is trusted where the document has it more than once."""
# Behind the end of a sentence: a few words with a colon.
_BEHIND_STOP = re.compile(r"[.!?…][\"”’)\]*_]*\s+(?=[^\W\d_][^:.!?\n]{0,60}?\.?[^:.!?\n]{0,40}: )")
# "Q" before a question, where white space was lost behind it: "Q Thank you, Mr. President."
_LONE_QUESTION = re.compile(r"Q(?= [\"“‘'(\[—–A-Z])")
SPEAKS_TO_YOU = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
_BOLD_SENTENCE = re.compile(
    r"(\*{2,3}|__|<(?:b|strong)>)([^*_<]{3,400}([.?!…]))(?:\*{2,3}|__|</(?:b|strong)>)$"
)


def inline_labels(lines: Iterable[Line]) -> Iterator[Label]:
    """The labels behind the end of a sentence, within lines."""
    for line in lines:
        if ": " not in line.text:
            continue
        for stop in _BEHIND_STOP.finditer(line.text):
            rest = line.text[stop.end() :]
            start = line.span.start + stop.end()
            label = read_label(Line(Span(start, line.span.end), rest, 0, opens=False))
            if label is not None and label.style in ("capitals", "mixed", "question", "answer"):
                yield label


def repeated(labels: Sequence[Label], beside: Iterable[Label]) -> list[Label]:
    """The labels whose name and style the document has at least `MIN_REPEATS` times.

    Parameters
    ----------
    beside : the labels at the starts of lines
    """
    counts = Counter((label.style, label.name) for label in [*labels, *beside])
    return [label for label in labels if counts[label.style, label.name] >= MIN_REPEATS]


def split_at_labels(lines: Iterable[Line], labels: Iterable[Label]) -> Iterator[Line]:
    """The lines, each cut where a label within it begins."""
    starts = sorted(label.span.start for label in labels)
    at = 0
    for line in lines:
        while at < len(starts) and starts[at] < line.span.end:
            head = line.text[: starts[at] - line.span.start]
            if head.strip():
                end = line.span.start + len(head.rstrip())
                yield replace(line, span=Span(line.span.start, end), text=head.rstrip())
            tail = line.text[len(head) :]
            line = Line(Span(starts[at], line.span.end), tail, 0, opens=False)  # noqa: PLW2901
            at += 1
        yield line


def lone_question(line: Line) -> Label | None:
    """The label of a question without a colon or a gap behind it; only transcripts have it."""
    if _LONE_QUESTION.match(line.text) is None:
        return None
    span = Span(line.span.start, line.span.start + 1)
    return Label("question", span, "Q", span)


def bold_question(line: Line) -> Label | None:
    """A question in bold as the label of a question, with all of its words."""
    question = _BOLD_SENTENCE.match(line.text)
    return _bold_label(line, question) if question and question.group(3) == "?" else None


def bold_prompts(lines: Sequence[Line]) -> Iterator[Label]:
    """Sentences in bold that ask nothing, each before a paragraph that is not in bold.

    Where the questions of an interview are in bold, so is what an interviewer says without asking.
    Before the first question such a sentence introduces the text, unless it speaks to somebody.
    """
    has_begun = False
    for line, following in pairwise(lines):
        prompt = _BOLD_SENTENCE.match(line.text) if line.opens and following.opens else None
        if prompt is None or _BOLD_SENTENCE.match(following.text):
            continue
        has_begun = (
            has_begun or prompt.group(3) == "?" or SPEAKS_TO_YOU.search(line.text) is not None
        )
        if has_begun and prompt.group(3) != "?":
            yield _bold_label(line, prompt)


def _bold_label(line: Line, sentence: re.Match[str]) -> Label:
    name_span = Span(*sentence.span(2)).shift(line.span.start)
    return Label("question", line.span, "Q", name_span, is_line=True)
