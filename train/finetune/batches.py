"""Labelled pairs to batches of sentences: each sentence once, with all its pairs."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from standpoint.model import EncoderFeatures, PairText, texts_to_encode
from train.finetune.network import Batch, Block, HeadBatch
from train.finetune.pooling import Pooled, Tokens, pool

BUCKET_BATCHES = 50  # so many batches are sorted by length together
PAD = 0
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TrainingTask:
    """The labelled pairs that one head learns from.

    Attributes
    ----------
    labels : array of shape (n_pairs,), places in the head's labels
    weight : of each of its pairs in the loss
    balanced : whether rare labels weigh as much as frequent ones
    """

    head: str
    pairs: tuple[PairText, ...]
    labels: Numbers
    n_labels: int
    settings: EncoderFeatures
    weight: float = 1.0
    balanced: bool = False

    def class_weights(self) -> npt.NDArray[np.float32]:
        """What each label weighs, of shape (n_labels,); labels that are not there weigh 1."""
        if not self.balanced:
            return np.ones(self.n_labels, np.float32)
        counts = np.bincount(self.labels, minlength=self.n_labels)
        present = max(1, int((counts > 0).sum()))
        share = len(self.labels) / (present * np.maximum(counts, 1))
        return np.where(counts > 0, share, 1.0).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Asked:
    """One pair of a sentence: its head, its row there, what is pooled for it, its label."""

    head: str
    row: int
    pooled: Pooled
    label: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with everything that is asked of it."""

    text: str
    n_tokens: int
    asked: tuple[Asked, ...]


class Reader:
    """A tokenizer that remembers what it read."""

    def __init__(self, tokenizer: Any, *, max_tokens: int, pad: int = PAD) -> None:
        self.pad = pad
        self._tokenizer = tokenizer
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens)
        self._known: dict[str, Tokens] = {}

    def __getitem__(self, text: str) -> Tokens:
        return self._known[text]

    def read(self, texts: Sequence[str]) -> Mapping[str, Tokens]:
        """Tokens of texts, by text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for text, found in zip(new, self._tokenizer.encode_batch(new), strict=True):
            self._known[text] = Tokens(
                np.asarray(found.ids, np.int64), np.asarray(found.offsets, np.int64)
            )
        return self._known


def sentences_of(lessons: Sequence[TrainingTask], *, reader: Reader) -> list[Sentence]:
    """The sentences of all lessons, in the order they are first met."""
    asked: dict[str, list[Asked]] = {}
    for lesson in lessons:
        apart = [
            w for pair in lesson.pairs for w in texts_to_encode(pair, settings=lesson.settings)
        ]
        tokens = reader.read([*(pair.text for pair in lesson.pairs), *apart])
        for row, (pair, label) in enumerate(zip(lesson.pairs, lesson.labels, strict=True)):
            pooled = pool(pair, settings=lesson.settings, tokens=tokens)
            asked.setdefault(pair.text, []).append(Asked(lesson.head, row, pooled, int(label)))
    return [Sentence(text, len(reader[text]), tuple(own)) for text, own in asked.items()]


def dealt(
    sentences: Sequence[Sentence], *, size: int, seed: int, epoch: int
) -> list[list[Sentence]]:
    """The batches of an epoch: drawn anew for each, alike in length within a batch.

    The same seed and epoch give the same batches, so that a run that was stopped goes on as if it
    had not been.
    """
    draw = np.random.default_rng([seed, epoch])
    order = draw.permutation(len(sentences))
    batches = []
    for start in range(0, len(order), size * BUCKET_BATCHES):
        bucket = sorted(
            order[start : start + size * BUCKET_BATCHES], key=lambda n: (sentences[n].n_tokens, n)
        )
        batches += [bucket[at : at + size] for at in range(0, len(bucket), size)]
    return [[sentences[n] for n in batches[b]] for b in draw.permutation(len(batches))]


def in_order(sentences: Sequence[Sentence], *, size: int) -> Iterator[list[Sentence]]:
    """Every sentence once, the short ones first."""
    ranked = sorted(sentences, key=lambda sentence: sentence.n_tokens)
    for start in range(0, len(ranked), size):
        yield ranked[start : start + size]


def collate(sentences: Sequence[Sentence], *, reader: Reader, device: torch.device) -> Batch:
    """Sentences, and the words read apart, each once; sentences and words are padded apart."""
    texts = dict.fromkeys(sentence.text for sentence in sentences)
    apart = dict.fromkeys(
        text
        for sentence in sentences
        for one in sentence.asked
        for text in one.pooled.texts
        if text not in texts
    )
    blocks: list[Block] = []
    starts: dict[str, int] = {}
    start = 0
    for some in (texts, apart):
        if some:
            ids, mask = _padded(list(some), reader)
            starts |= {text: start + row * ids.shape[1] for row, text in enumerate(some)}
            start += ids.size
            blocks.append((torch.from_numpy(ids).to(device), torch.from_numpy(mask).to(device)))
    asked: dict[str, list[Asked]] = {}
    for sentence in sentences:
        for one in sentence.asked:
            asked.setdefault(one.head, []).append(one)
    heads = {
        head: _head_batch(own, starts=starts, n_places=start, device=device)
        for head, own in sorted(asked.items())
    }
    return Batch(tuple(blocks), heads)


def _padded(texts: Sequence[str], reader: Reader) -> tuple[Numbers, Numbers]:
    width = max(len(reader[text]) for text in texts)
    ids = np.full((len(texts), width), reader.pad, np.int64)
    mask = np.zeros((len(texts), width), np.int64)
    for row, text in enumerate(texts):
        n_tokens = len(reader[text])
        ids[row, :n_tokens] = reader[text].ids
        mask[row, :n_tokens] = 1
    return ids, mask


def _head_batch(
    asked: Sequence[Asked], *, starts: Mapping[str, int], n_places: int, device: torch.device
) -> HeadBatch:
    n_parts = len(asked[0].pooled.pools)
    pools = np.zeros((len(asked), n_parts, n_places), np.float32)
    for number, one in enumerate(asked):
        for part, own in enumerate(one.pooled.pools):
            start = starts[one.pooled.texts[own.text]]
            pools[number, part, start : start + len(own.weights)] = own.weights
    facts = np.stack([one.pooled.facts for one in asked])
    labels = np.array([one.label for one in asked], np.int64)
    return HeadBatch(
        torch.from_numpy(pools.reshape(-1, n_places)).to(device),
        torch.from_numpy(facts).to(device),
        torch.from_numpy(labels).to(device),
        tuple(one.row for one in asked),
    )


def digest_of(lessons: Sequence[TrainingTask]) -> str:
    """The sha256 of everything that lessons hold."""
    digest = hashlib.sha256()
    for lesson in lessons:
        head = (lesson.head, lesson.n_labels, lesson.weight, lesson.balanced)
        digest.update(f"{head}|{lesson.settings.model_dump_json()}\n".encode())
        for pair, label in zip(lesson.pairs, lesson.labels.tolist(), strict=True):
            digest.update(f"{pair!r}|{label}\n".encode())
    return digest.hexdigest()
