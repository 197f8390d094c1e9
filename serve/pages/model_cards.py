"""A champion as the page of models shows it: its data, its scores and its card."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from serve.api import model_card
from serve.pages.markdown import html_of
from standpoint.model import CARD, Champion

MAX_CARD_BYTES = 40_000  # a card is a page or two; a longer one is cut: `[` nests in quadratic time
# After a score's name: the bounds of its 95% interval, and the score of the majority baseline.
SUFFIXES = ("low", "high", "majority", "majority_by_issue")
SUBSETS = {  # the last part of a score's key; empty for all rows
    "": "all rows",
    "clean": "rows without a copy or near copy in the training data",
    "unrepeated": "rows without an exact copy in the training data",
    "cued": "the issue is named in the sentence",
    "implied": "the issue is not named in the sentence",
    "seen_issue": "issues that occur in the training data",
    "unseen_issue": "issues that do not occur in the training data",
    "seen_actor": "actors that occur in the training data",
    "unseen_actor": "actors that do not occur in the training data",
}
MEANINGS = {
    "f1_macro": "mean of the F1 of every label; 1 is best",
    "f1_micro": "F1 over all labels together; 1 is best",
    "accuracy": "share of correct labels; 1 is best",
    "average_recall": "mean of the recall of every label; 1 is best",
    "f1_favor_against": "mean of the F1 of favor and of against (SemEval-2016 Task 6); 1 is best",
    "f1_macro_five": "mean of the F1 of DSE’s five classes; 1 is best",
    "brier": "Brier score: squared error of the probabilities; 0 is best",
    "ece": "expected calibration error: confidence against accuracy; 0 is best",
    "aurc": "area under the risk-coverage curve; 0 is best",
    "risk_at_80": "error rate among the most confident 80%; 0 is best",
}


@dataclass
class Score:
    """A score with its confidence interval, and the score of the majority label."""

    name: str
    meaning: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    majority: float | None = None


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The scores of a split, or of a subset of its rows, and the number of rows."""

    split: str
    subset: str
    n_rows: int | None
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A champion as the page shows it; only a promoted one has a run in the MLflow UI."""

    manifest: Mapping[str, Any]
    title: str
    features: str
    corpora: tuple[Mapping[str, Any], ...]
    score_tables: tuple[ScoreTable, ...]
    text: Markup | None
    run_url: str | None


def card_of(champion: Champion, *, mlflow_url: str) -> Card:
    """A champion from its entry in ``GET /v1/model`` and the Markdown card in its bundle."""
    manifest = model_card(champion)
    corpus = manifest["corpus"]
    return Card(
        manifest=manifest,
        title=_title(champion),
        features=_features_in_words(manifest["features"]),
        corpora=(corpus, *corpus.get("also", ())),
        score_tables=tuple(tables_of(manifest["scores"])),
        text=_card_html(champion.served.folder / CARD),
        run_url=run_url(mlflow_url, manifest["run_id"]) if champion.version else None,
    )


def _title(champion: Champion) -> str:
    """The task, and which model it is; a named bundle's path is not shown."""
    task = champion.model.task.capitalize()
    if champion.name == "bundle":
        return f"{task}, a bundle that was named"
    return f"{task}, {champion.served.description}"


def _features_in_words(features: Mapping[str, Any]) -> str:
    match features["kind"]:
        case "ngrams":
            return (
                "n-grams of words and characters, and their position relative to holder and target"
            )
        case "encoder":
            layers = ", ".join(map(str, features["layers"]))
            return f"an encoder’s vectors (layers {layers}) of sentence, holder and target"
        case "judge":
            return (
                "an encoder that reads the sentence, the one before it and the issue’s words; "
                f"where its first {features['split']} layers see no bearing, it stops there"
            )
        case "mixture":
            weights = ", ".join(f"{part['weight']:g}" for part in features["parts"])
            return f"the mean of {len(features['parts'])} models (weights {weights})"
        case _:
            return "nothing: it always predicts the most frequent label"


def run_url(mlflow_url: str, run_id: str) -> str:
    """The address of a run in the MLflow UI; it needs no experiment id.

    >>> run_url("http://127.0.0.1:5000/", "4b79")
    'http://127.0.0.1:5000/#/runs/4b79'
    """
    return f"{mlflow_url.rstrip('/')}/#/runs/{quote(run_id, safe='')}"


def _card_html(path: Path) -> Markup | None:
    try:
        with path.open("rb") as file:
            source = file.read(MAX_CARD_BYTES).decode("utf-8", "replace")
    except OSError:
        return None
    return html_of(source, top_level=4)


def tables_of(scores: Mapping[str, float]) -> Iterator[ScoreTable]:
    """Scores by split and subset, in their order."""
    groups: dict[tuple[str, str], dict[str, Score]] = {}
    counts: dict[tuple[str, str], int] = {}
    for key, value in scores.items():
        split, subset, name, suffix = split_key(key)
        if name == "n":
            counts[split, subset] = round(value)
            continue
        score = groups.setdefault((split, subset), {}).setdefault(name, Score(name, _meaning(name)))
        if suffix in ("", "low", "high", "majority"):
            setattr(score, suffix or "value", value)
    for (split, subset), by_name in groups.items():
        complete = tuple(score for score in by_name.values() if score.value is not None)
        n_rows = counts.get((split, subset))
        yield ScoreTable(split, SUBSETS.get(subset, subset), n_rows, complete)


def split_key(key: str) -> tuple[str, str, str, str]:
    """The split, subset, score name and suffix of a key of the manifest's scores.

    >>> split_key("test.f1.favor"), split_key("test.f1_macro.low.clean")
    (('test', '', 'f1.favor', ''), ('test', 'clean', 'f1_macro', 'low'))
    """
    split, *rest = key.split(".")
    subset = rest.pop() if len(rest) > 1 and rest[-1] in SUBSETS else ""
    suffix = rest.pop() if len(rest) > 1 and rest[-1] in SUFFIXES else ""
    return split, subset, ".".join(rest), suffix


def _meaning(name: str) -> str:
    if name.startswith("f1."):
        return f"F1 of {name[3:]}; 1 is best"
    return MEANINGS.get(name, "")
