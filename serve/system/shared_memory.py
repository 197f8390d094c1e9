"""Memory that the workers of one server share, with a lock."""

import fcntl
import os
import tempfile
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager


def open_unnamed() -> int:
    """Open a file without a name; it vanishes with the last process that has it open."""
    if hasattr(os, "memfd_create"):  # on Linux; it needs no writable folder
        return os.memfd_create("standpoint")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


class SharedFile:
    """A file in memory, made before the workers fork and shared by all of them.

    The kernel locks the file, so a worker that is killed releases the lock. That lock belongs to
    a process; a second one excludes the threads of the same process.
    """

    def __init__(self) -> None:
        self.descriptor = open_unnamed()
        self._thread_lock = threading.Lock()
        weakref.finalize(self, os.close, self.descriptor)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Exclude all other threads of all workers."""
        with self._thread_lock:
            fcntl.lockf(self.descriptor, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self.descriptor, fcntl.LOCK_UN)

    def read(self) -> bytes:
        """The whole content; the caller holds the lock."""
        return os.pread(self.descriptor, os.fstat(self.descriptor).st_size, 0)

    def write(self, content: bytes) -> None:
        """Replace the whole content; the caller holds the lock."""
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, content, 0)
