"""Output of commands: progress lines, text tables, intervals, files."""

import math
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path

from standpoint.errors import InputError
from standpoint.files import write_text


def add_output_arguments(parser: ArgumentParser) -> None:
    """Add ``--output`` and ``--force``."""
    parser.add_argument("--output", metavar="FILE", help="standard output if left out")
    parser.add_argument("--force", action="store_true", help="replace the output if it exists")


def check_output(name: str | None, *, force: bool) -> Path | None:
    """The path of the output file, or None for standard output.

    Raises
    ------
    InputError
        the path is a folder, or in none; or the file exists and ``force`` is false
    """
    if name is None:
        return None
    path = Path(name)
    if path.is_dir():
        raise InputError(f"--output: must be a file, got the folder {name!r}.")
    if not path.parent.is_dir():
        raise InputError(f"--output: must be in a folder that exists, got {name!r}.")
    if path.exists() and not force:
        raise InputError(
            f"--output: must be a new file, got {name!r}, which exists. Use --force to replace it."
        )
    return path


def check_range(option: str, value: float | None, *, lowest: int, highest: int) -> None:
    """Refuse a value outside its range, ends included; None is an option that was left out."""
    if value is not None and not lowest <= value <= highest:
        raise InputError(f"{option}: must be from {lowest} to {highest:,}, got {value}.")


def write_output(text: str, path: Path | None) -> None:
    """Print a text, or write it to a file atomically."""
    if path is None:
        sys.stdout.write(text)
        return
    try:
        write_text(path, text)
    except OSError as error:
        raise InputError(f"--output: must be writable, got {error.strerror}.") from None


def print_progress(text: str) -> None:
    """Print one line of progress on standard error."""
    print(text, file=sys.stderr, flush=True)


def plural(n: int, noun: str) -> str:
    """A number with its noun.

    >>> plural(1, "article"), plural(2, "article")
    ('1 article', '2 articles')
    """
    return f"{n} {noun}{'s' if n > 1 else ''}"


def format_interval(ends: Iterable[float | None], *, missing: str = "") -> str:
    """A confidence interval as ``[low, high]``; ``missing`` where there is none.

    >>> format_interval((0.1, 0.25)), format_interval((None, None), missing="none")
    ('[0.100, 0.250]', 'none')
    """
    low, high = ends
    return missing if low is None or high is None else f"[{low:.3f}, {high:.3f}]"


def nan_to_none(value: float) -> float | None:
    """A number as JSON has it, where NaN does not exist."""
    return None if math.isnan(value) else value


def format_table(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """A text table with a rule below its first row; each column is as wide as its widest cell.

    Parameters
    ----------
    right : the numbers of the columns that are aligned right
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "─" * sum(widths, 2 * (len(widths) - 1)), *lines[1:]])
