"""The folders of the project, and codebooks by their names."""

from os.path import isfile
from pathlib import Path

from standpoint.codebook import Codebook, load_codebook, load_named
from standpoint.errors import CodebookError
from standpoint.settings import read_settings


def models_dir() -> Path:
    """The folder of encoders, runs and champions."""
    return read_settings().models_dir


def find_codebook(name: str) -> Codebook:
    """Load a codebook by its file, or by its name in the folder of codebooks."""
    # Unlike `Path.is_file`, no error for a name that is too long for the file system.
    if name.endswith(".toml") or isfile(name):  # noqa: PTH113
        return load_codebook(Path(name))
    folder = read_settings().codebooks_dir
    known = sorted(file.stem for file in folder.glob("*.toml"))
    if not known:
        raise CodebookError(
            f"--codebook: must be a file, got {name!r}, and there are no codebooks by name in "
            f"{folder}. Run this in the project's folder, or set STANDPOINT_CODEBOOKS_DIR."
        )
    if name not in known:
        raise CodebookError(
            f"--codebook: must be a file or one of {', '.join(known)}, got {name!r}. "
            f"Codebooks are looked for in {folder}."
        )
    return load_named(folder, name)
