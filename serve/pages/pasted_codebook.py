"""A codebook that was pasted, as TOML or as JSON, and the line of each of its faults."""

import json
import re
import tomllib
from typing import Any

from standpoint.codebook import Codebook, parse_codebook
from standpoint.errors import CodebookError

MAX_CHARS = 1_000_000
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
Path = tuple[str | int, ...]


def read_own(source: str) -> dict[str, Any]:
    """What a codebook holds: JSON where it begins with a brace, else TOML.

    Raises
    ------
    CodebookError
        it is neither
    """
    if len(source) > MAX_CHARS:
        told = f"must be at most {MAX_CHARS:,} characters, got {len(source):,}."
        raise CodebookError(f"codebook: {told}")
    try:
        found = json.loads(source) if _is_json(source) else tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"codebook: must be TOML or JSON, got a fault: {error}.") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise CodebookError(
            f"codebook: must be JSON, got a fault: {error.msg} ({where})."
        ) from None
    except ValueError:
        raise CodebookError("codebook: must have numbers of a sane length, got more.") from None
    except RecursionError:
        raise CodebookError("codebook: must be TOML or JSON, got too deep a nesting.") from None
    return {key: value for key, value in found.items() if key != "digest"}


def _is_json(source: str) -> bool:
    return source.lstrip().startswith("{")


def parse_own(found: dict[str, Any], *, source: str) -> Codebook:
    """Check what was read; all its faults are reported together, with the line."""
    return parse_codebook(found, where="codebook", source="" if _is_json(source) else source)


def faults_of(error: CodebookError, *, source: str) -> list[str]:
    """Each fault of a pasted codebook, with its line where it has one."""
    if error.faults and _is_json(source):
        lines = lines_of(source)
        placed = [(_line(lines, fault.path), fault.text) for fault in error.faults]
        return [_shown(f"line {line}: {text}") for line, text in sorted(placed)]
    first, *rest = str(error).splitlines()
    return [line.strip() for line in rest] or [first]


def _shown(text: str) -> str:
    """A text that a page can hold: JSON may bring lone surrogates, which UTF-8 has no place for."""
    return text.encode("utf-8", "replace").decode()


def _line(lines: dict[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing above it that is there."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def lines_of(source: str) -> dict[Path, int]:
    """The line on which each key and each entry of a list begins, in JSON that is sound.

    >>> lines_of('{"a": 1,\\n "b": [2,\\n {"c": 3}]}')
    {(): 1, ('a',): 1, ('b',): 2, ('b', 0): 2, ('b', 1): 3, ('b', 1, 'c'): 3}
    """
    lines: dict[Path, int] = {}
    path: list[str | int] = []  # of the thing that is read; a list's number, an object's key
    expects_key = False
    line, at = 1, 0
    for token in _TOKEN.finditer(source):
        line += source.count("\n", at, token.start())
        at = token.start()
        sign = token.group()
        if expects_key and sign[0] == '"':
            path[-1] = json.loads(sign)
            lines[tuple(path)] = line
        elif sign not in "]},:" and tuple(path) not in lines:
            lines[tuple(path)] = line
        expects_key = _step(path, sign, expects_key=expects_key)
    return lines


def _step(path: list[str | int], sign: str, *, expects_key: bool) -> bool:
    """Move a path past a sign; gives whether a key comes next."""
    match sign:
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
    return sign == "{"
