"""Evaluation on annotated articles, from text to table; agreement between annotators."""

from train.articles.annotator_agreement import Agreement, Estimate, agreement
from train.articles.attribution_scores import evaluate_attribution
from train.articles.cross_fitting import (
    MAX_PARTS,
    Bench,
    judge_after_training,
    judge_by,
    judge_left_out,
)
from train.articles.end_to_end import EndToEnd, JudgedArticle, score
from train.articles.error_stages import STAGES, Stage, comentioned, finder_with
from train.articles.gold import GoldArticle, seed_articles, seesaw_articles

__all__ = [
    "MAX_PARTS",
    "STAGES",
    "Agreement",
    "Bench",
    "EndToEnd",
    "Estimate",
    "GoldArticle",
    "JudgedArticle",
    "Stage",
    "agreement",
    "comentioned",
    "evaluate_attribution",
    "finder_with",
    "judge_after_training",
    "judge_by",
    "judge_left_out",
    "score",
    "seed_articles",
    "seesaw_articles",
]
