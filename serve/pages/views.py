"""The views of the HTML pages: the form, its result as a page or a file, and the models."""

import json
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, current_app, g, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from serve.api import (
    CSV,
    DEFAULT_CODEBOOK,
    FORM,
    HTML,
    JSON,
    Content,
    Operation,
    PageForm,
    current_service,
)
from serve.pages import assets
from serve.pages.csv_sheets import stances_sheet, statements_sheet
from serve.pages.form import Faults, FormFields, ParsedForm, parse_form, too_large_form
from serve.pages.model_cards import card_of
from serve.pages.results import result_of
from standpoint.errors import BundleError, EncoderError, NoChampionError, StandpointError

pages = Blueprint("pages", __name__, template_folder="templates")
PAGE = Content("The page.", media=HTML)
POSTED_FORM = Content("The form.", (PageForm,), FORM)
SHEETS = {"csv": ("statements", statements_sheet), "stances": ("stances", stances_sheet)}


@pages.get("/")
@Operation("showPage", tag="pages", answer=PAGE, error_pages=(503,))
def home() -> Response:
    """The form for an article."""
    current_service().champions.current()
    return _page("home.html", **_form_variables(FormFields(codebook=_default_codebook()), {}))


@pages.post("/")
@Operation(
    "readPage",
    tag="pages",
    body=POSTED_FORM,
    answer=Content("The page with the result.", media=HTML),
    error_pages=(413, 422, 503),
)
def read() -> Response:
    """The statements and the table of an article."""
    form = _parsed_form()
    if form.request is None or form.codebook is None:
        return _form_with_faults(form)
    article = form.request.model_copy(update={"explain": True})
    answer = current_service().label(article, request_id=g.request_id)
    fields = form.fields
    result = result_of(fields.text, answer, codebook=form.codebook, with_none=fields.include_none)
    return _page("home.html", **_form_variables(fields, {}), **result)


@pages.post("/download")
@Operation(
    "download",
    tag="pages",
    body=POSTED_FORM,
    answer=Content("The labelled article, or a sheet of it.", other_media=(CSV,)),
    error_pages=(413, 422, 503),
)
def download() -> Response:
    """The result as a file."""
    form = _parsed_form()
    if form.request is None:
        return _form_with_faults(form)
    file_format = request.form.get("format", "json")
    answer = current_service().label(form.request, request_id=g.request_id)
    if file_format not in SHEETS:
        text = json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
        return _file(text, "standpoint.json", JSON)
    name, make_sheet = SHEETS[file_format]
    return _file(make_sheet(answer), f"standpoint-{name}.csv", CSV)


@pages.get("/models")
@Operation("showModelsPage", tag="pages", answer=PAGE, error_pages=(503,))
def models() -> Response:
    """The models that answer, with their scores and cards."""
    service = current_service()
    champions = service.champions.current()
    cards = [
        card_of(champion, mlflow_url=service.settings.mlflow_url)
        for champion in (champions.stance, champions.sentiment)
        if champion is not None
    ]
    return _page("models.html", cards=cards)


@pages.get("/static/<name>")
def static(name: str) -> Response:
    """A style sheet or script; browsers cache it for good at the address with its version."""
    if name not in assets.MEDIA_TYPES:
        abort(HTTPStatus.NOT_FOUND)
    answer = Response(assets.content_of(name), mimetype=assets.MEDIA_TYPES[name])
    answer.set_etag(assets.version_of(name))
    if request.args.get("v") == assets.version_of(name):
        answer.cache_control.public = True
        answer.cache_control.max_age = assets.MAX_AGE_S
        answer.cache_control.immutable = True
    else:
        answer.cache_control.no_cache = True
    answer.make_conditional(request)
    return answer


def _parsed_form() -> ParsedForm:
    service = current_service()
    service.champions.current()
    # Werkzeug limits form fields to 500 kB; the limit of bodies is enough.
    request.max_form_memory_size = current_app.config["MAX_CONTENT_LENGTH"]
    try:
        file = request.files.get("file")
        return parse_form(
            request.form,
            file=file.read() if file else b"",
            known=service.codebooks,
            max_chars=service.settings.max_article_chars,
        )
    except RequestEntityTooLarge:
        return too_large_form(service.settings.max_body_bytes, codebook=_default_codebook())


def _form_with_faults(form: ParsedForm) -> Response:
    return _page("home.html", status=form.status, **_form_variables(form.fields, form.faults))


def _form_variables(fields: FormFields, faults: Faults) -> dict[str, Any]:
    """The variables of ``form.html``."""
    service = current_service()
    return {
        "fields": fields,
        "faults": faults,
        "codebooks": list(service.codebooks.values()),
        "limits": service.settings,
    }


def _default_codebook() -> str:
    codebooks = current_service().codebooks
    return DEFAULT_CODEBOOK if DEFAULT_CODEBOOK in codebooks else next(iter(codebooks), "")


def _page(template: str, *, status: HTTPStatus = HTTPStatus.OK, **variables: Any) -> Response:
    body = render_template(template, asset_version=assets.version_of, **variables)
    return Response(body, status.value, mimetype=HTML)


def _file(text: str, name: str, mimetype: str) -> Response:
    disposition = f'attachment; filename="{name}"'
    return Response(text, mimetype=mimetype, headers={"Content-Disposition": disposition})


@pages.errorhandler(BundleError)
@pages.errorhandler(EncoderError)
def _no_model(error: StandpointError) -> Response:
    """A 503 page, whether there is no model or one that cannot be loaded."""
    is_there, status = not isinstance(error, NoChampionError), HTTPStatus.SERVICE_UNAVAILABLE
    return _page("unready.html", status=status, is_there=is_there)
