"""Turns: who speaks from where to where in a transcript, debate, interview or thread."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

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
"""Or such labels begin at least half of its paragraphs."""


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label, and whether a paragraph begins with it."""

    label: Label
    opens: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says, until the next label.

    Attributes
    ----------
    span : without the label
    is_sure : whether the label alone shows a turn; else its speaker must be a known person
    """

    label: Label
    span: Span
    is_sure: bool = True


def select_labels(labels: Sequence[PlacedLabel], *, n_paragraphs: int) -> list[tuple[Label, bool]]:
    """The labels that open turns, each with whether it is surely one."""
    counts = Counter(placed.label.style for placed in labels)
    mixed = _mixed_are_turns(labels, counts, n_paragraphs=n_paragraphs)
    selected = []
    for placed in labels:
        label = placed.label
        if label.style == "mixed":
            accepted, sure = mixed, True
        else:
            accepted, sure = _accepted(placed, counts)
        if accepted:
            selected.append((label, sure))
    return selected


def _accepted(placed: PlacedLabel, counts: Counter[Style]) -> tuple[bool, bool]:
    """Whether a label that is not in small letters opens a turn, and whether surely."""
    label, style = placed.label, placed.label.style
    if style in ("question", "answer"):
        return counts["question"] > 0, True
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


def _is_titled(label: Label) -> bool:
    """Whether a label contains a title: "THE PRESIDENT", "MR. KOVAC"."""
    keys = {word.strip(".").casefold() for word in label.name.split()}
    return not keys.isdisjoint(LABEL_TITLES | TITLES)


def _mixed_are_turns(
    labels: Sequence[PlacedLabel], counts: Counter[Style], *, n_paragraphs: int
) -> bool:
    """Whether labels in small letters open turns: by speakers that come back, or by their share."""
    if counts["capitals"] >= MIN_LABELS or counts["stop"] >= MIN_LABELS:
        return False
    mixed = [placed for placed in labels if placed.label.style == "mixed"]
    speakers = Counter(placed.label.name.split()[-1] for placed in mixed)
    if sum(count > 1 for count in speakers.values()) >= MIN_SPEAKERS:
        return True
    n_open = sum(placed.opens for placed in mixed)
    return len(speakers) >= MIN_SPEAKERS and n_open >= MIN_MIXED_SHARE * n_paragraphs


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
    return tuple(turns)
