"""Files: TOML read with clear errors, sha256, and atomic writes.

Atomic: a reader sees the old file or folder or the new one, never half of it.

New content is written beside its target under a hidden name that ends in ``.part``, and renamed
when it is complete. It stands beside the target because a rename is atomic only within one file
system. A write that fails leaves the target as it was and removes the temporary content.
"""

import hashlib
import os
import re
import secrets
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from standpoint.errors import InputError

PART = ".part"
MAX_KEY_PARTS = 32
"""Of a dotted key in TOML: "model.schedule.steps" has 3. A guess: far more than any file needs."""
_DEEP_KEY = re.compile(
    r"(?m:^|[{,\[])[ \t]*+(?:(?:[\w-]++|\"[^\"\n]{0,200}\"|'[^'\n]{0,200}')[ \t]*+\.[ \t]*+){32}"
)


@contextmanager
def replaced_file(
    path: Path, *, permissions: int = 0o666, durable: bool = False
) -> Iterator[BinaryIO]:
    """A new file to write bytes to; it replaces ``path`` when the block ends without an error.

    Parameters
    ----------
    permissions : of the new file, less the umask of the process
    durable : sync the file and its folder to disk, so that the write survives a power failure
    """
    part = path.with_name(f".{secrets.token_hex(8)}{PART}")
    try:
        # The mode is set as the file is created: a secret file is at no time open to others.
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, permissions)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            if durable:
                file.flush()
                os.fsync(descriptor)
        part.replace(path)
        if durable:
            _sync(path.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def write_text(path: Path, text: str) -> None:
    """Replace a file by a text in UTF-8."""
    with replaced_file(path) as file:
        file.write(text.encode())


@contextmanager
def scratch_folder(path: Path) -> Iterator[Path]:
    """A temporary folder beside ``path``, on the same file system; removed when the block ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(
        dir=path.parent, prefix=".", suffix=PART, ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


@contextmanager
def replaced_folder(path: Path, *, durable: bool = False) -> Iterator[Path]:
    """An empty folder to fill; it replaces ``path`` when the block ends without an error.

    Parameters
    ----------
    durable : sync every file in it to disk first
    """
    with scratch_folder(path) as scratch:
        folder = scratch / path.name
        folder.mkdir()
        yield folder
        for file in sorted(folder.rglob("*")) if durable else ():
            _sync(file)
        replace_folder(path, folder)


def replace_folder(path: Path, folder: Path) -> None:
    """Move a complete folder to ``path``.

    Two renames are needed where ``path`` exists. A process that is killed between them leaves the
    old folder under another name, from which `recover_folder` brings it back.
    """
    previous = _previous(path)
    shutil.rmtree(previous, ignore_errors=True)
    if path.exists():
        path.rename(previous)
    try:
        folder.rename(path)
    except BaseException:
        recover_folder(path)
        raise
    shutil.rmtree(previous, ignore_errors=True)


def recover_folder(path: Path) -> None:
    """Bring back the folder that an interrupted `replace_folder` moved away."""
    if not path.is_dir() and _previous(path).is_dir():
        _previous(path).rename(path)


def _previous(path: Path) -> Path:
    return path.with_name(f".{path.name}-last")


def remove_parts(folder: Path) -> None:
    """Remove what killed processes left half written in a folder."""
    for part in folder.glob(f"*{PART}"):
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def file_sha256(path: Path) -> str:
    """Hexadecimal sha256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_fault(path: Path, *, expected: str) -> str | None:
    """The fault of a file whose sha256 is not the expected one, for a message; else None."""
    actual = file_sha256(path)
    if actual == expected:
        return None
    return f"{path}: must have the sha256 {expected[:16]}…, got {actual[:16]}…."


def read_bytes(path: Path, *, name: str, error: type[InputError]) -> bytes:
    """The bytes of a file that the user names; see `read_text` for the parameters."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise error(f"{path}: the {name} must exist, got no such file.") from None
    except OSError as fault:
        raise error(f"{path}: must be a readable file, got {fault.strerror}.") from None


def read_toml(path: Path, *, name: str, error: type[InputError]) -> dict[str, Any]:
    """The table of a TOML file that the user names; see `read_text` and `parse_toml`."""
    return parse_toml(read_text(path, name=name, error=error), where=path, error=error)


def read_text(path: Path, *, name: str, error: type[InputError]) -> str:
    """The text of a file in UTF-8, with or without a byte-order mark.

    Parameters
    ----------
    name : what the file is, for the message
    error : raised where there is no such file, or it cannot be read
    """
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise error(f"{path}: the {name} must exist, got no such file.") from None
    except (OSError, UnicodeDecodeError) as fault:
        raise error(f"{path}: must be a readable UTF-8 file, got {fault}.") from None


def parse_toml(
    source: str, *, where: object, error: type[InputError], must_be: str = "TOML"
) -> dict[str, Any]:
    """The table of a TOML text.

    ``error`` is raised where it is none, and where it has a key of more than `MAX_KEY_PARTS` parts:
    tomllib takes time and memory by the square of these.

    Parameters
    ----------
    must_be : what the text may be, for the message
    """
    deep = _DEEP_KEY.search(source)
    if deep is not None:
        line = source.count("\n", 0, deep.end()) + 1
        raise error(
            f"{where}: line {line}: keys must have at most {MAX_KEY_PARTS} parts, got more."
        )
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as fault:
        raise error(f"{where}: must be {must_be}, got a fault: {fault}.") from None
    except RecursionError:
        raise error(f"{where}: must be {must_be}, got too deep a nesting.") from None
    except ValueError:  # Python refuses integers of more than 4,300 digits
        raise error(f"{where}: must have numbers of a sane length, got more digits.") from None
