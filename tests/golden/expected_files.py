"""Read, write and compare the files of expected results; `record.py` writes them."""

import hashlib
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = Path(__file__).resolve().parent / "expected"
SEEDS, CODEBOOKS = ROOT / "seeds", ROOT / "configs" / "codebooks"
EXACTLY = 1e-6


def read(name: str) -> Any:
    """A JSON file of what is expected."""
    return json.loads((EXPECTED / name).read_text("utf-8"))


def write(name: str, found: Any, *, indent: int | None = 1) -> None:
    """Write what is expected from now on."""
    path = EXPECTED / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, ensure_ascii=False, indent=indent) + "\n", "utf-8")


def as_json(found: Any) -> Any:
    """The same as it comes back from a file: tuples are lists."""
    return json.loads(json.dumps(found))


def digest_of(found: Any) -> str:
    """The sha256 of what can be written as JSON."""
    text = json.dumps(found, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def differences(found: Any, expected: Any, *, within: float = EXACTLY, at: str = "") -> list[str]:
    """Every place where two JSON values differ; floats may differ by a little."""
    if isinstance(expected, dict) and isinstance(found, dict):
        lost = [f"{at}.{key}: only expected" for key in expected if key not in found]
        new = [f"{at}.{key}: not expected" for key in found if key not in expected]
        both = [key for key in expected if key in found]
        parts = [
            differences(found[key], expected[key], within=within, at=f"{at}.{key}") for key in both
        ]
        return [*lost, *new, *(line for part in parts for line in part)]
    if isinstance(expected, list) and isinstance(found, list):
        if len(found) != len(expected):
            return [f"{at}: {len(found)} in place of {len(expected)}"]
        parts = [
            differences(one, other, within=within, at=f"{at}[{number}]")
            for number, (one, other) in enumerate(zip(found, expected, strict=True))
        ]
        return [line for part in parts for line in part]
    if isinstance(expected, float) and isinstance(found, float):
        return [] if abs(found - expected) <= within else [f"{at}: {found} for {expected}"]
    same = type(found) is type(expected) and found == expected
    return [] if same else [f"{at}: {found!r} for {expected!r}"]
