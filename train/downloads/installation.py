"""Putting a data set in place: what is here stays, the rest is downloaded and checked first."""

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from standpoint.errors import CorpusError
from standpoint.files import file_sha256, replaced_file
from train.downloads.archives import read_members
from train.downloads.catalog import DataSet, Pin, Source
from train.downloads.conversions import convert
from train.downloads.fetch import Fetcher, writing

SCRATCH = ".downloads"
"""The folder below STANDPOINT_DATA where downloads stand until they are whole and checked."""
_SHOWN_PATHS = 3


@dataclass(frozen=True, slots=True)
class FileStates:
    """The files of a set by what is at their place: as pinned, something else, or nothing."""

    here: tuple[Pin, ...]
    different: tuple[Pin, ...]
    missing: tuple[Pin, ...]


def file_states(data_set: DataSet, root: Path) -> FileStates:
    """Compare the files below ``root`` with the pins of a set."""
    states: dict[str, list[Pin]] = {"here": [], "different": [], "missing": []}
    for pin in data_set.pins:
        states[_state(pin, root / data_set.name / pin.path)].append(pin)
    return FileStates(**{name: tuple(pins) for name, pins in states.items()})


def _state(pin: Pin, file: Path) -> str:
    if not file.exists():
        return "missing"
    try:
        same = file.is_file() and file_sha256(file) == pin.sha256
    except OSError:
        same = False
    return "here" if same else "different"


def install(data_set: DataSet, root: Path, *, fetcher: Fetcher, force: bool = False) -> int:
    """Download the files of a set that are not here, into ``root/<name of the set>``.

    Parameters
    ----------
    force : replace files whose content is another one than the pinned

    Returns
    -------
    how many files were put in place

    Raises
    ------
    CorpusError
        a file here has another content; a download fails, or has another digest; the folder cannot
        be written
    """
    states = file_states(data_set, root)
    if states.different and not force:
        raise _conflict(data_set, root, states.different)
    wanted = (*states.different, *states.missing)
    if not wanted:
        return 0
    _require_space(data_set, root, wanted)
    installation = _Installation(data_set, root, fetcher)
    installation.put(wanted)
    with suppress(OSError):
        shutil.rmtree(installation.scratch)
        installation.scratch.parent.rmdir()
    return len(wanted)


@dataclass(frozen=True, slots=True)
class _Installation:
    data_set: DataSet
    root: Path
    fetcher: Fetcher

    @property
    def scratch(self) -> Path:
        return self.root / SCRATCH / self.data_set.name

    def put(self, pins: Sequence[Pin]) -> None:
        if self.data_set.convert:
            self._put_converted(pins)
        elif self.data_set.archive:
            self._put_unpacked(pins)
        else:
            for pin in pins:
                download = self.scratch / pin.path
                self.fetcher.fetch(self.data_set.source_of(pin), download)
                self._move(download, pin)

    def _put_unpacked(self, pins: Sequence[Pin]) -> None:
        archive = self._fetch(Source(self.data_set.archive))
        by_member = {self.data_set.base + pin.source: pin for pin in pins}
        with self._dropped_if_faulty():
            members = read_members(archive, by_member.__contains__, top=True)
            unpacked = {by_member[path].path: content for path, content in members}
            self._require_digests(pins, unpacked, self.data_set.archive)
        self._write_all(pins, unpacked)

    def _put_converted(self, pins: Sequence[Pin]) -> None:
        files = [self._fetch(source) for source in self.data_set.sources]
        with self._dropped_if_faulty():
            converted = convert(self.data_set, files)
            self._require_digests(pins, converted, self.data_set.sources[0].address)
        self._write_all(pins, converted)

    @contextmanager
    def _dropped_if_faulty(self) -> Iterator[None]:
        """Remove the downloads if what is in them cannot be used, so that none is used again."""
        try:
            yield
        except CorpusError:
            shutil.rmtree(self.scratch, ignore_errors=True)
            raise

    def _fetch(self, source: Source) -> Path:
        download = self.scratch / source.file_name
        self.fetcher.fetch(source, download)
        return download

    def _require_digests(
        self, pins: Sequence[Pin], contents: dict[str, bytes], address: str
    ) -> None:
        digests = {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
        wrong = [pin for pin in pins if digests.get(pin.path) != pin.sha256]
        if wrong:
            raise CorpusError(
                f"{address}: must hold the {len(pins):,} files of {self.data_set.name} with their "
                f"pinned sha256, got {len(wrong):,} missing or different ({_paths(wrong)}). "
                "Nothing was put in place. The publisher may have changed them: report it to this "
                "project."
            )

    def _write_all(self, pins: Sequence[Pin], contents: dict[str, bytes]) -> None:
        for pin in pins:
            target = self._target(pin)
            with writing(target), replaced_file(target) as file:
                file.write(contents[pin.path])

    def _move(self, download: Path, pin: Pin) -> None:
        target = self._target(pin)
        with writing(target):
            download.replace(target)

    def _target(self, pin: Pin) -> Path:
        target = self.root / self.data_set.name / pin.path
        with writing(target.parent):
            target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise CorpusError(f"{target}: must be a file, got a folder. Move it away.")
        return target


def _conflict(data_set: DataSet, root: Path, pins: Sequence[Pin]) -> CorpusError:
    return CorpusError(
        f"{root / data_set.name}: must hold the published files or none, got {len(pins):,} with "
        f"another content ({_paths(pins)}). Nothing was changed. Move them away, or use --force "
        "to replace them."
    )


def _require_space(data_set: DataSet, root: Path, pins: Sequence[Pin]) -> None:
    # Downloads that are not moved into place as they are stand beside the files for a moment.
    needed = sum(pin.size for pin in pins) + (data_set.download_bytes or 0)
    with writing(root):
        root.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(root).free
    if free < needed:
        raise CorpusError(
            f"{root}: must have {needed:,} bytes free for {data_set.name}, got {free:,}. "
            "Free some space, or set STANDPOINT_DATA to a folder on another disk."
        )


def _paths(pins: Sequence[Pin]) -> str:
    more = f" and {len(pins) - _SHOWN_PATHS:,} more" if len(pins) > _SHOWN_PATHS else ""
    return ", ".join(pin.path for pin in pins[:_SHOWN_PATHS]) + more
