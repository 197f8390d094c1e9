"""The Flask app over the champions."""

import re
import time
import uuid
from functools import partial

from flask import Flask, Response, current_app, g, request

from serve import problems
from serve.api import Service, api
from serve.openapi import docs
from serve.pages import pages
from serve.security import guard
from serve.security import response_headers as headers
from serve.system import log_request
from standpoint.settings import Settings

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def create_app(service: Service, settings: Settings) -> Flask:
    """An app that answers with one service."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["standpoint"] = service
    app.before_request(_begin)
    app.after_request(_sign)
    guard.install(app, settings)
    headers.install(app, settings)
    app.register_blueprint(api)
    app.register_blueprint(pages)
    app.register_blueprint(docs)
    problems.install(app)
    return app


def _begin() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
    g.started = time.perf_counter()
    current_app.extensions["standpoint"].metrics.begun()


def _sign(answer: Response) -> Response:
    answer.headers["X-Request-ID"] = g.get("request_id") or uuid.uuid4().hex
    if "started" in g:
        # Counted when the last byte is out: a batch is answered line by line.
        service: Service = current_app.extensions["standpoint"]
        fields = {
            "request_id": g.request_id,
            "method": request.method if request.method in METHODS else "other",
            "route": request.url_rule.rule if request.url_rule else "none",
            "key": g.get("key_name"),
        }
        answer.call_on_close(partial(_account, service, answer, g.started, fields))
    return answer


def _account(
    service: Service, answer: Response, started: float, fields: dict[str, str | None]
) -> None:
    """Count and log an answer."""
    seconds = time.perf_counter() - started
    status = answer.status_code
    service.metrics.answered(
        route=str(fields["route"]), method=str(fields["method"]), status=status, seconds=seconds
    )
    log_request(**fields, status=status, ms=round(1000 * seconds, 1), bytes=answer.content_length)
