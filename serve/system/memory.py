"""Tuning of glibc's allocator, so that memory of replaced champions returns to the system."""

import ctypes
from contextlib import suppress

_M_ARENA_MAX = -8  # the option's number in glibc's malloc.h
# Without a limit glibc gives each thread an arena of its own, up to eight per core. Memory that
# one thread freed is then of no use to the others, and a champion is loaded, used and freed by
# different threads. Two arenas still let two threads allocate at once.
MAX_ARENAS = 2


def limit_malloc_arenas() -> None:
    """Let all threads share `MAX_ARENAS` heaps, where the C library is glibc."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, MAX_ARENAS)


def release_free_memory() -> None:
    """Return freed memory to the system, where the C library is glibc."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
