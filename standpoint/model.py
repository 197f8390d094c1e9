"""A model: what to read of a pair, how to weigh it, and the probabilities that come of it."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Protocol

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field

from standpoint.encoder import Encoder, Reading
from standpoint.errors import PairError
from standpoint.features import EncoderFeatures, Features, MixtureFeatures, NgramFeatures
from standpoint.labels import Task
from standpoint.ngrams import terms_of
from standpoint.pairs import PairText
from standpoint.vectors import NO_NAMES, Names, vector_of, words_to_read

Floats = npt.NDArray[np.float32]


class Manifest(BaseModel):
    """What ``manifest.json`` holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1]
    task: Task
    labels: tuple[str, ...]
    features: Features
    encoder: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None
    run_id: str
    config: str
    created: str
    corpus: dict[str, Any]
    scores: dict[str, float]
    note: str
    files: dict[str, str]
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] = "0" * 64

    @property
    def targets_are_words(self) -> bool:
        """Whether the model learned from targets that are no spans of the text."""
        return self.corpus.get("targets") == "words"

    def own_digest(self) -> str:
        """The sha256 of everything in the manifest but the digest itself."""
        rest = self.model_dump(mode="json", exclude={"digest"})
        canonical = json.dumps(rest, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """A linear head: ``softmax((x @ weights + bias) / temperature)``.

    Attributes
    ----------
    weights : array of shape (n_features, n_labels)
    bias : array of shape (n_labels,)
    temperature : above 1 makes the probabilities flatter
    idf : array of shape (n_terms,), for n-grams
    """

    weights: Floats
    bias: Floats
    temperature: float
    idf: Floats | None = None

    def probabilities(self, logits: Floats) -> Floats:
        """Softmax of logits of shape (n_pairs, n_labels)."""
        scaled = (logits + self.bias) / self.temperature
        powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        shares: Floats = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
        return shares


Kept = dict[EncoderFeatures, Floats]


class Judge(Protocol):
    """What judges pairs: a model, or several as one."""

    @property
    def manifest(self) -> Manifest:
        """What its bundle says of it."""
        ...

    @property
    def task(self) -> Task:
        """What it judges."""
        ...

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in the order of the columns of `predict_proba`."""
        ...

    @property
    def layers(self) -> tuple[int, ...]:
        """The encoder layers it reads; none for n-grams."""
        ...

    @property
    def vectors(self) -> tuple[EncoderFeatures, ...]:
        """The settings of every part that reads vectors."""
        ...

    def predict_proba(
        self,
        pairs: Sequence[PairText],
        readings: Sequence[Reading | None],
        *,
        names: Names = NO_NAMES,
        kept: Kept | None = None,
    ) -> Floats:
        """Calibrated probabilities of shape (n_pairs, n_labels)."""
        ...


class Model:
    """A loaded bundle."""

    def __init__(self, manifest: Manifest, head: Head, terms: Sequence[str] = ()) -> None:
        self.manifest = manifest
        self.head = head
        self.terms = {term: number for number, term in enumerate(terms)}
        features = manifest.features
        self._sublinear = isinstance(features, NgramFeatures) and features.sublinear
        self._idf = np.ones(len(terms), np.float32) if head.idf is None else head.idf

    @property
    def task(self) -> Task:
        """What it judges."""
        return self.manifest.task

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in the order of the columns of `predict_proba`."""
        return self.manifest.labels

    @property
    def layers(self) -> tuple[int, ...]:
        """The encoder layers it reads; none for n-grams."""
        return tuple(layer for features in self.vectors for layer in features.layers)

    @property
    def vectors(self) -> tuple[EncoderFeatures, ...]:
        """The settings of its features, if they are vectors."""
        features = self.manifest.features
        return (features,) if isinstance(features, EncoderFeatures) else ()

    def logits(
        self,
        pairs: Sequence[PairText],
        readings: Sequence[Reading | None],
        *,
        names: Names = NO_NAMES,
        kept: Kept | None = None,
    ) -> Floats:
        """Weighted features, of shape (n_pairs, n_labels), without the bias.

        Parameters
        ----------
        kept : features of the same pairs by their settings, shared between models
        """
        features = self.manifest.features
        if isinstance(features, EncoderFeatures):
            kept = {} if kept is None else kept
            if features not in kept:
                kept[features] = _vectors(pairs, readings, names, features)
            weighted: Floats = kept[features] @ self.head.weights
            return weighted
        if isinstance(features, NgramFeatures):
            return np.stack([self._weigh(terms_of(pair, settings=features)) for pair in pairs])
        return np.zeros((len(pairs), len(self.labels)), dtype=np.float32)

    def _weigh(self, terms: Iterable[str]) -> Floats:
        total = np.zeros(len(self.labels), dtype=np.float32)
        for numbers, values in self._tfidf(terms):
            total += values @ self.head.weights[numbers]
        return total

    def _tfidf(self, terms: Iterable[str]) -> Iterator[tuple[list[int], Floats]]:
        """Per family: the numbers of its terms, and their counts times idf over their norm."""
        families: dict[str, Counter[int]] = {}
        for term in terms:
            number = self.terms.get(term)
            if number is not None:
                families.setdefault(family_of(term), Counter())[number] += 1
        for counts in families.values():
            numbers = list(counts)
            tf = np.array([counts[n] for n in numbers], dtype=np.float32)
            values = (1 + np.log(tf) if self._sublinear else tf) * self._idf[numbers]
            yield numbers, (values / np.linalg.norm(values)).astype(np.float32)

    def predict_proba(
        self,
        pairs: Sequence[PairText],
        readings: Sequence[Reading | None],
        *,
        names: Names = NO_NAMES,
        kept: Kept | None = None,
    ) -> Floats:
        """Calibrated probabilities of shape (n_pairs, n_labels).

        Parameters
        ----------
        readings : of each pair's sentence with at least ``layers``; None is enough for n-grams
        """
        if not pairs:
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        return self.head.probabilities(self.logits(pairs, readings, names=names, kept=kept))


def _vectors(
    pairs: Sequence[PairText],
    readings: Sequence[Reading | None],
    names: Names,
    features: EncoderFeatures,
) -> Floats:
    rows = []
    for pair, reading in zip(pairs, readings, strict=True):
        assert reading is not None
        apart = words_to_read(pair, settings=features)
        rows.append(
            vector_of(
                reading.pick(features.layers),
                pair,
                settings=features,
                names={words: names[words].pick(features.layers) for words in apart},
            )
        )
    return np.stack(rows)


@dataclass(frozen=True, slots=True)
class Part:
    """A model of a mixture, and the one topic it is for, if it is."""

    model: Model
    weight: float
    topic: str | None


class Mixture:
    """Several models as one: the weighted mean of the probabilities of those that a pair is for."""

    def __init__(self, manifest: Manifest, parts: Sequence[Part]) -> None:
        assert isinstance(manifest.features, MixtureFeatures)
        self.manifest = manifest
        self.parts = tuple(parts)
        self.temperature = manifest.features.temperature
        self.shift = np.array(manifest.features.shift or [0.0] * len(self.labels), np.float32)

    @property
    def task(self) -> Task:
        """What it judges."""
        return self.manifest.task

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in the order of the columns of `predict_proba`."""
        return self.manifest.labels

    @property
    def layers(self) -> tuple[int, ...]:
        """The encoder layers that any part reads."""
        return tuple(sorted({layer for part in self.parts for layer in part.model.layers}))

    @property
    def vectors(self) -> tuple[EncoderFeatures, ...]:
        """The settings of every part that reads vectors."""
        return tuple(found for part in self.parts for found in part.model.vectors)

    def predict_proba(
        self,
        pairs: Sequence[PairText],
        readings: Sequence[Reading | None],
        *,
        names: Names = NO_NAMES,
        kept: Kept | None = None,
    ) -> Floats:
        """Calibrated probabilities of shape (n_pairs, n_labels).

        Raises
        ------
        PairError
            no part is for a pair's topic
        """
        total = np.zeros((len(pairs), len(self.labels)), dtype=np.float32)
        weight = np.zeros(len(pairs), dtype=np.float32)
        for part in self.parts:
            at = [n for n, pair in enumerate(pairs) if part.topic in (None, pair.topic)]
            if at:
                shares = part.model.predict_proba(
                    [pairs[n] for n in at],
                    [readings[n] for n in at],
                    names=names,
                    kept=kept if len(at) == len(pairs) else None,
                )
                total[at] += part.weight * shares
                weight[at] += part.weight
        self._check(pairs, weight)
        mean = total / weight[:, None]
        return sharpened(mean, temperature=self.temperature, shift=self.shift)

    def _check(self, pairs: Sequence[PairText], weight: Floats) -> None:
        for number in np.flatnonzero(weight == 0).tolist():
            known = ", ".join(sorted({part.topic for part in self.parts if part.topic}))
            raise PairError(
                f"pairs[{number}].target: must be one that this model was trained for ({known}), "
                f"got {pairs[number].topic!r}."
            )


def sharpened(shares: Floats, *, temperature: float, shift: Floats) -> Floats:
    """Probabilities as if their logarithms were logits of this temperature, then shifted."""
    powers = np.maximum(shares, 1e-9) ** (1 / temperature) * np.exp(shift)
    sharp: Floats = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    return sharp


def family_of(term: str) -> str:
    """The family an n-gram is normalised in: words, characters, or those near the roles.

    >>> family_of("w:peace talks"), family_of("c:pe"), family_of("⟦t⟧:<no")
    ('w', 'c', 'roles')
    """
    head = term.partition(":")[0]
    return head if head in ("w", "c") else "roles"


def judge(
    pairs: Sequence[PairText], *, models: Sequence[Judge], encoder: Encoder | None
) -> list[Floats]:
    """Probabilities of every pair by every model; each distinct sentence is read once.

    Pairs of one sentence should stand together: only the last sentence read is kept.
    """
    layers = sorted({layer for model in models for layer in model.layers})
    kept: Kept = {}
    if not layers or encoder is None:
        nothing = [None] * len(pairs)
        return [model.predict_proba(pairs, nothing, kept=kept) for model in models]
    settings = {found for model in models for found in model.vectors}
    words = {w for one in settings for pair in pairs for w in words_to_read(pair, settings=one)}
    names = {each: encoder.read(each, layers=layers) for each in words}
    readings = _read_in_turn(pairs, layers=layers, encoder=encoder)
    return [model.predict_proba(pairs, readings, names=names, kept=kept) for model in models]


def _read_in_turn(
    pairs: Sequence[PairText], *, layers: Sequence[int], encoder: Encoder
) -> list[Reading | None]:
    readings: list[Reading | None] = []
    held: tuple[str, Reading] | None = None
    for pair in pairs:
        if held is None or held[0] != pair.text:
            held = (pair.text, encoder.read(pair.text, layers=layers))
        readings.append(held[1])
    return readings
