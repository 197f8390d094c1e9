"""Where JSON is not of a shape of ``standpoint.client.types``."""

from typing import Any, Literal, get_args, get_origin, get_type_hints, is_typeddict


def faults_of(found: Any, shape: Any, at: str = "") -> list[str]:
    """Each place where a value is not of a shape, as a pointer and what is wrong."""
    if is_typeddict(shape):
        return _faults_of_keys(found, shape, at)
    kind, parts = get_origin(shape), get_args(shape)
    if kind is list:
        return [f for n, each in enumerate(found) for f in faults_of(each, parts[0], f"{at}/{n}")]
    if kind is dict:
        return [f for key, each in found.items() for f in faults_of(each, parts[1], f"{at}/{key}")]
    if kind is Literal:
        return [] if found in parts else [f"{at}: {found!r} is none of {parts}"]
    if parts:
        return min((faults_of(found, part, at) for part in parts), key=len)
    allowed = {float: (int, float), Any: object}.get(shape, shape)
    return [] if isinstance(found, allowed) else [f"{at}: {found!r} is no {shape}"]


def _faults_of_keys(found: Any, shape: Any, at: str) -> list[str]:
    if not isinstance(found, dict):
        return [f"{at}: {found!r} is no object"]
    hints = get_type_hints(shape)
    odd = set(found) - set(hints) | set(shape.__required_keys__) - set(found)
    return [f"{at}: {sorted(odd)}"] * bool(odd) + [
        fault
        for key in set(found) & set(hints)
        for fault in faults_of(found[key], hints[key], f"{at}/{key}")
    ]
