"""pydantic's complaints in the project's own words."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import ValidationError

_TYPES = ("string_type", "dict_type", "model_type")
_BRANCH = re.compile(r"str|.*[\[(].*|constrained-str|Offsets")
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


def explain(error: "ValidationError", *, known: tuple[str, ...] = ()) -> Iterator[Fault]:
    """Every fault of a validation, as ``key: what must hold, got what`` each.

    Parameters
    ----------
    known : keys that exist; an unknown key near one of them gets a hint
    """
    errors = error.errors(include_url=False)
    told: set[tuple[str | int, ...]] = set()
    for found in errors:
        path = _place(found)
        if path in told or _is_an_echo(found, path, errors):
            continue
        told.add(path)
        yield Fault(path, f"{_dotted(path)}: {_say(found, known)}")


def _is_an_echo(found: Any, path: tuple[str | int, ...], errors: Any) -> bool:
    """Whether a fault only repeats that its parts, or another reading of it, failed."""
    others = [(_place(other), other["type"]) for other in errors if other is not found]
    below = any(p[: len(path)] == path and p != path for p, _ in others)
    if found["type"] == "too_short" or found["type"] in _TYPES:
        return below or any(p == path and kind not in _TYPES for p, kind in others)
    return False


def _place(found: Any) -> tuple[str | int, ...]:
    """The path as the user wrote it; the tag of a union is looked for, not walked through."""
    path = tuple(p for p in found["loc"] if isinstance(p, int) or not _BRANCH.fullmatch(p))
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
    if kind.startswith("union_tag"):
        return _say_tag(found)
    match kind:
        case "extra_forbidden":
            said = _WORDS[kind] + near_miss(str(found["loc"][-1]), known)
        case "missing":
            said = _WORDS[kind]
        case "literal_error" | "enum":
            expected = str(found["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
            hint = near_miss(str(value), tuple(expected.split(", ")))
            said = f"must be one of {expected}, got {show(value)}.{hint}"
        case "value_error":
            said = str(found["ctx"]["error"])
        case "tuple_type":
            said = f"must be a list, got {show(value)}."
        case "too_short":
            said = f"must hold at least {found['ctx']['min_length']}, got {show(value)}."
        case _:
            said = f"{found['msg'][0].lower()}{found['msg'][1:]}, got {show(value)}."
    return said


def _say_tag(found: Any) -> str:
    if found["type"] == "union_tag_not_found":
        return f"must name its kind, got {show(found.get('input'))}."
    expected = str(found["ctx"]["expected_tags"]).replace("'", "")
    tag = str(found["ctx"]["tag"])
    return f"must be one of {expected}, got {tag!r}.{near_miss(tag, tuple(expected.split(', ')))}"


def show(value: object, *, width: int = 60) -> str:
    """A value for a message: its repr, shortened."""
    text = repr(value)
    return text if len(text) <= width else text[: width - 1] + "…"


def near_miss(word: str, known: tuple[str, ...]) -> str:
    """A hint where a word is close to a known one.

    >>> near_miss("encodr", ("ngrams", "encoder"))
    " Did you mean 'encoder'?"
    """
    leaves = {name.rpartition(".")[2]: name for name in known}
    close = difflib.get_close_matches(word, leaves, n=1, cutoff=0.7)
    found = leaves[close[0]] if close else word
    return f" Did you mean {found!r}?" if found != word else ""
