"""Units to padded tensors: token ids, masks of the holders, features and labels."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from standpoint.judge import (
    ANSWERS,
    HOLDER_FEATURES,
    SENTIMENTS,
    JoinedText,
    TokenizedText,
)
from train.judge.network.judge_network import JudgeBatch, SentimentBatch, TeacherBatch
from train.judge.token_sequences import TokenSequences, variant_number
from train.judge.units import TeacherAnswer, Unit, UnitCandidate

NO_CANDIDATE = -100  # torch's own number for a label that the loss leaves out
_INDEX = {answer: number for number, answer in enumerate(ANSWERS)}
_EXCHANGED = {"favor": "against", "against": "favor"}
_EXCHANGED_COLUMNS = [_INDEX[_EXCHANGED.get(answer, answer)] for answer in ANSWERS]
Arrays = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Variants:
    """How the units of a batch are read.

    Attributes
    ----------
    cues : whether the issues' words end with their cues
    swapped : whose poles are exchanged
    contexts : the number of the sentence that is put before a unit that has none before it; None
        where it stays without
    """

    cues: bool
    swapped: tuple[bool, ...]
    contexts: tuple[int | None, ...]

    @classmethod
    def plain(cls, n_units: int, *, cues: bool) -> "Variants":
        """No poles are exchanged, and nothing is put before."""
        return cls(cues, (False,) * n_units, (None,) * n_units)

    @classmethod
    def drawn(
        cls,
        n_units: int,
        *,
        cues: float,
        swapped: float,
        generator: random.Random,
        other_before: float = 0.0,
        n_contexts: int = 0,
    ) -> "Variants":
        """Drawn with the probabilities of cues (for the batch), and of the others (for a unit)."""
        has_cues = generator.random() < cues
        exchanged = tuple(generator.random() < swapped for _ in range(n_units))
        contexts: tuple[int | None, ...] = (None,) * n_units
        if other_before and n_contexts:
            contexts = tuple(
                generator.randrange(n_contexts) if generator.random() < other_before else None
                for _ in range(n_units)
            )
        return cls(has_cues, exchanged, contexts)


@dataclass(frozen=True)
class Collator:
    """Builds batches from the tokens of texts.

    Attributes
    ----------
    answers : what a teacher says of units, with the poles of their issues as they are
    contexts : sentences to put before others, of `TokenSequences.contexts`
    """

    sequences: TokenSequences
    answers: Mapping[Unit, TeacherAnswer] = field(default_factory=dict)
    contexts: Sequence[TokenizedText] = ()

    def collate(self, units: Sequence[Unit], variants: Variants) -> JudgeBatch:
        """A batch of units; a topic has no poles to exchange."""
        swapped_poles = [
            swapped and unit.issue.has_poles
            for unit, swapped in zip(units, variants.swapped, strict=True)
        ]
        joined = [
            self.sequences.joined(
                unit,
                variant_number(cues=variants.cues, swapped=swapped),
                before=self._before(unit, context),
            )
            for unit, swapped, context in zip(units, swapped_poles, variants.contexts, strict=True)
        ]
        n_tokens = max(len(text.ids) for text in joined)
        n_candidates = max(1, *(len(unit.candidates) for unit in units))
        arrays = _empty(len(units), n_tokens, n_candidates)
        for row, (unit, text) in enumerate(zip(units, joined, strict=True)):
            n_own = len(text.ids)
            arrays["ids"][row, :n_own] = text.ids
            arrays["mask"][row, :n_own] = 1
            arrays["segments"][row, :n_own] = text.segments
            arrays["poles"][row, :, :n_own] = text.poles
            masks = text.masks([candidate.query for candidate in unit.candidates])
            arrays["holders"][row, : len(masks), :n_own] = masks
            for column, candidate in enumerate(unit.candidates):
                arrays["features"][row, column] = candidate.query.features
                label = _label(candidate, is_swapped=swapped_poles[row])
                arrays["stances"][row, column] = label
            arrays["concerned"][row] = unit.is_concerned
        teacher = self._teacher_arrays(units, swapped_poles, n_candidates=n_candidates)
        if teacher:
            _leave_out_labels(arrays, teacher)
        return JudgeBatch(
            **_tensors(arrays),
            sentiment=_sentiment_batch(units, joined),
            teacher=TeacherBatch(**_tensors(teacher)) if teacher else None,
        )

    def _before(self, unit: Unit, context: int | None) -> TokenizedText | None:
        """What is put before a unit: nothing where it has a sentence before it, or is a text."""
        is_alone = unit.target is None and not unit.sentence.before and not unit.sentence.is_text
        return self.contexts[context] if context is not None and is_alone else None

    def _teacher_arrays(
        self, units: Sequence[Unit], swapped: Sequence[bool], *, n_candidates: int
    ) -> Arrays:
        """The teacher's answers by the names of `TeacherBatch`; none where it says nothing.

        Where the poles are exchanged, so are the answers favor and against.
        """
        answers = [self.answers.get(unit) for unit in units] if self.answers else []
        if not any(answers):
            return {}
        arrays = _empty_answers(len(units), n_candidates)
        for row, (unit, answer) in enumerate(zip(units, answers, strict=True)):
            arrays["has_gold"][row] = unit.has_gold
            if answer is None:
                continue
            if answer.sentiment is not None:
                arrays["has_sentiment"][row] = 1
                arrays["sentiments"][row] = answer.sentiment
                continue
            arrays["has_stances"][row] = 1
            arrays["about"][row] = answer.about
            stances = answer.stances[:, _EXCHANGED_COLUMNS] if swapped[row] else answer.stances
            arrays["stances"][row, : len(stances)] = stances
            arrays["candidates"][row, : len(stances)] = 1
        return arrays


def _leave_out_labels(arrays: Arrays, teacher: Arrays) -> None:
    """Take from units without gold what stands for labels: the teacher's answers are theirs."""
    without = teacher["has_gold"] == 0
    arrays["stances"][without] = NO_CANDIDATE
    arrays["concerned"][without] = (1 + np.tanh(teacher["about"][without] / 2)) / 2  # the sigmoid


