"""Where the time goes when a corpus is labelled: encoder, heads, and all the rest.

    STANDPOINT_DATA=... python benchmarks/labelling.py [--articles 799] [--codebook NAME] [--json]

Labels the articles of `fakes/` with the champions, one after another on one thread. `rest` is what
neither the encoder nor the heads took. Most of these articles name no issue of the codebook, and no
sentence of theirs is read by the encoder at all; so the rest is also given as a share of what one
reading of every sentence by the encoder takes, measured on every tenth article.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from standpoint.cli.folders import find_codebook, models_dir
from standpoint.labeling.labeler import Labeler
from standpoint.mentions.matcher import MentionMatcher
from standpoint.model.encoder import Encoder
from standpoint.model.linear import LinearModel
from standpoint.model.registry import load_champions
from standpoint.text.article import read_article
from train.corpora.catalog import data_folder


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=799)
    parser.add_argument("--codebook", default="geneva2")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    lines = (data_folder() / "fakes" / "articles.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines][: args.articles]
    told = measure([text for text in texts if text.strip()], args.codebook)
    print(json.dumps(told) if args.json else "\n".join(f"{k}: {v}" for k, v in told.items()))


def measure(texts: list[str], codebook: str) -> dict[str, Any]:
    champions = load_champions(models_dir())
    matcher = MentionMatcher(find_codebook(codebook))
    spent: dict[str, float] = defaultdict(float)
    Encoder.encode = _timed(Encoder.encode, spent, "encoder")
    LinearModel.predict_proba = _timed(LinearModel.predict_proba, spent, "heads")
    n_statements = n_silent = 0
    labeler = Labeler.of_champions(champions)
    labeler.label(read_article("Lavrov wants Iran at the table."), matcher)  # warm up
    spent.clear()
    started = time.perf_counter()
    for text in texts:
        found = labeler.label(read_article(text), matcher)
        n_statements += len(found.statements)
        n_silent += not found.statements
    total = time.perf_counter() - started
    encoder, heads = spent["encoder"], spent["heads"]
    rest = total - encoder - heads
    one_reading = _one_reading(texts, champions.encoder)
    return {
        "articles": len(texts),
        "statements": n_statements,
        "articles_without_statements": n_silent,
        "seconds": round(total, 2),
        "encoder": round(encoder / total, 3),
        "heads": round(heads / total, 3),
        "rest": round(rest / total, 3),
        "rest_ms_per_article": round(1000 * rest / len(texts), 2),
        "rest_of_one_reading_of_every_sentence": round(rest / one_reading, 3),
    }


def _one_reading(texts: list[str], encoder: Encoder | None) -> float:
    assert encoder is not None
    sentences = [s.text for text in texts[::10] for s in read_article(text).sentences]
    started = time.perf_counter()
    for sentence in sentences:
        encoder.encode(sentence, layers=(2, 4, 6))
    return (time.perf_counter() - started) * len(texts) / len(texts[::10])


def _timed(call: Callable[..., Any], spent: dict[str, float], name: str) -> Callable[..., Any]:
    def timed(*args: Any, **options: Any) -> Any:
        started = time.perf_counter()
        try:
            return call(*args, **options)
        finally:
            spent[name] += time.perf_counter() - started

    return timed


if __name__ == "__main__":
    main()
