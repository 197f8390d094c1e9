"""Which tokens a model pools for a pair, told as weights, so that they can be learned through.

The weights come from `standpoint.model.span_features` itself, read with tokens that are unit
vectors: what is trained pools exactly what is served.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standpoint.model import (
    EncodedSentence,
    EncoderFeatures,
    PairText,
    feature_groups,
    texts_to_encode,
)

Weights = npt.NDArray[np.float32]
FACTS = ("signs", "leanings")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as its encoder reads it.

    Attributes
    ----------
    ids : array of shape (n_tokens,)
    offsets : array of shape (n_tokens, 2), in code points
    """

    ids: npt.NDArray[np.int64]
    offsets: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Pool:
    """Weights over the tokens of one text: number ``text`` of a pair's texts."""

    text: int
    weights: Weights


@dataclass(frozen=True, slots=True)
class Pooled:
    """What is pooled for a pair.

    Attributes
    ----------
    texts : the sentence, then the words that are read apart from it
    pools : one for each of `linear_parts`
    facts : array of shape (n_facts,), what is counted in the text itself
    """

    texts: tuple[str, ...]
    pools: tuple[Pool, ...]
    facts: Weights


def linear_parts(settings: EncoderFeatures) -> list[str]:
    """The parts of a pair's features that are weighted means of tokens, in their order.

    The target's is always among them: others are made from it.
    """
    n_roles = 2 if settings.holder else 1
    return [
        "sentence",
        "target",
        *(["name of holder", "name of target"] if settings.names else []),
        *["decay"] * (n_roles * len(settings.decays)),
        *(["holder"] if settings.holder else []),
        *(["between"] if settings.between else []),
        *["window"] * (2 * n_roles * len(settings.windows)),
    ]


def pool(pair: PairText, *, settings: EncoderFeatures, tokens: Mapping[str, Tokens]) -> Pooled:
    """The weights and facts of a pair.

    Parameters
    ----------
    tokens : of the pair's sentence and of `texts_to_encode`
    """
    texts = tuple(dict.fromkeys([pair.text, *texts_to_encode(pair, settings=settings)]))
    lengths = [len(tokens[text]) for text in texts]
    starts = np.cumsum([0, *lengths])
    readings = dict(zip(texts, _unit_readings(texts, tokens, starts), strict=True))
    linear = settings.model_copy(
        update={
            "layers": (0,), "target": True, "products": False, "differences": False,
            "cosines": False, "maxima": False,
        }
    )  # fmt: skip
    rows, facts = [], [np.zeros(0, np.float32)]
    for group, part in feature_groups(readings[pair.text], pair, settings=linear, texts=readings):
        if group in FACTS:
            facts.append(np.asarray(part, np.float32).ravel())
        else:
            rows.append(part[0])
    return Pooled(texts, tuple(_pool(row, starts) for row in rows), np.concatenate(facts))


def _unit_readings(
    texts: Sequence[str], tokens: Mapping[str, Tokens], starts: npt.NDArray[np.int64]
) -> Iterable[EncodedSentence]:
    """Readings in which each token of any of the texts is a unit vector of its own."""
    units = np.eye(int(starts[-1]), dtype=np.float32)
    for text, start, end in zip(texts, starts, starts[1:], strict=False):
        yield EncodedSentence(tokens[text].offsets, units[None, start:end], (0,))


def _pool(row: Weights, starts: npt.NDArray[np.int64]) -> Pool:
    """A row over all texts' tokens as a row over those of the one it looks at."""
    seen = np.flatnonzero(row)
    text = int(np.searchsorted(starts, seen[0], side="right")) - 1 if len(seen) else 0
    return Pool(text, np.ascontiguousarray(row[starts[text] : starts[text + 1]]))
