"""Examples of requests as curl commands, and JSON as a person writes it."""

import json
import shlex
from typing import Any

from serve.api import FORM, NDJSON

MAX_LINE_CHARS = 76  # fits the code blocks of the page on a laptop


def curl_command(url: str, value: Any, *, media: str) -> str:
    """The command that posts an example."""
    header = f"-H {shlex.quote(f'Content-Type: {media}')}"
    if media == NDJSON:
        lines = " \\\n  ".join(shlex.quote(json.dumps(line, ensure_ascii=False)) for line in value)
        return f"printf '%s\\n' {lines} |\n  curl -sN {url} {header} --data-binary @-"
    if media == FORM:
        fields = (f"--data-urlencode {shlex.quote(f'{k}={v}')}" for k, v in value.items())
        return " \\\n  ".join([f"curl -s {url}", *fields])
    return f"curl -s {url} {header} \\\n  -d {shlex.quote(pretty_json(value, '  '))}"


def pretty_json(value: Any, indent: str = "") -> str:
    """JSON that keeps on one line what fits there.

    >>> print(pretty_json({"a": [1, 2], "b": "x" * 70}))
    {
      "a": [1, 2],
      "b": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    }
    """
    one_line = json.dumps(value, ensure_ascii=False)
    fits = len(indent) + len(one_line) <= MAX_LINE_CHARS
    if fits or not isinstance(value, dict | list) or not value:
        return one_line
    deeper = indent + "  "
    if isinstance(value, list):
        items = [pretty_json(item, deeper) for item in value]
        opening, closing = "[", "]"
    else:
        items = [f"{json.dumps(key)}: {pretty_json(item, deeper)}" for key, item in value.items()]
        opening, closing = "{", "}"
    return f"{opening}\n" + ",\n".join(deeper + item for item in items) + f"\n{indent}{closing}"
