"""The command ``standpoint``: parses the options of one verb and runs its module."""

import argparse
import importlib
import sys
from collections.abc import Collection, Sequence
from types import ModuleType

from standpoint import __version__
from standpoint.errors import StandpointError

VERBS = {
    "train": "Train one model from a run config and track it in MLflow.",
    "compare": "Test whether runs differ, on the same rows.",
    "benchmarks": "Run every benchmark whose data is here; write docs/benchmarks.md.",
    "evaluate": "Score a model, or the whole pipeline from text to table, against gold labels.",
    "promote": "Make a run's model the champion, and export its bundle.",
    "rollback": "Return to the previous champion.",
    "champion": "Train the shipped model again, or another of configs/runs, and promote it.",
    "ship": "Make the champion a model that comes with the project.",
    "encoder": "Download and build an encoder, where there is none.",
    "ui": "Open the MLflow UI on the project's runs.",
    "label": "Label articles: which actor takes which stance on which issue.",
    "codebook": "Check a codebook, or draft one from articles.",
    "actors": "Import actors from dictionaries.",
    "data": "List, download, check and describe the corpora.",
    "serve": "Serve the champion over HTTP.",
    "keys": "Manage the API keys of the service.",
}
"""Every verb with its one line of help. Its module in this package has its name."""

# What each extra of pyproject.toml brings, besides what labelling needs.
_EXTRAS = {
    "serve": ("flask", "gunicorn", "markdown_it", "prometheus_client", "werkzeug"),
    "train": ("datasets", "datasketch", "matplotlib", "mlflow", "onnx", "pandas", "sklearn"),
    "finetune": ("torch", "transformers"),
}


def build_parser(verbs: Collection[str] = tuple(VERBS)) -> argparse.ArgumentParser:
    """The parser of the command line; only ``verbs`` get their options.

    Options are added by the verb's module. Modules are imported here and not at the top, so that
    ``standpoint --help`` loads none of them: some take a second.
    """
    parser = argparse.ArgumentParser(
        prog="standpoint", description="Find who takes which stance on which issue in news."
    )
    parser.add_argument("--version", action="version", version=__version__)
    subparsers = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, help in VERBS.items():
        verb = subparsers.add_parser(name, help=help, description=help)
        if name in verbs:
            _module_of(name).add_arguments(verb)
    return parser


def _module_of(verb: str) -> ModuleType:
    return importlib.import_module(f"standpoint.cli.{verb}")


def main(words: Sequence[str] | None = None) -> int:
    """Run the verb that ``words`` name, by default those of the command line.

    Returns
    -------
    the exit status: 0, or 1 or 2 after an error, 130 after Ctrl-C
    """
    words = sys.argv[1:] if words is None else words
    # No option before the verb takes a value, so the first other word is the verb.
    called = next((word for word in words if not word.startswith("-")), "")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a test or a notebook may have replaced the stream
            stream.reconfigure(errors="backslashreplace")
    try:
        args = build_parser([called]).parse_args(words)
        return int(_module_of(args.verb).run(args) or 0)
    except ModuleNotFoundError as error:
        message = _message_of(error, verb=called)
        if message is None:
            raise
        print(message, file=sys.stderr)
        return 2
    except StandpointError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        print("stopped.", file=sys.stderr)
        return 130


def _message_of(error: ModuleNotFoundError, *, verb: str) -> str | None:
    """What to install for a verb; None where a package is missing that no extra brings."""
    package = (error.name or "").partition(".")[0]
    extra = next((name for name, own in _EXTRAS.items() if package in own), None)
    if extra is None:
        return None
    target = "`make train` in the project's folder, or " if extra == "train" else ""
    return (
        f"standpoint {verb}: must have the package {package}, got none. Run {target}"
        f'`.venv/bin/python -m pip install --constraint constraints.txt --editable ".[{extra}]"`.'
    )
