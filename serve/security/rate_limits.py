"""How many requests each key may make, counted once for all workers of a server.

A bucket for each key fills at the key's rate and holds a tenth of a minute of it, or ten requests
where that is more, so that a page comes with its parts. It is kept as one number, the moment at
which it will be full again (the "theoretical arrival time" of the generic cell rate algorithm,
ITU-T I.371): `n` requests move that moment on by `n` times the time of one, and are refused where
it would then lie further ahead than a whole bucket takes.
"""

import hashlib
import math
import mmap
import os
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass

from serve.system import SharedFile

MINUTE_NS = 60_000_000_000
BURSTS_PER_MINUTE = 10
LEAST_BURST = 10
N_SLOTS = 4_096
_SLOT = struct.Struct("=16sq")
_EMPTY = bytes(16)


@dataclass(frozen=True, slots=True)
class Taken:
    """Whether requests were let through, and what is left of the bucket.

    ``reset_s`` is when it is full again, ``retry_after_s`` when as much can be taken.
    """

    allowed: bool
    per_minute: int
    limit: int
    remaining: int
    reset_s: float
    retry_after_s: float = 0.0

    def headers(self) -> dict[str, str]:
        """What an answer tells of it."""
        window = math.ceil(60 * self.limit / self.per_minute)
        found = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Policy": f"{self.limit};w={window}",
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(math.ceil(self.reset_s)),
        }
        if not self.allowed:
            found["Retry-After"] = str(max(1, math.ceil(self.retry_after_s)))
        return found


@dataclass(frozen=True, slots=True)
class Rate:
    """Requests a minute, as whole nanoseconds, so that nothing is lost in rounding."""

    per_minute: int

    @property
    def burst(self) -> int:
        """What a full bucket holds, and never more than a minute brings.

        >>> [Rate(n).burst for n in (1, 10, 60, 600)]
        [1, 10, 10, 60]
        """
        tenth = math.ceil(self.per_minute / BURSTS_PER_MINUTE)
        return min(self.per_minute, max(LEAST_BURST, tenth))

    @property
    def one_ns(self) -> int:
        """The time of one request, never less than its share of a minute."""
        return -(-MINUTE_NS // self.per_minute)

    def take(self, n: int, *, full_ns: int, now_ns: int) -> tuple[Taken, int]:
        """Whether `n` can be taken, and when the bucket will be full then."""
        one, whole = self.one_ns, self.burst * self.one_ns
        full = max(full_ns, now_ns)
        over = full + n * one - (now_ns + whole)
        if over <= 0:
            full += n * one
        taken = Taken(
            allowed=over <= 0,
            per_minute=self.per_minute,
            limit=self.burst,
            remaining=max(0, (now_ns + whole - full) // one),
            reset_s=(full - now_ns) / 1e9,
            retry_after_s=max(0, over) / 1e9,
        )
        return taken, full


class Table:
    """Moments by name, in memory that every worker sees; the slots are found by hashing."""

    def __init__(self, n_slots: int = N_SLOTS) -> None:
        self._file = SharedFile()
        self.locked = self._file.locked
        self._n_slots = n_slots
        os.ftruncate(self._file.descriptor, n_slots * _SLOT.size)
        self._memory = mmap.mmap(self._file.descriptor, n_slots * _SLOT.size)

    def find(self, name: str, *, now_ns: int) -> tuple[int, int]:
        """The slot of a name and its moment; call it locked.

        A slot whose moment has passed says no more than none, and is given to the next in need.
        """
        mark = _mark(name)
        free = None
        start = int.from_bytes(mark[:4], "little") % self._n_slots
        for step in range(self._n_slots):
            slot = (start + step) % self._n_slots
            owner, moment = _SLOT.unpack_from(self._memory, slot * _SLOT.size)
            if owner == mark:
                return slot, moment
            if free is None and (owner == _EMPTY or moment <= now_ns):
                free = slot
            if owner == _EMPTY:
                break
        return (start if free is None else free), 0

    def put(self, slot: int, name: str, moment: int) -> None:
        """Write a name and its moment into a slot; call it locked."""
        _SLOT.pack_into(self._memory, slot * _SLOT.size, _mark(name), moment)


def _mark(name: str) -> bytes:
    return hashlib.blake2b(name.encode(), digest_size=16).digest()


class Limits:
    """The buckets of all keys, shared by the workers that are forked after it is made.

    Parameters
    ----------
    per_minute : of a key that has no rate of its own
    rate_of : a key's own rate by its name, or None
    """

    def __init__(
        self, per_minute: int, *, rate_of: Callable[[str], int | None] = lambda _: None
    ) -> None:
        self._per_minute = per_minute
        self._rate_of = rate_of
        self._table = Table()

    def take(self, key_name: str, n: int = 1) -> Taken:
        """Take `n` requests of a key at once, or none of them.

        More than a whole bucket is never given: take the lines of a batch one by one.
        """
        rate = Rate(self._rate_of(key_name) or self._per_minute)
        with self._table.locked():
            now = time.monotonic_ns()  # one clock for all processes of a machine
            slot, full = self._table.find(key_name, now_ns=now)
            taken, full = rate.take(n, full_ns=full, now_ns=now)
            if taken.allowed:
                self._table.put(slot, key_name, full)
        return taken
