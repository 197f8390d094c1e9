"""The HTTP API: requests, answers, views, and the service behind them."""

from serve.api.answers import Health, LabelledArticle, PairsAnswer, Predictions
from serve.api.invocations import ScoringRequest
from serve.api.ndjson import MEDIA_TYPE
from serve.api.requests import ArticleRequest, PageForm, PairsRequest, SentCodebook
from serve.api.server_answers import BatchFault, CodebookList, KnownCodebook, ModelCards, Problem
from serve.api.service import Service
from serve.api.views import api, current_service

__all__ = [
    "MEDIA_TYPE",
    "ArticleRequest",
    "BatchFault",
    "CodebookList",
    "Health",
    "KnownCodebook",
    "LabelledArticle",
    "ModelCards",
    "PageForm",
    "PairsAnswer",
    "PairsRequest",
    "Predictions",
    "Problem",
    "ScoringRequest",
    "SentCodebook",
    "Service",
    "api",
    "current_service",
]
