"""Encoder folders: written, checked by digest, and found under ``models/encoders``."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from standpoint.errors import EncoderError
from standpoint.files import file_sha256, sha256_fault
from standpoint.model.encoder import MAX_TOKENS, Encoder

DEFAULT_ENCODER = "sentence-transformers/all-MiniLM-L6-v2"
"""The encoder of bundles that hold none, and of what is found by similarity without a cue."""
FORMAT = 1
FILES = ("graph.onnx", "tokenizer.json")
DESCRIPTION = "encoder.json"


def encoder_digest(sums: dict[str, str]) -> str:
    """The digest that names an encoder: sha256 over the sums of its files.

    >>> encoder_digest({"graph.onnx": "a", "tokenizer.json": "b"})[:8]
    '542c6d33'
    """
    canonical = "\n".join(f"{name} {sums[name]}" for name in sorted(sums))
    return hashlib.sha256(canonical.encode()).hexdigest()


def describe_encoder(
    folder: Path, *, name: str, source: Mapping[str, str], **more: str | int
) -> str:
    """Write ``encoder.json`` of an encoder folder; returns the digest of the encoder.

    Parameters
    ----------
    source : the sha256 of each file that it was built from
    more : further entries
    """
    sums = {file: file_sha256(folder / file) for file in FILES}
    description = {"format": FORMAT, "name": name, **more, "source": dict(source), "files": sums}
    (folder / DESCRIPTION).write_text(json.dumps(description, indent=2) + "\n", "utf-8")
    return encoder_digest(sums)


def open_encoder(folder: Path, *, digest: str | None = None) -> Encoder:
    """Check an encoder folder against its sums and open it.

    Parameters
    ----------
    digest : the digest it must have; None accepts any

    Raises
    ------
    EncoderError
        a file is missing or changed, or the encoder has another digest
    """
    try:
        description = json.loads((folder / DESCRIPTION).read_text("utf-8"))
        sums = {name: str(description["files"][name]) for name in FILES}
        max_tokens = int(description.get("max_tokens", MAX_TOKENS))
    except FileNotFoundError:
        raise EncoderError(
            f"{folder}: must be an encoder, got no encoder.json. Run `standpoint encoder`."
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EncoderError(
            f"{folder / DESCRIPTION}: must list the sums of {', '.join(FILES)}, "
            f"got {error!r}. Delete the folder and run `standpoint encoder`."
        ) from None
    for name, expected in sums.items():
        _check_sum(folder / name, expected)
    actual = encoder_digest(sums)
    if digest is not None and actual != digest:
        raise EncoderError(
            f"{folder}: must be the encoder {digest[:16]}, got {actual[:16]}. "
            "Train again, or set STANDPOINT_ENCODER to the right folder."
        )
    return Encoder(folder, digest=actual, max_tokens=max_tokens)


def _check_sum(path: Path, expected: str) -> None:
    if not path.is_file():
        raise EncoderError(f"{path}: must exist, got no such file. Run `standpoint encoder`.")
    fault = sha256_fault(path, expected=expected)
    if fault:
        raise EncoderError(f"{fault} Delete the folder and run `standpoint encoder`.")


def find_encoder(models_dir: Path, *, digest: str | None = None) -> Encoder:
    """The encoder of a digest under ``models_dir/encoders``; without a digest the default one.

    A folder named in ``STANDPOINT_ENCODER`` that holds an ``encoder.json`` takes precedence.

    Raises
    ------
    EncoderError
        there is no such encoder, or several of that name and no digest
    """
    from_environment = os.environ.get("STANDPOINT_ENCODER")
    if from_environment and (Path(from_environment) / DESCRIPTION).is_file():
        return open_encoder(Path(from_environment), digest=digest)
    if digest is None:
        folders = encoder_folders(models_dir, name=DEFAULT_ENCODER)
    else:
        every = encoder_folders(models_dir)
        folders = [folder for folder in every if digest.startswith(folder.name)]
    if not folders:
        raise EncoderError(
            f"{models_dir / 'encoders'}: must hold the encoder "
            f"{digest[:16] if digest else DEFAULT_ENCODER}, got none. Run `standpoint encoder`."
        )
    if len(folders) > 1:
        raise EncoderError(
            f"{models_dir / 'encoders'}: must hold {DEFAULT_ENCODER} once, got "
            f"{', '.join(folder.name for folder in folders)}. Set STANDPOINT_ENCODER to one."
        )
    return open_encoder(folders[0], digest=digest)


def encoder_folders(models_dir: Path, *, name: str | None = None) -> list[Path]:
    """The encoder folders under ``models_dir/encoders``, sorted.

    Parameters
    ----------
    name : that their ``encoder.json`` must say; a file that cannot be read counts, so that opening
        the folder says what is wrong with it. None accepts any
    """
    folders = sorted(path.parent for path in (models_dir / "encoders").glob(f"*/{DESCRIPTION}"))
    return [folder for folder in folders if name is None or _name_of(folder) in (name, None)]


def _name_of(folder: Path) -> str | None:
    try:
        return str(json.loads((folder / DESCRIPTION).read_text("utf-8"))["name"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
