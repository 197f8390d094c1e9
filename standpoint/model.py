"""A model is data: a folder that says what to read of a pair and how to weigh it.

``manifest.json`` names the task, its labels, the features, the encoder and the sha256 of each other
file; the weights are arrays in safetensors, the n-grams a JSON list. Nothing in a bundle is code,
and a bundle whose sums do not match is refused.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from standpoint.encoder import Encoder, Reading, file_sha256
from standpoint.errors import BundleError, faults_in
from standpoint.faults import explain as explain_faults
from standpoint.features import (
    EncoderFeatures,
    Features,
    NgramFeatures,
    PairText,
    terms_of,
    vector_of,
)
from standpoint.labels import LABELS, Task

FORMAT = 1
ARRAYS = "head.safetensors"
TERMS = "terms.json"
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


class Model:
    """A loaded bundle."""

    def __init__(self, manifest: Manifest, head: Head, terms: Sequence[str] = ()) -> None:
        self.manifest = manifest
        self.head = head
        self.terms = {term: number for number, term in enumerate(terms)}

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
        features = self.manifest.features
        return features.layers if isinstance(features, EncoderFeatures) else ()

    def logits(
        self,
        pairs: Sequence[PairText],
        readings: Sequence[Reading | None],
        *,
        kept: "dict[EncoderFeatures, Floats] | None" = None,
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
                kept[features] = _vectors(pairs, readings, features)
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
        """Per family: the numbers of its terms, and 1 + log(count) times idf over their norm."""
        idf = np.ones(len(self.terms), np.float32) if self.head.idf is None else self.head.idf
        families: dict[str, Counter[int]] = {}
        for term in terms:
            number = self.terms.get(term)
            if number is not None:
                families.setdefault(family_of(term), Counter())[number] += 1
        for counts in families.values():
            numbers = list(counts)
            tf = 1 + np.log(np.array([counts[n] for n in numbers], dtype=np.float32))
            values = tf * idf[numbers]
            yield numbers, (values / np.linalg.norm(values)).astype(np.float32)

    def predict_proba(
        self,
        pairs: Sequence[PairText],
        readings: Sequence[Reading | None],
        *,
        kept: dict[EncoderFeatures, Floats] | None = None,
    ) -> Floats:
        """Calibrated probabilities of shape (n_pairs, n_labels).

        Parameters
        ----------
        readings : of each pair's sentence with at least ``layers``; None is enough for n-grams
        """
        if not pairs:
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        return self.head.probabilities(self.logits(pairs, readings, kept=kept))


def _vectors(
    pairs: Sequence[PairText], readings: Sequence[Reading | None], features: EncoderFeatures
) -> Floats:
    rows = [
        vector_of(reading.pick(features.layers), pair, settings=features)
        for pair, reading in zip(pairs, readings, strict=True)
        if reading is not None
    ]
    return np.stack(rows)


def family_of(term: str) -> str:
    """The family an n-gram is normalised in: words, characters, or those near the roles.

    >>> family_of("w:peace talks"), family_of("c:pe"), family_of("⟦t⟧:<no")
    ('w', 'c', 'roles')
    """
    head = term.partition(":")[0]
    return head if head in ("w", "c") else "roles"


def judge(
    pairs: Sequence[PairText], *, models: Sequence[Model], encoder: Encoder | None
) -> list[Floats]:
    """Probabilities of every pair by every model; each distinct sentence is read once.

    Pairs of one sentence should stand together: only the last sentence read is kept.
    """
    layers = sorted({layer for model in models for layer in model.layers})
    readings: list[Reading | None] = []
    held: tuple[str, Reading] | None = None
    for pair in pairs:
        if not layers or encoder is None:
            readings.append(None)
            continue
        if held is None or held[0] != pair.text:
            held = (pair.text, encoder.read(pair.text, layers=layers))
        readings.append(held[1])
    kept: dict[EncoderFeatures, Floats] = {}
    return [model.predict_proba(pairs, readings, kept=kept) for model in models]


# --- the folder ---------------------------------------------------------------


def write_bundle(
    folder: Path, *, manifest: dict[str, Any], head: Head, terms: Sequence[str]
) -> None:
    """Write a bundle into a new folder; ``manifest`` lacks only ``format`` and ``files``."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    arrays = {
        "weights": np.asarray(head.weights, dtype=np.float32, order="C"),
        "bias": np.asarray(head.bias, dtype=np.float32),
        "temperature": np.array([head.temperature], dtype=np.float32),
    }
    if head.idf is not None:
        arrays["idf"] = np.asarray(head.idf, dtype=np.float32)
    save_file(arrays, folder / ARRAYS)
    names = [ARRAYS]
    if terms:
        (folder / TERMS).write_text(json.dumps(list(terms), ensure_ascii=False), "utf-8")
        names.append(TERMS)
    sums = {name: file_sha256(folder / name) for name in names}
    checked = Manifest.model_validate({**manifest, "format": FORMAT, "files": sums})
    sealed = checked.model_copy(update={"digest": checked.own_digest()})
    (folder / "manifest.json").write_text(sealed.model_dump_json(indent=2) + "\n", "utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read and check a bundle's manifest."""
    path = folder / "manifest.json"
    try:
        found = Manifest.model_validate_json(path.read_text("utf-8"))
    except FileNotFoundError:
        raise BundleError(f"{path}: must exist, got no such file. Is this a bundle?") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BundleError(f"{path}: must be readable, got {error}.") from None
    except ValidationError as error:
        faults = [fault.text for fault in explain_faults(error)]
        raise BundleError(faults_in(path, faults)) from None
    if ARRAYS not in found.files:
        raise BundleError(f"{path}: files must name {ARRAYS}, got {sorted(found.files)}.")
    if found.labels != LABELS[found.task]:
        raise BundleError(
            f"{path}: labels must be {', '.join(LABELS[found.task])}, got {found.labels!r}."
        )
    return found


def load_bundle(folder: Path) -> Model:
    """Load a bundle whose every file has the sum its manifest names.

    Raises
    ------
    BundleError
        a file is missing or changed, or the arrays do not fit the manifest
    """
    manifest = read_manifest(folder)
    for name, expected in manifest.files.items():
        _check_file(folder, name, expected)
    head = _read_head(folder, manifest)
    terms = _read_terms(folder) if isinstance(manifest.features, NgramFeatures) else []
    n_idf = 0 if head.idf is None else len(head.idf)
    if terms and not len(terms) == n_idf == len(head.weights):
        raise BundleError(
            f"{folder}: terms, idf and weights must be as many, got {len(terms)}, "
            f"{n_idf} and {len(head.weights)}."
        )
    if manifest.digest != manifest.own_digest():
        raise BundleError(
            f"{folder / 'manifest.json'}: must have the digest {manifest.digest[:16]}…, "
            f"got {manifest.own_digest()[:16]}…. Promote the run again."
        )
    return Model(manifest, head, terms)


def _read_terms(folder: Path) -> list[str]:
    try:
        terms = json.loads((folder / TERMS).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BundleError(f"{folder / TERMS}: must be a JSON list, got {error}.") from None
    if not isinstance(terms, list) or not all(isinstance(term, str) for term in terms):
        raise BundleError(f"{folder / TERMS}: must be a JSON list of strings, got something else.")
    return terms


def _check_file(folder: Path, name: str, expected: str) -> None:
    path = folder / name
    if Path(name).name != name or not path.is_file():
        raise BundleError(f"{path}: must exist, got no such file. Promote the run again.")
    found = file_sha256(path)
    if found != expected:
        raise BundleError(
            f"{path}: must have the sha256 {expected[:16]}…, got {found[:16]}…. "
            "Promote the run again."
        )


def _read_head(folder: Path, manifest: Manifest) -> Head:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        arrays = load_file(folder / ARRAYS)
        weights, bias = arrays["weights"], arrays["bias"]
        temperature = float(arrays["temperature"][0])
    except (SafetensorError, KeyError, IndexError, OSError) as error:
        raise BundleError(f"{folder / ARRAYS}: must hold the head's arrays, got {error}.") from None
    n_labels = len(manifest.labels)
    if weights.ndim != 2 or weights.shape[1] != n_labels or bias.shape != (n_labels,):
        raise BundleError(
            f"{folder / ARRAYS}: weights must be of shape (n, {n_labels}), got {weights.shape}."
        )
    if not temperature > 0 or not all(np.isfinite(array).all() for array in arrays.values()):
        raise BundleError(
            f"{folder / ARRAYS}: must hold finite numbers and a temperature above 0, "
            f"got a temperature of {temperature} or a number that is none."
        )
    return Head(weights, bias, temperature, arrays.get("idf"))
