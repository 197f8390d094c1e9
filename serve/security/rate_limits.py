"""Rate limits: a token bucket for each key, shared by all workers of a server.

A bucket fills at the key's rate, and holds a tenth of a minute's requests, or ten where that is
more, so that a page can load with its parts. It is stored as one number, the time at which it
will be full (the "theoretical arrival time" of the generic cell rate algorithm, ITU-T I.371):
`n` requests move that time on by `n` intervals, and are refused if it would then be further ahead
than filling an empty bucket takes.
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
BURSTS_PER_MINUTE = 10  # a full bucket is a tenth of a minute's requests
MIN_BURST = 10  # requests: a page loads its style sheet and its script at once
N_SLOTS = 4_096  # four times the keys a file may hold, so that a search takes few steps
_SLOT = struct.Struct("=16sq")
_EMPTY = bytes(16)


@dataclass(frozen=True, slots=True)
class RateDecision:
    """Whether requests are allowed, and the state of the bucket after them.

    Attributes
    ----------
    limit, remaining : requests that a full bucket holds, and that it holds now
    reset_s : seconds until the bucket is full
    retry_after_s : seconds until the refused requests would be allowed
    """

    allowed: bool
    per_minute: int
    limit: int
    remaining: int
    reset_s: float
    retry_after_s: float = 0.0

    def headers(self) -> dict[str, str]:
        """The ``RateLimit`` headers (draft-ietf-httpapi-ratelimit-headers) and ``Retry-After``."""
        window_s = math.ceil(60 * self.limit / self.per_minute)
        headers = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Policy": f"{self.limit};w={window_s}",
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(math.ceil(self.reset_s)),
        }
        if not self.allowed:
            headers["Retry-After"] = str(max(1, math.ceil(self.retry_after_s)))
        return headers


@dataclass(frozen=True, slots=True)
class Rate:
    """Requests a minute, in whole nanoseconds, so that no rounding error adds up."""

    per_minute: int

    @property
    def burst(self) -> int:
        """The requests that a full bucket holds, at most those of a minute.

        >>> [Rate(n).burst for n in (1, 10, 60, 600)]
        [1, 10, 10, 60]
        """
        tenth = math.ceil(self.per_minute / BURSTS_PER_MINUTE)
        return min(self.per_minute, max(MIN_BURST, tenth))

    @property
    def interval_ns(self) -> int:
        """The time that one request takes to be refilled, rounded up."""
        return -(-MINUTE_NS // self.per_minute)

    def take(self, n: int, *, full_ns: int, now_ns: int) -> tuple[RateDecision, int]:
        """Take `n` requests from a bucket, or none of them.

        Parameters
        ----------
        full_ns : the time at which the bucket will be full

        Returns
        -------
        the decision, and the time at which the bucket will be full then
        """
        interval, capacity = self.interval_ns, self.burst * self.interval_ns
        full = max(full_ns, now_ns)
        excess = full + n * interval - (now_ns + capacity)
        if excess <= 0:
            full += n * interval
        decision = RateDecision(
            allowed=excess <= 0,
            per_minute=self.per_minute,
            limit=self.burst,
            remaining=max(0, (now_ns + capacity - full) // interval),
            reset_s=(full - now_ns) / 1e9,
            retry_after_s=max(0, excess) / 1e9,
        )
        return decision, full


class BucketTable:
    """A hash table in shared memory: for each name, the time at which its bucket will be full."""

    def __init__(self, n_slots: int = N_SLOTS) -> None:
        self._file = SharedFile()
        self.locked = self._file.locked
        self._n_slots = n_slots
        os.ftruncate(self._file.descriptor, n_slots * _SLOT.size)
        self._memory = mmap.mmap(self._file.descriptor, n_slots * _SLOT.size)

    def find(self, name: str, *, now_ns: int) -> tuple[int, int]:
        """The slot of a name and its time, by linear probing; the caller holds the lock.

        A slot whose time has passed is a full bucket, the same as none, and may be reused.
        """
        digest = _digest(name)
        free = None
        start = int.from_bytes(digest[:4], "little") % self._n_slots
        for step in range(self._n_slots):
            slot = (start + step) % self._n_slots
            owner, full_ns = _SLOT.unpack_from(self._memory, slot * _SLOT.size)
            if owner == digest:
                return slot, full_ns
            if free is None and (owner == _EMPTY or full_ns <= now_ns):
                free = slot
            if owner == _EMPTY:
                break
        return (start if free is None else free), 0

    def put(self, slot: int, name: str, full_ns: int) -> None:
        """Write a name and its time into a slot; the caller holds the lock."""
        _SLOT.pack_into(self._memory, slot * _SLOT.size, _digest(name), full_ns)


def _digest(name: str) -> bytes:
    return hashlib.blake2b(name.encode(), digest_size=16).digest()


class RateLimiter:
    """The buckets of all keys, shared by the workers that are forked after it is made.

    Parameters
    ----------
    per_minute : of keys without a rate of their own
    rate_of : a key's own rate by its name, or None
    """

    def __init__(
        self, per_minute: int, *, rate_of: Callable[[str], int | None] = lambda _: None
    ) -> None:
        self._per_minute = per_minute
        self._rate_of = rate_of
        self._table = BucketTable()

    def take(self, key_name: str, n: int = 1) -> RateDecision:
        """Take `n` requests of a key, or none of them.

        More than a full bucket is never allowed at once: take the lines of a batch one by one.
        """
        rate = Rate(self._rate_of(key_name) or self._per_minute)
        with self._table.locked():
            now_ns = time.monotonic_ns()  # the same clock in all processes of a machine
            slot, full_ns = self._table.find(key_name, now_ns=now_ns)
            decision, full_ns = rate.take(n, full_ns=full_ns, now_ns=now_ns)
            if decision.allowed:
                self._table.put(slot, key_name, full_ns)
        return decision
