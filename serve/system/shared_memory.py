"""Memory that the workers of one server share."""

import fcntl
import os
import tempfile
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager


def open_unnamed() -> int:
    """A descriptor of a file that no folder shows and that goes with the last process."""
    if hasattr(os, "memfd_create"):  # needs no folder that can be written to
        return os.memfd_create("standpoint")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


class SharedFile:
    """A file without a name, made before the workers are forked and the same one in all of them.

    The lock is the kernel's, on the file: a worker that is killed while it holds the lock lets go
    of it. That lock is of a process, so a second one keeps the threads of a process apart.
    """

    def __init__(self) -> None:
        self.descriptor = open_unnamed()
        self._threads = threading.Lock()
        weakref.finalize(self, os.close, self.descriptor)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Alone among the threads of all workers."""
        with self._threads:
            fcntl.lockf(self.descriptor, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self.descriptor, fcntl.LOCK_UN)

    def read(self) -> bytes:
        """All that was put; call it locked."""
        return os.pread(self.descriptor, os.fstat(self.descriptor).st_size, 0)

    def put(self, content: bytes) -> None:
        """Replace all that was put; call it locked."""
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, content, 0)
