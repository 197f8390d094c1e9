"""``standpoint codebook``: check a codebook, or draft one from articles."""

import argparse
import sys
import textwrap
import tomllib
from collections.abc import Sequence
from pathlib import Path

from standpoint.authoring import Draft, draft, slug
from standpoint.cli.folders import say
from standpoint.cli.label import read_all
from standpoint.cli.output import check_output, put
from standpoint.codebook import actor_table, issue_table, load_codebook, parse_codebook, toml_string
from standpoint.errors import ArticleError, InputError
from standpoint.settings import read_settings
from standpoint.text import Article, ArticleLimits
from standpoint.validation import show


def run(args: argparse.Namespace) -> int:
    """Check or draft."""
    return check(args) if args.what == "check" else propose(args)


def check(args: argparse.Namespace) -> int:
    """Report every fault, or what is there."""
    codebook = load_codebook(Path(args.file))
    print(
        f"{codebook.name}: {len(codebook.actors)} actors, {len(codebook.issues)} issues, "
        f"digest {codebook.digest[:16]}"
    )
    return 0


def propose(args: argparse.Namespace) -> int:
    """Draft a codebook; an article that cannot be read is reported and the rest are used."""
    output = check_output(args.output, force=args.force)
    if slug(args.name) != args.name:
        raise InputError(
            f"--name: must be small letters, digits and hyphens, got {show(args.name)}."
        )
    articles: list[Article] = []
    status = 0
    limits = ArticleLimits(read_settings().max_article_chars, any_language=True)
    for article in read_all(args.articles, limits, dated=False):
        if isinstance(article, ArticleError):
            print(article, file=sys.stderr)
            status = article.exit_status
        else:
            articles.append(article)
    if not articles:
        raise InputError("articles: must hold one that can be read, got none.")
    drafted = draft(articles)
    text = draft_text(drafted, name=args.name, articles=len(articles))
    parse_codebook(tomllib.loads(text), where="the draft", source=text)
    put(text, output)
    say(
        f"{args.name}: {len(drafted.actors)} actors and {len(drafted.issues)} issues proposed "
        f"from {len(articles)} article{'s' if len(articles) > 1 else ''}. Read and edit them: "
        "say what favor and against mean, add cues, drop what is no actor or no issue."
    )
    return status


def draft_text(drafted: Draft, *, name: str, articles: int) -> str:
    """A draft as a file."""
    of = f"{articles} article{'s' if articles > 1 else ''}"
    head = (
        f"# Drafted from {of}, to be edited: every line below is a guess.\n"
        "# The comment above each entry says how often it stands there.\n"
        f'name = {toml_string(name)}\ntitle = "TODO: say what the debate is"\n'
    )
    actors = [actor_table(told.part, note=told.note) for told in drafted.actors]
    issues = [issue_table(told.part, note=told.note) for told in drafted.issues]
    return "\n".join([head, *actors, *issues, *_others(drafted.others)])


def _others(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    told = f"Names that recur too, and look like no actors: {', '.join(names)}."
    wrapped = textwrap.wrap(told, 98, break_long_words=False, break_on_hyphens=False)
    return ["\n".join(f"# {line}" for line in wrapped) + "\n"]
