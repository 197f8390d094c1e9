"""The valid API keys of a running server; reloaded when their file changes."""

import logging
import threading
import time
from pathlib import Path

from serve.security.key_file import Key, parse_keys, read_keys
from serve.system import SharedFile, Stamp, read_stamp
from standpoint.errors import KeysError

LOG = logging.getLogger("standpoint.serve")
CHECK_EVERY_S = 0.25  # a revoked key is refused within a second; a check is one `stat` call


class Keyring:
    """The keys of a file: in every worker, the newest valid content that any worker read.

    Without a file no key is needed, until there is one; from then on a key is always needed. If
    the file disappears or becomes faulty, that is logged and the previous keys stay valid. If the
    first file is faulty, every request is refused.

    Parameters
    ----------
    required : refuse to start without the file
    """

    def __init__(self, path: Path | None, *, required: bool = False) -> None:
        self._path = path
        self._lock = threading.Lock()
        # A worker that is forked later starts with the keys that the first process read at start.
        # The newest content is shared, so that it does not accept a key revoked since.
        self._newest = SharedFile()
        self._keys: tuple[Key, ...] | None = None
        self._stamp: Stamp | None = None
        self._logged_fault = ""
        self._checked_at = 0.0
        if path is not None:
            self._stamp = read_stamp(path)
            if required or self._stamp is not None:
                self._keys = self._read(path)

    @property
    def is_required(self) -> bool:
        """Whether a request needs a key."""
        return self._current() is not None

    @property
    def has_valid_key(self) -> bool:
        """Whether at least one key is in force."""
        return any(key.is_in_force() for key in self._current() or ())

    def verify(self, secret: str) -> Key | None:
        """The key in force that has this secret; compares all keys, in constant time."""
        match = None
        for key in self._current() or ():
            if key.matches(secret):
                match = key
        return match if match is not None and match.is_in_force() else None

    def is_in_force(self, name: str) -> bool:
        """Whether the key of a name is in force."""
        return any(key.name == name and key.is_in_force() for key in self._current() or ())

    def rate_of(self, name: str) -> int | None:
        """The requests a minute of a key, if it has a rate of its own."""
        return next((key.per_minute for key in self._keys or () if key.name == name), None)

    def _current(self) -> tuple[Key, ...] | None:
        due = time.monotonic() - self._checked_at > CHECK_EVERY_S
        if due and self._path is not None and self._lock.acquire(blocking=False):
            try:
                self._check(self._path)
            finally:
                self._lock.release()
        return self._keys

    def _check(self, path: Path) -> None:
        self._checked_at = time.monotonic()
        stamp = read_stamp(path)
        unchanged = stamp == self._stamp and not self._logged_fault
        if unchanged or (stamp is None and self._keys is None):
            return
        try:
            self._keys = self._read(path)
        except KeysError as error:
            self._use_newest(str(error))
            return
        self._stamp, self._logged_fault = stamp, ""
        LOG.info("keys: %d of %s", len(self._keys), path)

    def _read(self, path: Path) -> tuple[Key, ...]:
        with self._newest.locked():
            content = read_keys(path)
            keys = parse_keys(content, where=path)
            self._newest.write(content)
        return keys

    def _use_newest(self, fault: str) -> None:
        """Use the newest keys that any worker read, and log each fault once."""
        with self._newest.locked():
            content = self._newest.read()
        try:
            self._keys = parse_keys(content, where="the previous keys")
        except KeysError:  # a worker was killed while it wrote them
            self._keys = self._keys or ()
        if fault != self._logged_fault:
            LOG.error(
                "the file of keys was refused, the previous keys stay valid if any: %s", fault
            )
        self._logged_fault = fault
