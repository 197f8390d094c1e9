"""A model is data: a folder that says what to read of a pair and how to weigh it.

``manifest.json`` names the task, its labels, the features, the encoder and the sha256 of each other
file; the weights are arrays in safetensors, the n-grams a JSON list. Nothing in a bundle is code,
and a bundle whose sums do not match is refused.
"""

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from standpoint.errors import BundleError, EncoderError, faults_in
from standpoint.files import file_sha256, sha256_fault
from standpoint.labels import LABELS
from standpoint.model.encoder import DESCRIPTION, FILES, Encoder, open_encoder
from standpoint.model.ensemble import Classifier, Ensemble, Part
from standpoint.model.feature_config import (
    EncoderFeatures,
    Features,
    MixtureFeatures,
    NgramFeatures,
    PartOfMixture,
)
from standpoint.model.linear import Head, LinearModel
from standpoint.model.manifest import Manifest
from standpoint.validation import explain

FORMAT = 1
ARRAYS = "head.safetensors"
TERMS = "terms.json"
MANIFEST = "manifest.json"
ENCODER = "encoder"
CARD = "card.md"


def write_bundle(
    folder: Path,
    *,
    manifest: dict[str, Any],
    head: Head,
    terms: Sequence[str],
    encoder: Encoder | None = None,
    card: str = "",
) -> None:
    """Write a bundle into a new folder; ``manifest`` lacks only ``format`` and ``files``.

    Parameters
    ----------
    encoder : one that was trained with the head, which the bundle then brings along
    card : what people read of it, in Markdown
    """
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
    names += [*_put_card(folder, card), *_put_encoder(folder, encoder)]
    _write_manifest(folder, manifest, names)


def _put_card(folder: Path, card: str) -> list[str]:
    if not card:
        return []
    (folder / CARD).write_text(card, "utf-8")
    return [CARD]


def _put_encoder(folder: Path, encoder: Encoder | None) -> list[str]:
    """Copy an encoder into a bundle; gives the names of its files there."""
    if encoder is None:
        return []
    (folder / ENCODER).mkdir()
    for name in (*FILES, DESCRIPTION):
        shutil.copyfile(encoder.folder / name, folder / ENCODER / name)
    return [f"{ENCODER}/{name}" for name in (*FILES, DESCRIPTION)]


def write_ensemble(
    folder: Path,
    *,
    manifest: dict[str, Any],
    parts: Sequence[tuple[PartOfMixture, Features, Head, Sequence[str]]],
    temperature: float,
    shift: Sequence[float],
    encoder: Encoder | None = None,
    card: str = "",
) -> None:
    """Write a bundle whose parts are bundles, each in a folder of its own."""
    for part, features, head, terms in parts:
        own = {**manifest, "features": features}
        own["encoder"] = manifest["encoder"] if isinstance(features, EncoderFeatures) else None
        write_bundle(folder / part.folder, manifest=own, head=head, terms=terms)
    features_of_all = MixtureFeatures(
        parts=tuple(p[0] for p in parts), temperature=temperature, shift=tuple(shift)
    )
    names = [f"{part.folder}/{MANIFEST}" for part, *_ in parts]
    names += [*_put_card(folder, card), *_put_encoder(folder, encoder)]
    _write_manifest(folder, {**manifest, "features": features_of_all}, names)


