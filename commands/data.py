"""``standpoint data``: check a corpus."""

import argparse
from collections import Counter

from commands.places import root


def run(args: argparse.Namespace) -> int:
    """Report every fault, or how many rows of which label there are."""
    from train.corpora.load import data_folder
    from train.corpora.newsmtsc import load_newsmtsc
    from train.corpora.seeds import load_seeds, seed_corpus

    if args.name == "newsmtsc":
        corpora = [load_newsmtsc(data_folder() / "newsmtsc")]
    else:
        seeds = load_seeds(root() / "seeds", codebooks=root() / "configs" / "codebooks")
        print(f"seeds: {len(seeds.articles)} articles, {len(seeds.codebooks)} codebooks")
        corpora = [seed_corpus(seeds, task="stance"), seed_corpus(seeds, task="sentiment")]
    for corpus in corpora:
        counts = Counter(record.label for record in corpus.records)
        shown = ", ".join(f"{label} {n:,}" for label, n in counts.most_common())
        print(f"{corpus.name}, {corpus.task}: {len(corpus.records):,} pairs ({shown})")
    return 0
