"""The benchmark page: scores of our runs beside published scores, as Markdown tables."""

from collections.abc import Iterator, Mapping, Sequence
from math import isnan
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from standpoint.errors import ConfigError
from standpoint.files import read_toml
from standpoint.validation import validation_message
from train.config import Strict

BEGIN = "<!-- written by `make benchmarks`: begin -->"
END = "<!-- written by `make benchmarks`: end -->"

CONFIG_PATH = "configs/runs/benchmarks/{}.toml"


class ShownRows(Strict):
    """A line of the table: a split of test, or a subset of it."""

    name: str
    split: str
    subset: str = ""


class Published(Strict):
    """A published system with a score for each of the shown rows; nan where there is none."""

    system: str
    scores: tuple[float, ...]
    source: str


class BenchmarkSet(Strict):
    """A section of the page: a data set with its rows and its published scores."""

    corpus: str
    title: str
    metric: str
    definition: str
    protocol: str
    note: str = ""
    rows: tuple[ShownRows, ...] = Field(min_length=1)
    published: tuple[Published, ...] = ()


class Sheet(Strict):
    """The content of ``configs/benchmarks.toml``."""

    sets: tuple[BenchmarkSet, ...]


def load_sheet(path: Path) -> Sheet:
    """Read the sheet that says what the page shows."""
    table = read_toml(path, name="sheet", error=ConfigError)
    try:
        return Sheet.model_validate(table)
    except ValidationError as error:
        raise ConfigError(validation_message(path, error)) from None


def write_page(path: Path, *, sheet: Sheet, outcomes: Sequence[Mapping[str, Any]]) -> None:
    """Replace the part of the page between its two markers.

    Raises
    ------
    ConfigError
        the page lacks the markers
    """
    before, after = around_markers(path)
    body = "\n".join(page_lines(sheet, outcomes))
    path.write_text(f"{before}{BEGIN}\n\n{body}\n\n{END}{after}", "utf-8")


def around_markers(path: Path) -> tuple[str, str]:
    """The text before and after the part that is written."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: must be a readable UTF-8 file, got {error}.") from None
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise ConfigError(f"{path}: must hold each once, in this order: {BEGIN} and {END}.")
    return text.partition(BEGIN)[0], text.partition(END)[2]


def page_lines(sheet: Sheet, outcomes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The sections of the page, in the order of the sets."""
    for number, shown in enumerate(sheet.sets):
        if number:
            yield ""
        yield from _section(shown, [o for o in outcomes if o["corpus"] == shown.corpus])


def _section(shown: BenchmarkSet, outcomes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield f"### {shown.title}\n"
    yield f"{shown.definition} {shown.protocol}\n"
    yield "| system | rows | n | score | clean rows | majority | seconds | MiB | source |"
    yield "|---|---|--:|---|---|--:|--:|--:|---|"
    for outcome in outcomes:
        if outcome["status"] == "done":
            yield from (_own_line(shown, rows, outcome) for rows in shown.rows)
    for published in shown.published:
        yield from _published_lines(shown, published)
    if not outcomes:
        yield "\nNo config for this set."
    for outcome in outcomes:
        if outcome["status"] != "done":
            yield f"\n`{outcome['config']}` {outcome['status']}: {outcome['why']}"
    if shown.note:
        yield f"\n{shown.note}"


def _own_line(shown: BenchmarkSet, rows: ShownRows, outcome: Mapping[str, Any]) -> str:
    def part(name: str, subset: str = "") -> float | None:
        words = [rows.split, *(["n"] if name == "n" else [shown.metric, name]), subset]
        value: float | None = outcome["scores"].get(".".join(filter(None, words)))
        return value

    score, low, high = (part(name, rows.subset) for name in ("", "low", "high"))
    mean, spread = (part(name, rows.subset) for name in ("mean", "spread"))
    over_seeds = "" if mean is None or spread is None else f"; mean {mean:.3f} ± {spread:.3f}"
    baselines = [part(f"majority{of}", rows.subset) for of in ("", "_by_issue")]
    majority = max((score for score in baselines if score is not None), default=None)
    between = "" if low is None or high is None else f" [{low:.3f}, {high:.3f}]"
    clean, n_clean = (None, None) if rows.subset else (part("", "clean"), part("n", "clean"))
    cells = [
        f"`{outcome['config']}`",
        rows.name,
        _count(part("n", rows.subset)),
        f"{_score(score)}{between}{over_seeds}",
        "" if clean is None else f"{_score(clean)} (n = {_count(n_clean)})",
        _score(majority),
        f"{outcome['seconds']['total']:.0f}",
        f"{outcome['memory']['peak_mib']:,}" if "memory" in outcome else "",
        f"`standpoint train {outcome.get('path', CONFIG_PATH.format(outcome['config']))}`",
    ]
    return f"| {' | '.join(cells)} |"


def _published_lines(shown: BenchmarkSet, published: Published) -> Iterator[str]:
    for rows, score in zip(shown.rows, published.scores, strict=False):
        if not isnan(score):
            cells = [published.system, rows.name, "", _score(score), *[""] * 4, published.source]
            yield f"| {' | '.join(cells)} |"


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _count(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"
