"""The views of the pages: what was typed in, HTML or a file to keep out."""

import json
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, current_app, g, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from serve.api import CSV, FORM, HTML, Content, Operation, PageForm, current_service
from serve.pages import assets
from serve.pages.csv_sheets import stances_sheet, statements_sheet
from serve.pages.form import DEFAULT_CODEBOOK, Faults, Read, Typed, read_form, too_large, typed_of
from serve.pages.model_cards import card_of
from serve.pages.results import shown_of
from standpoint.errors import BundleError, EncoderError, NoChampionError, StandpointError

pages = Blueprint("pages", __name__, template_folder="templates")
PAGE = Content("The page.", media=HTML)
POSTED_FORM = Content("The form.", (PageForm,), FORM)
SHEETS = {"csv": ("statements", statements_sheet), "stances": ("stances", stances_sheet)}


@pages.get("/")
@Operation("showPage", tag="pages", answer=PAGE, error_pages=(503,))
def home() -> Response:
    """Paste an article, and see who stands where."""
    current_service().shelf.current()
    return _page("home.html", **_form(Typed(codebook=_default()), {}))


@pages.post("/")
@Operation(
    "readPage",
    tag="pages",
    body=POSTED_FORM,
    answer=Content("The page with what it says.", media=HTML),
    error_pages=(413, 422, 503),
)
def read() -> Response:
    """See what the pasted article says."""
    asked = _asked()
    if asked.request is None or asked.codebook is None:
        return _refused(asked)
    answer = current_service().label(
        asked.request.model_copy(update={"explain": True}), request_id=g.request_id
    )
    with_none = asked.typed.include_none
    shown = shown_of(asked.typed.text, answer, asked.codebook, with_none=with_none)
    return _page("home.html", **_form(asked.typed, {}), **shown)


@pages.post("/download")
@Operation(
    "download",
    tag="pages",
    body=POSTED_FORM,
    answer=Content("The labelled article, or a sheet of it.", other_media=(CSV,)),
    error_pages=(413, 422, 503),
)
def download() -> Response:
    """What the page shows, as a file."""
    asked = _asked()
    if asked.request is None:
        return _refused(asked)
    kind = request.form.get("format", "json")
    answer = current_service().label(asked.request, request_id=g.request_id)
    if kind not in SHEETS:
        written = json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
        return _file(written, "standpoint.json", "application/json")
    name, sheet = SHEETS[kind]
    return _file(sheet(answer), f"standpoint-{name}.csv", "text/csv")


@pages.get("/models")
@Operation("showModelsPage", tag="pages", answer=PAGE, error_pages=(503,))
def models() -> Response:
    """The models that serve, to look at."""
    settings = current_service().settings
    found = current_service().model_cards().values()
    options: dict[str, Any] = {
        "models_dir": settings.models_dir,
        "mlflow_url": settings.mlflow_url,
    }
    return _page("models.html", cards=[card_of(card, **options) for card in found if card])


@pages.get("/static/<name>")
def static(name: str) -> Response:
    """A style sheet or script, kept by the browser for as long as its address stays the same."""
    if name not in assets.TYPES:
        abort(HTTPStatus.NOT_FOUND)
    found = Response(assets.content_of(name), mimetype=assets.TYPES[name])
    found.set_etag(assets.version_of(name))
    if request.args.get("v") == assets.version_of(name):
        found.cache_control.public = True
        found.cache_control.max_age = assets.MAX_AGE_S
        found.cache_control.immutable = True
    else:
        found.cache_control.no_cache = True
    found.make_conditional(request)
    return found


def _asked() -> Read:
    """What was typed, read into a request or into faults."""
    service = current_service()
    service.shelf.current()
    request.max_form_memory_size = current_app.config["MAX_CONTENT_LENGTH"]
    try:
        chosen = request.files.get("file")
        typed, faults = typed_of(request.form, uploaded=chosen.read() if chosen else b"")
    except RequestEntityTooLarge:
        return too_large(service.settings.max_body_bytes, codebook=_default())
    limit = service.settings.max_article_chars
    return read_form(typed, faults, known=service.codebooks, max_chars=limit)


def _refused(asked: Read) -> Response:
    return _page("home.html", status=asked.status, **_form(asked.typed, asked.faults))


def _form(typed: Typed, faults: Faults) -> dict[str, Any]:
    service = current_service()
    return {
        "typed": typed,
        "faults": faults,
        "codebooks": list(service.codebooks.values()),
        "limits": service.settings,
    }


def _default() -> str:
    known = current_service().codebooks
    return DEFAULT_CODEBOOK if DEFAULT_CODEBOOK in known else next(iter(known), "")


def _page(template: str, *, status: HTTPStatus = HTTPStatus.OK, **shown: Any) -> Response:
    body = render_template(template, asset_version=assets.version_of, **shown)
    answer = Response(body, status.value, mimetype="text/html")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _file(text: str, name: str, mimetype: str) -> Response:
    answer = Response(text, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.errorhandler(BundleError)
@pages.errorhandler(EncoderError)
def _no_model(error: StandpointError) -> Response:
    promoted = not isinstance(error, NoChampionError)
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return _page("unready.html", status=status, promoted=promoted)
