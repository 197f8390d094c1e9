"""``standpoint evaluate``: score a model, or the whole pipeline, against gold labels."""

import argparse

from standpoint.cli.evaluation import articles, behaviour, gum, pairs, polnear, real
from standpoint.cli.evaluation.options import refuse_option


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``evaluate``."""
    parser.add_argument(
        "model",
        nargs="?",
        metavar="RUN|BUNDLE",
        help="a run's id, a bundle's folder, a champion's task, or a shipped model's name; without "
        "it the whole pipeline is scored with models that never saw the articles",
    )
    parser.add_argument(
        "--data",
        required=True,
        help="real, behaviour, seeds-articles, seesaw-articles, polnear, gum, or a corpus",
    )
    parser.add_argument(
        "--config",
        help="a run config whose model is fitted without the articles, in place of the default",
    )
    parser.add_argument(
        "--split",
        help="the data's own test split if left out; of real, behaviour and polnear, dev",
    )
    parser.add_argument(
        "--cues", choices=("given", "none"), help="real: none takes the codebooks' cues away"
    )
    parser.add_argument("--min-confidence", type=float, help="abstain below it, 0 to 1")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> None:
    """Score, and print a report or one JSON object."""
    if args.data != real.REAL:
        refuse_option("--cues", args.cues, data=f"{args.data}, which is read as it is")
    if args.data == real.REAL:
        real.run(args)
    elif args.data == behaviour.BEHAVIOUR:
        behaviour.run(args)
    elif args.data == polnear.POLNEAR:
        attributions = "polnear, which scores attributions alone"
        refuse_option("RUN|BUNDLE", args.model, data=attributions)
        refuse_option(
            "--min-confidence", args.min_confidence, data="polnear, where nothing abstains"
        )
        refuse_option("--config", args.config, data=attributions)
        polnear.run(args.split or "dev", as_json=args.json)
    elif args.data == gum.GUM:
        _run_gum(args)
    elif args.data in articles.CONFIGS:
        articles.run(args)
    else:
        pairs.run(args)


def _run_gum(args: argparse.Namespace) -> None:
    mentions = "gum, which scores mentions of actors alone"
    refuse_option("RUN|BUNDLE", args.model, data=mentions)
    refuse_option("--split", args.split, data="gum, which has no splits")
    refuse_option("--min-confidence", args.min_confidence, data=mentions)
    refuse_option("--config", args.config, data=mentions)
    gum.run(as_json=args.json)
