"""What the reader makes of the seeds: pairs, records and candidates, in one order.

``python -m tests.golden.reading NAME`` prints them for a codebook, one JSON object a line. To see
what a change moved, print them with and without it (``git stash``) and compare.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

from standpoint.codebook.parsing import load_codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import Pair, read_pairs
from standpoint.labeling.offsets import normalize_article
from standpoint.mentions.mention import CueMention
from standpoint.model.pairs import Name
from standpoint.text.article import Span
from tests.golden.expected_files import CODEBOOKS, SEEDS, digest_of
from train.articles.error_stages import candidates_of, comentioned_candidates
from train.articles.gold import GoldArticle, seed_articles
from train.corpora.io import read_json_rows
from train.corpora.record import Record
from train.corpora.seeds import SeedArticle, Seeds, seed_corpus

NAMES = tuple(sorted(path.stem for path in SEEDS.glob("*.jsonl")))
FEW = ("geneva2", "night-trains", "peace-accord", "sea-migration", "wolf-cull")


def seeds_of(name: str) -> Seeds:
    """The seeds of one codebook."""
    faults: list[str] = []
    file = SEEDS / f"{name}.jsonl"
    rows = [row for _, row in read_json_rows(file, SeedArticle, name=file.name, faults=faults)]
    assert not faults, faults
    return Seeds(tuple(rows), {name: load_codebook(CODEBOOKS / f"{name}.toml")})


def span_as_list(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def names_as_lists(names: tuple[Name, ...]) -> list[Any]:
    return [[span_as_list(name.span), name.kind, name.who] for name in names]


def _cue_as_list(cue: CueMention | None) -> list[Any] | None:
    return None if cue is None else [cue.issue, cue.pole, span_as_list(cue.span), cue.sentence]


def pair_fields(pair: Pair) -> dict[str, Any]:
    """Everything that a pair says of itself, and what a model reads of it."""
    text = pair.text()
    return {
        "sentence": [pair.sentence.index, span_as_list(pair.sentence.span), pair.sentence.text],
        "holder": [pair.holder, span_as_list(pair.holder_span)],
        "issue": pair.issue,
        "cue": _cue_as_list(pair.cue),
        "kind": pair.kind,
        "reporter": pair.reporter,
        "attributed_by": pair.attributed_by,
        "names": names_as_lists(pair.names),
        "topic": pair.topic,
        "pole": pair.pole,
        "read": [
            span_as_list(text.holder),
            span_as_list(text.target),
            text.topic,
            text.holder_name,
        ],
    }


def record_fields(record: Record) -> dict[str, Any]:
    """A labelled pair as the corpus has it."""
    plain = ("id", "text", "label", "group", "issue", "actor", "date", "stratum", "split")
    return {
        **{name: getattr(record, name) for name in plain},
        "holder": record.holder,
        "target": record.target,
        "tags": list(record.tags),
        "names": names_as_lists(record.names),
    }


def _candidates(gold: GoldArticle) -> Iterator[dict[str, Any]]:
    for which, found in (("read", candidates_of(gold)), ("baseline", comentioned_candidates(gold))):
        for one in found:
            fields = {"read": one.is_predicted, "gold": one.gold, "cause": one.error_stage}
            yield {"article": gold.article.id, "of": which, **fields, "pair": pair_fields(one.pair)}


def _printed(gold: GoldArticle) -> Iterator[dict[str, Any]]:
    plain = normalize_article(gold.article)
    for pair in read_pairs(AnnotatedArticle(plain.article, gold.matcher)):
        yield {"article": gold.article.id, "pair": pair_fields(plain.in_original(pair))}


def reading_rows(name: str) -> dict[str, list[dict[str, Any]]]:
    """Everything that is read of a codebook's seeds."""
    seeds = seeds_of(name)
    golds = seed_articles(seeds)
    return {
        "candidates": [row for gold in golds for row in _candidates(gold)],
        "printed": [row for gold in golds for row in _printed(gold)],
        "stance": [record_fields(r) for r in seed_corpus(seeds, task="stance").records],
        "sentiment": [record_fields(r) for r in seed_corpus(seeds, task="sentiment").records],
    }


def reading_digests(name: str) -> dict[str, dict[str, Any]]:
    """Counts and digests of everything that is read of a codebook's seeds."""
    rows_by_list = reading_rows(name)
    return {key: {"n": len(rows), "sha256": digest_of(rows)} for key, rows in rows_by_list.items()}


def main(names: list[str]) -> None:
    """Print the rows of codebooks as JSON lines."""
    unknown = sorted(set(names) - set(NAMES))
    if unknown or not names:
        raise SystemExit(
            f"NAME: must be a codebook of the seeds, got {', '.join(unknown) or None}."
        )
    for name in names:
        for key, rows in reading_rows(name).items():
            for row in rows:
                line = {"codebook": name, "list": key, **row}
                print(json.dumps(line, ensure_ascii=False, sort_keys=True))


if __name__ == "__main__":
    main(sys.argv[1:])
