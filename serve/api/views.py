"""The views of the HTTP API: parse the request, call the service, answer.

Their docstrings are the summaries and descriptions of the OpenAPI document.
"""

from collections.abc import Iterator
from http import HTTPStatus
from itertools import count
from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, request
from werkzeug.wsgi import get_input_stream

from serve.api import ndjson
from serve.api.answers import Health, PairsAnswer, Predictions
from serve.api.invocations import ScoringRequest
from serve.api.json_body import check_media_type, parse_object, read_body
from serve.api.operation import TEXT, Content, Operation, Parameter
from serve.api.requests import DEFAULT_CODEBOOK, ArticleRequest, PairsRequest
from serve.api.server_answers import (
    BatchFault,
    CodebookList,
    CodebookSummary,
    KnownCodebook,
    ModelCards,
)
from serve.api.service import MAX_BATCHES, Service
from serve.problems import ProblemError, problem_of
from serve.security import batch_rate_limiter
from standpoint.labeling import LabelledArticle

api = Blueprint("api", __name__)
TOO_MANY_BATCHES = f"batches: must be at most {MAX_BATCHES} at a time, got more. Try again later."


def current_service() -> Service:
    """The service of the running app."""
    service: Service = current_app.extensions["standpoint"]
    return service


@api.post("/v1/articles")
@Operation(
    "labelArticle",
    tag="articles",
    body=Content("The article.", (ArticleRequest,)),
    answer=Content(
        "Its statements, and the actor × issue table they add up to.", (LabelledArticle,)
    ),
    problems=(503,),
)
def label_article() -> Response:
    """Label one article.

    Labels every actor's stance on every issue of the codebook.
    """
    article = read_body(ArticleRequest)
    return jsonify(current_service().label(article, request_id=g.request_id))


@api.post("/v1/articles:batch")
@Operation(
    "labelArticles",
    tag="articles",
    body=Content("Articles.", (ArticleRequest,), ndjson.MEDIA_TYPE),
    answer=Content(
        "A line for each line sent, in order.", (LabelledArticle, BatchFault), ndjson.MEDIA_TYPE
    ),
    parameters=(
        Parameter(
            "codebook",
            "query",
            f"The name of the codebook for lines that have none; else `{DEFAULT_CODEBOOK}`.",
            example=DEFAULT_CODEBOOK,
        ),
    ),
    problems=(503,),
)
def label_articles() -> Response:
    """Label many articles, streamed.

    Send one article as JSON on each line, and read at the same time: answers come while articles go
    in. A line that is wrong gets a line with its number and the problem, and the rest go on. Blank
    lines are skipped, but counted.
    """
    check_media_type(ndjson.MEDIA_TYPE)
    service = current_service()
    service.champions.current()  # without a champion, the whole batch is a 503 problem
    # Read from the request now: the lines are labelled after this function has returned.
    lines = _label_lines(service)
    if not service.batches.acquire(blocking=False):
        raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, TOO_MANY_BATCHES)
    answer = Response(lines, mimetype=ndjson.MEDIA_TYPE)
    answer.call_on_close(service.batches.release)
    return answer


def _label_lines(service: Service) -> Iterator[bytes]:
    """The answers to the lines of the current request, made as they are read."""
    codebook, request_id = request.args.get("codebook"), g.request_id
    wait_for_rate_limit = batch_rate_limiter(current_app, g.key_name, stopping=service.stopping)
    numbers = count(1)

    def label(line: bytes) -> dict[str, Any]:
        wait_for_rate_limit()
        fields = parse_object(line)
        if codebook is not None:
            fields = {"codebook": codebook, **fields}
        line_id = f"{request_id}.{next(numbers)}"
        return service.label(ArticleRequest.model_validate(fields), request_id=line_id)

    def reject(error: Exception) -> dict[str, Any]:
        service.metrics.count_refusal("line")
        return problem_of(error).body()

    # Not `request.stream`: that is cut off at the limit of other bodies.
    stream, max_bytes = get_input_stream(request.environ), service.settings.max_body_bytes
    lines = ndjson.lines_of(stream, max_bytes=max_bytes)
    return ndjson.answers(lines, label=label, problem_of=reject)


@api.post("/v1/pairs")
@Operation(
    "judgePairs",
    tag="articles",
    body=Content("The pairs.", (PairsRequest,)),
    answer=Content("A label for each pair, in order.", (PairsAnswer,)),
    problems=(503,),
)
def judge_pairs() -> Response:
    """Judge pairs of holder and target.

    Labels and probabilities are toward the target.
    """
    return jsonify(current_service().judge(read_body(PairsRequest)))


@api.get("/v1/codebooks")
@Operation(
    "listCodebooks",
    tag="knowledge",
    answer=Content("Names, sizes and digests.", (CodebookList,)),
)
def list_codebooks() -> Response:
    """The codebooks the server knows."""
    codebooks = current_service().codebooks.values()
    return jsonify({"codebooks": [CodebookSummary.of(c).model_dump() for c in codebooks]})


@api.get("/v1/codebooks/<name>")
@Operation(
    "showCodebook",
    tag="knowledge",
    answer=Content("Its actors and issues.", (KnownCodebook,)),
    parameters=(Parameter("name", "path", "The name of a codebook.", example=DEFAULT_CODEBOOK),),
    problems=(404,),
)
def show_codebook(name: str) -> Response:
    """One codebook, whole."""
    codebook = current_service().codebooks.get(name)
    if codebook is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, f"codebook: must be a known one, got {name!r}.")
    return jsonify({**codebook.model_dump(mode="json"), "digest": codebook.digest})


@api.get("/v1/model")
@Operation(
    "showModels",
    tag="knowledge",
    answer=Content("Versions, features, data, licences and scores.", (ModelCards,)),
    problems=(503,),
)
def show_models() -> Response:
    """The champion of each task: its data, features and scores."""
    return jsonify(current_service().model_cards())


@api.get("/healthz")
@Operation("isAlive", tag="server", answer=Content("It is running.", (Health,)))
def is_alive() -> Response:
    """Whether the process is running."""
    return jsonify(Health(status="ok").model_dump())


@api.get("/readyz")
@Operation(
    "isReady",
    tag="server",
    answer=Content("A model is loaded.", (Health,)),
    problems=(503,),
)
def is_ready() -> Response:
    """Whether a model is loaded."""
    current_service().champions.current()  # raises NoChampionError
    return jsonify(Health(status="ready").model_dump())


@api.get("/metrics")
@Operation("showMetrics", tag="server", answer=Content("Prometheus' text format.", media=TEXT))
def show_metrics() -> Response:
    """The metrics of the service."""
    content, media_type = current_service().metrics.render()
    return Response(content, content_type=media_type)


@api.get("/ping")
@Operation(
    "ping",
    tag="mlflow",
    answer=Content("A model is loaded; the body is an empty line."),
    problems=(503,),
)
def ping() -> Response:
    """Whether a model is loaded, as MLflow asks."""
    current_service().champions.current()  # raises NoChampionError
    return Response("\n", mimetype="application/json")


@api.post("/invocations")
@Operation(
    "score",
    tag="mlflow",
    body=Content("Rows.", (ScoringRequest,)),
    answer=Content("A label for each row, in order.", (Predictions,)),
    problems=(503,),
)
def score() -> Response:
    """Judge pairs, as MLflow sends them."""
    rows = read_body(ScoringRequest, allow_nan=True)
    return jsonify({"predictions": current_service().score(rows)})
