"""Loading a codebook of 5,000 actors and 500 issues, and reading articles with it.

    python benchmarks/codebook.py [ARTICLES.jsonl] [--actors N] [--issues N] [--json]

Prints the seconds of `load_codebook` and of the matcher, and how long reading pairs takes with the
large codebook over the same with a small one: medians of runs in turn, all of it in CPU time. What
both find is the same, since the names that were added stand in no text. Without articles, a text
is made up.
"""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

from standpoint.codebook.parsing import load_codebook
from standpoint.codebook.schema import Actor, Issue
from standpoint.codebook.toml import entry_table
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import Article, read_article
from standpoint.text.tokens import words_of

ROUNDS, LOADS, MAX_ARTICLES = 15, 5, 60
SYLLABLES = ("ba", "ke", "lo", "mu", "ra", "si", "to", "vu", "za", "ne")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", type=Path, nargs="?")
    parser.add_argument("--actors", type=int, default=5_000)
    parser.add_argument("--issues", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    articles = articles_of(args.articles)
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.toml", Path(folder) / "large.toml"
        small.write_text(codebook_text(0, 0), "utf-8")
        large.write_text(codebook_text(args.actors, args.issues), "utf-8")
        load = [seconds(lambda: load_codebook(large)) for _ in range(LOADS)]
        book = load_codebook(large)
        plant = [seconds(lambda: MentionMatcher(book)) for _ in range(LOADS)]
        matchers = [MentionMatcher(load_codebook(small)), MentionMatcher(book)]
    found = {
        "first_load_s": load[0],
        "load_s": statistics.median(load),
        "lexicon_s": statistics.median(plant),
        **reading(articles, matchers),
    }
    if args.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name:24} {value:.3f}" for name, value in found.items()))


def reading(articles: list[Article], matchers: list[MentionMatcher]) -> dict[str, float]:
    """Seconds for all articles with each matcher, and the median of the ratios of each round."""
    times: list[list[float]] = [[], []]
    for matcher in matchers:
        read_all(articles, matcher)
    for turn in range(ROUNDS):
        for which in (0, 1) if turn % 2 else (1, 0):
            words_of.cache_clear()
            times[which].append(seconds(lambda: read_all(articles, matchers[which])))  # noqa: B023
    return {
        "small_s": statistics.median(times[0]),
        "large_s": statistics.median(times[1]),
        "large_over_small": statistics.median(b / a for a, b in zip(*times, strict=True)),
    }


def read_all(articles: list[Article], matcher: MentionMatcher) -> int:
    return sum(len(read_pairs(AnnotatedArticle(article, matcher))) for article in articles)


def seconds(work: object) -> float:
    started = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - started


def articles_of(path: Path | None) -> list[Article]:
    if path is None:
        text = (
            "Russia urged Syria on Tuesday to let aid convoys in. Kovac said peace talks can wait. "
        )
        return [read_article(text * 20, id=str(n)) for n in range(MAX_ARTICLES)]
    lines = path.read_text("utf-8").splitlines()[:MAX_ARTICLES]
    return [read_article(json.loads(line)["text"]) for line in lines]


def codebook_text(actors: int, issues: int) -> str:
    """A codebook of two states and an issue, and made-up persons and issues beside them."""
    base = [
        Actor(id="russia", name="Russia", kind="state", aliases=("Moscow",)),
        Actor(id="syria", name="Syria", kind="state", aliases=("Damascus",)),
    ]
    aid = issue_named("aid", ("aid convoys", "peace talks", "chemical weapons", "air strikes"))
    people = [person(number) for number in range(actors)]
    added = [
        issue_named(
            f"issue-{n}", tuple(f"{made_up(n)} {made_up(n + c)} plan" for c in range(1, 13))
        )
        for n in range(issues)
    ]
    head = 'name = "large"\ntitle = "A large codebook"\n'
    tables = [entry_table(a) for a in (*base, *people)] + [entry_table(i) for i in (aid, *added)]
    return "\n".join([head, *tables])


def person(number: int) -> Actor:
    first, last = made_up(number).capitalize(), made_up(number + 3).capitalize() + "ov"
    name = f"{first} {last}"
    aliases = (f"Minister {name}", f"{first} A. {last}", f"President {last} of {first}land")
    return Actor(id=f"person-{number}", name=name, kind="person", aliases=aliases)


def made_up(number: int) -> str:
    digits = f"{number * 7919 % 1_000_000:06d}"
    return "".join(SYLLABLES[int(digit)] for digit in digits[::2] + digits[1::2])


def issue_named(id: str, cues: tuple[str, ...]) -> Issue:
    return Issue(id=id, name=id, favor="It is done.", against="It is not.", cues=cues)


if __name__ == "__main__":
    main()
