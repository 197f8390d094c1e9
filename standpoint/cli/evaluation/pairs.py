"""``standpoint evaluate MODEL --data CORPUS``: a model on the labelled pairs of a corpus."""

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from standpoint.cli.evaluation.models import training_corpora
from standpoint.cli.evaluation.options import refuse_option
from standpoint.cli.evaluation.report import DRAWS
from standpoint.cli.models import load_model, shared_encoder
from standpoint.cli.output import format_interval, nan_to_none, print_progress
from standpoint.errors import InputError
from standpoint.model import Classifier, Floats, predict
from standpoint.settings import project_root
from standpoint.validation import near_miss
from train.config import Scoring
from train.corpora import KNOWN_CORPORA, Corpus, Record, load_corpus, public_data
from train.scoring import Predictions, score_split
from train.splitting import repeated_rows

NOT_SCORED = ("contrast", "written", "news-sentences", "coal_debate")
"""Corpora that no pairs are scored on: contrast texts are those of ``behaviour``, others train."""
METRICS = {"dse": "f1_macro_five", "seesaw": "f1_micro"}
"""What corpora are scored by, as their owners do (docs/benchmarks.md); others by F1 macro."""
SUBSETS = {"vast": "zero_shot"}
"""The part of a corpus that its score is of: of VAST the topics that its train split has not."""
TRAIN, UNREPEATED = "train", "unrepeated"
ONLY_SIDES = ("seesaw",)
"""Corpora whose pairs all have a side: the likelier of the two is the answer."""
MIN_PROBABILITY = 1e-9  # of a side, so that both may be nothing
Flags = npt.NDArray[np.bool_]
SEED = 13  # any number: the same one gives the same interval again


def run(args: argparse.Namespace) -> None:
    """Predict every pair of a split, and print the scores."""
    started = time.perf_counter()
    scored = f"{args.data}, whose pairs a model is scored on"
    refuse_option("--config", args.config, data=scored)
    _check_options(args)
    tasks = KNOWN_CORPORA[args.data].tasks
    model, description = load_model(args.model, task=tasks[0] if len(tasks) == 1 else None)
    corpus = load_corpus(public_data(args.data), task=model.task, root=project_root())
    split = _test_split(corpus) if args.split is None else args.split
    result = {
        **_score(model, corpus, split),
        "model": description,
        "trained_on": model.manifest.corpus.get("name"),
        "bundle": args.model,
        "seconds": {"total": time.perf_counter() - started},
    }
    if args.data in _training_corpora(model):
        print_progress(
            f"{args.data}: the model was trained on it; only a split it never saw is a test."
        )
    print(json.dumps(result) if args.json else _format_line(result))


def _training_corpora(model: Classifier) -> set[str]:
    """The names of all corpora that a model was trained on, with their splits and without."""
    names = training_corpora(model)
    return {*names, *(name.rpartition("-")[0] for name in names)}


def _check_options(args: argparse.Namespace) -> None:
    if args.data not in KNOWN_CORPORA or args.data in NOT_SCORED:
        scored = (name for name in KNOWN_CORPORA if name not in NOT_SCORED)
        known = ("behaviour", "seeds-articles", "seesaw-articles", *scored)
        raise InputError(
            f"--data: must be one of {', '.join(known)}, got {args.data!r}."
            f"{near_miss(args.data, known)}"
        )
    all_judged = f"pairs of {args.data}, which are all judged"
    refuse_option("--min-confidence", args.min_confidence, data=all_judged)
    if not args.model:
        raise InputError(
            f"RUN|BUNDLE: must be named for pairs of {args.data}, got none. Name a run, the folder "
            "of a bundle, or stance or sentiment for the champion."
        )


def _test_split(corpus: Corpus) -> str:
    """The corpus's own test split, else its dev split; all of it where it has no splits."""
    names = list(dict.fromkeys(record.split for record in corpus.records))
    held_out = [name for kind in ("test", "valid", "dev") for name in names if kind in name]
    return held_out[0] if held_out else names[-1]


def _records_of(corpus: Corpus, split: str) -> list[Record]:
    records = [record for record in corpus.records if record.split == split]
    if not records:
        known = ", ".join(sorted({record.split for record in corpus.records} - {""}))
        must = f"be one of {known}" if known else f"be left out for {corpus.name}, which has none"
        raise InputError(f"--split: must {must}, got {split!r}.")
    return records


def _score(model: Classifier, corpus: Corpus, split: str) -> dict[str, Any]:
    records = sorted(_records_of(corpus, split), key=lambda record: record.text)
    flags = {tag: np.array([tag in record.tags for record in records]) for tag in corpus.tags()}
    pairs = [record.pair() for record in records]
    probabilities = predict(pairs, models=[model], encoder=shared_encoder(model))[0]
    if corpus.name in ONLY_SIDES:
        probabilities = _of_sides(probabilities, model.labels)
    if corpus.name == "dse" and split != TRAIN:
        train = [record for record in corpus.records if record.split == TRAIN]
        flags[UNREPEATED] = ~repeated_rows(train, records)
    predictions = Predictions(split or "all")
    # The majority baseline is fitted on the split itself: the best that one label for all can do.
    predictions.add(records, probabilities, train=records, flags=flags)
    scoring = _scoring(corpus.name, flags)
    scores = score_split(predictions, task=model.task, scoring=scoring, seed=SEED)
    return {
        "run_id": model.manifest.run_id,
        "kind": model.manifest.features.kind,
        "data": corpus.name,
        "split": scores.name,
        "task": model.task,
        "n": scores.n,
        "subset": scoring.subset,
        "metric": scoring.metric,
        "score": scores.score,
        "ci95": [nan_to_none(end) for end in scores.interval],
        "baseline": scores.baseline,
        "scores": scores.flat,
        "leakage": scores.leakage or None,
    }


def _scoring(corpus: str, flags: Mapping[str, Flags]) -> Scoring:
    """How a split is scored; of a subset only where it has rows of it."""
    subset = SUBSETS.get(corpus, "")
    has_rows = subset in flags and bool(flags[subset].any())
    metric = METRICS.get(corpus, "f1_macro")
    settings = {"metric": metric, "bootstrap": DRAWS, "subset": subset if has_rows else None}
    return Scoring.model_validate(settings)


def _of_sides(probabilities: Floats, labels: Sequence[str]) -> Floats:
    """Probabilities given that there is a side."""
    is_side = np.array([label not in ("none", "neutral") for label in labels])
    sides = np.maximum(probabilities, MIN_PROBABILITY) * is_side
    given_side: Floats = (sides / sides.sum(axis=1, keepdims=True)).astype(np.float32)
    return given_side


def _unrepeated(result: Mapping[str, Any]) -> str:
    """The score on rows that the corpus's train split does not repeat, where it is known."""
    key = f"{result['split']}.{result['metric']}.{UNREPEATED}"
    if key not in result["scores"]:
        return ""
    n = result["scores"][f"{result['split']}.n.{UNREPEATED}"]
    return f", without rows of train {result['scores'][key]:.3f} (n = {n:,.0f})"


def _format_line(result: dict[str, Any]) -> str:
    score = f"{result['score']:.3f} {format_interval(result['ci95'])}".rstrip()
    part = f", {result['subset']}" if result["subset"] else ""
    return (
        f"{result['data']}, {result['split']}{part}: {result['metric']} {score}, "
        f"n = {result['n']:,}, majority {result['baseline']:.3f}{_unrepeated(result)}, "
        f"classified by {result['model']}, trained on {result['trained_on']}"
    )
