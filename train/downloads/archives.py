"""Files out of a downloaded archive: only regular ones, of a bounded size, and by their names."""

import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from standpoint.errors import CorpusError
from train.downloads.catalog import is_inside

MAX_MEMBER_BYTES = 1 << 26  # 64 MB; the largest file of a known set has 9 MB
MAX_MEMBERS = 100_000  # PolNeAR, the set with the most files, has 3,300


def read_members(
    archive: Path, wanted: Callable[[str], bool], *, top: bool = False
) -> Iterator[tuple[str, bytes]]:
    """The regular files of a .zip or .tar.gz whose paths are wanted: path and content.

    Links, folders and devices are left out.

    Parameters
    ----------
    top : whether all paths begin with one folder, as in an archive of GitHub; it is taken off

    Raises
    ------
    CorpusError
        it is no archive or is damaged, holds too much, or a path in it leads out of its folder
    """
    members = _zip_members if zipfile.is_zipfile(archive) else _tar_members
    with _readable(archive):
        for count, (member, file, size) in enumerate(members(archive)):
            path = member.partition("/")[2] if top else member
            if size > MAX_MEMBER_BYTES or count >= MAX_MEMBERS:
                raise _refusal(
                    archive,
                    f"at most {MAX_MEMBERS:,} files of {MAX_MEMBER_BYTES >> 20} MB, got more",
                )
            if wanted(path):
                yield path, _content(archive, file, size)


def _content(archive: Path, file: IO[bytes], size: int) -> bytes:
    content = file.read(size + 1)  # never more than the archive states
    if len(content) != size:
        raise _refusal(archive, f"{size:,} bytes in each file that it states so, got others")
    return content


def _zip_members(archive: Path) -> Iterator[tuple[str, IO[bytes], int]]:
    with zipfile.ZipFile(archive) as opened:
        for info in opened.infolist():
            kind = stat.S_IFMT(info.external_attr >> 16)  # 0 where the archive states none
            _require_inside(archive, info.filename)
            if not info.is_dir() and kind in (0, stat.S_IFREG):
                with opened.open(info) as file:
                    yield info.filename, file, info.file_size


def _tar_members(archive: Path) -> Iterator[tuple[str, IO[bytes], int]]:
    with tarfile.open(archive) as opened:
        for info in opened:
            _require_inside(archive, info.name)
            file = opened.extractfile(info) if info.isreg() else None
            if file is not None:
                with file:
                    yield info.name.removeprefix("./"), file, info.size


def _require_inside(archive: Path, path: str) -> None:
    if not is_inside(path):
        raise _refusal(archive, f"only paths inside its folder, got {path!r}")


@contextmanager
def _readable(archive: Path) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError) as e:
        raise _refusal(archive, f"a whole archive, got a fault ({e})") from None


def _refusal(archive: Path, what: str) -> CorpusError:
    return CorpusError(
        f"{archive}: must hold {what}. Nothing was put in place. Run the command again: it is "
        "downloaded anew."
    )
