"""``standpoint evaluate --data behaviour``: contrast texts, and changes of them."""

import argparse
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from standpoint.cli.corpora.contrast import contrast_folder, load_contrast_texts
from standpoint.cli.evaluation.models import NamedModel, load_stance_model
from standpoint.cli.evaluation.options import floors_object, refuse_option
from standpoint.cli.folders import models_dir
from standpoint.cli.label import confidence_floor
from standpoint.cli.models import load_model, shared_encoder
from standpoint.cli.output import format_interval, print_progress
from standpoint.errors import BundleError, CorpusError, RegistryError
from standpoint.labeling import Labeler
from standpoint.labels import Task
from standpoint.model import find_served
from standpoint.settings import read_settings
from train.articles import (
    VARIANTS,
    BehaviourScores,
    LabelerAnswers,
    score_behaviour,
    share_right_difference,
)

BEHAVIOUR = "behaviour"
DEV = "dev"
CHAMPION: Task = "stance"
"""The model where the command line names none."""


def run(args: argparse.Namespace) -> None:
    """Score, and print a report or one JSON object."""
    started = time.perf_counter()
    refuse_option("--config", args.config, data=f"{BEHAVIOUR}, which fits no model")
    args.model = args.model or CHAMPION
    split = args.split or DEV
    texts = load_contrast_texts(split).texts
    if not texts:
        raise CorpusError(f"--split: must be of texts, got {split!r}, which has none.")
    named = load_stance_model(args)
    labeler = labeler_of(named, min_confidence=args.min_confidence)
    scores = score_behaviour(texts, LabelerAnswers(labeler), report_progress=print_progress)
    result = {
        **_result(scores, named, split=split, bundle=args.model),
        **floors_object(labeler.floors),
        "seconds": {"total": time.perf_counter() - started},
    }
    print(json.dumps(result) if args.json else format_behaviour(result))


def labeler_of(named: NamedModel, *, min_confidence: float | None = None) -> Labeler:
    """A labeler with a stance model, and the settings' floor and weights of the table."""
    settings = read_settings()
    return Labeler(
        stance=named.model,
        encoder=named.encoder,
        min_confidence=confidence_floor(min_confidence, settings.min_confidence),
        pooling=settings.pooling,
    )


def check_behaviour(run_id: str) -> None:
    """Refuse a run whose stance model reads the dev contrast texts clearly worse than the champion.

    Where nothing is promoted yet, the shipped model is the champion. Nothing is compared where
    there is none, or where the project has no contrast texts.

    Raises
    ------
    RegistryError
        the whole 95% interval of the difference, by bootstrap over groups of texts, is below 0
    """
    if find_served(models_dir(), CHAMPION) is None or not contrast_folder().is_dir():
        return
    try:
        old = _answers_of(CHAMPION)
    except BundleError as error:
        print_progress(f"behaviour is not compared: {error}")
        return
    new = _answers_of(run_id)
    if new.labeler.stance.manifest.run_id == old.labeler.stance.manifest.run_id:
        return
    texts = load_contrast_texts(DEV).texts
    print_progress(f"comparing with the champion on {len(texts):,} contrast texts")
    difference = share_right_difference(texts, new=new, old=old)
    shares = f"{difference.new:.3f} of contrast texts right, the champion {difference.old:.3f}"
    interval = format_interval(difference.ci95)
    if difference.is_clearly_worse:
        raise RegistryError(
            f"{run_id}: must read contrast texts as well as the champion, got {shares} "
            f"(95% of the difference {interval}). Use --force to promote it all the same."
        )
    print_progress(f"{shares} (95% of the difference {interval})")


def _answers_of(name: str) -> LabelerAnswers:
    model, description = load_model(name, task="stance")
    return LabelerAnswers(labeler_of(NamedModel(model, description, shared_encoder(model))))


def _result(
    scores: BehaviourScores, named: NamedModel, *, split: str, bundle: str
) -> dict[str, Any]:
    right = scores.overall.texts
    manifest = named.model.manifest
    parts = asdict(scores)
    flat = {f"{split}.{name}": own["value"] for name, own in parts["overall"].items()}
    flat |= {f"{split}.{name}": own["texts"]["value"] for name, own in parts["variants"].items()}
    return {
        "data": BEHAVIOUR,
        "split": split,
        "judged_by": named.description,
        **parts,
        "run_id": manifest.run_id,
        "task": "stance",
        "kind": manifest.features.kind,
        "n": right.n,
        "metric": "texts",
        "score": right.value,
        "ci95": right.ci95,
        "baseline": None,
        "scores": flat,
        "leakage": None,
        "bundle": bundle,
    }


def format_behaviour(result: Mapping[str, Any]) -> str:
    """The scores by kind of text, and what each change did."""
    lines = [
        f"behaviour, {result['split']}: {result['n_texts']:,} contrast texts in "
        f"{result['n_groups']:,} groups,",
        f"labelled with {result['judged_by']}",
        "",
        f"{'':<18}{'texts right':>16}{'95%':>17}{'groups right':>15}{'cells right':>16}"
        f"{'wrong sign':>16}",
        _kind_line("all", result["overall"]),
        *(_kind_line(kind, own) for kind, own in result["by_kind"].items()),
        "",
        f"{'change':<18}{'the answer':>12}{'texts so':>16}{'95%':>17}{'cells so':>16}"
        "  what changes",
        *_variant_lines(result["variants"]),
    ]
    return "\n".join(lines)


def _kind_line(name: str, scores: Mapping[str, Any]) -> str:
    return (
        f"  {name:<16}{_share(scores['texts']):>16}{_interval(scores['texts']):>17}"
        f"{_share(scores['groups']):>15}{_share(scores['cells']):>16}"
        f"{_share(scores['wrong_sign']):>16}"
    )


def _variant_lines(variants: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name, scores in variants.items():
        yield (
            f"  {name:<16}{scores['expectation']:>12}{_share(scores['texts']):>16}"
            f"{_interval(scores['texts']):>17}{_share(scores['cells']):>16}"
            f"  {VARIANTS[name].about}"
        )


def _share(estimate: Mapping[str, Any]) -> str:
    return "–" if not estimate["n"] else f"{estimate['value']:.3f} of {estimate['n']:,}"


def _interval(estimate: Mapping[str, Any]) -> str:
    return format_interval(estimate["ci95"] or (None, None))
