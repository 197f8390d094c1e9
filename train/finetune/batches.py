"""Training batches: labelled pairs to padded batches of sentences, each sentence once."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch.nn.utils.rnn import pad_sequence

from standpoint.model import EncoderFeatures, PairText, texts_to_encode
from train.finetune.network import Batch, Block, HeadBatch
from train.finetune.pooling import PooledPair, TokenizedText, pool

BUCKET_BATCHES = 50
"""Batches that are sorted by length together. A guess: more would pad less and shuffle less."""
PAD_ID = 0  # of BERT; the config of an encoder may name another
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TrainingTask:
    """The labelled pairs that a head learns from.

    Attributes
    ----------
    labels : array of shape (n_pairs,), indices of the head's labels
    weight : of each of its pairs in the loss
    balanced : whether rare labels weigh as much as frequent ones
    """

    head: str
    pairs: tuple[PairText, ...]
    labels: Indices
    n_labels: int
    settings: EncoderFeatures
    weight: float = 1.0
    balanced: bool = False

    def class_weights(self) -> npt.NDArray[np.float32]:
        """Loss weights of the labels, of shape (n_labels,); labels without a pair weigh 1."""
        if not self.balanced:
            return np.ones(self.n_labels, np.float32)
        counts = np.bincount(self.labels, minlength=self.n_labels)
        present = max(1, int((counts > 0).sum()))
        share = len(self.labels) / (present * np.maximum(counts, 1))
        return np.where(counts > 0, share, 1.0).astype(np.float32)


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """A pair of a sentence: its head, its row in the head's data, its pooling and its label."""

    head: str
    row: int
    pooled: PooledPair
    label: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with all of its pairs, of any head."""

    text: str
    n_tokens: int
    pairs: tuple[LabelledPair, ...]


class CachedTokenizer:
    """A tokenizer that tokenizes each text once; longer texts are cut at ``max_tokens``."""

    def __init__(self, tokenizer: Any, *, max_tokens: int, pad_id: int = PAD_ID) -> None:
        self.pad_id = pad_id
        self._tokenizer = tokenizer
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens)
        self._cached: dict[str, TokenizedText] = {}

    def __getitem__(self, text: str) -> TokenizedText:
        return self._cached[text]

    def tokenize(self, texts: Sequence[str]) -> Mapping[str, TokenizedText]:
        """All texts so far, tokenized, by text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._cached]
        for text, encoding in zip(new, self._tokenizer.encode_batch(new), strict=True):
            self._cached[text] = TokenizedText(
                np.asarray(encoding.ids, np.int64), np.asarray(encoding.offsets, np.int64)
            )
        return self._cached


def sentences_of(tasks: Sequence[TrainingTask], *, tokenizer: CachedTokenizer) -> list[Sentence]:
    """The distinct sentences of all tasks, in the order of their first pairs."""
    by_text: dict[str, list[LabelledPair]] = {}
    for task in tasks:
        words = [w for pair in task.pairs for w in texts_to_encode(pair, settings=task.settings)]
        tokens = tokenizer.tokenize([*(pair.text for pair in task.pairs), *words])
        for row, (pair, label) in enumerate(zip(task.pairs, task.labels, strict=True)):
            pooled = pool(pair, settings=task.settings, tokens=tokens)
            labelled = LabelledPair(task.head, row, pooled, int(label))
            by_text.setdefault(pair.text, []).append(labelled)
    return [Sentence(text, len(tokenizer[text]), tuple(own)) for text, own in by_text.items()]


def shuffled_batches(
    sentences: Sequence[Sentence], *, size: int, seed: int, epoch: int
) -> list[list[Sentence]]:
    """The batches of an epoch: shuffled anew for each, of similar length within a batch.

    The same seed and epoch give the same batches, so that a fit that resumes from a checkpoint
    goes on with the batches that it would have had.
    """
    rng = np.random.default_rng([seed, epoch])
    order = rng.permutation(len(sentences))
    batches = []
    for start in range(0, len(order), size * BUCKET_BATCHES):
        bucket = sorted(
            order[start : start + size * BUCKET_BATCHES], key=lambda n: (sentences[n].n_tokens, n)
        )
        batches += [bucket[at : at + size] for at in range(0, len(bucket), size)]
    return [[sentences[n] for n in batches[b]] for b in rng.permutation(len(batches))]


def batches_by_length(sentences: Sequence[Sentence], *, size: int) -> Iterator[list[Sentence]]:
    """Every sentence once, the shortest first: for inference, where order does not matter."""
    ranked = sorted(sentences, key=lambda sentence: sentence.n_tokens)
    for start in range(0, len(ranked), size):
        yield ranked[start : start + size]


def collate(
    sentences: Sequence[Sentence], *, tokenizer: CachedTokenizer, device: torch.device
) -> Batch:
    """A batch with two padded blocks: the sentences, and the words that are read on their own."""
    texts = dict.fromkeys(sentence.text for sentence in sentences)
    words = dict.fromkeys(
        text
        for sentence in sentences
        for pair in sentence.pairs
        for text in pair.pooled.texts
        if text not in texts
    )
    blocks: list[Block] = []
    starts: dict[str, int] = {}
    start = 0
    for block in (texts, words):
        if block:
            ids, mask = _padded(block, tokenizer)
            starts |= {text: start + row * ids.shape[1] for row, text in enumerate(block)}
            start += ids.numel()
            blocks.append((ids.to(device), mask.to(device)))
    by_head: dict[str, list[LabelledPair]] = {}
    for sentence in sentences:
        for pair in sentence.pairs:
            by_head.setdefault(pair.head, []).append(pair)
    heads = {
        head: _head_batch(pairs, starts=starts, n_positions=start, device=device)
        for head, pairs in sorted(by_head.items())
    }
    return Batch(tuple(blocks), heads)


def _padded(texts: Iterable[str], tokenizer: CachedTokenizer) -> Block:
    """Token ids and attention mask, both of shape (n_texts, n_tokens)."""
    ids = [torch.from_numpy(tokenizer[text].ids) for text in texts]
    mask = [torch.ones_like(row) for row in ids]
    padded = pad_sequence(ids, batch_first=True, padding_value=tokenizer.pad_id)
    return padded, pad_sequence(mask, batch_first=True)


def _head_batch(
    pairs: Sequence[LabelledPair],
    *,
    starts: Mapping[str, int],
    n_positions: int,
    device: torch.device,
) -> HeadBatch:
    n_parts = len(pairs[0].pooled.pools)
    pools = np.zeros((len(pairs), n_parts, n_positions), np.float32)
    for number, pair in enumerate(pairs):
        for part, own in enumerate(pair.pooled.pools):
            start = starts[pair.pooled.texts[own.text]]
            pools[number, part, start : start + len(own.weights)] = own.weights
    text_features = np.stack([pair.pooled.text_features for pair in pairs])
    return HeadBatch(
        torch.from_numpy(pools.reshape(-1, n_positions)).to(device),
        torch.from_numpy(text_features).to(device),
        torch.tensor([pair.label for pair in pairs], device=device),
        tuple(pair.row for pair in pairs),
    )


def digest_of(tasks: Sequence[TrainingTask]) -> str:
    """The sha256 of all pairs, labels and settings of tasks: a part of the key of a fit."""
    digest = hashlib.sha256()
    for task in tasks:
        head = (task.head, task.n_labels, task.weight, task.balanced)
        digest.update(f"{head}|{task.settings.model_dump_json()}\n".encode())
        for pair, label in zip(task.pairs, task.labels.tolist(), strict=True):
            digest.update(f"{pair!r}|{label}\n".encode())
    return digest.hexdigest()
