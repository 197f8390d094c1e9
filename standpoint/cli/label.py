"""``standpoint label``: articles in, statements and tables out."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from standpoint.cli.folders import codebook_named, say
from standpoint.cli.text_tables import table_of
from standpoint.errors import ArticleError, InputError
from standpoint.settings import read_settings
from standpoint.text import Article, ArticleLimits, check_date, read_article

STDIN = "-"
DEFAULT_CODEBOOK = "geneva2"
TEXT_ENDINGS = ("", ".txt", ".text")


def run(args: argparse.Namespace) -> int:
    """Label every article; a bad one is reported and the rest go on."""
    from standpoint.labeling import Labeler, answer
    from standpoint.mentions import MentionMatcher
    from standpoint.model import load_champions

    settings = read_settings()
    floor = confidence_floor(args.min_confidence, settings.min_confidence)
    if args.codebook is None:
        say(f"--codebook: none was named, taking {DEFAULT_CODEBOOK}.")
    matcher = MentionMatcher(codebook_named(args.codebook or DEFAULT_CODEBOOK))
    champions = load_champions(settings.models_dir)
    labeler = Labeler.of_champions(champions, min_confidence=floor, pooling=settings.pooling)
    status = 0
    answers: list[dict[str, Any]] = []
    limits = ArticleLimits(settings.max_article_chars, any_language=args.any_language)
    for article in read_all(args.articles, limits):
        if isinstance(article, ArticleError):
            print(article, file=sys.stderr)
            status = article.exit_status
            continue
        labeled = labeler.label(article, matcher, include_none=args.include_none)
        if args.format == "jsonl":
            print(json.dumps(answer(labeled, champions), ensure_ascii=False), flush=True)
        elif args.format == "table":
            print(table_of(labeled), flush=True)
        else:
            answers.append(answer(labeled, champions))
    if args.format == "json" and answers:
        alone = len(args.articles) == 1 and not args.articles[0].endswith(".jsonl")
        shown: Any = answers[0] if alone else answers
        print(json.dumps(shown, ensure_ascii=False, indent=2))
    return status


def confidence_floor(given: float | None, default: float) -> float:
    """What ``--min-confidence`` asks for, from 0 to 1; the setting where it is left out."""
    if given is None:
        return default
    if not 0 <= given <= 1:
        raise InputError(f"--min-confidence: must be from 0 to 1, got {given}.")
    return given


def read_all(
    names: list[str], limits: ArticleLimits, *, dated: bool = True
) -> Iterator[Article | ArticleError]:
    """Every article of the files named; what cannot be read comes as its error.

    Parameters
    ----------
    dated : read dates too, and refuse those that are none
    """
    for name in names:
        try:
            yield from _read(name, limits, dated=dated)
        except ArticleError as error:
            yield error


def _read(name: str, limits: ArticleLimits, *, dated: bool) -> Iterator[Article | ArticleError]:
    if name == STDIN:
        where = "standard input"
        text = decode(sys.stdin.buffer.read(), where=where)
        yield read_article(limits.check(text, where=where), id=where)
        return
    path = Path(name)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise ArticleError(f"{path}: the article must exist, got no such file.") from None
    except OSError as error:
        raise ArticleError(f"{path}: must be a readable file, got {error.strerror}.") from None
    if path.suffix.lower() not in (*TEXT_ENDINGS, ".html", ".htm", ".jsonl"):
        raise ArticleError(
            f"{path}: must be a .txt, .html or .jsonl file, got {path.suffix!r}. "
            "Rename it if it holds the plain text of one article."
        )
    text = decode(content, where=str(path))
    if path.suffix.lower() == ".jsonl":
        yield from _lines(text, path, limits, dated=dated)
        return
    if path.suffix.lower() in (".html", ".htm"):
        text = main_text(text, where=str(path))
    yield read_article(limits.check(text, where=str(path)), id=path.stem)


def decode(content: bytes, *, where: str) -> str:
    """UTF-8, with or without a byte-order mark."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{where}: must be UTF-8 text, got the byte 0x{content[error.start]:02x} "
            f"at {error.start}. Is this a binary file, or another encoding?"
        ) from None


def _lines(
    text: str, path: Path, limits: ArticleLimits, *, dated: bool
) -> Iterator[Article | ArticleError]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path.name}:{number}"
        try:
            row = json.loads(line)
            if not isinstance(row, dict) or "text" not in row:
                raise ArticleError(f"{where}: must be an object with a text, got {line[:40]!r}.")
            words = limits.check(row["text"], where=where)
            date = _date(row, where) if dated else None
            yield read_article(words, id=_id(row, where), date=date)
        except (json.JSONDecodeError, RecursionError) as error:
            told = str(error) if isinstance(error, ValueError) else "too deep a nesting"
            yield ArticleError(f"{where}: must be JSON, got {told}.")
        except ArticleError as error:
            yield error


def _id(row: dict[str, Any], where: str) -> str:
    found = row.get("id")
    if found is None:
        return where
    if not isinstance(found, str | int) or isinstance(found, bool):
        raise ArticleError(f"{where}: id must be a string, got {found!r}.")
    return str(found)


def _date(row: dict[str, Any], where: str) -> str | None:
    try:
        return check_date(row.get("date"))
    except ValueError as error:
        raise ArticleError(f"{where}: date {error}") from None


def main_text(html: str, *, where: str) -> str:
    """The article of a web page, without its menus."""
    try:
        from trafilatura import extract
    except ImportError:
        raise ArticleError(
            f"{where}: a web page must be read with trafilatura, got no such package. "
            "Run make setup, or install trafilatura and lxml_html_clean."
        ) from None
    found = extract(html, include_comments=False, include_tables=False)
    if not found:
        raise ArticleError(f"{where}: must hold an article, got a page without one.")
    return str(found).replace("\n", "\n\n")
