"""The interfaces: options and help of the command line, and the OpenAPI document."""

import argparse
import contextlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from serve.api.service import Service
from serve.app import create_app
from standpoint.cli.main import build_parser, main
from standpoint.settings import Settings
from tests.golden.expected_files import CODEBOOKS

PROSE = ("description", "summary")
NAMED = ("properties", "schemas", "paths", "responses", "headers", "parameters", "$defs")


def parsers_of(
    top: argparse.ArgumentParser, *above: str
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every parser by the words that lead to it."""
    yield above, top
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, sub in action.choices.items():
                yield from parsers_of(sub, *above, word)


def _option_fields(action: argparse.Action) -> dict[str, Any]:
    choices = action.choices
    type_name = getattr(action.type, "__name__", None) if action.type else None
    return {
        "class": type(action).__name__,
        "options": list(action.option_strings),
        "dest": action.dest,
        "nargs": action.nargs,
        "choices": None if choices is None else list(choices),
        "default": action.default,
        "required": action.required,
        "metavar": action.metavar,
        "const": action.const,
        "type": (type_name or "").lstrip("_") or None,
    }


def command_options() -> dict[str, Any]:
    """Every verb with its options, without prose."""
    return {
        " ".join(("standpoint", *words)): [_option_fields(action) for action in found._actions]
        for words, found in parsers_of(build_parser())
    }


VERBS = tuple(words for words, _ in parsers_of(build_parser()))


def help_of(words: tuple[str, ...]) -> tuple[int, str]:
    """The exit status and the text of ``--help``, 100 columns wide."""
    out = io.StringIO()
    with patch.dict(os.environ, {"COLUMNS": "100"}), contextlib.redirect_stdout(out):
        try:
            status = main([*words, "--help"])
        except SystemExit as stopped:
            status = int(str(stopped.code or 0))
    return status, out.getvalue()


def help_file(words: tuple[str, ...]) -> str:
    return f"help/{'-'.join(words) or 'standpoint'}.txt"


def openapi_document(models_dir: Path) -> Any:
    """The answer of ``/openapi.json`` without prose."""
    settings = Settings(models_dir=models_dir, codebooks_dir=CODEBOOKS)
    answer = create_app(Service(settings), settings).test_client().get("/openapi.json")
    assert answer.status_code == 200
    return without_prose(answer.json)


def without_prose(found: Any, *, names: bool = False) -> Any:
    """The same without descriptions and summaries; keys that are names of things stay.

    Parameters
    ----------
    names : whether the keys of this object are names
    """
    if isinstance(found, list):
        return [without_prose(part) for part in found]
    if not isinstance(found, dict):
        return found
    return {
        key: without_prose(part, names=not names and key in NAMED)
        for key, part in found.items()
        if names or key not in PROSE or not isinstance(part, str)
    }
