"""A sentence to contextual vectors, each sentence read once.

An encoder is a folder, named by its digest: ``graph.onnx`` (int8), ``tokenizer.json`` and
``encoder.json``, which lists the sha256 of both. Sentences go through one at a time: nothing is
padded, and the vectors of a sentence never depend on its neighbours.
"""

import bisect
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from standpoint.errors import EncoderError
from standpoint.files import sha256_fault
from standpoint.text import Span

FORMAT = 1
MAX_TOKENS = 512
FILES = ("graph.onnx", "tokenizer.json")
DESCRIPTION = "encoder.json"
Vectors = npt.NDArray[np.float32]


def disable_telemetry() -> None:
    """Tell onnxruntime, before its first import, to record no events and to send none away."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")


@dataclass(frozen=True)
class EncodedSentence:
    """What the encoder saw in one sentence.

    Attributes
    ----------
    offsets : array of shape (n_tokens, 2), in code points; both 0 for tokens that are no text
    layers : array of shape (n_layers, n_tokens, width)
    numbers : which layer of the encoder each row of ``layers`` is
    """

    offsets: npt.NDArray[np.int64]
    layers: Vectors
    numbers: tuple[int, ...]

    def select_layers(self, numbers: Sequence[int]) -> "EncodedSentence":
        """The same reading with some of its layers."""
        if tuple(numbers) == self.numbers:
            return self
        rows = [self.numbers.index(number) for number in numbers]
        return EncodedSentence(self.offsets, self.layers[rows], tuple(numbers))

    def mean(self) -> Vectors:
        """Mean of the sentence's tokens, of shape (n_layers, width)."""
        return self._sentence

    def max(self) -> Vectors:
        """The largest of each number over the sentence's tokens, of shape (n_layers, width)."""
        chosen = self._texts if len(self._texts) else slice(None)
        found: Vectors = self.layers[:, chosen].max(axis=1)
        return found

    def span_mean(self, span: Span) -> Vectors:
        """Mean of the tokens a span touches, of shape (n_layers, width).

        Where the span lies past the last token that was read, the sentence stands in for it.
        """
        starts, ends = self._bounds
        first, last = bisect.bisect_right(ends, span.start), bisect.bisect_left(starts, span.end)
        if first >= last:
            return self._sentence
        if (first, last) not in self._means:
            tokens = self.layers[:, self._texts[first] : self._texts[last - 1] + 1]
            self._means[first, last] = tokens.sum(axis=1) / np.float32(tokens.shape[1])
        return self._means[first, last]

    def decayed_mean(self, span: Span, *, decay: float) -> Vectors:
        """Mean of the tokens outside a span, of shape (n_layers, width), the near ones weigh more.

        A token weighs exp(-distance / decay), with the distance in tokens from the span. The
        sentence's plain mean stands in where there are no such tokens.
        """
        starts, ends = self._bounds
        first, last = bisect.bisect_right(ends, span.start), bisect.bisect_left(starts, span.end)
        if first >= last or last - first == len(starts):
            return self._sentence
        places = np.arange(len(starts))
        distance = np.maximum(first - places, places - (last - 1))
        weights = np.where(distance > 0, np.exp(-distance / decay), 0).astype(np.float32)
        mean: Vectors = np.einsum("t,ltw->lw", weights / weights.sum(), self.layers[:, self._texts])
        return mean

    @cached_property
    def _means(self) -> dict[tuple[int, int], Vectors]:
        """Spans that were asked for: pairs of one sentence share many."""
        return {}

    @cached_property
    def _texts(self) -> npt.NDArray[np.int64]:
        """The numbers of the tokens that are text, in order."""
        return np.flatnonzero(self.offsets[:, 1] > self.offsets[:, 0])

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        """Where the tokens that are text start and end, in order."""
        texts = self.offsets[self._texts]
        return texts[:, 0].tolist(), texts[:, 1].tolist()

    @cached_property
    def _sentence(self) -> Vectors:
        chosen = self._texts if len(self._texts) else slice(None)
        mean: Vectors = self.layers[:, chosen].mean(axis=1)
        return mean