def _write_manifest(folder: Path, manifest: dict[str, Any], names: Sequence[str]) -> None:
    sums = {name: file_sha256(folder / name) for name in names}
    checked = Manifest.model_validate({**manifest, "format": FORMAT, "files": sums})
    sealed = checked.model_copy(update={"digest": checked.computed_digest()})
    (folder / MANIFEST).write_text(sealed.model_dump_json(indent=2) + "\n", "utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read and check a bundle's manifest."""
    path = folder / MANIFEST
    try:
        found = Manifest.model_validate_json(path.read_text("utf-8"))
    except FileNotFoundError:
        raise BundleError(f"{path}: must exist, got no such file. Is this a bundle?") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BundleError(f"{path}: must be readable, got {error}.") from None
    except ValidationError as error:
        faults = [fault.text for fault in explain(error)]
        raise BundleError(faults_in(path, faults)) from None
    for name in _expected(found):
        if name not in found.files:
            raise BundleError(f"{path}: files must name {name}, got {sorted(found.files)}.")
    if found.labels != LABELS[found.task]:
        raise BundleError(
            f"{path}: labels must be {', '.join(LABELS[found.task])}, got {found.labels!r}."
        )
    return found


def _expected(manifest: Manifest) -> list[str]:
    if isinstance(manifest.features, MixtureFeatures):
        return [f"{part.folder}/{MANIFEST}" for part in manifest.features.parts]
    return [ARRAYS]


def load_bundle(folder: Path, *, known: Encoder | None = None) -> Classifier:
    """Load a bundle whose every file has the sum its manifest names.

    Parameters
    ----------
    known : an encoder that is open; it is taken where the bundle brings the same along

    Raises
    ------
    BundleError
        a file is missing or changed, or the arrays do not fit the manifest
    """
    manifest = read_manifest(folder)
    for name, expected in manifest.files.items():
        _check_file(folder, name, expected)
    if isinstance(manifest.features, MixtureFeatures):
        model: Classifier = _load_mixture(folder, manifest, manifest.features, known)
    else:
        model = _load_model(folder, manifest, known)
    if manifest.digest != manifest.computed_digest():
        raise BundleError(
            f"{folder / MANIFEST}: must have the digest {manifest.digest[:16]}…, "
            f"got {manifest.computed_digest()[:16]}…. Promote the run again."
        )
    return model


def _load_mixture(
    folder: Path, manifest: Manifest, features: MixtureFeatures, known: Encoder | None
) -> Ensemble:
    parts = []
    for part in features.parts:
        model = load_bundle(folder / part.folder)
        if not isinstance(model, LinearModel) or model.task != manifest.task:
            raise BundleError(
                f"{folder / part.folder}: must be one plain model for {manifest.task}, "
                "got another. Promote the run again."
            )
        parts.append(Part(model, part.weight, part.topic))
    return Ensemble(manifest, parts, encoder=_own_encoder(folder, manifest, known))


def _own_encoder(folder: Path, manifest: Manifest, known: Encoder | None) -> Encoder | None:
    """The encoder that a bundle brings along, if it does."""
    if f"{ENCODER}/{DESCRIPTION}" not in manifest.files:
        return None
    if known is not None and known.digest == manifest.encoder:
        return known
    try:
        return open_encoder(folder / ENCODER, digest=manifest.encoder)
    except EncoderError as error:
        what = str(error).partition(", got ")[2].split(". ")[0]
        raise BundleError(
            f"{folder / ENCODER}: must be the encoder that the manifest names, got {what}. "
            "Promote the run again."
        ) from None


def _load_model(folder: Path, manifest: Manifest, known: Encoder | None) -> LinearModel:
    head = _read_head(folder, manifest)
    terms = _read_terms(folder) if isinstance(manifest.features, NgramFeatures) else []
    n_idf = 0 if head.idf is None else len(head.idf)
    if terms and not len(terms) == n_idf == len(head.weights):
        raise BundleError(
            f"{folder}: terms, idf and weights must be as many, got {len(terms)}, "
            f"{n_idf} and {len(head.weights)}."
        )
    if manifest.digest != manifest.computed_digest():
        raise BundleError(
            f"{folder / 'manifest.json'}: must have the digest {manifest.digest[:16]}…, "
            f"got {manifest.computed_digest()[:16]}…. Promote the run again."
        )
    return LinearModel(manifest, head, terms, encoder=_own_encoder(folder, manifest, known))


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
    plain = re.fullmatch(r"((part-[0-9]+|encoder)/)?[\w.-]*\w[\w.-]*", name)
    if not plain or not path.is_file():
        raise BundleError(f"{path}: must exist, got no such file. Promote the run again.")
    try:
        fault = sha256_fault(path, expected=expected)
    except OSError as error:
        raise BundleError(f"{path}: must be readable, got {error.strerror}.") from None
    if fault:
        raise BundleError(f"{fault} Promote the run again.")


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
