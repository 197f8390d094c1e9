"""``standpoint data``: list, download, check and describe the corpora."""

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import asdict
from pathlib import Path

from standpoint.cli.corpora import coal_debate, contrast, news_sentences, polnear, real, written
from standpoint.cli.corpora.agreement import load_seeds_and_annotations, seed_agreement
from standpoint.cli.downloads import get
from standpoint.cli.output import format_table
from standpoint.errors import CorpusError
from standpoint.settings import project_root
from standpoint.validation import near_miss
from train.config import load_config
from train.corpora import (
    KNOWN_CORPORA,
    Corpus,
    Description,
    data_folder,
    describe,
    load_corpus,
    public_data,
)

CHECKS = {
    "polnear": polnear.check,
    "real": real.check,
    "written": written.check,
    "contrast": contrast.check,
    "news-sentences": news_sentences.check,
    "coal_debate": coal_debate.check,
}
DESCRIPTIONS = {
    "polnear": polnear.describe,
    "real": real.describe,
    "written": written.describe,
    "contrast": contrast.describe,
    "news-sentences": news_sentences.describe,
    "coal_debate": coal_debate.describe,
}
"""Of the corpora that are no pairs."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``data list``, ``get``, ``check``, ``describe`` and ``agreement``."""
    verbs = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    verbs.add_parser("list", help="all corpora, and whether each is here")
    get.add_arguments(
        verbs.add_parser("get", help="download public data sets, checked and resumable")
    )
    check = verbs.add_parser("check", help="report every fault of a corpus, or count its labels")
    describe = verbs.add_parser("describe", help="count the texts, labels and splits of a corpus")
    for verb in (check, describe):
        verb.add_argument(
            "name", type=_corpus, help="a corpus of `data list`, or a run config (.toml)"
        )
    agreement = verbs.add_parser("agreement", help="how far the annotators of the seeds agree")
    for verb in (describe, agreement):
        verb.add_argument("--json", action="store_true", help="print one JSON object")


def _corpus(name: str) -> str:
    if name not in KNOWN_CORPORA and not name.endswith(".toml"):
        raise argparse.ArgumentTypeError(
            f"invalid choice: {name!r} (choose from {', '.join(KNOWN_CORPORA)}, or a run config)."
            f"{near_miss(name, tuple(KNOWN_CORPORA))}"
        )
    return name


def run(args: argparse.Namespace) -> None:
    """List or download corpora, check or describe one, or measure how far the annotators agree."""
    match args.what:
        case "list":
            print(_list())
        case "get":
            get.run(args)
        case "check":
            print(_check(args.name))
        case "describe":
            print(_describe(args.name, as_json=args.json))
        case "agreement":
            print(seed_agreement(as_json=args.json))


def _list() -> str:
    try:
        folder = data_folder()
        hint = (
            f"STANDPOINT_DATA is {folder}; `standpoint data get NAME` downloads a missing corpus "
            "into a folder of its name."
        )
    except CorpusError as error:
        folder, hint = None, str(error)
    rows = [["corpus", "tasks", "licence", "here", "what it is"]]
    for known in KNOWN_CORPORA.values():
        own_folder = known.folder(folder)
        is_here = own_folder is not None and (project_root() / own_folder).is_dir()
        here = "present" if is_here else "missing"
        rows.append([known.name, ", ".join(known.tasks) or "–", known.licence, here, known.about])
    note = "table: a file of your own or of the hub; see `data` in the run configs."
    return f"{format_table(rows)}\n\n{note}\n{hint}"


def _load_corpora(name: str) -> list[Corpus]:
    """Load a known corpus for each of its tasks, or the corpus of a run config."""
    if name.endswith(".toml"):
        config = load_config(Path(name))
        return [load_corpus(config.data, task=config.task, root=project_root())]
    data, root = public_data(name), project_root()
    return [load_corpus(data, task=task, root=root) for task in KNOWN_CORPORA[name].tasks]


def _check(name: str) -> str:
    if name in CHECKS:
        return CHECKS[name]()
    lines = [_check_seeds()] if name == "seeds" else []
    for corpus in _load_corpora(name):
        counts = Counter(record.label for record in corpus.records)
        labels = ", ".join(f"{label} {n:,}" for label, n in counts.most_common())
        lines.append(f"{corpus.name}, {corpus.task}: {len(corpus.records):,} pairs ({labels})")
    return "\n".join(lines)


def _check_seeds() -> str:
    seeds, annotations = load_seeds_and_annotations()
    by_codebook: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for article in seeds.articles:
        by_codebook[article.codebook].update(item.stance for item in article.statements)
    shares = [max(n.values()) / n.total() for n in by_codebook.values() if n] or [0.0]
    lines = [
        f"seeds: {len(seeds.articles)} articles, {len(seeds.codebooks)} codebooks",
        f"most frequent stance of each codebook: {min(shares):.0%} to {max(shares):.0%}",
    ]
    for name in ("first", "second"):
        if marked := getattr(annotations, name):
            n = sum(map(len, marked.values()))
            lines.append(f"{name} annotation: {len(marked)} articles, {n:,} statements")
    if annotations.settled:
        lines.append(f"differences settled: {len(annotations.settled):,}")
    return "\n".join(lines)


def _describe(name: str, *, as_json: bool) -> str:
    if name in DESCRIPTIONS:
        return DESCRIPTIONS[name](as_json=as_json)
    descriptions = [describe(corpus) for corpus in _load_corpora(name)]
    if as_json:
        tasks = {description.task: asdict(description) for description in descriptions}
        return json.dumps({"corpus": descriptions[0].corpus, "tasks": tasks})
    return "\n\n".join(map(_format_description, descriptions))


def _format_description(description: Description) -> str:
    splits = description.splits
    labels = list(next(iter(splits.values())).labels) if splits else []
    rows = [["split", "pairs", "texts", *labels]]
    for split, counts in splits.items():
        numbers = [counts.n, counts.texts, *counts.labels.values()]
        rows.append([split or "(none)", *(f"{n:,}" for n in numbers)])
    words = description.words
    shared = [f"{a} and {b} {n:,}" for a, b, n in description.shared_texts]
    return "\n".join(
        [
            f"{description.corpus}, {description.task}: {description.n:,} pairs",
            "",
            format_table(rows, right=range(1, len(rows[0]))),
            "",
            f"groups {description.groups:,}, issues {description.issues:,}, "
            f"actors {description.actors:,}",
            f"words in a text: median {words.median}, 90% up to {words.p90}, at most "
            f"{words.longest}",
            f"targets that are spans of the text: {description.target_spans:.0%}",
            f"same texts in two splits: {', '.join(shared) or 'none'}",
        ]
    )