class Encoder:
    """An encoder folder, opened when it is first read from."""

    def __init__(self, folder: Path, *, digest: str, max_tokens: int = MAX_TOKENS) -> None:
        self.folder = folder
        self.digest = digest
        self.max_tokens = max_tokens

    @cached_property
    def _session(self) -> Any:
        disable_telemetry()
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            str(self.folder / "graph.onnx"), options, providers=["CPUExecutionProvider"]
        )

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(self.max_tokens)
        return tokenizer

    def encode(self, sentence: str, *, layers: Sequence[int]) -> EncodedSentence:
        """Read one sentence.

        Parameters
        ----------
        sentence : text without lone surrogates; tokens after the 512th, or after the last that
            the encoder has a position for, are not read
        layers : which outputs to keep; 0 is the embeddings
        """
        encoded = self._tokenizer.encode(sentence)
        found = self._session.run(
            [f"layer_{number}" for number in layers],
            {"input_ids": np.asarray(encoded.ids, dtype=np.int64)},
        )
        return EncodedSentence(
            np.asarray(encoded.offsets, dtype=np.int64), np.stack(found), tuple(layers)
        )


def encoder_digest(sums: dict[str, str]) -> str:
    """The name of an encoder: sha256 over the sums of its files.

    >>> encoder_digest({"graph.onnx": "a", "tokenizer.json": "b"})[:8]
    '542c6d33'
    """
    canonical = "\n".join(f"{name} {sums[name]}" for name in sorted(sums))
    return hashlib.sha256(canonical.encode()).hexdigest()


def open_encoder(folder: Path, *, digest: str | None = None) -> Encoder:
    """Check an encoder folder against its sums and open it.

    Parameters
    ----------
    digest : what it has to be; None takes what is there

    Raises
    ------
    EncoderError
        a file is missing or changed, or it is another encoder than the one asked for
    """
    try:
        described = json.loads((folder / "encoder.json").read_text("utf-8"))
        sums = {name: str(described["files"][name]) for name in FILES}
        max_tokens = int(described.get("max_tokens", MAX_TOKENS))
    except FileNotFoundError:
        raise EncoderError(
            f"{folder}: must be an encoder, got no encoder.json. Run `make setup`."
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EncoderError(
            f"{folder / 'encoder.json'}: must list the sums of {', '.join(FILES)}, "
            f"got {error!r}. Delete the folder and run `make setup`."
        ) from None
    for name, expected in sums.items():
        _check_sum(folder / name, expected)
    found = encoder_digest(sums)
    if digest is not None and found != digest:
        raise EncoderError(
            f"{folder}: must be the encoder {digest[:16]}, got {found[:16]}. "
            "Train again, or set STANDPOINT_ENCODER to the right folder."
        )
    return Encoder(folder, digest=found, max_tokens=max_tokens)


def _check_sum(path: Path, expected: str) -> None:
    if not path.is_file():
        raise EncoderError(f"{path}: must exist, got no such file. Run `make setup`.")
    fault = sha256_fault(path, expected=expected)
    if fault:
        raise EncoderError(f"{fault} Delete the folder and run `make setup`.")


def find_encoder(models_dir: Path, *, digest: str | None = None) -> Encoder:
    """The encoder of a digest under ``models_dir/encoders``; without a digest the only one there.

    A folder named in ``STANDPOINT_ENCODER`` that holds an ``encoder.json`` goes before it.
    """
    given = os.environ.get("STANDPOINT_ENCODER")
    if given and (Path(given) / "encoder.json").is_file():
        return open_encoder(Path(given), digest=digest)
    folders = sorted(path.parent for path in (models_dir / "encoders").glob("*/encoder.json"))
    if digest is not None:
        folders = [folder for folder in folders if digest.startswith(folder.name)]
    if not folders:
        wanted = f" {digest[:16]}" if digest else ""
        raise EncoderError(
            f"{models_dir / 'encoders'}: must hold the encoder{wanted}, got none. Run `make setup`."
        )
    if len(folders) > 1:
        raise EncoderError(
            f"{models_dir / 'encoders'}: must hold one encoder where none is named, got "
            f"{', '.join(folder.name for folder in folders)}. Set STANDPOINT_ENCODER to one."
        )
    return open_encoder(folders[0], digest=digest)
