"""``standpoint evaluate MODEL --data CORPUS``: a model on the labelled pairs of a corpus."""

import argparse
import json
import math
import time
from typing import TYPE_CHECKING, Any

from standpoint.cli.folders import models_dir, root, say
from standpoint.cli.models import load_model
from standpoint.errors import InputError

if TYPE_CHECKING:
    from standpoint.model import Classifier, Floats
    from train.corpora import Corpus, Record

SEED, DRAWS = 13, 1_000


def run(args: argparse.Namespace) -> int:
    """Judge every pair of a split, and print its scores."""
    from train.corpora import KNOWN_CORPORA, load_corpus, public_data

    started = time.perf_counter()
    _check(args)
    tasks = KNOWN_CORPORA[args.data].tasks
    model, told = load_model(args.model, task=tasks[0] if len(tasks) == 1 else None)
    corpus = load_corpus(public_data(args.data), task=model.task, root=root())
    split = _own_split(corpus) if args.split is None else args.split
    found = _scores(model, corpus, split)
    found |= {"model": told, "trained_on": model.manifest.corpus.get("name"), "bundle": args.model}
    found["seconds"] = {"total": time.perf_counter() - started}
    if args.data in _learned(model):
        say(f"{args.data}: the model was trained on it; only a split it never saw is a test.")
    print(json.dumps(found) if args.json else _line(found))
    return 0


def _learned(model: "Classifier") -> set[str]:
    """The names of all data sets that a model learned from."""
    corpus = model.manifest.corpus
    others = (str(other["name"]).rpartition("-")[0] for other in corpus.get("also", ()))
    return {str(corpus.get("name")), *others}


def _check(args: argparse.Namespace) -> None:
    from standpoint.validation import near_miss
    from train.corpora import KNOWN_CORPORA

    if args.data not in KNOWN_CORPORA:
        known = ("seeds-articles", "seesaw-articles", *KNOWN_CORPORA)
        raise InputError(
            f"--data: must be one of {', '.join(known)}, got {args.data!r}."
            f"{near_miss(args.data, known)}"
        )
    if args.min_confidence is not None:
        raise InputError(
            f"--min-confidence: must be left out for pairs of {args.data}, which are all judged, "
            f"got {args.min_confidence!r}."
        )
    if not args.model:
        raise InputError(
            f"RUN|BUNDLE: must be named for pairs of {args.data}, got none. Name a run, the folder "
            "of a bundle, or stance or sentiment for the champion."
        )


def _own_split(corpus: "Corpus") -> str:
    """The data's own test split, else what it holds out; without splits, all of it."""
    names = list(dict.fromkeys(record.split for record in corpus.records))
    held_out = [name for kind in ("test", "valid", "dev") for name in names if kind in name]
    return held_out[0] if held_out else names[-1]


def _of_split(corpus: "Corpus", split: str) -> "list[Record]":
    records = [record for record in corpus.records if record.split == split]
    if not records:
        known = ", ".join(sorted({record.split for record in corpus.records} - {""}))
        must = f"be one of {known}" if known else f"be left out for {corpus.name}, which has none"
        raise InputError(f"--split: must {must}, got {split!r}.")
    return records


def _scores(model: "Classifier", corpus: "Corpus", split: str) -> dict[str, Any]:
    import numpy as np

    from train.config import Scoring
    from train.scoring import Predictions, score_split

    records = sorted(_of_split(corpus, split), key=lambda record: record.text)
    flags = {tag: np.array([tag in record.tags for record in records]) for tag in corpus.tags()}
    predictions = Predictions(split or "all")
    # The guess learns from the split itself: the best that one label for all could do.
    predictions.add(records, _judged(model, records), train=records, flags=flags)
    scores = score_split(
        predictions, task=model.task, scoring=Scoring(metric="f1_macro", bootstrap=DRAWS), seed=SEED
    )
    return {
        "run_id": model.manifest.run_id,
        "kind": model.manifest.features.kind,
        "data": corpus.name,
        "split": scores.name,
        "task": model.task,
        "n": scores.n,
        "metric": "f1_macro",
        "score": scores.score,
        "ci95": [None if math.isnan(end) else end for end in scores.interval],
        "baseline": scores.baseline,
        "scores": scores.flat,
        "leakage": scores.leakage or None,
    }


def _judged(model: "Classifier", records: "list[Record]") -> "Floats":
    from standpoint.model import find_encoder, predict

    digest = model.manifest.encoder if model.encoder is None else None
    encoder = find_encoder(models_dir(), digest=digest) if digest else None
    return predict([record.pair() for record in records], models=[model], encoder=encoder)[0]


def _line(found: dict[str, Any]) -> str:
    low, high = found["ci95"]
    between = "" if low is None else f" [{low:.3f}, {high:.3f}]"
    return (
        f"{found['data']}, {found['split']}: {found['metric']} {found['score']:.3f}{between}, "
        f"n = {found['n']:,}, majority {found['baseline']:.3f}, judged by {found['model']}, "
        f"trained on {found['trained_on']}"
    )
