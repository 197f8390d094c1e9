"""The form of the page: read into a request, or into faults that are shown beside their fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from pydantic import ValidationError

from serve.api import ArticleRequest
from serve.pages.pasted_codebook import faults_of, parse_pasted, read_pasted
from standpoint.codebook import Codebook, actor_finder
from standpoint.errors import CodebookError, InputError, TooLongError
from standpoint.text import check_language, check_text
from standpoint.validation import short_repr, validation_faults

ANY_LANGUAGE_HINT = "“Read it in any language” under Options"
Faults = dict[str, list[str]]  # by field


@dataclass(frozen=True, slots=True)
class FormFields:
    """The fields of the form as they were sent, to be shown in it again."""

    text: str = ""
    codebook: str = ""
    own: str = ""
    author: str = ""
    min_confidence: str = ""
    include_none: bool = True
    any_language: bool = False


@dataclass(frozen=True, slots=True)
class ParsedForm:
    """A request and its codebook, or faults by field and the status of a page with them."""

    fields: FormFields
    request: ArticleRequest | None = None
    codebook: Codebook | None = None
    faults: Faults = field(default_factory=dict)
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY


def parse_form(
    form: Mapping[str, str], *, file: bytes, known: Mapping[str, Codebook], max_chars: int
) -> ParsedForm:
    """A request from a form, or every fault of every field.

    Parameters
    ----------
    file : the content of the uploaded file, which is read in place of the text; empty if none
    known : the codebooks of the server, by name
    """
    fields, faults = _read_fields(form, file)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if not faults and _is_too_long(fields, faults, max_chars=max_chars):
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    codebook, sent_codebook = _codebook(fields, faults, known)
    min_confidence = _min_confidence(fields, faults)
    author = _author(fields, faults, codebook)
    if faults or codebook is None:
        return ParsedForm(fields, faults=faults, status=status)
    request = ArticleRequest(
        text=fields.text,
        codebook=sent_codebook,
        author=author,
        include_none=fields.include_none,
        any_language=fields.any_language,
        min_confidence=min_confidence,
    )
    return ParsedForm(fields, request, codebook)


def too_large_form(max_bytes: int, *, codebook: str) -> ParsedForm:
    """The fault of a form that was too large to read."""
    fault = f"article: must be at most {max_bytes:,} bytes with its codebook, got more."
    return ParsedForm(
        FormFields(codebook=codebook),
        faults={"text": [f"{fault} Send it in parts."]},
        status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    )


def _read_fields(form: Mapping[str, str], file: bytes) -> tuple[FormFields, Faults]:
    """The fields, and the fault of a file that is no text.

    Browsers send a line end as two characters; it counts as one, as in the text area.
    """
    text = form.get("text", "")
    faults: Faults = {}
    if file:
        try:
            text = file.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            got = short_repr(file[error.start :][:4])
            fault = f"file: must be a text in UTF-8, got {got} in it."
            faults["file"] = [f"{fault} Save it as plain text in UTF-8."]
    fields = FormFields(
        text=text.replace("\r\n", "\n"),
        codebook=form.get("codebook", ""),
        own=form.get("own", "").replace("\r\n", "\n"),
        author=form.get("author", "").strip(),
        min_confidence=form.get("min_confidence", "").strip(),
        include_none="include_none" in form,
        any_language="any_language" in form,
    )
    return fields, faults


def _is_too_long(fields: FormFields, faults: Faults, *, max_chars: int) -> bool:
    """Check the text and add its fault; returns whether it is too long."""
    try:
        check_text(fields.text, where="article", max_chars=max_chars)
        if not fields.any_language:
            check_language(fields.text, where="article", force=ANY_LANGUAGE_HINT)
    except InputError as error:
        faults["text"] = [str(error)]
        return isinstance(error, TooLongError)
    return False


def _codebook(
    fields: FormFields, faults: Faults, known: Mapping[str, Codebook]
) -> tuple[Codebook | None, str | dict[str, Any]]:
    """The pasted codebook or else the chosen one, and what a request has in its place."""
    if fields.own.strip():
        try:
            pasted = read_pasted(fields.own)
            return parse_pasted(pasted, source=fields.own), pasted
        except CodebookError as error:
            faults["own"] = faults_of(error, source=fields.own)
            return None, ""
    codebook = known.get(fields.codebook)
    if codebook is None:
        name = short_repr(fields.codebook)
        faults["codebook"] = [f"codebook: must be a known one, got {name}. Choose one, or paste."]
    return codebook, fields.codebook


def _author(fields: FormFields, faults: Faults, codebook: Codebook | None) -> str | None:
    """The id of the author, an actor of the codebook; None where the field is empty."""
    if not fields.author or codebook is None:
        return None
    try:
        return actor_finder(codebook)(fields.author)
    except ValueError as error:
        faults["author"] = [f"author: {error}"]
        return None


def _min_confidence(fields: FormFields, faults: Faults) -> float | None:
    if not fields.min_confidence:
        return None
    try:
        min_confidence = float(fields.min_confidence.replace(",", "."))
        ArticleRequest(text="-", min_confidence=min_confidence)  # checks its range
    except ValidationError as error:
        faults["min_confidence"] = [fault.text for fault in validation_faults(error)]
        return None
    except ValueError:
        text = short_repr(fields.min_confidence)
        faults["min_confidence"] = [f"min_confidence: must be a number from 0 to 1, got {text}."]
        return None
    return min_confidence
