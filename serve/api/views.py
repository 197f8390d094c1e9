"""The views: parse, call the domain, answer."""

import json
from collections.abc import Callable
from http import HTTPStatus
from itertools import count
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, g, jsonify, request
from pydantic import BaseModel
from werkzeug.wsgi import get_input_stream

from serve.api.answers import Health
from serve.api.invocations import ScoringRequest
from serve.api.ndjson import MEDIA_TYPE, answers, lines_of
from serve.api.requests import ArticleRequest, PairsRequest
from serve.api.server_answers import CodebookSummary
from serve.api.service import BATCHES_AT_ONCE, Service
from serve.problems import ProblemError, problem_of
from serve.security import pacer

api = Blueprint("api", __name__)
MANY_BATCHES = f"batches: must be at most {BATCHES_AT_ONCE} at a time, got more. Try again later."
Body = TypeVar("Body", bound=BaseModel)


def current_service() -> Service:
    """The service of the running app."""
    service: Service = current_app.extensions["standpoint"]
    return service


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no JSON number")


def _missing(word: str) -> None:
    """MLflow's client writes NaN for what a table lacks."""
    if word != "NaN":
        _no_number(word)


def body_as(shape: type[Body], *, constant: Callable[[str], None] | None = None) -> Body:
    """The request's JSON body in a shape; 415, 400 or 422 where it is not.

    Parameters
    ----------
    constant : what to make of NaN and Infinity, which are no JSON; they are refused if left out
    """
    _check_media_type("application/json")
    content = request.get_data(cache=False)
    return shape.model_validate(_object_in(content, constant=constant or _no_number))


def _check_media_type(wanted: str) -> None:
    if request.mimetype != wanted:
        raise ProblemError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"Content-Type: must be {wanted}, got {request.mimetype or 'nothing'!r}.",
        )


def _object_in(content: bytes, *, constant: Callable[[str], None] = _no_number) -> dict[str, Any]:
    try:
        found: Any = json.loads(content, parse_constant=constant)
    except (ValueError, RecursionError) as error:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST, f"body: must be JSON, got {str(error) or 'too deep a nesting'}."
        ) from None
    if not isinstance(found, dict):
        detail = f"body: must be a JSON object, got {type(found).__name__}."
        errors = [{"pointer": "", "detail": detail}]
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors)
    return found


@api.post("/v1/articles")
def articles() -> Response:
    """Label every actor's stance on every issue of the codebook in one article."""
    asked = body_as(ArticleRequest)
    return jsonify(current_service().label(asked, request_id=g.request_id))


@api.post("/v1/articles:batch")
def batch() -> Response:
    """Label the articles of NDJSON lines, answering each while the next come in."""
    _check_media_type(MEDIA_TYPE)
    service, request_id = current_service(), g.request_id
    service.shelf.current()
    codebook = request.args.get("codebook")
    max_bytes = service.settings.max_body_bytes
    wait_for_turn = pacer(current_app, g.key_name, stopping=service.stopping)
    numbers = count(1)

    def label(line: bytes) -> dict[str, Any]:
        wait_for_turn()
        found = _object_in(line)
        asked = found if codebook is None else {"codebook": codebook, **found}
        own_id = f"{request_id}.{next(numbers)}"
        return service.label(ArticleRequest.model_validate(asked), request_id=own_id)

    def told(error: Exception) -> dict[str, Any]:
        service.metrics.rejected("line")
        return problem_of(error).body()

    if not service.batches.acquire(blocking=False):
        raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, MANY_BATCHES)
    # Not `request.stream`: that is cut off at the limit of other bodies.
    lines = lines_of(get_input_stream(request.environ), max_bytes=max_bytes)
    found = answers(lines, label=label, problem_of=told, max_bytes=max_bytes)
    answer = Response(found, mimetype=MEDIA_TYPE)
    answer.call_on_close(service.batches.release)
    return answer


@api.post("/v1/pairs")
def pairs() -> Response:
    """Judge pairs of holder and target, in order."""
    return jsonify(current_service().judge(body_as(PairsRequest)))


@api.get("/ping")
def ping() -> Response:
    """Whether a champion is loaded, as MLflow's clients ask it."""
    current_service().shelf.current()
    return Response("\n", mimetype="application/json")


@api.post("/invocations")
def invocations() -> Response:
    """Judge rows in MLflow's scoring protocol."""
    asked = body_as(ScoringRequest, constant=_missing)
    return jsonify({"predictions": current_service().score(asked)})


@api.get("/metrics")
def metrics() -> Response:
    """What the service counted, for Prometheus."""
    content, media_type = current_service().metrics.exposition()
    return Response(content, content_type=media_type)


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
