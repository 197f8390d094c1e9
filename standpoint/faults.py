"""pydantic's complaints in the project's own words."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

_WORDS = {
    "missing": "missing.",
    "extra_forbidden": "unknown key.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, as a path of keys, and in words."""

    path: tuple[str | int, ...]
    text: str

    @property
    def pointer(self) -> str:
        """The place as a JSON pointer (RFC 6901)."""
        return "".join(f"/{str(p).replace('~', '~0').replace('/', '~1')}" for p in self.path)


def explain(error: ValidationError, *, known: tuple[str, ...] = ()) -> Iterator[Fault]:
    """Every fault of a validation, as ``key: what must hold, got what`` each.

    Parameters
    ----------
    known : keys that exist; an unknown key near one of them gets a hint
    """
    for found in error.errors(include_url=False):
        path = _place(found)
        yield Fault(path, f"{_dotted(path)}: {_say(found, known)}")


def _place(found: Any) -> tuple[str | int, ...]:
    """The path as the user wrote it; the tag of a union is looked for, not walked through."""
    path: tuple[str | int, ...] = tuple(found["loc"])
    if found["type"].startswith("union_tag"):
        return (*path, str(found["ctx"]["discriminator"]).strip("'"))
    return path


def _dotted(path: tuple[str | int, ...]) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "the whole"


def _say(found: Any, known: tuple[str, ...]) -> str:
    kind, value = found["type"], found.get("input")
    if kind == "extra_forbidden":
        return _WORDS[kind] + near_miss(str(found["loc"][-1]), known)
    if kind in _WORDS:
        return _WORDS[kind]
    if kind == "union_tag_invalid":
        expected = str(found["ctx"]["expected_tags"]).replace("'", "")
        tag = found["ctx"]["tag"]
        return f"must be one of {expected}, got {tag!r}.{near_miss(tag, tuple(expected.split(', ')))}"
    if kind == "union_tag_not_found":
        return f"must name its kind, got {show(value)}."
    if kind in ("literal_error", "enum"):
        expected = str(found["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
        choices = tuple(expected.split(", "))
        return f"must be one of {expected}, got {show(value)}.{near_miss(str(value), choices)}"
    if kind == "value_error":
        return str(found["ctx"]["error"])
    message = found["msg"][0].lower() + found["msg"][1:]
    return f"{message}, got {show(value)}."


def show(value: object, *, width: int = 60) -> str:
    """A value for a message: its repr, shortened."""
    text = repr(value)
    return text if len(text) <= width else text[: width - 1] + "…"


def near_miss(word: str, known: tuple[str, ...]) -> str:
    """A hint where a word is close to a known one.

    >>> near_miss("encodr", ("ngrams", "encoder"))
    " Did you mean 'encoder'?"
    """
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.7)
    return f" Did you mean {close[0]!r}?" if close else ""
