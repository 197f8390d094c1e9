"""Turns: who speaks from where to where in a transcript, debate, interview or thread."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from standpoint.lexicon.news_terms import LABEL_TITLES
from standpoint.lexicon.roles import TITLES
from standpoint.structure.labels import Label, Style
from standpoint.text import Span

MIN_LABELS = 2
"""Labels in capitals, with a full stop or a dash are trusted from the second on: "OSLO: Rain fell"
opens a news story."""
MIN_SPEAKERS = 2
"""A transcript with labels in small letters has at least two speakers with several turns."""
MIN_MIXED_SHARE = 0.5
"""Or such labels begin at least half of its paragraphs, and one of them is known."""
_BLANK_LINE = re.compile(r"[^\S\n]*\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label in its place.

    Attributes
    ----------
    opens : whether a paragraph begins with it
    goes_on : whether the line before ends within a sentence, as where a paragraph is wrapped
    """

    label: Label
    opens: bool
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says, until the next label.

    Attributes
    ----------
    span : without the label
    is_sure : whether the labels alone show turns; else a speaker must be known: "Jobs: up" is none
    """

    label: Label
    span: Span
    is_sure: bool = True


def select_labels(labels: Sequence[PlacedLabel], *, n_paragraphs: int) -> list[tuple[Label, bool]]:
    """The labels that open turns, each with whether it is surely one.

    Parameters
    ----------
    labels : in order
    """
    counts = Counter(placed.label.style for placed in labels)
    names = Counter(placed.label.name for placed in labels)
    come_back = _come_back(labels, counts)
    begin_most = _begin_most(labels, counts, n_paragraphs=n_paragraphs)
    selected = []
    for placed in labels:
        label = placed.label
        if label.style == "mixed":
            answers = counts["question"] > 0 and names[label.name] >= MIN_LABELS
            is_beside = has_record_labels(counts)
            sure = come_back or answers or (is_beside and placed.opens and _is_titled(label))
            is_opening = (is_beside and not placed.goes_on) or _opens_speech(
                placed, names, n_paragraphs=n_paragraphs
            )
            accepted = sure or begin_most or is_opening
        else:
            accepted, sure = _accepted(placed, counts)
        if accepted:
            selected.append((label, sure))
    return [*_without_overlaps(selected)]


def _without_overlaps(selected: Iterable[tuple[Label, bool]]) -> Iterator[tuple[Label, bool]]:
    """The labels but for those that begin within an earlier one: "M. B.: No." has one."""
    end = 0
    for label, is_sure in selected:
        if label.span.start >= end:
            yield label, is_sure
            end = label.span.end


def _accepted(placed: PlacedLabel, counts: Counter[Style]) -> tuple[bool, bool]:
    """Whether a label that is not in small letters opens a turn, and whether surely."""
    label, style = placed.label, placed.label.style
    if style in ("question", "answer"):
        is_bold = label.name_span.end - label.name_span.start > 1
        return counts["question"] >= (MIN_LABELS if is_bold else 1), True
    if style == "stop":
        return placed.opens and counts["stop"] >= MIN_LABELS, True
    if style in ("dash", "seat"):
        return counts[style] >= MIN_LABELS or len(label.notes) > 1, True
    if style == "marked":
        # "**What they say:**" is bold too.
        return True, bool(label.role) or _is_titled(label) or counts["marked"] >= MIN_LABELS
    if style == "handle":
        return True, True
    return True, counts["capitals"] >= MIN_LABELS or _is_titled(label)


def has_record_labels(counts: Counter[Style]) -> bool:
    """Whether a text has labels in capitals or with a full stop."""
    return counts["capitals"] >= MIN_LABELS or counts["stop"] >= MIN_LABELS


def _opens_speech(placed: PlacedLabel, names: Counter[str], *, n_paragraphs: int) -> bool:
    """Whether a label in small letters may be that of the only speaker of a text.

    A name of several words comes back, or has an office in a text of a paragraph or two.
    """
    label = placed.label
    comes_back = names[label.name] >= MIN_LABELS and " " in label.name
    is_introduced = bool(label.role) and n_paragraphs * MIN_MIXED_SHARE <= 1
    return placed.opens and (comes_back or is_introduced)


def _is_titled(label: Label) -> bool:
    """Whether a label contains a title: "THE PRESIDENT", "MR. KOVAC"."""
    keys = {word.strip(".").casefold() for word in label.name.split()}
    return not (keys - {"the", "his", "her"}).isdisjoint(LABEL_TITLES | TITLES)


def _come_back(labels: Sequence[PlacedLabel], counts: Counter[Style]) -> bool:
    """Whether labels in small letters are of speakers who come back."""
    if has_record_labels(counts):
        return False
    mixed = [placed for placed in labels if placed.label.style == "mixed"]
    speakers = Counter(placed.label.name.split()[-1] for placed in mixed)
    return sum(count > 1 for count in speakers.values()) >= MIN_SPEAKERS


def _begin_most(
    labels: Sequence[PlacedLabel], counts: Counter[Style], *, n_paragraphs: int
) -> bool:
    """Whether labels in small letters begin most paragraphs."""
    if has_record_labels(counts):
        return False
    mixed = [placed for placed in labels if placed.label.style == "mixed"]
    n_open = sum(placed.opens for placed in mixed)
    has_several = len({placed.label.name for placed in mixed}) >= MIN_SPEAKERS
    return has_several and n_open >= MIN_MIXED_SHARE * n_paragraphs


def turns_of(
    labels: Sequence[tuple[Label, bool]], *, text: str, ends: Sequence[int]
) -> tuple[Turn, ...]:
    """The turns from label to label.

    Parameters
    ----------
    ends : where the transcript ends in any case, ascending; a turn reaches to the first of these
        behind its label
    """
    turns: list[Turn] = []
    if not labels:
        return ()
    bounds = [label.span.start for label, _ in labels[1:]] + [len(text)]
    at = 0
    for (label, is_sure), bound in zip(labels, bounds, strict=True):
        while at < len(ends) and ends[at] <= label.span.end:
            at += 1
        end = min(bound, ends[at]) if at < len(ends) else bound
        content = text[label.span.end : end]
        start = label.span.end + len(content) - len(content.lstrip())
        end -= len(content) - len(content.rstrip())
        if start < end:
            turns.append(Turn(label, Span(start, end), is_sure))
    if all(label.style == "question" for label, _ in labels):
        return tuple(part for turn in turns for part in _with_answer(turn, text))
    return tuple(turns)


def _with_answer(turn: Turn, text: str) -> Iterator[Turn]:
    """A question, and as an answer the paragraphs behind it; all of it behind one in bold."""
    content = turn.span.of(text)
    gap = None if turn.label.is_line else _BLANK_LINE.search(content)
    if not turn.label.is_line:
        end = turn.span.start + (gap.start() if gap else len(content))
        yield replace(turn, span=Span(turn.span.start, end))
    start = turn.span.start if turn.label.is_line else turn.span.start + (gap.end() if gap else 0)
    if turn.label.is_line or gap is not None:
        label = replace(turn.label, style="answer", name="A")
        yield replace(turn, label=label, span=Span(start, turn.span.end))
