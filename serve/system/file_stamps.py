"""Stamps of files, to notice that one was replaced."""

from pathlib import Path

Stamp = tuple[int, int, int, int]


def read_stamp(path: Path) -> Stamp | None:
    """What changes when the file does; None only where there is no file."""
    try:
        stat = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return (0, 0, 0, 0)
    return stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino
