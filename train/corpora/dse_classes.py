"""DSE's five official classes of sentences, and how they map to two directed pairs."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from standpoint.errors import CorpusError
from standpoint.labels import LABELS
from train.corpora.io import refuse_faults
from train.corpora.record import Record

DIRECTIONS = ("p_to_q", "q_to_p")
SIDES = {
    "0": ("neutral", "neutral"),
    "1": ("positive", "neutral"),
    "2": ("neutral", "positive"),
    "3": ("negative", "neutral"),
    "4": ("neutral", "negative"),
}
"""The label in the files, and the sentiments of p → q and q → p that it stands for."""
OFFICIAL_CLASSES = (
    "neutral",
    "p_to_q_positive",
    "q_to_p_positive",
    "p_to_q_negative",
    "q_to_p_negative",
)
"""The official classes in the order of their numbers."""


class OfficialSentences(NamedTuple):
    """Sentences with their official classes.

    Attributes
    ----------
    sentences : the record ``p_to_q`` of each sentence, with its group and text
    y_true : array of shape (n_sentences,), of `OFFICIAL_CLASSES`
    probabilities : array of shape (n_sentences, 5), columns as `OFFICIAL_CLASSES`
    """

    sentences: tuple[Record, ...]
    y_true: npt.NDArray[np.str_]
    probabilities: npt.NDArray[np.float32]


def official_class_numbers(p_to_q: Sequence[str], q_to_p: Sequence[str]) -> npt.NDArray[np.int64]:
    """The numbers 0 to 4 of the official classes, from the sentiments of both directions.

    Raises
    ------
    CorpusError
        both directions have a polarity: no official class stands for that

    >>> official_class_numbers(["neutral", "negative"], ["positive", "neutral"])
    array([2, 3])
    """
    numbers = {sides: int(label) for label, sides in SIDES.items()}
    pairs = list(zip(p_to_q, q_to_p, strict=True))
    refuse_faults(
        "dse",
        [
            f"row {n}: one direction must be neutral, got {pair}."
            for n, pair in enumerate(pairs)
            if pair not in numbers
        ],
    )
    return np.array([numbers[pair] for pair in pairs], dtype=np.int64)


def join_directions(records: Sequence[Record], probabilities: npt.ArrayLike) -> OfficialSentences:
    """Official classes of sentences and their probabilities, from both directed pairs of each.

    The probability of a class is the product of its probabilities in both directions, normalized
    over the five classes.

    Parameters
    ----------
    records : both directions of each sentence, in any order; sentences keep the order they
        first come in
    probabilities : of shape (n_records, 3), columns in the order of ``LABELS["sentiment"]``

    Raises
    ------
    CorpusError
        a direction of a sentence is missing or comes twice, or `shares` has another shape
    """
    pairs = np.asarray(probabilities, dtype=np.float64)
    if pairs.shape != (len(records), 3):
        raise CorpusError(f"dse: shares must have shape ({len(records)}, 3), got {pairs.shape}.")
    rows = _rows(records)
    p_to_q, q_to_p = rows[:, 0], rows[:, 1]
    labels = np.array([record.label for record in records], dtype=np.str_)
    numbers = official_class_numbers(labels[p_to_q].tolist(), labels[q_to_p].tolist())
    column = {label: at for at, label in enumerate(LABELS["sentiment"])}
    products = np.stack(
        [pairs[p_to_q, column[p]] * pairs[q_to_p, column[q]] for p, q in SIDES.values()],
        axis=1,
    )
    total = np.maximum(products.sum(axis=1, keepdims=True), np.finfo(np.float64).tiny)
    return OfficialSentences(
        tuple(records[at] for at in p_to_q),
        np.array(OFFICIAL_CLASSES)[numbers],
        (products / total).astype(np.float32),
    )


def _rows(records: Sequence[Record]) -> npt.NDArray[np.int64]:
    """Row numbers of both directions of each sentence, of shape (n_sentences, 2)."""
    sentences: dict[str, dict[str, int]] = {}
    faults = []
    for row, record in enumerate(records):
        sentence, _, direction = record.id.rpartition(":")
        directions = sentences.setdefault(sentence, {})
        if direction not in DIRECTIONS or direction in directions:
            faults.append(
                f"{record.id}: must be a direction of its own of a sentence, got another."
            )
        directions[direction] = row
    for sentence, directions in sentences.items():
        for direction in DIRECTIONS:
            if direction not in directions:
                faults.append(f"{sentence}: must have both directions, got none named {direction}.")
    refuse_faults("dse", faults)
    both = [[directions[name] for name in DIRECTIONS] for directions in sentences.values()]
    return np.array(both, dtype=np.int64).reshape(-1, 2)
