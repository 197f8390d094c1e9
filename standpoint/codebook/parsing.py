"""Codebooks from TOML files and JSON, with all of their faults at once."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from standpoint.codebook.contradictions import find_contradictions
from standpoint.codebook.schema import Actor, Codebook, Issue
from standpoint.codebook.toml_lines import find_line
from standpoint.errors import CodebookError, Fault, list_faults
from standpoint.files import parse_toml, read_text
from standpoint.validation import validation_faults

Entry = TypeVar("Entry", Actor, Issue)


def load_codebook(path: Path) -> Codebook:
    """Read a codebook from a TOML file.

    Raises
    ------
    CodebookError
        with all faults of the file and their lines
    """
    source = read_text(path, name="codebook", error=CodebookError)
    table = parse_toml(source, where=path, error=CodebookError)
    return parse_codebook(table, where=str(path), source=source)


def load_named(folder: Path, name: str) -> Codebook:
    """Read ``folder/NAME.toml``, whose codebook must have the name of the file."""
    codebook = load_codebook(folder / f"{name}.toml")
    if codebook.name != name:
        raise CodebookError(
            f"{folder / name}.toml: name must be that of the file, got {codebook.name!r}. "
            "Rename one of the two."
        )
    return codebook


def parse_codebook(data: Any, *, where: str, source: str = "") -> Codebook:
    """Validate a codebook that was read from a file or sent as JSON.

    Parameters
    ----------
    where : what error messages call it
    source : its TOML, for the lines in error messages

    Raises
    ------
    CodebookError
        with all faults
    """
    faults: list[Fault] = []
    codebook = None
    try:
        codebook = Codebook.model_validate(data)
    except ValidationError as error:
        fields = (*Codebook.model_fields, *Actor.model_fields, *Issue.model_fields)
        faults += validation_faults(error, known=fields)
    # Entries that are valid by themselves are compared even if others are not.
    actors, issues = _valid_entries(data, "actors", Actor), _valid_entries(data, "issues", Issue)
    ids = [entry.get("id") for entry in _entries(data, "actors") if isinstance(entry, dict)]
    faults += find_contradictions(actors, issues, ids={id for id in ids if isinstance(id, str)})
    if codebook is not None and not faults:
        return codebook
    lines = [(find_line(source, fault.path) or 0, fault.text) for fault in faults]
    lines.sort(key=lambda row: row[0])
    texts = [f"line {line}: {text}" if line else text for line, text in lines]
    refusal = CodebookError(list_faults(where, texts))
    refusal.faults = tuple(faults)
    raise refusal


def _entries(data: Any, key: str) -> Sequence[Any]:
    entries = data.get(key) if isinstance(data, dict) else None
    return entries if isinstance(entries, list | tuple) else ()


def _valid_entries(data: Any, key: str, schema: type[Entry]) -> list[tuple[int, Entry]]:
    """The entries of a list that are valid by themselves, with their numbers."""
    valid = []
    for number, entry in enumerate(_entries(data, key)):
        with suppress(ValidationError):
            valid.append((number, schema.model_validate(entry)))
    return valid
