"""The Flask app: views, access checks, error responses, request ids, metrics and the log."""

import re
import time
import uuid
from functools import partial

from flask import Flask, Response, g, request

from serve import problems
from serve.api import Service, api, current_service
from serve.openapi import docs
from serve.pages import pages
from serve.security import guard, response_headers
from serve.system import Metrics, log_request
from standpoint.settings import Settings

# Other methods are counted as "other": a client must not be able to add labels to the metrics.
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def create_app(service: Service, settings: Settings) -> Flask:
    """Make the app that answers with a service."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["standpoint"] = service
    app.before_request(_start_request)
    app.after_request(_finish_request)
    guard.install(app, settings)
    response_headers.install(app, settings)
    for blueprint in (api, pages, docs):
        app.register_blueprint(blueprint)
    problems.install(app)
    return app


def _start_request() -> None:
    client_id = request.headers.get("X-Request-ID", "")
    g.request_id = client_id if _REQUEST_ID.fullmatch(client_id) else uuid.uuid4().hex
    g.started = time.perf_counter()
    current_service().metrics.count_request()


def _finish_request(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.get("request_id") or uuid.uuid4().hex
    if "started" in g:
        # Counted after the last byte: a batch is answered line by line.
        fields = {
            "request_id": g.request_id,
            "method": request.method if request.method in METHODS else "other",
            "route": request.url_rule.rule if request.url_rule else "none",
            "key": g.get("key_name"),
        }
        metrics = current_service().metrics
        response.call_on_close(partial(_count_and_log, metrics, response, g.started, fields))
    return response


def _count_and_log(
    metrics: Metrics, response: Response, started: float, fields: dict[str, str | None]
) -> None:
    seconds = time.perf_counter() - started
    status = response.status_code
    metrics.count_answer(
        route=str(fields["route"]), method=str(fields["method"]), status=status, seconds=seconds
    )
    log_request(**fields, status=status, ms=round(1000 * seconds, 1), bytes=response.content_length)
