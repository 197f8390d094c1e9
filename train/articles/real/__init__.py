"""Scores on real documents: the reader alone, and from text to table."""

from train.articles.real.judging import predict_after_seeds
from train.articles.real.outcomes import Outcome
from train.articles.real.reader_scores import ReaderScores, score_reader
from train.articles.real.reading import PairFinder, ReadDocument, Reader, without_cues
from train.articles.real.scores import JudgedDocument, PartScores, RealScores, score_real
from train.articles.real.stages import StagedDocument, find_stages

__all__ = [
    "JudgedDocument",
    "Outcome",
    "PairFinder",
    "PartScores",
    "ReadDocument",
    "Reader",
    "ReaderScores",
    "RealScores",
    "StagedDocument",
    "find_stages",
    "predict_after_seeds",
    "score_reader",
    "score_real",
    "without_cues",
]
