"""The API keys in force: verified at every request, read again when their file changes."""

import logging
import threading
import time
from pathlib import Path

from serve.security.key_file import Key, parse_keys, read_keys
from serve.system import SharedFile
from standpoint.errors import KeysError

LOG = logging.getLogger("standpoint.serve")
LOOK_EVERY_S = 0.25
Stamp = tuple[int, int, int, int]


class Keyring:
    """The keys of a file, in every worker those of the newest sound content any worker saw.

    Without a file all are let in, until there is one; from then on nothing lets everybody in
    again. A file that is gone or faulty is logged, and the keys before go on; one that is faulty
    from its first appearance lets nobody in.
    """

    def __init__(self, path: Path | None, *, required: bool = False) -> None:
        self._path = path
        self._lock = threading.Lock()
        # A worker that is forked later begins with what the first process read at the start.
        # What was read last is kept here, so that it does not bring back a key revoked since.
        self._newest = SharedFile()
        self._keys: tuple[Key, ...] | None = None
        self._seen: Stamp | None = None
        self._told = ""
        self._looked = 0.0
        if path is not None:
            self._seen = _stamp(path)
            if required or self._seen is not None:
                self._keys = self._read(path)

    @property
    def is_closed(self) -> bool:
        """Whether a request needs a key."""
        return self._current() is not None

    @property
    def holds_a_key(self) -> bool:
        """Whether a key is in force, so that somebody can be let in."""
        return any(key.is_in_force() for key in self._current() or ())

    def verify(self, presented: str) -> Key | None:
        """The key in force that this is; looks at every key, whichever fits."""
        found = None
        for key in self._current() or ():
            if key.fits(presented):
                found = key
        return found if found is not None and found.is_in_force() else None

    def holds(self, name: str) -> bool:
        """Whether a key of this name is in force."""
        return any(key.name == name and key.is_in_force() for key in self._current() or ())

    def rate_of(self, name: str) -> int | None:
        """The rate of a key that has one of its own, a minute."""
        return next((key.per_minute for key in self._keys or () if key.name == name), None)

    def _current(self) -> tuple[Key, ...] | None:
        due = time.monotonic() - self._looked > LOOK_EVERY_S
        if due and self._path is not None and self._lock.acquire(blocking=False):
            try:
                self._look(self._path)
            finally:
                self._lock.release()
        return self._keys

    def _look(self, path: Path) -> None:
        self._looked = time.monotonic()
        seen = _stamp(path)
        if seen == self._seen and not self._told:
            return
        try:
            if seen is None and self._keys is None:
                return
            self._keys = self._read(path)
        except KeysError as error:
            self._go_on(str(error))
            return
        self._seen, self._told = seen, ""
        LOG.info("keys: %d of %s", len(self._keys), path)

    def _read(self, path: Path) -> tuple[Key, ...]:
        with self._newest.locked():
            content = read_keys(path)
            keys = parse_keys(content, where=path)
            self._newest.put(content)
        return keys

    def _go_on(self, fault: str) -> None:
        """Keep to the newest keys there were, and say so once."""
        with self._newest.locked():
            content = self._newest.read()
        try:
            self._keys = parse_keys(content, where="the keys before")
        except KeysError:  # a worker was killed while it put them there
            self._keys = self._keys or ()
        if fault != self._told:
            LOG.error("the file of keys was refused, the keys before go on if any: %s", fault)
        self._told = fault


def _stamp(path: Path) -> Stamp | None:
    """What changes when a file does; None only where there is none."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return (0, 0, 0, 0)
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino
