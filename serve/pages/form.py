"""What is typed on the page: read into a request, or into faults beside their fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from pydantic import ValidationError

from serve.api import ArticleRequest
from serve.pages.pasted_codebook import faults_of, parse_own, read_own
from standpoint.codebook import Codebook
from standpoint.errors import CodebookError, InputError, TooLongError
from standpoint.text import check_language, check_text
from standpoint.validation import explain, show

DEFAULT_CODEBOOK = "geneva2"
FORCE = "“Read it in any language” under Options"
Faults = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of the form as they were typed."""

    text: str = ""
    codebook: str = ""
    own: str = ""
    min_confidence: str = ""
    include_none: bool = True
    any_language: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a form: a request and its codebook, or faults by field and their status."""

    typed: Typed
    request: ArticleRequest | None = None
    codebook: Codebook | None = None
    faults: Faults = field(default_factory=dict)
    status: HTTPStatus = HTTPStatus.OK


def typed_of(form: Mapping[str, str], *, uploaded: bytes = b"") -> tuple[Typed, Faults]:
    """What was typed, and what is wrong with the file, if one was chosen.

    Browsers send line ends as two characters; they are counted as one, as the text area shows them.
    """
    text = form.get("text", "")
    faults: Faults = {}
    if uploaded:
        try:
            text = uploaded.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            told = f"file: must be a text in UTF-8, got {show(uploaded[error.start :][:4])} in it."
            faults = {"file": [f"{told} Save it as plain text in UTF-8."]}
    typed = Typed(
        text=text.replace("\r\n", "\n"),
        codebook=form.get("codebook", ""),
        own=form.get("own", "").replace("\r\n", "\n"),
        min_confidence=form.get("min_confidence", "").strip(),
        include_none="include_none" in form,
        any_language="any_language" in form,
    )
    return typed, faults


def read_form(
    typed: Typed, faults: Faults, *, known: Mapping[str, Codebook], max_chars: int
) -> Read:
    """A request from what was typed, or every fault of every field.

    Parameters
    ----------
    faults : those that are known already
    """
    told = dict(faults)
    status = _check_article(typed, told, max_chars=max_chars)
    codebook, sent = _codebook(typed, told, known)
    floor = _floor(typed, told)
    if told or codebook is None:
        return Read(typed, faults=told, status=status)
    request = ArticleRequest(
        text=typed.text,
        codebook=sent,
        include_none=typed.include_none,
        any_language=typed.any_language,
        min_confidence=floor,
    )
    return Read(typed, request, codebook)


def too_large(max_bytes: int, *, codebook: str) -> Read:
    """What is said of a form that was too large to read."""
    told = f"article: must be at most {max_bytes:,} bytes with its codebook, got more."
    faults = {"text": [f"{told} Send it in parts."]}
    return Read(Typed(codebook=codebook), faults=faults, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _check_article(typed: Typed, faults: Faults, *, max_chars: int) -> HTTPStatus:
    """Note what is wrong with the text; gives the status of a page with faults."""
    if "file" in faults:
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        check_text(typed.text, where="article", max_chars=max_chars)
        if not typed.any_language:
            check_language(typed.text, where="article", force=FORCE)
    except InputError as error:
        faults["text"] = [str(error)]
        if isinstance(error, TooLongError):
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return HTTPStatus.UNPROCESSABLE_ENTITY


def _codebook(
    typed: Typed, faults: Faults, known: Mapping[str, Codebook]
) -> tuple[Codebook | None, str | dict[str, Any]]:
    """The codebook, and how a request names it."""
    if typed.own.strip():
        try:
            sent = read_own(typed.own)
            return parse_own(sent, source=typed.own), sent
        except CodebookError as error:
            faults["own"] = faults_of(error, source=typed.own)
            return None, ""
    found = known.get(typed.codebook)
    if found is None:
        asked = show(typed.codebook)
        faults["codebook"] = [f"codebook: must be a known one, got {asked}. Choose one, or paste."]
    return found, typed.codebook


def _floor(typed: Typed, faults: Faults) -> float | None:
    if not typed.min_confidence:
        return None
    try:
        floor = float(typed.min_confidence.replace(",", "."))
        ArticleRequest(text="-", min_confidence=floor)
    except ValidationError as error:
        faults["min_confidence"] = [fault.text for fault in explain(error)]
        return None
    except ValueError:
        asked = show(typed.min_confidence)
        faults["min_confidence"] = [f"min_confidence: must be a number from 0 to 1, got {asked}."]
        return None
    return floor
