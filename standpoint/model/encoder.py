"""A sentence encoder (ONNX): contextual token vectors, one sentence at a time.

An encoder is a folder, named by its digest: ``graph.onnx`` (int8), ``tokenizer.json`` and
``encoder.json``, which lists the sha256 of both. Sentences are never batched: nothing is padded,
and the vectors of a sentence do not depend on its neighbours (docs/decisions/0002).
"""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from standpoint.onnx_session import open_session
from standpoint.text import Span

MAX_TOKENS = 512  # the position embeddings of BERT; encoder.json may name a lower number
Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True)
class EncodedSentence:
    """Token vectors of one sentence, and ways to pool them.

    Attributes
    ----------
    offsets : array of shape (n_tokens, 2), in code points; both 0 for special tokens ([CLS], [SEP])
    layers : array of shape (n_layers, n_tokens, width)
    layer_numbers : which layer of the encoder each row of ``layers`` is
    """

    offsets: npt.NDArray[np.int64]
    layers: Vectors
    layer_numbers: tuple[int, ...]
    # A cache, since the pairs of a sentence share many spans.
    _span_means: dict[tuple[int, int], Vectors] = field(default_factory=dict, init=False)

    def select_layers(self, layer_numbers: Sequence[int]) -> "EncodedSentence":
        """The same sentence with some of its layers."""
        if tuple(layer_numbers) == self.layer_numbers:
            return self
        rows = [self.layer_numbers.index(number) for number in layer_numbers]
        return EncodedSentence(self.offsets, self.layers[rows], tuple(layer_numbers))

    def mean(self) -> Vectors:
        """Mean of the sentence's tokens, of shape (n_layers, width)."""
        return self._mean

    def max(self) -> Vectors:
        """Maximum of each dimension over the sentence's tokens, of shape (n_layers, width)."""
        maxima: Vectors = self._text_layers().max(axis=1)
        return maxima

    def span_mean(self, span: Span) -> Vectors:
        """Mean of the tokens that overlap a span, of shape (n_layers, width).

        Where no token does (the sentence was truncated), it is the mean of the sentence.
        """
        first, last = self._token_range(span)
        if first >= last:
            return self._mean
        if (first, last) not in self._span_means:
            tokens = self.layers[:, self._text_tokens[first] : self._text_tokens[last - 1] + 1]
            self._span_means[first, last] = tokens.sum(axis=1) / np.float32(tokens.shape[1])
        return self._span_means[first, last]

    def decayed_mean(self, span: Span, *, decay: float) -> Vectors:
        """Weighted mean of the tokens outside a span, of shape (n_layers, width).

        A token weighs exp(-distance / decay), with its distance from the span in tokens. Where
        there is no token outside the span or none in it, it is the plain mean of the sentence.
        """
        first, last = self._token_range(span)
        n_tokens = len(self._text_tokens)
        if first >= last or last - first == n_tokens:
            return self._mean
        positions = np.arange(n_tokens)
        distance = np.maximum(first - positions, positions - (last - 1))
        weights = np.where(distance > 0, np.exp(-distance / decay), 0).astype(np.float32)
        layers = self.layers[:, self._text_tokens]
        mean: Vectors = np.einsum("t,ltw->lw", weights / weights.sum(), layers)
        return mean

    def _token_range(self, span: Span) -> tuple[int, int]:
        """The text tokens that overlap a span: the first, and the first after it."""
        starts, ends = self._token_bounds
        return bisect.bisect_right(ends, span.start), bisect.bisect_left(starts, span.end)

    def _text_layers(self) -> Vectors:
        """The vectors of the text tokens; of all tokens where the text is empty."""
        return self.layers[:, self._text_tokens if len(self._text_tokens) else slice(None)]

    @cached_property
    def _text_tokens(self) -> npt.NDArray[np.int64]:
        """Indices of the tokens that are text, not special tokens."""
        return np.flatnonzero(self.offsets[:, 1] > self.offsets[:, 0])

    @cached_property
    def _token_bounds(self) -> tuple[list[int], list[int]]:
        """Start and end offsets of the text tokens."""
        offsets = self.offsets[self._text_tokens]
        return offsets[:, 0].tolist(), offsets[:, 1].tolist()

    @cached_property
    def _mean(self) -> Vectors:
        mean: Vectors = self._text_layers().mean(axis=1)
        return mean


class Encoder:
    """An encoder folder; the ONNX session and the tokenizer are loaded on first use."""

    def __init__(self, folder: Path, *, digest: str, max_tokens: int = MAX_TOKENS) -> None:
        self.folder = folder
        self.digest = digest
        self.max_tokens = max_tokens

    @cached_property
    def _session(self) -> Any:
        return open_session(self.folder / "graph.onnx")

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(self.max_tokens)
        return tokenizer

    def encode(self, sentence: str, *, layers: Sequence[int]) -> EncodedSentence:
        """Token vectors of one sentence.

        Parameters
        ----------
        sentence : text without lone surrogates; tokens after ``max_tokens`` are cut off
        layers : which layers to return; 0 is the embeddings
        """
        encoding = self._tokenizer.encode(sentence)
        outputs = self._session.run(
            [f"layer_{number}" for number in layers],
            {"input_ids": np.asarray(encoding.ids, dtype=np.int64)},
        )
        offsets = np.asarray(encoding.offsets, dtype=np.int64)
        return EncodedSentence(offsets, np.stack(outputs), tuple(layers))
