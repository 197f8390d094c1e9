"""Reading articles from text, HTML and JSONL files, and from standard input."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from standpoint.errors import ArticleError
from standpoint.files import read_bytes
from standpoint.text import Article, ArticleLimits, check_date, read_article

STDIN = "-"
TEXT_SUFFIXES = ("", ".txt", ".text")
HTML_SUFFIXES = (".html", ".htm")
MAX_SHOWN_CHARS = 40  # of a faulty line, in an error: enough to recognize it


def read_articles(
    names: list[str], limits: ArticleLimits, *, failures: list[ArticleError], dated: bool = True
) -> Iterator[Article]:
    """Read every article of the files; those that cannot be read are reported and left out.

    Parameters
    ----------
    failures : gets the error of each article that is left out
    dated : read the dates of JSONL rows, and refuse those that are no dates
    """
    for name in names:
        with _reported(failures):
            if name == STDIN:
                where = "standard input"
                text = decode(sys.stdin.buffer.read(), where=where)
                yield read_article(limits.check(text, where=where), id=where)
            else:
                yield from _read(Path(name), limits, failures=failures, dated=dated)


@contextmanager
def _reported(failures: list[ArticleError]) -> Iterator[None]:
    try:
        yield
    except ArticleError as error:
        print(error, file=sys.stderr)
        failures.append(error)


def _read(
    path: Path, limits: ArticleLimits, *, failures: list[ArticleError], dated: bool
) -> Iterator[Article]:
    content = read_bytes(path, name="article", error=ArticleError)
    suffix = path.suffix.lower()
    if suffix not in (*TEXT_SUFFIXES, *HTML_SUFFIXES, ".jsonl"):
        raise ArticleError(
            f"{path}: must be a .txt, .html or .jsonl file, got {path.suffix!r}. "
            "Rename it if it holds the plain text of one article."
        )
    text = decode(content, where=str(path))
    if suffix == ".jsonl":
        # Not splitlines: it would also split at separators that a JSON string may contain.
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                with _reported(failures):
                    yield _read_row(line, limits, where=f"{path.name}:{number}", dated=dated)
        return
    if suffix in HTML_SUFFIXES:
        text = extract_text(text, where=str(path))
    yield read_article(limits.check(text, where=str(path)), id=path.stem)


def decode(content: bytes, *, where: str) -> str:
    """Decode UTF-8, with or without a byte-order mark."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{where}: must be UTF-8 text, got the byte 0x{content[error.start]:02x} "
            f"at {error.start}. Is this a binary file, or another encoding?"
        ) from None


def _read_row(line: str, limits: ArticleLimits, *, where: str, dated: bool) -> Article:
    try:
        row = json.loads(line)
        if not isinstance(row, dict) or "text" not in row:
            raise ArticleError(
                f"{where}: must be an object with a text, got {line[:MAX_SHOWN_CHARS]!r}."
            )
        article_text = limits.check(row["text"], where=where)
        date = _read_date(row, where) if dated else None
        return read_article(article_text, id=_read_id(row, where), date=date)
    except (json.JSONDecodeError, RecursionError) as error:
        fault = str(error) if isinstance(error, ValueError) else "too deep a nesting"
        raise ArticleError(f"{where}: must be JSON, got {fault}.") from None


def _read_id(row: dict[str, Any], where: str) -> str:
    id = row.get("id")
    if id is None:
        return where
    if not isinstance(id, str | int) or isinstance(id, bool):
        raise ArticleError(f"{where}: id must be a string, got {id!r}.")
    return str(id)


def _read_date(row: dict[str, Any], where: str) -> str | None:
    try:
        return check_date(row.get("date"))
    except ValueError as error:
        raise ArticleError(f"{where}: date {error}") from None


def extract_text(html: str, *, where: str) -> str:
    """The main text of a web page, without menus, comments and tables."""
    try:
        from trafilatura import extract
    except ImportError:
        raise ArticleError(
            f"{where}: a web page must be read with trafilatura, got no such package. "
            "Run make setup, or install trafilatura and lxml_html_clean."
        ) from None
    text = extract(html, include_comments=False, include_tables=False)
    if not text:
        raise ArticleError(f"{where}: must hold an article, got a page without one.")
    return str(text).replace("\n", "\n\n")  # trafilatura ends paragraphs with one line break
