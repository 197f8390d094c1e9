"""Memory that was freed goes back to the system: champions come and go while the service runs."""

import ctypes
from contextlib import suppress

_M_ARENA_MAX = -8  # of glibc's malloc.h
ARENAS = 2


def few_arenas() -> None:
    """Let threads share two heaps, where glibc would give each of many one of its own.

    What a thread freed in its own heap is of no use to the others, and a champion is loaded, used
    and freed by different threads.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Return freed memory to the system, where the C library can."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
