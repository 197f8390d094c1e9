"""Line numbers in TOML sources, for error messages."""

import re
from functools import lru_cache

from standpoint.errors import Fault

_TABLE_HEAD = re.compile(r"\s*\[\[\s*([\w.-]+)\s*\]\]")


def find_line(source: str, path: tuple[str | int, ...]) -> int | None:
    """The line of a TOML source, from 1, of an array's table or of a key in it; None if unknown.

    >>> find_line('name = "x"\\n[[actors]]\\nid = "a"\\nkind = "dog"', ("actors", 0, "kind"))
    4
    """
    if not path:
        return None
    lines, heads = _layout(source)
    start, end = 0, heads[0][0] if heads else len(lines)
    if len(path) > 1 and isinstance(path[1], int):
        tables = [at for at, (_, name) in enumerate(heads) if name == path[0]]
        if path[1] >= len(tables):
            return None
        at = tables[path[1]]
        start = heads[at][0]
        end = heads[at + 1][0] if at + 1 < len(heads) else len(lines)
        path = path[2:]
    elif len(path) == 1 and any(name == path[0] for _, name in heads):
        return None
    key = re.compile(rf"\s*{re.escape(str(path[0]))}\s*=") if path else None
    matches = (at + 1 for at in range(start, end) if key and key.match(lines[at]))
    return next(matches, start + 1 if start else None)


def with_line(fault: Fault, source: str) -> str:
    """A fault with the line of its TOML source, where that is known."""
    line = find_line(source, fault.path)
    return f"line {line}: {fault.text}" if line else fault.text


@lru_cache(maxsize=1)
def _layout(source: str) -> tuple[list[str], list[tuple[int, str]]]:
    """The lines of a source and the heads of its arrays' tables, cached for its next fault."""
    lines = source.splitlines()
    matches = ((at, _TABLE_HEAD.match(line)) for at, line in enumerate(lines))
    return lines, [(at, head.group(1).strip()) for at, head in matches if head]
