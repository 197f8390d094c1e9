"""The catalogue of public data sets: address, digest and size of each file, licence, citation."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, urlsplit

from standpoint.errors import CorpusError

BUNDLES = {"real": ("fakes", "whitehouse", "reuters21578", "gum_news")}
"""Names for several sets at once: ``real`` are the texts of ``seeds/real``."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A file as it must be, by its path below the set's folder; ``source``: where it comes from."""

    sha256: str
    size: int
    path: str
    source: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file to download; None stands for what its publisher does not state."""

    address: str
    size: int | None = None
    sha256: str | None = None
    md5: str | None = None

    @property
    def file_name(self) -> str:
        """The last part of the address's path."""
        return PurePosixPath(urlsplit(self.address).path).name


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set of the catalogue; ``catalog.toml`` explains the keys."""

    name: str
    licence: str
    licence_page: str
    cite: str
    read_first: str = ""
    base: str = ""
    archive: str = ""
    convert: str = ""
    sources: tuple[Source, ...] = ()
    by_hand: str = ""
    note: str = ""
    pins: tuple[Pin, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    """What a conversion selects: digests of lines, or the documents with their kinds."""

    def source_of(self, pin: Pin) -> Source:
        """What to download for a file that is published as it is read."""
        return Source(self.base + quote(pin.source), size=pin.size, sha256=pin.sha256)

    @property
    def download_bytes(self) -> int | None:
        """The bytes to download for the whole set; None where the publisher does not state them."""
        if not (self.archive or self.sources):
            return sum(pin.size for pin in self.pins)
        sizes = [None] if self.archive else [source.size for source in self.sources]
        return None if None in sizes else sum(size or 0 for size in sizes)


def load_catalog(folder: Path | None = None) -> dict[str, DataSet]:
    """The data sets of a catalogue by name.

    Parameters
    ----------
    folder : with ``catalog.toml`` and ``pins/``; the project's own by default

    Raises
    ------
    CorpusError
        it cannot be read, or a path in it leads out of the set's folder
    """
    folder = folder or Path(__file__).parent
    try:
        tables = tomllib.loads((folder / "catalog.toml").read_text("utf-8"))
        return {name: _data_set(name, table, folder / "pins") for name, table in tables.items()}
    except (OSError, UnicodeDecodeError, ValueError, TypeError, KeyError) as error:
        raise CorpusError(
            f"{folder}: must be a catalogue of downloads, got {error}. Leave --catalog out."
        ) from None


def _data_set(name: str, table: dict[str, Any], pins: Path) -> DataSet:
    sources = tuple(
        Source(row["address"], row.get("bytes"), row.get("sha256"), row.get("md5"))
        for row in table.pop("sources", ())
    )
    files = tuple(
        Pin(cells[0], int(cells[1]), cells[2], cells[-1]) for cells in _rows(pins / f"{name}.txt")
    )
    for pin in files:
        if not is_inside(pin.path):
            raise ValueError(f"{name}: the path {pin.path!r}, which leads out of its folder")
    rows = _rows(pins / f"{name}.rows.txt")
    if table.get("convert") == "whitehouse":
        rows = _rows(pins / f"{name}.sources.txt")
        sources = tuple(
            Source(table["base"] + quote(path), int(size), sha256) for sha256, size, path, _ in rows
        )
    return DataSet(name=_folder_name(name), sources=sources, pins=files, rows=rows, **table)


def _folder_name(name: str) -> str:
    if not is_inside(name) or "/" in name:
        raise ValueError(f"the name {name!r}, which leads out of the folder")
    return name


def _rows(file: Path) -> tuple[tuple[str, ...], ...]:
    if not file.is_file():
        return ()
    return tuple(tuple(line.split("\t")) for line in file.read_text("utf-8").splitlines())


def is_inside(path: str) -> bool:
    r"""Whether a path, joined to a folder, stays in it on every system.

    >>> [is_inside(path) for path in ("a/b.txt", "../b", "/b", "a/../b", "C:b", "a\\b")]
    [True, False, False, False, False, False]
    """
    parts = PurePosixPath(path).parts
    return bool(parts) and not (
        path.startswith("/") or ".." in parts or "\\" in path or ":" in path or "\0" in path
    )
