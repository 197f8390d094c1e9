"""How far the downloads are: a line that is redrawn on a terminal, a few plain lines elsewhere."""

import sys
import time

from standpoint.cli.output import print_progress

BAR_WIDTH = 24  # characters
REDRAW = 0.1  # seconds between two drawings of the bar: smooth, and cheap for many small files
PLAIN_STEP = 8_000_000  # bytes between two plain lines: a handful for the largest set


def format_size(size: int) -> str:
    """A number of bytes with its unit.

    >>> format_size(950), format_size(5_800), format_size(8_150_596)
    ('950 bytes', '5.8 kB', '8.2 MB')
    """
    if size < 1_000:
        return f"{size} bytes"
    return f"{size / 1_000:.1f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


class ProgressPrinter:
    """Prints the progress of one data set on standard error.

    Parameters
    ----------
    total : bytes of the whole download; None where it is not known
    """

    def __init__(self, name: str, total: int | None) -> None:
        self._name = name
        self._total = total
        self._done = 0
        self._printed = 0
        self._drawn_at = 0.0
        self._terminal = sys.stderr.isatty()

    def file_at(self, size: int) -> None:
        """So many bytes of the current file are here."""
        self._show(self._done + size)

    def file_done(self, size: int) -> None:
        """The current file is here, with so many bytes."""
        self._done += size
        self._show(self._done)

    def say(self, line: str) -> None:
        """Print a line above the bar."""
        self.close()
        print_progress(f"{self._name}: {line}")

    def close(self) -> None:
        """Remove the bar."""
        if self._terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _show(self, size: int) -> None:
        if self._terminal:
            self._draw(size)
        elif size - self._printed >= PLAIN_STEP:
            self._printed = size
            print_progress(self._line(size))

    def _draw(self, size: int) -> None:
        now = time.monotonic()
        if now - self._drawn_at >= REDRAW:
            self._drawn_at = now
            bar = ""
            if self._total:
                filled = min(BAR_WIDTH, BAR_WIDTH * size // self._total)
                bar = f" [{'#' * filled}{'.' * (BAR_WIDTH - filled)}]"
            print(f"\r\x1b[K{self._line(size)}{bar}", end="", file=sys.stderr, flush=True)

    def _line(self, size: int) -> str:
        of = f" of {format_size(self._total)}" if self._total else ""
        return f"{self._name}: {format_size(size)}{of}"
