"""``standpoint evaluate --data seeds-articles``: the pipeline from text to table against gold."""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from standpoint.cli.evaluation.judged_candidates import JudgedCandidates
from standpoint.cli.evaluation.models import (
    config_seeds,
    load_stance_model,
    model_fitter,
    stance_config,
)
from standpoint.cli.evaluation.options import floors_object, refuse_option
from standpoint.cli.evaluation.report import (
    COMENTIONED,
    PARTS,
    format_report,
    scores_object,
    summary_of,
)
from standpoint.cli.label import confidence_floor
from standpoint.cli.output import print_progress
from standpoint.errors import InputError
from standpoint.labeling import Floors
from standpoint.model import Classifier, JudgeModel
from standpoint.settings import project_root, read_settings
from train.articles import (
    MAX_FOLDS,
    STAGES,
    GoldArticle,
    PredictedArticle,
    candidate_finder,
    candidates_of,
    comentioned_candidates,
    predict_after_training,
    predict_out_of_fold,
    predict_with,
    score,
    seed_articles,
    seesaw_articles,
)
from train.config import LeaveStratumOut, RunConfig
from train.corpora import (
    KNOWN_CORPORA,
    data_folder,
    load_corpus,
    read_seesaw_articles,
    seed_corpus,
)

SEEDS, SEESAW = "seeds-articles", "seesaw-articles"
CONFIGS = {SEEDS: "seeds-stance", SEESAW: "seesaw-articles"}
"""The data sets of whole articles, each with the run config that is fitted by default."""


@dataclass(frozen=True, slots=True)
class LabeledArticles:
    """Gold articles with a model's labels.

    Attributes
    ----------
    split : a split of the corpus, or how training and test articles were separated
    kind : the model's kind, as in the configs
    labeled_by : the model in words
    model : that labeled them, if it was not fitted for it
    comentioned : the labels of the baseline that pairs every actor with every issue of a sentence
    """

    articles: list[PredictedArticle]
    split: str
    kind: str
    labeled_by: str
    model: Classifier | None = None
    comentioned: list[PredictedArticle] | None = None


def run(args: argparse.Namespace) -> None:
    """Score, and print a report or one JSON object."""
    result = _evaluate(args)
    print(json.dumps(result) if args.json else format_report(result))


def _evaluate(args: argparse.Namespace) -> dict[str, Any]:
    started = time.perf_counter()
    settings = read_settings()
    min_confidence = confidence_floor(args.min_confidence, settings.min_confidence)
    corpus = args.data.removesuffix("-articles")
    config = stance_config(args, default=CONFIGS[args.data], corpus=corpus)
    labeled = (_label_seeds if args.data == SEEDS else _label_seesaw)(args, config)

    model = labeled.model
    floors = Floors.of(model, min_confidence) if model else Floors.plain(min_confidence)
    by_judge = isinstance(model, JudgeModel)
    scored = partial(score, pooling=settings.pooling, floors=floors, by_judge=by_judge)
    end_to_end = scored(labeled.articles)
    result: dict[str, Any] = {
        "data": args.data,
        "split": labeled.split,
        "judged_by": labeled.labeled_by,
        "n_articles": len(labeled.articles),
        **floors_object(floors),
        "as_it_is": scores_object(end_to_end, seed=config.seed),
        "perfect": {
            stage: scores_object(scored(labeled.articles, oracle=[stage])) for stage in STAGES
        },
    }
    for part in PARTS:
        result["as_it_is"][part]["errors"] = end_to_end.causes[part]
    if labeled.comentioned is not None:
        result[COMENTIONED] = scores_object(scored(labeled.comentioned), seed=config.seed)
    if args.data == SEEDS:
        result["by_codebook"] = {
            name: scores_object(scored([a for a in labeled.articles if a.gold.stratum == name]))
            for name in dict.fromkeys(article.gold.stratum for article in labeled.articles)
        }
    run_id = model.manifest.run_id if model else None
    summary = summary_of(result, kind=labeled.kind, run_id=run_id, bundle=args.model)
    return {**result, **summary, "seconds": {"total": time.perf_counter() - started}}


def _label_seeds(args: argparse.Namespace, config: RunConfig) -> LabeledArticles:
    refuse_option("--split", args.split, data=f"{SEEDS}, which has no splits")
    if args.model:
        return _label_with_model(args, seed_articles(config_seeds(config)), split="all")
    n_parts = _n_parts(config)
    in_parts = f", in {n_parts} parts" if n_parts else ""
    labeled_by = f"{config.name}, each codebook left out of training{in_parts}"
    return LabeledArticles(label_seeds_left_out(config), "left out", config.model.kind, labeled_by)


def _n_parts(config: RunConfig) -> int | None:
    return config.protocol.parts if isinstance(config.protocol, LeaveStratumOut) else None


def label_seeds_left_out(config: RunConfig) -> list[PredictedArticle]:
    """Label the seed articles by cross-fitting: no model was fitted on their codebook."""
    seeds = config_seeds(config)
    corpus = seed_corpus(seeds, task="stance")
    records = corpus.records
    fitter = model_fitter(config, lambda: corpus)
    return predict_out_of_fold(
        seed_articles(seeds),
        pairs=[record.pair() for record in records],
        y=np.array([record.label for record in records]),
        strata=[record.stratum for record in records],
        groups=[record.group for record in records],
        find_candidates=candidate_finder(fitter.encoder),
        fitter=fitter,
        n_folds=_n_parts(config) or MAX_FOLDS,
    )


def _label_seesaw(args: argparse.Namespace, config: RunConfig) -> LabeledArticles:
    split = args.split or "valid"
    articles = seesaw_articles(read_seesaw_articles(data_folder() / KNOWN_CORPORA["seesaw"].name))
    test = [article for article in articles if article.stratum == split]
    if not test:
        known = ", ".join(sorted({article.stratum for article in articles})) or "none"
        raise InputError(f"--split: must be one of {known}, got {split!r}.")
    if args.model:
        return _label_with_model(args, test, split=split)
    if split == "train":
        raise InputError("--split: must not be what is trained on, got 'train'. Name a model too.")
    train = [article for article in articles if article.stratum == "train"]
    corpus = partial(load_corpus, config.data, task="stance", root=project_root())
    fitter = model_fitter(config, corpus)
    predict = partial(predict_after_training, train, test, fitter=fitter)
    labeled = predict(find_candidates=candidate_finder(fitter.encoder))
    print_progress("the baseline: every co-mentioned pair, without attribution")
    baseline = predict(find_candidates=comentioned_candidates)
    labeled_by = f"{config.name}, fitted on train"
    return LabeledArticles(labeled, split, config.model.kind, labeled_by, comentioned=baseline)


def _label_with_model(
    args: argparse.Namespace, articles: Sequence[GoldArticle], *, split: str
) -> LabeledArticles:
    """Label the articles with the model that the command line names."""
    named = load_stance_model(args)
    find, shares = candidate_finder(named.encoder), named.shares
    if isinstance(named.model, JudgeModel):
        judged = JudgedCandidates(named.model)
        find, shares = partial(candidates_of, find=judged.find), judged.shares
    labeled = predict_with(articles, find_candidates=find, shares=shares)
    kind = named.model.manifest.features.kind
    return LabeledArticles(labeled, split, kind, named.description, named.model)
