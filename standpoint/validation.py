"""Faults of a pydantic validation, reworded as the project's error messages."""

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from standpoint.errors import Fault, FieldPath, list_faults

if TYPE_CHECKING:  # the client imports this module, and needs the standard library alone
    from pydantic import ValidationError

_WRONG_TYPES = ("string_type", "dict_type", "model_type")
# Parts of pydantic's paths that name the branch of a union it tried, and no key of the user's.
_BRANCH = re.compile(r"str|.*[\[(].*|constrained-str|Offsets")
MAX_FAULTS = 100
"""Told of one input. A guess: nobody reads more before mending some."""
MAX_REPR_CHARS = 60  # of a value in a message: enough to recognize it
# Of difflib's ratio: lower than this, the suggested word is often another one altogether (a guess).
NEAR_MISS_CUTOFF = 0.7


def validation_message(
    where: object, error: "ValidationError", *, known: Sequence[str] = ()
) -> str:
    """One message with all faults of a validation; see `validation_faults`."""
    return list_faults(where, [fault.text for fault in validation_faults(error, known=known)])


def validation_faults(error: "ValidationError", *, known: Sequence[str] = ()) -> Iterator[Fault]:
    """The faults of a validation, each as ``key: what must hold, got what``.

    Behind `MAX_FAULTS` their number is told.

    Parameters
    ----------
    known : keys that exist; an unknown key near one of them gets a hint
    """
    # Each is compared with the others; an input of zeros has thousands.
    details: list[Any] = error.errors(include_url=False)[:MAX_FAULTS]
    paths: set[FieldPath] = set()
    for detail in details:
        path = _path(detail)
        if path not in paths and not _is_repetition(detail, path, details):
            paths.add(path)
            yield Fault(path, f"{_dotted(path)}: {_sentence(detail, known)}")
    n_left = error.error_count() - len(details)
    if n_left > 0:
        yield Fault((), f"{n_left:,} more faults, which are not listed.")


def _is_repetition(detail: Any, path: FieldPath, details: Sequence[Any]) -> bool:
    """Whether a fault only follows from another: of a part, or of another branch of a union."""
    if detail["type"] != "too_short" and detail["type"] not in _WRONG_TYPES:
        return False
    others = [(_path(other), other["type"]) for other in details if other is not detail]
    return any(
        (other[: len(path)] == path and other != path)
        or (other == path and kind not in _WRONG_TYPES)
        for other, kind in others
    )


def _path(detail: Any) -> FieldPath:
    """The path as the user wrote it, without the branches of unions."""
    path = tuple(p for p in detail["loc"] if isinstance(p, int) or not _BRANCH.fullmatch(p))
    if detail["type"].startswith("union_tag"):
        return (*path, str(detail["ctx"]["discriminator"]).strip("'"))
    return path


def _dotted(path: FieldPath) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "the whole"


def _sentence(detail: Any, known: Sequence[str]) -> str:
    """What must hold, and what was given instead."""
    shown, context = short_repr(detail.get("input")), detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            sentence = f"unknown key.{_near_key(detail['loc'], known)}"
        case "missing":
            sentence = "missing."
        case "literal_error" | "enum":
            options = str(context["expected"]).replace(" or ", ", ")
            sentence = _must_be_one_of(options, str(detail.get("input")), shown)
        case "union_tag_not_found":
            sentence = f"must name its kind, got {shown}."
        case "union_tag_invalid":
            tag = str(context["tag"])
            sentence = _must_be_one_of(str(context["expected_tags"]), tag, repr(tag))
        case "value_error":
            sentence = str(context["error"])
        case "tuple_type":
            sentence = f"must be a list, got {shown}."
        case "too_short":
            sentence = f"must hold at least {context['min_length']}, got {shown}."
        case _:
            sentence = f"{detail['msg'][0].lower()}{detail['msg'][1:]}, got {shown}."
    return sentence


def _near_key(path: Sequence[Any], known: Sequence[str]) -> str:
    """A hint for an unknown key; of equal names, that in the key's own table is suggested."""
    own_last = sorted(known, key=lambda name: name.startswith(f"{path[0]}."))
    return near_miss(str(path[-1]), own_last)


def _must_be_one_of(quoted: str, word: str, shown: str) -> str:
    options = quoted.replace("'", "")
    return f"must be one of {options}, got {shown}.{near_miss(word, options.split(', '))}"


def short_repr(value: object) -> str:
    """A value for a message: the beginning of its repr."""
    try:
        text = repr(value)
    except ValueError:  # Python writes no integers of more than 4,300 digits
        return "a number of thousands of digits"
    return text if len(text) <= MAX_REPR_CHARS else text[: MAX_REPR_CHARS - 1] + "…"


def near_miss(word: str, known: Sequence[str]) -> str:
    """A hint where a word is close to a known one.

    >>> near_miss("encodr", ("ngrams", "encoder"))
    " Did you mean 'encoder'?"
    """
    leaves = {name.rpartition(".")[2]: name for name in known}
    close = difflib.get_close_matches(word, leaves, n=1, cutoff=NEAR_MISS_CUTOFF)
    suggestion = leaves[close[0]] if close else word
    return f" Did you mean {suggestion!r}?" if suggestion != word else ""
