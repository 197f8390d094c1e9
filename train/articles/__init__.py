"""Evaluation on gold articles: end-to-end scores, error analysis by stage, annotator agreement."""

from train.articles.annotator_agreement import Agreement, Estimate, agreement
from train.articles.attribution_scores import evaluate_attribution
from train.articles.cross_fitting import (
    MAX_FOLDS,
    ModelFitter,
    predict_after_training,
    predict_out_of_fold,
    predict_with,
)
from train.articles.end_to_end import EndToEnd, PredictedArticle, score
from train.articles.error_stages import STAGES, candidate_finder, comentioned_candidates
from train.articles.gold import GoldArticle, seed_articles, seesaw_articles
from train.articles.gum_chains import KINDS as CHAIN_KINDS
from train.articles.gum_chains import ChainScores, score_chains

__all__ = [
    "CHAIN_KINDS",
    "MAX_FOLDS",
    "STAGES",
    "Agreement",
    "ChainScores",
    "EndToEnd",
    "Estimate",
    "GoldArticle",
    "ModelFitter",
    "PredictedArticle",
    "agreement",
    "candidate_finder",
    "comentioned_candidates",
    "evaluate_attribution",
    "predict_after_training",
    "predict_out_of_fold",
    "predict_with",
    "score",
    "score_chains",
    "seed_articles",
    "seesaw_articles",
]
