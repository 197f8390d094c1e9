"""Holders found in the seeds, by how they are named, and how often titles and pronouns are right.

    python benchmarks/mentions.py [CODEBOOK ...] [--missed] [--show 60 --seed 1]

Recall is over the annotated holder spans: found where a mention of that actor overlaps the span.
Of the mentions that are no names, three shares tell of precision: those on an annotated span whose
actor is the annotated one; those in annotated sentences whose actor is a holder there (a lower
bound, since an actor may be named without taking part); and what a reader of ``--show`` finds.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standpoint.codebook.parsing import load_codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.lexicon.roles import TITLES
from standpoint.mentions.matcher import MentionMatcher
from standpoint.mentions.mention import ActorMention
from standpoint.text.article import Article, Span, read_article
from standpoint.text.tokens import words_of

ROOT = Path(__file__).resolve().parent.parent
PRONOUNS = frozenset(
    "he she it they him her them his hers its their theirs i me my we us our you your".split()
)


@dataclass(frozen=True)
class Read:
    """An annotated article as the reader sees it."""

    row: dict[str, Any]
    article: Article
    mentions: list[ActorMention]

    def at(self, span: Span) -> list[ActorMention]:
        """Mentions that share a character with a span."""
        return [m for m in self.mentions if m.span.overlaps(span)]

    def context(self, span: Span) -> str:
        """The sentence of a span and the one before."""
        here = next(s.index for s in self.article.sentences if s.span.overlaps(span))
        before = self.article.sentences[here - 1].text if here else ""
        return f"    << {before}\n    >> {self.article.sentences[here].text}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("codebooks", nargs="*")
    parser.add_argument("--missed", action="store_true", help="print the holders not found")
    parser.add_argument("--show", type=int, default=0, help="print so many titles and pronouns")
    parser.add_argument("--wrong", action="store_true", help="print mentions of another actor")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    reads = list(read_seeds(args.codebooks))
    tell_recall(reads, missed=args.missed)
    tell_precision(reads, wrong=args.wrong)
    show(reads, count=args.show, seed=args.seed)


def read_seeds(names: list[str]) -> Iterator[Read]:
    for path in sorted((ROOT / "seeds").glob("*.jsonl")):
        if names and path.stem not in names:
            continue
        matcher = MentionMatcher(load_codebook(ROOT / "configs/codebooks" / f"{path.stem}.toml"))
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            article = read_article(row["text"])
            yield Read(row, article, AnnotatedArticle(article, matcher).mentions)


def holders(row: dict[str, Any]) -> Iterator[tuple[str, Span]]:
    for statement in row["statements"]:
        span = statement["holder_span"]
        if span is not None:
            yield statement["holder"], Span(span["start"], span["end"])


def way_of_naming(words: str) -> str:
    keys = [word.key for word in words_of(words)]
    if keys[0] in PRONOUNS:
        return "pronoun" if len(keys) == 1 else "possessive phrase"
    if keys[-1] in TITLES:
        return "title"
    named = any(word[0].isupper() for word in words.split() if word.casefold() != "the")
    return "name" if named else "other"


def tell_recall(reads: list[Read], *, missed: bool) -> None:
    found: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for read in reads:
        for holder, span in holders(read.row):
            way = way_of_naming(span.of(read.article.text))
            hit = any(m.actor == holder for m in read.at(span))
            asked[way] += 1
            found[way] += hit
            if missed and not hit:
                words = span.of(read.article.text)
                print(f"[{words}] {holder} {read.row['id']}\n{read.context(span)}")
    print("holder spans found")
    for way in (*sorted(asked), None):
        n, of = (found[way], asked[way]) if way else (found.total(), asked.total())
        print(f"  {way or 'all':18} {n:5} of {of:5}  {n / of:.3f}")


def tell_precision(reads: list[Read], *, wrong: bool) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for read in reads:
        gold = list(holders(read.row))
        annotated = annotations(read)
        for mention in read.mentions:
            count = counts[mention.how]
            count["all"] += 1
            on = {holder for holder, span in gold if mention.span.contains(span)}
            if on:
                count["on a span"] += 1
                count["right there"] += mention.actor in on
                if wrong and mention.actor not in on and mention.how != "name":
                    tell(read, mention, f"not {on}")
            if mention.sentence in annotated:
                here, cues = annotated[mention.sentence]
                there = mention.actor in here or any(c.overlaps(mention.span) for c in cues)
                count["in annotated sentences"] += 1
                count["holder there"] += there
                if wrong and not there and mention.how != "name":
                    tell(read, mention, "no holder")
    for how, count in sorted(counts.items()):
        print(
            f"{how:8} {count['all']:5}; on an annotated span {count['on a span']:4}, right "
            f"{share(count['right there'], count['on a span'])}; in annotated sentences "
            f"{count['in annotated sentences']:4}, holder there "
            f"{share(count['holder there'], count['in annotated sentences'])}"
        )


def annotations(read: Read) -> dict[int, tuple[set[str], list[Span]]]:
    """The holders and the cues annotated in each sentence."""
    found: dict[int, tuple[set[str], list[Span]]] = {}
    for statement in read.row["statements"]:
        sentence = read.article.sentence_at(statement["evidence"]["start"])
        if sentence is None:
            continue
        here, cues = found.setdefault(sentence.index, (set(), []))
        here.add(statement["holder"])
        if (cue := statement["cue"]) is not None:
            cues.append(Span(cue["start"], cue["end"]))
    return found


def tell(read: Read, mention: ActorMention, why: str) -> None:
    words = mention.span.of(read.article.text)
    print(f"[{words}] -> {mention.actor}, {why}\n{read.context(mention.span)}")


def share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def show(reads: list[Read], *, count: int, seed: int) -> None:
    new = [(read, m) for read in reads for m in read.mentions if m.how != "name"]
    chosen = random.Random(seed).sample(new, min(count, len(new)))
    for number, (read, mention) in enumerate(chosen, 1):
        words = mention.span.of(read.article.text)
        print(f"{number}. [{words}] {mention.how} -> {mention.actor} ({read.row['id']})")
        print(read.context(mention.span))


if __name__ == "__main__":
    main()
