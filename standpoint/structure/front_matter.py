"""Front matter: the fields between two lines of dashes before a Markdown text."""

import re
from collections.abc import Mapping

_FRONT_MATTER = re.compile(r"\s*---[^\S\n]*\n(.*?\n)(?:---|\.\.\.)[^\S\n]*(?:\n|$)", re.DOTALL)
# A long document without a second line of dashes has none; what is longer is no front matter.
MAX_FRONT_MATTER_CHARS = 10_000
_FIELD = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*)|[ \t]*)$")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))")
_ESCAPED = {"_": "\u00a0", "n": "\n", "t": "\t"}


def front_matter_end(text: str) -> int:
    """Where the front matter of a text ends; 0 if it has none.

    >>> front_matter_end("---\\ntitle: Rain\\n---\\nIt rains.")
    20
    """
    if not text.lstrip().startswith("---"):
        return 0
    match = _FRONT_MATTER.match(text, 0, MAX_FRONT_MATTER_CHARS)
    has_fields = match is not None and any(map(_FIELD.match, match.group(1).splitlines()))
    return match.end() if match is not None and has_fields else 0


def read_fields(front_matter: str) -> Mapping[str, str]:
    """The fields of a front matter as strings; lists and nested fields are joined by a space.

    >>> read_fields("---\\ntitle: \\"A\\\\\\n  \\\\ B\\"\\nauthor: Ana Kovac\\n---")
    {'title': 'A B', 'author': 'Ana Kovac'}
    """
    values: dict[str, list[str]] = {}
    key = ""
    for line in front_matter.strip().splitlines()[1:-1]:
        field = _FIELD.match(line)
        if field is not None:
            key = field.group(1).casefold()
            values[key] = [field.group(2) or ""]
        elif key:
            values[key].append(line.strip().removeprefix("- "))
    return {key: _unquoted(_joined(parts)) for key, parts in values.items()}


def _joined(parts: list[str]) -> str:
    """The lines of a value; a backslash at the end of a line joins it to the next."""
    joined = parts[0]
    for part in parts[1:]:
        if joined.endswith("\\"):
            joined = joined[:-1] + part.removeprefix("\\")
        else:
            joined = f"{joined} {part}".strip()
    return joined


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if len(value) > 1 and value[0] == value[-1] == '"':
        return _ESCAPE.sub(_decoded, value[1:-1]).replace("\u00a0", " ")
    return value


def _decoded(escape: re.Match[str]) -> str:
    code = escape.group(1) or escape.group(2)
    return chr(int(code, 16)) if code else _ESCAPED.get(escape.group(3), escape.group(3))
