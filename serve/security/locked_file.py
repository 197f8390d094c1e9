"""A secret file that is replaced whole, by one process at a time."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from standpoint.errors import KeysError
from standpoint.files import replaced_file


@contextmanager
def replacing(path: Path) -> Iterator[tuple[Path, Callable[[str], None]]]:
    """Alone with a file; gives where it is, links followed, and what writes it.

    The folder itself is locked, so that no other file is left behind. A reader sees the old file
    or the new one, also after the power failed.
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
            _keep_owner(path, file.fileno())
            file.write(text.encode())
    except OSError as error:
        raise KeysError(f"{path}: must be writable, got {error.strerror}.") from None


def _keep_owner(path: Path, handle: int) -> None:
    """Give a new file the owner of the old one, and its group's leave to read if it had that.

    So a key that root adds does not shut out the service, which runs as somebody else.
    """
    mode = 0o600
    if path.exists():
        before = path.stat()
        now = os.fstat(handle)
        if (before.st_uid, before.st_gid) != (now.st_uid, now.st_gid):
            os.fchown(handle, before.st_uid, before.st_gid)
        mode |= before.st_mode & 0o040
    os.fchmod(handle, mode)
