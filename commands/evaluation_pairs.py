"""``standpoint evaluate MODEL --data CORPUS``: a model on the labelled pairs of a corpus."""

import argparse
import json
import math
from typing import TYPE_CHECKING, Any

from commands.places import models_dir, root, say
from standpoint.errors import InputError

if TYPE_CHECKING:
    from standpoint.judging import Judge
    from train.corpora.record import Corpus, Record

SEED, DRAWS = 13, 1_000


def run(args: argparse.Namespace) -> int:
    """Judge every pair of a split, and print its scores."""
    from commands.evaluate import load_model
    from train.corpora.load import KNOWN, load_corpus, named

    if args.data not in KNOWN:
        known = ", ".join(("seeds-articles", "seesaw-articles", "polnear", *KNOWN))
        raise InputError(f"--data: must be one of {known}, got {args.data!r}.")
    if not args.model:
        raise InputError(
            f"RUN|BUNDLE: must be named for pairs of {args.data}, got none. Name a run, the folder "
            "of a bundle, or stance or sentiment for the champion."
        )
    model, told = load_model(args.model)
    corpus = load_corpus(named(args.data), task=model.task, root=root())
    split = args.split or _last_split(corpus)
    found = _scores(model, corpus, split)
    found |= {"model": told, "trained_on": model.manifest.corpus["name"]}
    if args.data == found["trained_on"]:
        say(f"{args.data}: the model was trained on it; only a split it never saw is a test.")
    print(json.dumps(found) if args.json else _line(found))
    return 0


def _last_split(corpus: "Corpus") -> str:
    """The data's own test split; without splits, all of it."""
    names = list(dict.fromkeys(record.split for record in corpus.records))
    return next((name for name in names if "test" in name), names[-1])


def _scores(model: "Judge", corpus: "Corpus", split: str) -> dict[str, Any]:
    from standpoint.encoder import find_encoder
    from standpoint.judging import judge
    from train.config import Scoring
    from train.evaluation import score_split
    from train.scored import Predictions

    records = [record for record in corpus.records if record.split == split]
    if not records:
        known = ", ".join(sorted({record.split for record in corpus.records}))
        raise InputError(f"--split: must be one of {known}, got {split!r}.")
    digest = model.manifest.encoder
    encoder = find_encoder(models_dir(), digest=digest) if digest else None
    pairs = [record.pair() for record in records]
    order = sorted(range(len(pairs)), key=lambda n: pairs[n].text)
    shares = judge([pairs[n] for n in order], models=[model], encoder=encoder)[0]
    predictions = Predictions(split or "all")
    predictions.add([records[n] for n in order], shares, train=_guess(records), flags={})
    scores = score_split(
        predictions, task=model.task, scoring=Scoring(metric="f1_macro", bootstrap=DRAWS), seed=SEED
    )
    return {
        "data": corpus.name,
        "split": scores.name,
        "task": model.task,
        "n": scores.n,
        "metric": "f1_macro",
        "score": scores.score,
        "ci95": [None if math.isnan(end) else end for end in scores.interval],
        "baseline": scores.baseline,
        "scores": scores.flat,
    }


def _guess(records: "list[Record]") -> "list[Record]":
    """What the majority baseline learns from: the split itself, the best such a guess could do."""
    return records


def _line(found: dict[str, Any]) -> str:
    low, high = found["ci95"]
    between = "" if low is None else f" [{low:.3f}, {high:.3f}]"
    return (
        f"{found['data']}, {found['split']}: {found['metric']} {found['score']:.3f}{between}, "
        f"n = {found['n']:,}, majority {found['baseline']:.3f}, judged by {found['model']}, "
        f"trained on {found['trained_on']}"
    )
