"""Encoders from the model hub, by any name."""

import shutil
from pathlib import Path

from standpoint.errors import EncoderError
from train.encoders.known_encoders import SOURCE_FILES


def fetch_from_hub(name: str, folder: Path, *, revision: str | None, where: str) -> Path:
    """Download an encoder from the model hub; returns its folder.

    Parameters
    ----------
    revision : a commit or tag; None takes the newest
    where : what an error names as the fault's place

    Raises
    ------
    EncoderError
        the hub has none of that name or revision, or lacks a file, or does not answer
    """
    from huggingface_hub.errors import (
        EntryNotFoundError,
        HFValidationError,
        LocalEntryNotFoundError,
        OfflineModeIsEnabled,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    try:
        return copy_from_hub(name, folder, revision=revision)
    except (HFValidationError, LocalEntryNotFoundError, OfflineModeIsEnabled, OSError) as error:
        is_local = isinstance(error, LocalEntryNotFoundError)
        if isinstance(error, RepositoryNotFoundError | HFValidationError):
            fault = (
                "must be on the model hub or a folder, got neither. "
                "Look at its spelling; a private one needs HF_TOKEN."
            )
        elif isinstance(error, RevisionNotFoundError):
            at = f" at the revision {revision!r}" if revision else ""
            fault = f"must be on the hub{at}, got no such revision."
        elif is_local or not isinstance(error, EntryNotFoundError):
            fault = (
                "must be available from the model hub, got no answer. "
                "Without a network, download it elsewhere and name its folder."
            )
        else:
            fault = (
                f"must have {', '.join(SOURCE_FILES)}, got a repository without one of them. "
                "Save it as safetensors with a fast tokenizer, and name the folder."
            )
        raise EncoderError(f"{where}: {name!r} {fault}") from None


def copy_from_hub(name: str, folder: Path, *, revision: str | None = None) -> Path:
    """Copy `SOURCE_FILES` of an encoder from the hub, or from the hub's cache without a network.

    Errors are the hub's own; `fetch_from_hub` puts them into words.
    """
    from huggingface_hub import hf_hub_download

    folder.mkdir(parents=True, exist_ok=True)
    for file in SOURCE_FILES:
        shutil.copyfile(hf_hub_download(name, file, revision=revision), folder / file)
    return folder
