"""The Flask app over the champions."""

import re
import uuid

from flask import Flask, Response, g, request

from serve import problems
from serve.api import api
from serve.docs.views import docs
from serve.service import Service
from standpoint.settings import Settings

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def create_app(service: Service, settings: Settings) -> Flask:
    """An app that answers with one service."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["standpoint"] = service
    app.before_request(_name_request)
    app.after_request(_sign)
    app.register_blueprint(api)
    app.register_blueprint(docs)
    problems.install(app)
    return app


def _name_request() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def _sign(answer: Response) -> Response:
    answer.headers["X-Request-ID"] = g.get("request_id") or uuid.uuid4().hex
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
