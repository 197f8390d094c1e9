"""What a command makes, printed or written whole."""

import sys
from collections.abc import Sequence
from pathlib import Path

from standpoint.errors import InputError
from standpoint.files import write_text


def check_output(name: str | None, *, force: bool) -> Path | None:
    """The file to be written, or None for standard output; one that exists is refused."""
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


def put(text: str, path: Path | None) -> None:
    """Print a text, or write it to a file that is there whole or not at all."""
    if path is None:
        sys.stdout.write(text)
        return
    try:
        write_text(path, text)
    except OSError as error:
        raise InputError(f"--output: must be writable, got {error.strerror}.") from None


def aligned(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """Rows in columns as wide as their widest cell; those of some numbers are set right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "─" * sum(widths, 2 * (len(widths) - 1)), *lines[1:]])
