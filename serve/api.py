"""The views: parse, call the domain, answer."""

import json
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, jsonify, request
from pydantic import BaseModel

from serve.answers import Health
from serve.cards import CodebookSummary
from serve.problems import ProblemError
from serve.schemas import ArticleRequest, PairsRequest
from serve.service import Service

api = Blueprint("api", __name__)
Body = TypeVar("Body", bound=BaseModel)


def current_service() -> Service:
    """The service of the running app."""
    service: Service = current_app.extensions["standpoint"]
    return service


def body_as(shape: type[Body]) -> Body:
    """The request's JSON body in a shape; 415, 400 or 422 where it is not."""
    if request.mimetype != "application/json":
        raise ProblemError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"Content-Type: must be application/json, got {request.mimetype or 'nothing'!r}.",
        )
    try:
        found: Any = json.loads(request.get_data(cache=False), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST, f"body: must be JSON, got {str(error) or 'too deep a nesting'}."
        ) from None
    if not isinstance(found, dict):
        detail = f"body: must be a JSON object, got {type(found).__name__}."
        errors = [{"pointer": "", "detail": detail}]
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors)
    return shape.model_validate(found)


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no JSON number")


@api.post("/v1/articles")
def articles() -> Response:
    """Label every actor's stance on every issue of the codebook in one article."""
    return jsonify(current_service().label(body_as(ArticleRequest)))


@api.post("/v1/pairs")
def pairs() -> Response:
    """Judge pairs of holder and target, in order."""
    return jsonify(current_service().judge(body_as(PairsRequest)))


@api.get("/v1/codebooks")
def codebooks() -> Response:
    """The codebooks the server knows."""
    known = current_service().codebooks.values()
    return jsonify({"codebooks": [CodebookSummary.of(c).model_dump() for c in known]})


@api.get("/v1/codebooks/<name>")
def codebook(name: str) -> Response:
    """One codebook, whole."""
    found = current_service().codebooks.get(name)
    if found is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, f"codebook: must be a known one, got {name!r}.")
    return jsonify({**found.model_dump(mode="json"), "digest": found.digest})


@api.get("/v1/model")
def model() -> Response:
    """The champions: versions, scores and what they were trained on."""
    return jsonify(current_service().model_cards())


@api.get("/healthz")
def healthz() -> Response:
    """Whether the process lives."""
    return jsonify(Health(status="ok").model_dump())


@api.get("/readyz")
def readyz() -> Response:
    """Whether a champion is loaded."""
    current_service().shelf.current()
    return jsonify(Health(status="ready").model_dump())
