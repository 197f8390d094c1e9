"""Exclusive, atomic replacement of a secret file."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from standpoint.errors import KeysError
from standpoint.files import replaced_file


@contextmanager
def locked_file(path: Path) -> Iterator[tuple[Path, Callable[[str], None]]]:
    """Exclude other processes from a file; yields its path without links, and a writer.

    The lock is on the folder, so no lock file is left behind. Readers see the old content or the
    new one, even after a power failure.
    """
    real = path.resolve()
    try:
        folder = os.open(real.parent, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise KeysError(f"{path}: must be in a folder that exists, got {error.strerror}.") from None
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield real, lambda text: _write(real, text)
    finally:
        os.close(folder)


def _write(path: Path, text: str) -> None:
    try:
        with replaced_file(path, permissions=0o600, durable=True) as file:
            _copy_owner(path, file.fileno())
            file.write(text.encode())
    except OSError as error:
        raise KeysError(f"{path}: must be writable, got {error.strerror}.") from None


def _copy_owner(path: Path, descriptor: int) -> None:
    """Give a new file the old one's owner and group, and the group's permission to read.

    The service runs as another user than root: without this, a key that root adds would make the
    file unreadable to it.
    """
    mode = 0o600
    if path.exists():
        old, new = path.stat(), os.fstat(descriptor)
        if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
            os.fchown(descriptor, old.st_uid, old.st_gid)
        mode |= old.st_mode & 0o040
    os.fchmod(descriptor, mode)
