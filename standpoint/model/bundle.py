"""Bundles: a trained model as a folder of data without code.

``manifest.json`` names the task, its labels, the features, the encoder and the sha256 of each other
file; the weights are arrays in safetensors, the n-grams a JSON list. The bundle of a judge has ONNX
graphs and a tokenizer in their place. A bundle whose sums do not match is refused.
"""

import re
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter, ValidationError

from standpoint.errors import BundleError, EncoderError
from standpoint.files import sha256_fault
from standpoint.judge import (
    HOLDER_FEATURES,
    HOLDER_FEATURES_VERSION,
    TOKENIZER,
    Judge,
    JudgeSettings,
)
from standpoint.labels import LABELS
from standpoint.model.encoder import Encoder
from standpoint.model.encoder_folder import DESCRIPTION, open_encoder
from standpoint.model.ensemble import Classifier, Ensemble
from standpoint.model.feature_config import (
    Features,
    MixtureFeatures,
    NgramFeatures,
)
from standpoint.model.judge_model import JudgeModel
from standpoint.model.linear import Head, LinearModel
from standpoint.model.manifest import Manifest
from standpoint.validation import validation_message

FORMAT = 1  # raise it when an older version cannot load a new bundle
ARRAYS = "head.safetensors"
TERMS = "terms.json"
MANIFEST = "manifest.json"
ENCODER = "encoder"
CARD = "card.md"
MAX_JUDGE_FILE_BYTES = 45_000_000  # so that a repository takes each file of a shipped judge
_TERMS = TypeAdapter(list[str])


def read_manifest(folder: Path) -> Manifest:
    """Read and check a bundle's manifest.

    Raises
    ------
    BundleError
        it is missing or faulty, lists too few files, or has other labels than its task
    """
    path = folder / MANIFEST
    try:
        manifest = Manifest.model_validate_json(path.read_text("utf-8"))
    except FileNotFoundError:
        raise BundleError(f"{path}: must exist, got no such file. Is this a bundle?") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BundleError(f"{path}: must be readable, got {error}.") from None
    except ValidationError as error:
        raise BundleError(validation_message(path, error)) from None
    features, files, labels = manifest.features, manifest.files, LABELS[manifest.task]
    for name in _needed_files(features):
        if name not in files:
            raise BundleError(f"{path}: files must name {name}, got {sorted(files)}.")
    if manifest.labels != labels:
        raise BundleError(f"{path}: labels must be {', '.join(labels)}, got {manifest.labels!r}.")
    return manifest


def _needed_files(features: Features) -> list[str]:
    match features:
        case MixtureFeatures():
            return [f"{part.folder}/{MANIFEST}" for part in features.parts]
        case JudgeSettings():
            return [*features.graphs, TOKENIZER]
        case _:
            return [ARRAYS]


def load_bundle(folder: Path, *, shared_encoder: Encoder | None = None) -> Classifier:
    """Load a bundle, and check the sha256 of every file.

    Parameters
    ----------
    shared_encoder : an open encoder, used where the bundle holds a copy of the same

    Raises
    ------
    BundleError
        a file is missing or changed, or the arrays do not fit the manifest
    """
    manifest = read_manifest(folder)
    if isinstance(manifest.features, JudgeSettings):
        _check_judge(folder, manifest.features)
    for name, expected in manifest.files.items():
        _check_file(folder, name, expected)
    if isinstance(manifest.features, JudgeSettings):
        model: Classifier = JudgeModel(manifest, Judge(folder, manifest.features))
    elif isinstance(manifest.features, MixtureFeatures):
        model = _load_ensemble(folder, manifest, shared=shared_encoder)
    else:
        model = _load_model(folder, manifest, shared=shared_encoder)
    if manifest.digest != manifest.computed_digest():
        raise BundleError(
            f"{folder / MANIFEST}: must have the digest {manifest.digest[:16]}…, "
            f"got {manifest.computed_digest()[:16]}…. Promote the run again."
        )
    return model


def _check_judge(folder: Path, settings: JudgeSettings) -> None:
    """Refuse a judge of other features than the reader gives, or with a file that is too large."""
    trained = (settings.features_version, settings.holder_features)
    if trained != (HOLDER_FEATURES_VERSION, HOLDER_FEATURES):
        raise BundleError(
            f"{folder / MANIFEST}: features must be of version {HOLDER_FEATURES_VERSION} with "
            f"{len(HOLDER_FEATURES)} of a holder, got version {trained[0]} with "
            f"{len(trained[1])} or other names. Train the judge again."
        )
    for name in _needed_files(settings):
        check_judge_file_size(folder / name)


def check_judge_file_size(path: Path) -> None:
    """Refuse a file that a shipped judge may not have."""
    if path.is_file() and (size := path.stat().st_size) > MAX_JUDGE_FILE_BYTES:
        raise BundleError(
            f"{path}: must have at most {MAX_JUDGE_FILE_BYTES:,} bytes, got {size:,}. "
            "Export the judge in more files."
        )


def _load_ensemble(folder: Path, manifest: Manifest, *, shared: Encoder | None) -> Ensemble:
    assert isinstance(manifest.features, MixtureFeatures)
    models = []
    for part in manifest.features.parts:
        model = load_bundle(folder / part.folder)
        if not isinstance(model, LinearModel) or model.task != manifest.task:
            raise BundleError(
                f"{folder / part.folder}: must be one plain model for {manifest.task}, "
                "got another. Promote the run again."
            )
        models.append(model)
    return Ensemble(manifest, models, encoder=_bundled_encoder(folder, manifest, shared=shared))


def _bundled_encoder(folder: Path, manifest: Manifest, *, shared: Encoder | None) -> Encoder | None:
    """The encoder of which a bundle holds a copy; None where it holds none."""
    if f"{ENCODER}/{DESCRIPTION}" not in manifest.files:
        return None
    if shared is not None and shared.digest == manifest.encoder:
        return shared
    try:
        return open_encoder(folder / ENCODER, digest=manifest.encoder)
    except EncoderError as error:
        fault = str(error).partition(", got ")[2].split(". ")[0]
        raise BundleError(
            f"{folder / ENCODER}: must be the encoder that the manifest names, got {fault}. "
            "Promote the run again."
        ) from None


def _load_model(folder: Path, manifest: Manifest, *, shared: Encoder | None) -> LinearModel:
    head = _read_head(folder, manifest)
    terms = _read_terms(folder) if isinstance(manifest.features, NgramFeatures) else []
    n_idf = 0 if head.idf is None else len(head.idf)
    if terms and not len(terms) == n_idf == len(head.weights):
        raise BundleError(
            f"{folder}: terms, idf and weights must be as many, got {len(terms)}, "
            f"{n_idf} and {len(head.weights)}."
        )
    encoder = _bundled_encoder(folder, manifest, shared=shared)
    return LinearModel(manifest, head, terms, encoder=encoder)


def _read_terms(folder: Path) -> list[str]:
    try:
        return _TERMS.validate_json((folder / TERMS).read_bytes(), strict=True)
    except (OSError, ValidationError):
        raise BundleError(
            f"{folder / TERMS}: must be a JSON list of strings, got something else."
        ) from None


def _check_file(folder: Path, name: str, expected: str) -> None:
    path = folder / name
    # A name may not lead out of the folder.
    is_inside = re.fullmatch(r"((part-[0-9]+|encoder)/)?[\w.-]*\w[\w.-]*", name)
    if not is_inside or not path.is_file():
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
