"""Reading the files of a corpus: strict text, lines and rows with their numbers, and faults."""

import csv
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from standpoint.errors import CorpusError, faults_in
from standpoint.labels import Task
from standpoint.validation import near_miss

Row = dict[str, str]


def require_task(corpus: str, task: Task, known: Sequence[Task]) -> None:
    """Refuse a task that a corpus has no labels for."""
    if task not in known:
        raise CorpusError(f"task: must be {' or '.join(known)} for {corpus}, got {task!r}.")


def require_files(folder: Path, names: Iterable[str], *, of: str) -> None:
    """Refuse a folder that lacks files."""
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise CorpusError(
            f"{folder}: must hold the {of} files, got none named {', '.join(missing)}. "
            f"Set STANDPOINT_DATA to the folder above {folder.name}/."
        )


def refuse_faults(where: object, faults: Sequence[str]) -> None:
    """Raise one error that lists all faults, if there are any."""
    if faults:
        raise CorpusError(faults_in(where, faults))


def decode_file(path: Path, faults: list[str], *, name: str | None = None) -> str:
    """The text of a UTF-8 file; each line that is not UTF-8 is a fault, and its bytes are marked.

    Parameters
    ----------
    name : what faults call the file; the file's own name by default
    """
    try:
        found = path.read_bytes()
    except OSError as error:
        faults.append(f"{name or path.name}: must be a readable file, got {error.strerror}.")
        return ""
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError:
        faults += _undecodable(found, name or path.name)
        return found.decode("utf-8-sig", errors="replace")


def _undecodable(found: bytes, name: str) -> Iterator[str]:
    for number, line in enumerate(found.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            byte = line[error.start]
            yield f"{name}:{number}: must be UTF-8, got the byte 0x{byte:02x}."


def split_lines(text: str) -> list[str]:
    r"""The lines of a text: parted by line feeds alone, the last of which ends a line.

    >>> split_lines("one\u2028still one\r\ntwo\n")
    ['one\u2028still one', 'two']
    """
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines[:-1] if lines[-1] == "" else lines


def table_rows(
    text: str,
    *,
    columns: Sequence[str],
    name: str,
    faults: list[str],
    delimiter: str = ",",
    quoted: bool = True,
) -> Iterator[tuple[int, Row]]:
    """Rows of a table with a header, each with the number of the line it begins on.

    Parameters
    ----------
    columns : that must be there; others are read too
    name : what faults call the file
    quoted : whether a quote at the start of a cell encloses it
    """
    lines = (f"{line}\n" for line in split_lines(text))
    reader = csv.reader(
        lines,
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        strict=quoted,
    )
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


def same_text(text: str) -> str:
    """A name for a text that texts alike but for case and white space share.

    >>> same_text("Tax cuts  work") == same_text("tax cuts work ")
    True
    """
    plain = " ".join(text.split()).casefold()
    return hashlib.sha256(plain.encode("utf-8", errors="surrogatepass")).hexdigest()[:16]
