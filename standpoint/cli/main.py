"""The command ``standpoint``."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from standpoint import __version__
from standpoint.errors import StandpointError

TASKS = ("stance", "sentiment")
KINDS = ("person", "state", "organisation", "group")
SCORES = (
    "f1_macro",
    "f1_micro",
    "f1_favor_against",
    "accuracy",
    "average_recall",
    "f1_macro_five",
)


def parser() -> argparse.ArgumentParser:
    """Every verb and its options; nothing heavy is imported before a verb runs."""
    top = argparse.ArgumentParser(
        prog="standpoint", description="Who stands where, on what, in whose words."
    )
    top.add_argument("--version", action="version", version=__version__)
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    _add_training(verbs)
    _add_labeling(verbs)
    _add_serving(verbs)
    return top


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, help: str
) -> argparse.ArgumentParser:
    return verbs.add_parser(name, help=help, description=help)


def _add_training(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    train = _verb(verbs, "train", "Run one experiment and track it in MLflow.")
    train.add_argument("config", help="a file of configs/runs")
    train.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        dest="changes",
        help="change a setting, e.g. --set model.c=0.01; may be repeated",
    )
    train.add_argument("--json", action="store_true", help="print one JSON object")
    _add_compare(verbs)
    _add_benchmarks(verbs)
    _add_evaluate(verbs)
    promote = _verb(verbs, "promote", "Make a run's model the champion, and export its bundle.")
    promote.add_argument("run", help="the run's id, as `standpoint train` prints it")
    promote.add_argument("--task", choices=TASKS, help="what the run must be for")
    promote.add_argument("--force", action="store_true", help="also where it scores lower")
    rollback = _verb(verbs, "rollback", "Return to the champion before this one.")
    rollback.add_argument(
        "--task", choices=TASKS, help="stance, and sentiment too where both are of one joint run"
    )
    champion = _verb(
        verbs, "champion", "Train and promote the default models, where there are none."
    )
    champion.add_argument("--again", action="store_true", help="also where there are some")
    champion.add_argument(
        "--finetuned",
        action="store_true",
        help="train and promote the fine-tuned model of configs/runs/champion.toml",
    )
    _verb(verbs, "encoder", "Get the encoder, where there is none.")
    _verb(verbs, "ui", "Open the MLflow UI on the project's store.").add_argument(
        "--port", type=int, default=5000
    )


def _add_benchmarks(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    benchmarks = _verb(
        verbs, "benchmarks", "Run every benchmark whose data is here; write docs/benchmarks.md."
    )
    benchmarks.add_argument("--again", action="store_true", help="also what has been run before")
    benchmarks.add_argument(
        "--kind", action="append", help="only configs of this kind, and do not write the page"
    )
    benchmarks.add_argument("--json", action="store_true", help="print one JSON list")


def _add_evaluate(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    evaluate = _verb(
        verbs, "evaluate", "Score a model, or the whole way from text to table, against gold."
    )
    evaluate.add_argument(
        "model",
        nargs="?",
        metavar="RUN|BUNDLE",
        help="a run's id, a bundle's folder, or a champion's task; without it the whole way is "
        "scored by models that never saw the articles",
    )
    evaluate.add_argument(
        "--data", required=True, help="seeds-articles, seesaw-articles, polnear, or a corpus"
    )
    evaluate.add_argument(
        "--config",
        help="a run config whose model is fitted without the articles, in place of the default",
    )
    evaluate.add_argument("--split", help="the data's own test split if left out")
    evaluate.add_argument("--min-confidence", type=float, help="abstain below it, 0 to 1")
    evaluate.add_argument("--json", action="store_true", help="print one JSON object")


def _add_compare(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    compare = _verb(verbs, "compare", "Test whether runs differ, on the same rows.")
    compare.add_argument("runs", nargs="+", metavar="RUN", help="ids that `train` prints")
    compare.add_argument("--score", choices=SCORES, help="the runs' own where it is left out")
    compare.add_argument("--split", help="rw_dev, say; the runs' own test split if left out")
    compare.add_argument("--subset", help="some rows of it alone: clean, unseen_issue, ...")
    compare.add_argument("--draws", type=int, default=10_000, help="of each test, 10,000")
    compare.add_argument("--seed", type=int, default=13)
    compare.add_argument("--json", action="store_true", help="print one JSON object")


def _add_labeling(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    label = _verb(verbs, "label", "Label articles: who stands where, on what.")
    label.add_argument(
        "articles",
        nargs="+",
        metavar="ARTICLE",
        help="a .txt, .html or .jsonl file, or - for standard input",
    )
    label.add_argument(
        "--codebook", help="a file, or the name of one in configs/codebooks (geneva2)"
    )
    label.add_argument("--format", choices=("table", "json", "jsonl"), default="table")
    label.add_argument("--min-confidence", type=float, help="abstain below it, 0 to 1")
    label.add_argument("--include-none", action="store_true", help="also show who takes no side")
    label.add_argument(
        "--any-language", action="store_true", help="also read articles that are not in English"
    )
    _add_codebook(verbs)
    _add_actors(verbs)
    _add_data(verbs)


def _add_codebook(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    codebook = _verb(verbs, "codebook", "Work with codebooks.")
    what = codebook.add_subparsers(dest="what", required=True, metavar="WHAT")
    check = what.add_parser("check", help="report every fault of a codebook")
    check.add_argument("file")
    draft = what.add_parser("draft", help="propose a codebook from articles, for you to edit")
    draft.add_argument(
        "articles",
        nargs="+",
        metavar="ARTICLE",
        help="a .txt, .html or .jsonl file, or - for standard input",
    )
    draft.add_argument("--name", default="draft", help="the codebook's name, draft if left out")
    _add_output(draft)


def _add_actors(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    actors = _verb(verbs, "actors", "Take actors from dictionaries.")
    what = actors.add_subparsers(dest="what", required=True, metavar="WHAT")
    take = what.add_parser(
        "import", help="actors of a codebook from CAMEO, TABARI or Phoenix .actors files"
    )
    take.add_argument("files", nargs="+", metavar="FILE", help="a dictionary")
    take.add_argument(
        "--codes",
        action="append",
        required=True,
        metavar="SYR,RUS",
        help="beginnings of codes (SYR, RUSGOV, IGOUNO), or names of countries",
    )
    take.add_argument("--date", help="only roles in force on this day, as 2013-11-19")
    take.add_argument("--kind", action="append", choices=KINDS, help="only these; may be repeated")
    _add_output(take)


def _add_output(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--output", metavar="FILE", help="standard output if left out")
    verb.add_argument("--force", action="store_true", help="replace the output if it exists")


def _corpus(name: str) -> str:
    from standpoint.validation import near_miss
    from train.corpora import KNOWN_CORPORA

    if name not in KNOWN_CORPORA and not name.endswith(".toml"):
        raise argparse.ArgumentTypeError(
            f"invalid choice: {name!r} (choose from {', '.join(KNOWN_CORPORA)}, or a run config)."
            f"{near_miss(name, tuple(KNOWN_CORPORA))}"
        )
    return name


def _add_data(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    corpora = _verb(verbs, "data", "Look at the corpora.")
    what = corpora.add_subparsers(dest="what", required=True, metavar="WHAT")
    what.add_parser("list", help="which corpora there are, and which are here")
    check = what.add_parser("check", help="report every fault of a corpus, or count its labels")
    describe = what.add_parser("describe", help="count what a corpus holds")
    for verb in (check, describe):
        verb.add_argument(
            "name", type=_corpus, help="a corpus of `data list`, or a run config (.toml)"
        )
    agreement = what.add_parser("agreement", help="how far the annotators of the seeds agree")
    for verb in (describe, agreement):
        verb.add_argument("--json", action="store_true", help="print one JSON object")


def _add_serving(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = _verb(verbs, "serve", "Serve the champion over HTTP.")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=1)
    serve.add_argument("--dev", action="store_true", help="Flask's development server")
    serve.add_argument(
        "--challenger",
        metavar="BUNDLE",
        help="a bundle, or a version as stance/3, that labels in the shadow; the log says how far "
        "it agrees",
    )
    serve.add_argument(
        "--share", type=float, default=0.1, help="of the requests it labels too, 0 to 1 (0.1)"
    )
    _add_keys(verbs)


def _add_keys(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    keys = _verb(verbs, "keys", "Say who may ask the service.")
    what = keys.add_subparsers(dest="what", required=True, metavar="WHAT")
    add = what.add_parser("add", help="make a key and print it, this once")
    revoke = what.add_parser("revoke", help="take a key out of force")
    for verb in (add, revoke):
        verb.add_argument("name", metavar="NAME", help="who has the key; it stands in the log")
    add.add_argument("--days", type=int, help="how long it is in force, for ever if left out")
    add.add_argument(
        "--per-minute", type=int, help="its own rate, else that of STANDPOINT_RATE_PER_MINUTE"
    )
    for verb in (add, revoke, what.add_parser("list", help="the names of the keys")):
        verb.add_argument(
            "--file", help="the file of keys, else that of STANDPOINT_API_KEYS_FILE, or keys.toml"
        )


def main(words: Sequence[str] | None = None) -> int:
    """Run a verb; gives the exit status."""
    args = parser().parse_args(words)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a stream put in its place may lack it
            stream.reconfigure(errors="backslashreplace")
    verb = importlib.import_module(f"standpoint.cli.{args.verb}")
    try:
        return int(verb.run(args))
    except StandpointError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        print("stopped.", file=sys.stderr)
        return 130
