"""Reading the files of a corpus: strict UTF-8, lines, table rows, and all faults at once."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

from pydantic import ValidationError

from standpoint.errors import CorpusError, list_faults
from standpoint.labels import Task
from standpoint.validation import near_miss, validation_faults
from train.config import TASKS_OF, Strict
from train.corpora.catalog import PUBLIC_FOLDERS
from train.corpora.record import Corpus, Record

Row = dict[str, str]
JsonRow = TypeVar("JsonRow", bound=Strict)


class CorpusFolder:
    """The folder of a corpus, as a context manager that collects the faults of its files.

    When the block ends without another error, all faults are raised as one `CorpusError`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is None:
            refuse_faults(self.folder, self.faults)

    def has(self, name: str) -> bool:
        """Whether there is a file of this name."""
        return (self.folder / name).is_file()

    def text(self, name: str) -> str:
        """The text of a file; see `decode_file`."""
        return decode_file(self.folder / name, self.faults, name=name)

    def lines(self, name: str) -> Iterator[tuple[int, str]]:
        """The lines of a file, numbered from 1."""
        return enumerate(split_lines(self.text(name)), 1)

    @contextmanager
    def faults_of(self, where: str) -> Iterator[None]:
        """Collect a ValueError or csv.Error of the block as a fault of this file and line."""
        try:
            yield
        except (ValueError, csv.Error) as error:
            self.faults.append(f"{where}: {error}")


def read_corpus(
    name: str,
    folder: Path,
    *,
    task: Task,
    files: Iterable[str],
    of: str,
    read: Callable[[CorpusFolder], Iterator[Record]],
) -> Corpus:
    """Read a corpus once its task and its files are known to fit.

    Parameters
    ----------
    files : names that must be there
    of : what the owners call the data set
    read : yields the records, and adds faults to the folder's

    Raises
    ------
    CorpusError
        the corpus has no labels for the task, lacks files, or files have faults
    """
    require_task(name, task)
    with CorpusFolder(folder) as opened:
        missing = [file for file in files if not opened.has(file)]
        if missing:
            raise missing_files(folder, f"the {of} files", f"none named {', '.join(missing)}")
        return Corpus(name, task, tuple(read(opened)))


def require_task(corpus: str, task: Task) -> None:
    """Refuse a task that a corpus has no labels for."""
    if task not in TASKS_OF[corpus]:
        known = " or ".join(TASKS_OF[corpus])
        raise CorpusError(f"task: must be {known} for {corpus}, got {task!r}.")


def missing_files(folder: Path, what: str, got: str = "none") -> CorpusError:
    """The error of a folder without the files of its corpus."""
    get = f" To get it: `standpoint data get {folder.name}`."
    return CorpusError(
        f"{folder}: must hold {what}, got {got}. "
        f"Set STANDPOINT_DATA to the folder above {folder.name}/."
        f"{get if folder.name in PUBLIC_FOLDERS else ''}"
    )


def refuse_faults(where: object, faults: Sequence[str]) -> None:
    """Raise one error that lists all faults, if there are any."""
    if faults:
        raise CorpusError(list_faults(where, faults))


def decode_file(path: Path, faults: list[str], *, name: str | None = None) -> str:
    """The text of a UTF-8 file; a line that is not UTF-8 is a fault and gets U+FFFD.

    Parameters
    ----------
    name : what faults call the file; the file's own name by default
    """
    name = name or path.name
    try:
        content = path.read_bytes()
    except OSError as error:
        faults.append(f"{name}: must be a readable file, got {error.strerror}.")
        return ""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        faults += _undecodable(content, name)
        return content.decode("utf-8-sig", errors="replace")


def _undecodable(content: bytes, name: str) -> Iterator[str]:
    for number, line in enumerate(content.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            yield f"{name}:{number}: must be UTF-8, got the byte 0x{line[error.start]:02x}."


def split_lines(text: str) -> list[str]:
    r"""The lines of a text: only a line feed ends a line, unlike in `str.splitlines`.

    >>> split_lines("one\u2028still one\r\ntwo\n")
    ['one\u2028still one', 'two']
    """
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines[:-1] if lines[-1] == "" else lines


def read_json_rows(
    file: Path, row: type[JsonRow], *, name: str, faults: list[str]
) -> Iterator[tuple[str, JsonRow]]:
    """The valid rows of a JSON Lines file, each with its file and line.

    Parameters
    ----------
    name : what faults call the file
    """
    for number, line in enumerate(split_lines(decode_file(file, faults, name=name)), 1):
        where = f"{name}:{number}"
        try:
            yield where, row.model_validate(json.loads(line))
        except ValidationError as error:
            faults += [f"{where}: {fault.text}" for fault in validation_faults(error)]
        except ValueError as error:
            faults.append(f"{where}: must be JSON, got {error}.")


def repeated_ids(
    placed: Iterable[tuple[str, str]], *, field: str = "id", scope: str = ""
) -> Iterator[str]:
    """The faults of ids that are at two places.

    Parameters
    ----------
    placed : places and ids
    scope : what the ids must be new in
    """
    seen: dict[str, str] = {}
    for where, id in placed:
        if id in seen:
            yield f"{where}: {field} must be new{scope}, got {id!r}, which is at {seen[id]} too."
        seen[id] = where


def table_rows(
    text: str,
    *,
    columns: Sequence[str],
    name: str,
    faults: list[str],
    tabs: bool = False,
) -> Iterator[tuple[int, Row]]:
    """Rows of a table with a header, each with the number of the line that it begins on.

    Parameters
    ----------
    columns : that must be there; others are read too
    name : what faults call the file
    tabs : whether tabs separate the cells, in place of commas; no cell is then in double quotes
    """
    lines = (f"{line}\n" for line in split_lines(text))
    reader = csv.reader(lines, strict=True)
    if tabs:
        reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    header: list[str] | None = None
    begins = 1
    try:
        for cells in reader:
            if header is None:
                header = cells
                if not _has_columns(header, columns, name, faults):
                    return
            elif cells and len(cells) != len(header):
                faults.append(f"{name}:{begins}: must have {len(header)} cells, got {len(cells)}.")
            elif cells:
                yield begins, dict(zip(header, cells, strict=True))
            begins = reader.line_num + 1
    except csv.Error as error:
        faults.append(f"{name}:{begins}: must be a row of a table, got a fault: {error}.")
    if header is None:
        faults.append(f"{name}: must begin with a header, got an empty file.")


def _has_columns(
    header: Sequence[str], columns: Sequence[str], name: str, faults: list[str]
) -> bool:
    missing = [column for column in columns if column not in header]
    for column in dict.fromkeys(c for n, c in enumerate(header) if c in header[:n]):
        faults.append(f"{name}:1: must have columns of different names, got {column!r} twice.")
    for column in missing:
        hint = near_miss(column, tuple(header))
        faults.append(
            f"{name}:1: must have the column {column!r}, got only {', '.join(header)}.{hint}"
        )
    return not missing


def text_key(text: str) -> str:
    """A hash of a text without case and white space: the group of texts without articles.

    >>> text_key("Tax cuts  work") == text_key("tax cuts work ")
    True
    """
    plain = " ".join(text.split()).casefold()
    return hashlib.sha256(plain.encode("utf-8", errors="surrogatepass")).hexdigest()[:16]
