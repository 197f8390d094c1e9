"""The HTTP API: requests, answers, views, and the service behind them."""

from serve.api.ndjson import MEDIA_TYPE as NDJSON
from serve.api.operation import (
    CSV,
    FORM,
    HTML,
    JSON,
    TEXT,
    Content,
    Operation,
    Parameter,
)
from serve.api.requests import DEFAULT_CODEBOOK, ArticleRequest, PageForm, SentCodebook
from serve.api.server_answers import Problem
from serve.api.service import Service, model_card
from serve.api.views import api, current_service

__all__ = [
    "CSV",
    "DEFAULT_CODEBOOK",
    "FORM",
    "HTML",
    "JSON",
    "NDJSON",
    "TEXT",
    "ArticleRequest",
    "Content",
    "Operation",
    "PageForm",
    "Parameter",
    "Problem",
    "SentCodebook",
    "Service",
    "api",
    "current_service",
    "model_card",
]
