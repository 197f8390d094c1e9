"""``standpoint codebook``: check a codebook, or draft one from articles."""

import argparse
import textwrap
import tomllib
from pathlib import Path

from standpoint.authoring import CodebookDraft, draft_codebook, slug
from standpoint.cli.article_files import read_articles
from standpoint.cli.label import add_article_argument
from standpoint.cli.output import (
    add_output_arguments,
    check_output,
    plural,
    print_progress,
    write_output,
)
from standpoint.codebook import (
    entry_table,
    load_codebook,
    parse_codebook,
    toml_string,
    with_line,
)
from standpoint.errors import ArticleError, CodebookError, InputError, list_faults
from standpoint.mentions import review_codebook
from standpoint.settings import read_settings
from standpoint.text import ArticleLimits
from standpoint.validation import short_repr

COMMENT_WIDTH = 98  # with "# " before it: the line length of the shipped codebooks


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``codebook check`` and ``codebook draft``."""
    verbs = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    check = verbs.add_parser("check", help="report every fault of a codebook")
    check.add_argument("file")
    draft = verbs.add_parser("draft", help="propose a codebook from articles, for you to edit")
    add_article_argument(draft)
    draft.add_argument("--name", default="draft", help="the codebook's name, draft if left out")
    add_output_arguments(draft)


def run(args: argparse.Namespace) -> int:
    """Check or draft."""
    if args.what == "draft":
        return _draft(args)
    return _check(Path(args.file))


def _check(path: Path) -> int:
    """Report the faults of a codebook; if it has none, its size, warnings and notes."""
    codebook = load_codebook(path)
    review = review_codebook(codebook)
    source = path.read_text("utf-8")
    if review.faults:
        raise CodebookError(list_faults(str(path), [with_line(f, source) for f in review.faults]))
    print(
        f"{codebook.name}: {len(codebook.actors)} actors, {len(codebook.issues)} issues, "
        f"digest {codebook.digest[:16]}"
    )
    for kind, faults in (("warning", review.warnings), ("note", review.notes)):
        for fault in faults:
            print(f"{kind}: {with_line(fault, source)}")
    return 0


def _draft(args: argparse.Namespace) -> int:
    """Draft a codebook; report articles that cannot be read, and use the others."""
    output = check_output(args.output, force=args.force)
    if slug(args.name) != args.name:
        raise InputError(
            f"--name: must be small letters, digits and hyphens, got {short_repr(args.name)}."
        )
    limits = ArticleLimits(read_settings().max_article_chars, any_language=True)
    failures: list[ArticleError] = []
    articles = list(read_articles(args.articles, limits, failures=failures, dated=False))
    if not articles:
        raise InputError("articles: must hold one that can be read, got none.")
    drafted = draft_codebook(articles)
    text = draft_text(drafted, name=args.name, n_articles=len(articles))
    # A draft that `codebook check` refuses must not be written.
    parse_codebook(tomllib.loads(text), where="the draft", source=text)
    write_output(text, output)
    print_progress(
        f"{args.name}: {len(drafted.actors)} actors and {len(drafted.issues)} issues proposed "
        f"from {plural(len(articles), 'article')}. Read and edit them: "
        "say what favor and against mean, add cues, drop what is no actor or no issue."
    )
    return ArticleError.exit_status if failures else 0


def draft_text(drafted: CodebookDraft, *, name: str, n_articles: int) -> str:
    """A draft as the text of a codebook file, with the counts as comments."""
    head = (
        f"# Drafted from {plural(n_articles, 'article')}, to be edited: "
        "every line below is a guess.\n"
        "# The comment above each entry says how often it occurs in them.\n"
        f'name = {toml_string(name)}\ntitle = "TODO: say what the debate is"\n'
    )
    actors = [entry_table(proposal.entry, note=proposal.note) for proposal in drafted.actors]
    issues = [entry_table(proposal.entry, note=proposal.note) for proposal in drafted.issues]
    text = f"Names that recur too, and look like no actors: {', '.join(drafted.others)}."
    lines = textwrap.wrap(text, COMMENT_WIDTH, break_long_words=False, break_on_hyphens=False)
    others = "".join(f"# {line}\n" for line in lines)
    return "\n".join([head, *actors, *issues, *([others] if drafted.others else [])])
