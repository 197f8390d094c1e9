"""Evaluation on gold articles: end-to-end scores, error analysis by stage, annotator agreement."""

from train.articles.annotator_agreement import Agreement, Estimate, agreement
from train.articles.attribution_scores import evaluate_attribution
from train.articles.behaviour import (
    VARIANTS,
    BehaviourScores,
    LabelerAnswers,
    score_behaviour,
    share_right_difference,
)
from train.articles.cross_fitting import (
    MAX_FOLDS,
    ModelFitter,
    predict_after_training,
    predict_out_of_fold,
    predict_with,
)
from train.articles.end_to_end import EndToEnd, PredictedArticle, Shares, score
from train.articles.error_stages import (
    STAGES,
    candidate_finder,
    candidates_of,
    comentioned_candidates,
)
from train.articles.gold import GoldArticle, seed_articles, seesaw_articles
from train.articles.gum_chains import KINDS as CHAIN_KINDS
from train.articles.gum_chains import ChainScores, score_chains
from train.articles.real import (
    JudgedDocument,
    PairFinder,
    ReadDocument,
    Reader,
    ReaderScores,
    StagedDocument,
    find_stages,
    predict_after_seeds,
    score_reader,
    score_real,
    without_cues,
)

__all__ = [
    "CHAIN_KINDS",
    "MAX_FOLDS",
    "STAGES",
    "VARIANTS",
    "Agreement",
    "BehaviourScores",
    "ChainScores",
    "EndToEnd",
    "Estimate",
    "GoldArticle",
    "JudgedDocument",
    "LabelerAnswers",
    "ModelFitter",
    "PairFinder",
    "PredictedArticle",
    "ReadDocument",
    "Reader",
    "ReaderScores",
    "Shares",
    "StagedDocument",
    "agreement",
    "candidate_finder",
    "candidates_of",
    "comentioned_candidates",
    "evaluate_attribution",
    "find_stages",
    "predict_after_seeds",
    "predict_after_training",
    "predict_out_of_fold",
    "predict_with",
    "score",
    "score_behaviour",
    "score_chains",
    "score_reader",
    "score_real",
    "seed_articles",
    "seesaw_articles",
    "share_right_difference",
    "without_cues",
]