def _tensors(arrays: Arrays) -> dict[str, torch.Tensor]:
    return {name: torch.from_numpy(array) for name, array in arrays.items()}


def _sentiment_batch(units: Sequence[Unit], joined: Sequence[JoinedText]) -> SentimentBatch | None:
    """The targets of units; None where no unit of the batch teaches sentiment."""
    if not any(unit.target for unit in units):
        return None
    masks = np.zeros((len(units), 2, max(len(text.ids) for text in joined)), np.float32)
    labels = np.full(len(units), NO_CANDIDATE, np.int64)
    for row, (unit, text) in enumerate(zip(units, joined, strict=True)):
        if unit.target is not None:
            of_roles = text.target_masks([unit.target.query])
            masks[row, :, : len(text.ids)] = np.concatenate(of_roles)
            labels[row] = SENTIMENTS.index(unit.target.sentiment)
    return SentimentBatch(torch.from_numpy(masks), torch.from_numpy(labels))


def _label(candidate: UnitCandidate, *, is_swapped: bool) -> int:
    stance = candidate.stance
    return _INDEX[_EXCHANGED.get(stance, stance) if is_swapped else stance]


def _empty(n_units: int, n_tokens: int, n_candidates: int) -> Arrays:
    """Arrays of padding alone, by the names of `JudgeBatch`."""
    return {
        "ids": np.zeros((n_units, n_tokens), np.int64),
        "mask": np.zeros((n_units, n_tokens), np.float32),
        "segments": np.zeros((n_units, n_tokens), np.int64),
        "poles": np.zeros((n_units, 2, n_tokens), np.float32),
        "holders": np.zeros((n_units, n_candidates, n_tokens), np.float32),
        "features": np.zeros((n_units, n_candidates, len(HOLDER_FEATURES)), np.float32),
        "stances": np.full((n_units, n_candidates), NO_CANDIDATE, np.int64),
        "concerned": np.zeros(n_units, np.float32),
    }


def _empty_answers(n_units: int, n_candidates: int) -> Arrays:
    """No answers, by the names of `TeacherBatch`."""
    shapes: dict[str, tuple[int, ...]] = {
        "has_gold": (n_units,),
        "has_stances": (n_units,),
        "about": (n_units,),
        "stances": (n_units, n_candidates, len(ANSWERS)),
        "candidates": (n_units, n_candidates),
        "has_sentiment": (n_units,),
        "sentiments": (n_units, len(SENTIMENTS)),
    }
    return {name: np.zeros(shape, np.float32) for name, shape in shapes.items()}
