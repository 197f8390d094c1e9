"""Reading articles from text, HTML, JSONL and CSV files, and from standard input."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standpoint.codebook import FindActor
from standpoint.errors import ArticleError
from standpoint.files import read_bytes
from standpoint.text import Article, ArticleLimits, check_date, read_article

STDIN = "-"
TEXT_SUFFIXES = ("", ".txt", ".text", ".md")
ROW_SUFFIXES = (".jsonl", ".csv")
HTML_SUFFIXES = (".html", ".htm")
MAX_SHOWN_CHARS = 40  # of a faulty line, in an error: enough to recognize it


@dataclass(frozen=True, slots=True)
class Authors:
    """Who wrote the articles.

    Attributes
    ----------
    find_actor : finds the author that a row names among the actors of the codebook
    default : id of the author of articles without such a row
    """

    find_actor: FindActor
    default: str | None = None


def read_articles(
    names: list[str],
    limits: ArticleLimits,
    *,
    failures: list[ArticleError],
    authors: Authors | None = None,
    dated: bool = True,
) -> Iterator[Article]:
    """Read every article of the files; those that cannot be read are reported and left out.

    Parameters
    ----------
    failures : gets the error of each article that is left out
    authors : where given, the authors of rows are read, and those in no codebook refused
    dated : read the dates of JSONL rows, and refuse those that are no dates
    """
    author = authors.default if authors else None
    for name in names:
        with _reported(failures):
            if name == STDIN:
                where = "standard input"
                text = decode(sys.stdin.buffer.read(), where=where)
                yield read_article(limits.check(text, where=where), id=where, author=author)
            else:
                rows = RowReader(limits, authors=authors, dated=dated)
                yield from _read(Path(name), rows, failures=failures)


@contextmanager
def _reported(failures: list[ArticleError]) -> Iterator[None]:
    try:
        yield
    except ArticleError as error:
        print(error, file=sys.stderr)
        failures.append(error)


def _read(path: Path, rows: "RowReader", *, failures: list[ArticleError]) -> Iterator[Article]:
    content = read_bytes(path, name="article", error=ArticleError)
    suffix = path.suffix.lower()
    if suffix not in (*TEXT_SUFFIXES, *HTML_SUFFIXES, *ROW_SUFFIXES):
        raise ArticleError(
            f"{path}: must be a .txt, .md, .html, .jsonl or .csv file, got {path.suffix!r}. "
            "Rename it if it holds the plain text of one article."
        )
    text = decode(content, where=str(path))
    if suffix in ROW_SUFFIXES:
        numbered = _csv_rows(text, path) if suffix == ".csv" else _json_lines(text)
        for number, row in numbered:
            with _reported(failures):
                yield rows.read(row, where=f"{path.name}:{number}")
        return
    if suffix in HTML_SUFFIXES:
        text = extract_text(text, where=str(path))
    yield rows.article(text, where=str(path), id=path.stem)


def decode(content: bytes, *, where: str) -> str:
    """Decode UTF-8, with or without a byte-order mark."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{where}: must be UTF-8 text, got the byte 0x{content[error.start]:02x} "
            f"at {error.start}. Is this a binary file, or another encoding?"
        ) from None


def _json_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a JSONL file with their numbers."""
    # Not splitlines: it would also split at separators that a JSON string may contain.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def _csv_rows(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a CSV file by the names of its columns, with the numbers of their lines."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if "text" not in (reader.fieldnames or ()):
        raise ArticleError(
            f"{path}: must have a column named text in its first line, got "
            f"{', '.join(map(repr, reader.fieldnames or ())) or 'no line'}."
        )
    for row in reader:
        yield reader.line_num, {key: value for key, value in row.items() if key and value}


@dataclass(frozen=True, slots=True)
class RowReader:
    """Makes articles of the rows of JSONL and CSV files: text, and id, date and author."""

    limits: ArticleLimits
    authors: Authors | None = None
    dated: bool = True

    def article(self, text: object, *, where: str, id: str) -> Article:
        """The article of a file that holds one."""
        author = self.authors.default if self.authors else None
        return read_article(self.limits.check(text, where=where), id=id, author=author)

    def read(self, row: str | dict[str, Any], *, where: str) -> Article:
        """The article of a line of JSON, or of the fields of a row."""
        fields = _parsed(row, where=where) if isinstance(row, str) else row
        if not isinstance(fields, dict) or "text" not in fields:
            shown = row if isinstance(row, str) else str(row)
            raise ArticleError(
                f"{where}: must be an object with a text, got {shown[:MAX_SHOWN_CHARS]!r}."
            )
        return read_article(
            self.limits.check(fields["text"], where=where),
            id=_read_id(fields, where),
            date=_read_date(fields, where) if self.dated else None,
            author=self._author(fields, where),
        )

    def _author(self, row: dict[str, Any], where: str) -> str | None:
        """The id of the author: of the row, else of all articles."""
        if self.authors is None:
            return None
        author = row.get("author")
        if author is None or (isinstance(author, str) and not author.strip()):
            return self.authors.default
        try:
            return self.authors.find_actor(author)
        except ValueError as error:
            raise ArticleError(f"{where}: author {error}") from None


def _parsed(line: str, *, where: str) -> Any:
    try:
        return json.loads(line)
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
            "Run `make setup`, or install trafilatura and lxml_html_clean."
        ) from None
    text = extract(html, include_comments=False, include_tables=False)
    if not text:
        raise ArticleError(f"{where}: must hold an article, got a page without one.")
    return str(text).replace("\n", "\n\n")  # trafilatura ends paragraphs with one line break
