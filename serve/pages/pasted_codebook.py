"""A codebook pasted as TOML or JSON, and the line of each of its faults."""

import json
import re
from typing import Any

from standpoint.codebook import Codebook, parse_codebook
from standpoint.errors import CodebookError
from standpoint.files import parse_toml

# A guess that bounds the time to parse; the shipped codebooks have under 10,000.
MAX_CHARS = 1_000_000
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
Path = tuple[str | int, ...]


def read_pasted(source: str) -> dict[str, Any]:
    """Parse JSON where the text begins with a brace, else TOML; a ``digest`` is left out.

    Raises
    ------
    CodebookError
        it is neither, or too long
    """
    if len(source) > MAX_CHARS:
        raise CodebookError(
            f"codebook: must be at most {MAX_CHARS:,} characters, got {len(source):,}."
        )
    read = _read_json if _is_json(source) else _read_toml
    return {key: value for key, value in read(source).items() if key != "digest"}


def _read_toml(source: str) -> dict[str, Any]:
    return parse_toml(source, where="codebook", error=CodebookError, must_be="TOML or JSON")


def _read_json(source: str) -> dict[str, Any]:
    try:
        fields: dict[str, Any] = json.loads(source)
    except json.JSONDecodeError as error:
        fault = f"{error.msg} (line {error.lineno}, column {error.colno})"
        raise CodebookError(f"codebook: must be JSON, got a fault: {fault}.") from None
    except ValueError:  # Python refuses integers of more than 4,300 digits
        raise CodebookError("codebook: must have numbers of a sane length, got more.") from None
    except RecursionError:
        raise CodebookError("codebook: must be JSON, got too deep a nesting.") from None
    return fields


def _is_json(source: str) -> bool:
    return source.lstrip().startswith("{")


def parse_pasted(fields: dict[str, Any], *, source: str) -> Codebook:
    """Validate a codebook that was read; the error has all faults, with their lines in TOML."""
    return parse_codebook(fields, where="codebook", source="" if _is_json(source) else source)


def faults_of(error: CodebookError, *, source: str) -> list[str]:
    """Each fault of a pasted codebook, with its line where it has one."""
    if error.faults and _is_json(source):
        lines = lines_of(source)
        numbered = [(_line_of(fault.path, lines), fault.text) for fault in error.faults]
        return [_encodable(f"line {line}: {text}") for line, text in sorted(numbered)]
    first, *faults = str(error).splitlines()
    return [fault.strip() for fault in faults] or [first]


def _encodable(text: str) -> str:
    """Replace lone surrogates: JSON may escape them, and UTF-8 cannot encode them."""
    return text.encode("utf-8", "replace").decode()


def _line_of(path: Path, lines: dict[Path, int]) -> int:
    """The line of a path, or of the nearest object or list around it."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def lines_of(source: str) -> dict[Path, int]:
    """The line on which each key and each list item begins, in valid JSON.

    >>> lines_of('{"a": 1,\\n "b": [2,\\n {"c": 3}]}')
    {(): 1, ('a',): 1, ('b',): 2, ('b', 0): 2, ('b', 1): 3, ('b', 1, 'c'): 3}
    """
    lines: dict[Path, int] = {}
    path: list[str | int] = []  # of the current value: keys of objects and numbers of list items
    expects_key = False
    line, position = 1, 0
    for token in _TOKEN.finditer(source):
        line += source.count("\n", position, token.start())
        position = token.start()
        symbol = token.group()
        if expects_key and symbol[0] == '"':
            path[-1] = json.loads(symbol)
            lines[tuple(path)] = line
        elif symbol not in "]},:" and tuple(path) not in lines:
            lines[tuple(path)] = line
        expects_key = _advance(path, symbol, expects_key=expects_key)
    return lines


def _advance(path: list[str | int], symbol: str, *, expects_key: bool) -> bool:
    """Move the path past a token; returns whether a key comes next."""
    match symbol:
        case "{":
            path.append("")
        case "[":
            path.append(0)
        case "}" | "]":
            path.pop()
        case ",":
            last = path[-1]
            path[-1] = last + 1 if isinstance(last, int) else ""
            return path[-1] == ""
        case _:
            return False
    return symbol == "{"
