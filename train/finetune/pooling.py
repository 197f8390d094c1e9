"""Pooling weights over tokens, so that gradients flow through the features of a pair.

The weights come from `standpoint.model.span_features` itself, applied to unit vectors as tokens:
training pools exactly the tokens that serving pools.
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
TEXT_FEATURES = ("signs", "leanings")
"""Groups of features that are counted in the text: no token is pooled for them."""


@dataclass(frozen=True, slots=True)
class TokenizedText:
    """Token ids and offsets of a text.

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
    """Weights over the tokens of a text, which is number ``text`` of a pair's texts."""

    text: int
    weights: Weights


@dataclass(frozen=True, slots=True)
class PooledPair:
    """Pooling weights and text features of a pair.

    Attributes
    ----------
    texts : the sentence, then the words that are read on their own
    pools : one for each of `linear_parts`
    text_features : array of shape (n_text_features,), counted in the text itself
    """

    texts: tuple[str, ...]
    pools: tuple[Pool, ...]
    text_features: Weights


def linear_parts(settings: EncoderFeatures) -> list[str]:
    """The parts of a pair's features that are weighted means of tokens, in their order.

    The target is always among them: products and differences are computed from it.
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


def pool(
    pair: PairText, *, settings: EncoderFeatures, tokens: Mapping[str, TokenizedText]
) -> PooledPair:
    """The pooling weights and the text features of a pair.

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
    rows, text_features = [], [np.zeros(0, np.float32)]
    for group, part in feature_groups(readings[pair.text], pair, settings=linear, texts=readings):
        if group in TEXT_FEATURES:
            text_features.append(np.asarray(part, np.float32).ravel())
        else:
            rows.append(part[0])
    return PooledPair(
        texts, tuple(_pool(row, starts) for row in rows), np.concatenate(text_features)
    )


def _unit_readings(
    texts: Sequence[str], tokens: Mapping[str, TokenizedText], starts: npt.NDArray[np.int64]
) -> Iterable[EncodedSentence]:
    """Readings in which every token, over all texts, is a unit vector of its own."""
    units = np.eye(int(starts[-1]), dtype=np.float32)
    for text, start, end in zip(texts, starts, starts[1:], strict=False):
        yield EncodedSentence(tokens[text].offsets, units[None, start:end], (0,))


def _pool(row: Weights, starts: npt.NDArray[np.int64]) -> Pool:
    """A row over the tokens of all texts, cut to the only text with weights other than 0."""
    pooled = np.flatnonzero(row)
    text = int(np.searchsorted(starts, pooled[0], side="right")) - 1 if len(pooled) else 0
    return Pool(text, np.ascontiguousarray(row[starts[text] : starts[text + 1]]))
