"""Writing of bundles: of a linear model, of an ensemble, and of a judge."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from standpoint.files import file_sha256
from standpoint.judge import TOKENIZER, JudgeSettings
from standpoint.model.bundle import (
    ARRAYS,
    CARD,
    ENCODER,
    FORMAT,
    MANIFEST,
    TERMS,
    check_judge_file_size,
    read_manifest,
)
from standpoint.model.encoder import Encoder
from standpoint.model.encoder_folder import DESCRIPTION, FILES
from standpoint.model.feature_config import (
    EncoderFeatures,
    Features,
    MixtureFeatures,
    PartOfMixture,
)
from standpoint.model.linear import Head
from standpoint.model.manifest import Manifest


def write_bundle(
    folder: Path,
    *,
    manifest: dict[str, Any],
    head: Head,
    terms: Sequence[str],
    encoder: Encoder | None = None,
    card: str = "",
) -> None:
    """Write a bundle into a new folder.

    Parameters
    ----------
    manifest : its keys but ``format``, ``files`` and ``digest``
    encoder : one that was fine-tuned with the head; the bundle gets a copy
    card : a model card in Markdown
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
    names += _write_extras(folder, encoder=encoder, card=card)
    _write_manifest(folder, manifest, names)


def _write_extras(folder: Path, *, encoder: Encoder | None, card: str) -> list[str]:
    """Write a card and a copy of an encoder; returns the names of their files in the bundle."""
    names = []
    if card:
        (folder / CARD).write_text(card, "utf-8")
        names.append(CARD)
    if encoder is not None:
        (folder / ENCODER).mkdir()
        for name in (*FILES, DESCRIPTION):
            shutil.copyfile(encoder.folder / name, folder / ENCODER / name)
            names.append(f"{ENCODER}/{name}")
    return names


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
    """Write the bundle of an ensemble; each part is a bundle in a subfolder."""
    for part, features, head, terms in parts:
        digest = manifest["encoder"] if isinstance(features, EncoderFeatures) else None
        part_manifest = {**manifest, "features": features, "encoder": digest}
        write_bundle(folder / part.folder, manifest=part_manifest, head=head, terms=terms)
    mixture = MixtureFeatures(
        parts=tuple(p[0] for p in parts), temperature=temperature, shift=tuple(shift)
    )
    names = [f"{part.folder}/{MANIFEST}" for part, *_ in parts]
    names += _write_extras(folder, encoder=encoder, card=card)
    _write_manifest(folder, {**manifest, "features": mixture}, names)


def write_judge(
    folder: Path,
    *,
    manifest: dict[str, Any],
    graphs: Sequence[Path],
    tokenizer: Path,
    card: str = "",
) -> None:
    """Write the bundle of a judge into a new folder; see `write_bundle`.

    Parameters
    ----------
    graphs : copied under the names of ``JudgeSettings.graphs``, in their order

    Raises
    ------
    BundleError
        a file is too large
    """
    settings = JudgeSettings.model_validate(manifest["features"])
    folder.mkdir(parents=True, exist_ok=True)
    names = [*settings.graphs, TOKENIZER]
    for name, path in zip(names, (*graphs, tokenizer), strict=True):
        shutil.copyfile(path, folder / name)
        check_judge_file_size(folder / name)
    names += _write_extras(folder, encoder=None, card=card)
    _write_manifest(folder, {**manifest, "features": settings, "encoder": None}, names)


def copy_bundle(source: Path, folder: Path, *, card: str, scores: Mapping[str, float]) -> Manifest:
    """Copy a bundle to an empty folder, with another card and further scores.

    Files that its manifest does not name are left out.
    """
    manifest = read_manifest(source)
    names = [name for name in manifest.files if name != CARD]
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, folder / name)
        if (part := Path(name)).name == MANIFEST:  # of a part of an ensemble, with its own files
            for own in read_manifest(source / part.parent).files:
                shutil.copyfile(source / part.parent / own, folder / part.parent / own)
    names += _write_extras(folder, encoder=None, card=card)
    fields = manifest.model_dump(exclude={"format", "files", "digest"})
    return _write_manifest(folder, {**fields, "scores": {**fields["scores"], **scores}}, names)


def _write_manifest(folder: Path, manifest: dict[str, Any], names: Sequence[str]) -> Manifest:
    sums = {name: file_sha256(folder / name) for name in names}
    unsigned = Manifest.model_validate({**manifest, "format": FORMAT, "files": sums})
    complete = unsigned.model_copy(update={"digest": unsigned.computed_digest()})
    (folder / MANIFEST).write_text(complete.model_dump_json(indent=2) + "\n", "utf-8")
    return complete
