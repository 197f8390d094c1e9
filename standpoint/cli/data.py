"""``standpoint data``: which corpora there are, whether they have faults, and what they hold."""

import argparse
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from standpoint.cli.agreement import agreement_of_the_seeds, seeds_and_annotations
from standpoint.cli.folders import root
from standpoint.cli.output import aligned
from standpoint.errors import CorpusError

if TYPE_CHECKING:
    from train.corpora import Corpus, Description


def run(args: argparse.Namespace) -> int:
    """List the corpora, check one, describe one, or tell how far the seeds' annotators agree."""
    match args.what:
        case "list":
            print(_list())
        case "check":
            print(_check(args.name))
        case "describe":
            print(_describe(args.name, as_json=args.json))
        case "agreement":
            print(agreement_of_the_seeds(as_json=args.json))
    return 0


def _list() -> str:
    from train.corpora import KNOWN_CORPORA, data_folder

    try:
        folder, hint = data_folder(), ""
    except CorpusError as error:
        folder, hint = None, str(error)
    rows = [["corpus", "tasks", "licence", "here", "what it is"]]
    for known in KNOWN_CORPORA.values():
        above = root() if known.name == "seeds" else folder
        here = "present" if above and (above / known.folder).is_dir() else "missing"
        rows.append([known.name, ", ".join(known.tasks) or "–", known.licence, here, known.about])
    hint = hint or (
        f"STANDPOINT_DATA is {folder}; what is missing belongs in a folder of its name there."
    )
    table = "table: a file of your own or of the hub; see `data` in the run configs."
    return f"{aligned(rows)}\n\n{table}\n{hint}"


def _corpora(name: str) -> "list[Corpus]":
    """A known corpus for each of its tasks, or the corpus of a run config."""
    from train.config import load_config
    from train.corpora import KNOWN_CORPORA, load_corpus, public_data

    if name.endswith(".toml"):
        config = load_config(Path(name))
        return [load_corpus(config.data, task=config.task, root=root())]
    return [
        load_corpus(public_data(name), task=task, root=root()) for task in KNOWN_CORPORA[name].tasks
    ]


def _check(name: str) -> str:
    if name == "polnear":
        return _polnear()
    lines = [_seeds()] if name == "seeds" else []
    for corpus in _corpora(name):
        counts = Counter(record.label for record in corpus.records)
        shown = ", ".join(f"{label} {n:,}" for label, n in counts.most_common())
        lines.append(f"{corpus.name}, {corpus.task}: {len(corpus.records):,} pairs ({shown})")
    return "\n".join(lines)


def _seeds() -> str:
    seeds, annotations = seeds_and_annotations()
    by_debate: dict[str, Counter[str]] = {}
    for article in seeds.articles:
        stances = by_debate.setdefault(article.codebook, Counter())
        stances.update(statement.stance for statement in article.statements)
    shares = [max(n.values()) / n.total() for n in by_debate.values() if n] or [0.0]
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


def _attributions() -> dict[str, dict[str, int]]:
    """Documents and kinds of attribution of each split of PolNeAR."""
    from train.corpora import KNOWN_CORPORA, data_folder, load_polnear

    found: dict[str, Counter[str]] = {}
    for document in load_polnear(data_folder() / KNOWN_CORPORA["polnear"].folder):
        counts = found.setdefault(document.split, Counter())
        counts["documents"] += 1
        counts.update(attribution.kind for attribution in document.attributions)
    return {split: dict(counts) for split, counts in found.items()}


def _polnear() -> str:
    return "\n".join(
        f"polnear, {split}: " + ", ".join(f"{kind} {n:,}" for kind, n in counts.items())
        for split, counts in _attributions().items()
    )


def _describe(name: str, *, as_json: bool) -> str:
    from train.corpora import describe

    if name == "polnear":
        told = {"corpus": name, "splits": _attributions()}
        return json.dumps(told) if as_json else _polnear()
    found = [describe(corpus) for corpus in _corpora(name)]
    if as_json:
        tasks = {description.task: asdict(description) for description in found}
        return json.dumps({"corpus": found[0].corpus, "tasks": tasks})
    return "\n\n".join(map(_shown, found))


def _shown(found: "Description") -> str:
    labels = list(next(iter(found.splits.values())).labels) if found.splits else []
    rows = [["split", "pairs", "texts", *labels]]
    for split, counts in found.splits.items():
        numbers = [counts.n, counts.texts, *counts.labels.values()]
        rows.append([split or "(none)", *(f"{n:,}" for n in numbers)])
    words = found.words
    shared = [f"{a} and {b} {n:,}" for a, b, n in found.shared_texts]
    return "\n".join(
        [
            f"{found.corpus}, {found.task}: {found.n:,} pairs",
            "",
            aligned(rows, right=range(1, len(rows[0]))),
            "",
            f"groups {found.groups:,}, issues {found.issues:,}, actors {found.actors:,}",
            f"words in a text: median {words.median}, 90% up to {words.p90}, at most "
            f"{words.longest}",
            f"targets that are spans of the text: {found.target_spans:.0%}",
            f"same texts in two splits: {', '.join(shared) or 'none'}",
        ]
    )
