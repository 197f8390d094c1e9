"""The annotated sentences of US news: checked and counted."""

import json
from dataclasses import asdict

from standpoint.cli.output import format_table
from standpoint.errors import CorpusError
from standpoint.settings import project_root
from train.corpora import (
    KNOWN_CORPORA,
    NewsAnnotations,
    count_sentences,
    data_folder,
    load_news_annotations,
    load_news_sentences,
)

NEWS_SENTENCES = "news-sentences"


def _load() -> NewsAnnotations:
    root = project_root()
    codebooks = root / "configs" / "codebooks" / NEWS_SENTENCES
    return load_news_annotations(root / "seeds" / NEWS_SENTENCES, codebooks=codebooks)


def check() -> str:
    """How many sentences fit their codebooks and their texts."""
    annotations = _load()
    fit = (
        f"{NEWS_SENTENCES}: {len(annotations.rows):,} annotations fit their "
        f"{len(annotations.codebooks)} codebooks"
    )
    try:
        data = data_folder()
    except CorpusError as error:
        return f"{fit}; no text was checked.\n{error}"
    loaded = load_news_sentences(annotations, data=data)
    lines = [fit, f"{NEWS_SENTENCES}: {len(loaded.sentences):,} fit their texts"]
    return "\n".join([*lines, loaded.missing] if loaded.missing else lines)


def describe(*, as_json: bool) -> str:
    """The counts of all sentences; no text is needed."""
    annotations = _load()
    rows = [placed.row for placed in annotations.rows]
    counts = count_sentences(row.stances.values() for row in rows)
    totals = {
        "codebooks": len(annotations.codebooks),
        "issues": sum(len(book.issues) for book in annotations.codebooks.values()),
        "sentences": len({row.sha256 for row in rows}),
    }
    if as_json:
        return json.dumps({"corpus": NEWS_SENTENCES, **totals, "annotations": asdict(counts)})
    stances = ("favor", "against", "none")
    header = [*totals, "annotations", "without statement", *stances]
    numbers = [*totals.values(), counts.sentences, counts.without_statement]
    numbers += [counts.statements.get(stance, 0) for stance in stances]
    table = [header, [f"{n:,}" for n in numbers]]
    return (
        f"{NEWS_SENTENCES}, stance. Licence: {KNOWN_CORPORA[NEWS_SENTENCES].licence}.\n\n"
        f"{format_table(table, right=range(len(header)))}"
    )
