"""``standpoint label``: label articles, as a table or as JSON."""

import argparse
import json

from standpoint.cli.article_files import ROW_SUFFIXES, Authors, read_articles
from standpoint.cli.folders import find_codebook
from standpoint.cli.output import check_range, format_table, print_progress
from standpoint.codebook import FindActor, actor_finder, lineage
from standpoint.errors import ArticleError, InputError
from standpoint.labeling import Labeler, LabelingResult, answer
from standpoint.mentions import MentionMatcher
from standpoint.model import SHIPPED_NAMES, load_champions
from standpoint.settings import read_settings
from standpoint.text import ArticleLimits

DEFAULT_CODEBOOK = "geneva2"
LEGEND = "* counts members   ? the model declines   – takes no side   · never brought together"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``label``."""
    add_article_argument(parser)
    parser.add_argument(
        "--codebook", help="a file, or the name of one in configs/codebooks (geneva2)"
    )
    parser.add_argument(
        "--author",
        metavar="ACTOR",
        help="whose text it is, where the text does not say so: id, name or alias of an actor",
    )
    parser.add_argument(
        "--model",
        metavar="NAME",
        help=f"a shipped model ({' or '.join(SHIPPED_NAMES)}) or a bundle's folder; by default the "
        "promoted champion, else the first shipped model that is there",
    )
    parser.add_argument("--format", choices=("table", "json", "jsonl"), default="table")
    parser.add_argument("--min-confidence", type=float, help="abstain below it, 0 to 1")
    parser.add_argument(
        "--include-none", action="store_true", help="also show actors that take no side"
    )
    parser.add_argument(
        "--any-language", action="store_true", help="also read articles that are not in English"
    )


def add_article_argument(parser: argparse.ArgumentParser) -> None:
    """Add the files of articles."""
    parser.add_argument(
        "articles",
        nargs="+",
        metavar="ARTICLE",
        help="a .txt, .md, .html, .jsonl or .csv file, or - for standard input",
    )


def run(args: argparse.Namespace) -> int:
    """Label every article; report those that cannot be read, and go on."""
    settings = read_settings()
    min_confidence = confidence_floor(args.min_confidence, settings.min_confidence)
    if args.codebook is None:
        print_progress(f"--codebook: none was named, taking {DEFAULT_CODEBOOK}.")
    matcher = MentionMatcher(find_codebook(args.codebook or DEFAULT_CODEBOOK))
    champions = load_champions(settings.models_dir, model=args.model or settings.model)
    failures: list[ArticleError] = []
    answers = []
    labeler = Labeler.of_champions(
        champions, min_confidence=min_confidence, pooling=settings.pooling
    )
    limits = ArticleLimits(settings.max_article_chars, any_language=args.any_language)
    find_actor = actor_finder(matcher.codebook)
    authors = Authors(find_actor, author_option(args.author, find_actor))
    for article in read_articles(args.articles, limits, failures=failures, authors=authors):
        labeled = labeler.label(article, matcher, include_none=args.include_none)
        if args.format == "jsonl":
            print(json.dumps(answer(labeled, champions), ensure_ascii=False), flush=True)
        elif args.format == "table":
            print(stance_table(labeled), flush=True)
            for note in labeled.notes:
                print_progress(f"{article.id}: {note.message}")
        else:
            answers.append(answer(labeled, champions))
    if answers:
        # One article is one object; several files, or the rows of a JSONL or CSV file, are a list.
        is_single = len(args.articles) == 1 and not args.articles[0].endswith(ROW_SUFFIXES)
        print(json.dumps(answers[0] if is_single else answers, ensure_ascii=False, indent=2))
    return ArticleError.exit_status if failures else 0


def author_option(option: str | None, find_actor: FindActor) -> str | None:
    """The id of the actor that ``--author`` names; None where it is left out."""
    try:
        return None if option is None else find_actor(option)
    except ValueError as error:
        raise InputError(f"--author: {error}") from None


def confidence_floor(option: float | None, default: float | None) -> float | None:
    """The value of ``--min-confidence``, from 0 to 1; the default where it is left out."""
    check_range("--min-confidence", option, lowest=0, highest=1)
    return default if option is None else option


def stance_table(labeled: LabelingResult) -> str:
    """Actors down, issues across, with the stance and its confidence in each cell."""
    codebook = labeled.codebook
    issues = [i for i in codebook.issues if any(row.issue == i.id for row in labeled.stances)]
    actors = [a for a in codebook.actors if any(row.actor == a.id for row in labeled.stances)]
    title = f"{labeled.article.id}: {codebook.title}"
    if not actors:
        return f"{title}\n  no stance found"
    parents = codebook.parents()
    in_statement = {
        (actor, statement.pair.issue)
        for statement in labeled.statements
        for actor in lineage(statement.pair.holder, parents)
    }
    stances = {(row.actor, row.issue): row for row in labeled.stances}

    def cell(actor: str, issue: str) -> str:
        row = stances.get((actor, issue))
        if row is None or row.stance == "none":
            return "–" if (actor, issue) in in_statement else "·"
        if row.stance == "abstained":
            return "?"
        return f"{row.stance} {row.confidence:.2f}{'*' if row.via else ''}"

    rows = [[actor.name, *(cell(actor.id, issue.id) for issue in issues)] for actor in actors]
    rows.insert(0, ["", *(issue.id for issue in issues)])
    return "\n".join([title, "", format_table(rows), "", LEGEND])
