"""Shipping: a bundle becomes one of the models that come with the project.

The folder gets what serving needs, and a card with scores of the model on data that it was tested
on, with their intervals.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standpoint.errors import InputError, RegistryError
from standpoint.files import read_text, remove_parts, replaced_folder
from standpoint.model import (
    CARD,
    Manifest,
    ShippedIndex,
    ShippedName,
    copy_bundle,
    load_bundle,
    read_index,
    read_manifest,
    shipped_folder,
    write_index,
)
from train.tracking.model_card import LIMITS, licenses_of, restricted_licenses

MAX_FILE_BYTES = 45_000_000  # hosts of repositories warn at 50 MB and refuse 100 MB
MAX_SHIPPED_BYTES = 130_000_000  # of all models together: every clone downloads them
DATA_SECTION = "## Learned from"
_TESTED = re.compile(r"## Tested on\n\n(\|.*\n?)+\n*")


@dataclass(frozen=True, slots=True)
class TestScore:
    """A score of ``standpoint evaluate --json``.

    Attributes
    ----------
    rows : the data and its split, and whether the codebooks had no cues
    """

    rows: str
    metric: str
    value: float
    interval: tuple[float, float] | None
    n: int

    @property
    def flat(self) -> dict[str, float]:
        """The score under the keys of a manifest."""
        key = f"{self.rows}.{self.metric}"
        low_high = zip(("low", "high"), self.interval or (), strict=False)
        return {
            key: self.value,
            **{f"{key}.{end}": bound for end, bound in low_high},
            f"{self.rows}.n": float(self.n),
        }

    @property
    def line(self) -> str:
        """A row of the card's table."""
        interval = f"{self.interval[0]:.3f} to {self.interval[1]:.3f}" if self.interval else ""
        return f"| {self.rows} | {self.metric} | {self.value:.3f} | {interval} | {self.n:,} |"


def read_test_score(path: Path, *, run_id: str) -> TestScore:
    """Read the object that ``standpoint evaluate --json`` printed.

    Parameters
    ----------
    run_id : of the model that must have been scored

    Raises
    ------
    InputError
        the file holds something else, or the score of another model
    """
    text = read_text(path, name="file of scores", error=InputError)
    try:
        result = json.loads(text)
        scored = result["run_id"]
        score = _score_of(result)
    except (ValueError, KeyError, TypeError):
        raise InputError(
            f"{path}: must be what `standpoint evaluate --json` prints, got something else."
        ) from None
    if scored != run_id:
        raise InputError(f"{path}: must be scores of run {run_id}, got those of {scored}.")
    return score


def _score_of(result: Mapping[str, Any]) -> TestScore:
    without_cues = "-no-cues" if result.get("cues", "given") != "given" else ""
    low, high = result["ci95"] or (None, None)
    return TestScore(
        rows=f"{result['data']}-{result['split']}{without_cues}".replace(".", "-"),
        metric=str(result["metric"]),
        value=float(result["score"]),
        interval=None if low is None or high is None else (float(low), float(high)),
        n=int(result["n"]),
    )


def ship(
    bundle: Path, name: ShippedName, *, models_dir: Path, tests: Sequence[TestScore]
) -> Manifest:
    """Copy a bundle to the shipped models, whole or not at all, and name it in their index.

    Raises
    ------
    RegistryError
        the bundle may not be shipped, or is too large; nothing has changed
    """
    _check(bundle, read_manifest(bundle))
    card = _card(bundle, tests)
    scores = {key: value for test in tests for key, value in test.flat.items()}
    folder = shipped_folder(models_dir, name)
    remove_parts(folder.parent)
    try:
        with replaced_folder(folder, durable=True) as copy:
            copy.chmod(0o755)
            manifest = copy_bundle(bundle, copy, card=card, scores=scores)
            load_bundle(copy)
            _check_sizes(copy, beside=_other_files(models_dir, name))
        digests = {**read_index(models_dir).digests, name: manifest.digest}
        write_index(models_dir, ShippedIndex(digests=digests))
    except OSError as error:
        raise RegistryError(
            f"{folder}: must have room for the bundle, got {error.strerror or error}. "
            "Free some space, and ship it again."
        ) from None
    return manifest


def _check(bundle: Path, manifest: Manifest) -> None:
    """Refuse a model that not everybody may use, or that needs more than its bundle."""
    restricted = restricted_licenses(licenses_of({"licence": "unknown", **manifest.corpus}))
    if restricted:
        raise RegistryError(
            f"{bundle}: must have learned from data for any use, got data under "
            f"{', '.join(restricted)}. Train it without that data."
        )
    load_bundle(bundle)
    if manifest.encoder is not None and not any(f.startswith("encoder/") for f in manifest.files):
        raise RegistryError(
            f"{bundle}: must hold all that it reads with, got one that reads with the encoder "
            f"{manifest.encoder[:16]}. Ship a judge, or a fine-tuned model."
        )


def _card(bundle: Path, tests: Sequence[TestScore]) -> str:
    try:
        card = (bundle / CARD).read_text("utf-8").rstrip()
    except OSError:
        card = ""
    table = [
        "| data | score | value | 95% interval | n |",
        "|---|---|--:|---|--:|",
        *(test.line for test in tests),
    ]
    if DATA_SECTION not in card:
        raise RegistryError(
            f"{bundle / CARD}: must say what the model {DATA_SECTION[3:].lower()}, got no such "
            "section. Train the model again, which writes its card."
        )
    untested = _TESTED.sub("", card).rstrip()  # a shipped bundle has a table already
    parts = [untested, "## Tested on", "\n".join(table)]
    if "## Limits" not in card:  # a card of an earlier version
        parts.append(LIMITS.rstrip())
    return "\n\n".join(parts) + "\n"


def _other_files(models_dir: Path, name: ShippedName) -> list[Path]:
    """The files of the other shipped models."""
    others = [shipped_folder(models_dir, n) for n in read_index(models_dir).digests if n != name]
    return [file for folder in others for file in folder.rglob("*") if file.is_file()]


def _check_sizes(folder: Path, *, beside: Sequence[Path]) -> None:
    files = [file for file in folder.rglob("*") if file.is_file()]
    for file in files:
        if (size := file.stat().st_size) > MAX_FILE_BYTES:
            raise RegistryError(
                f"{file.name}: must have at most {MAX_FILE_BYTES:,} bytes to be shipped, "
                f"got {size:,}. Export the model in more files."
            )
    total = sum(file.stat().st_size for file in [*files, *beside])
    if total > MAX_SHIPPED_BYTES:
        raise RegistryError(
            f"{folder.name}: must have, with the other shipped model, at most "
            f"{MAX_SHIPPED_BYTES:,} bytes, got {total:,}. Ship a smaller model."
        )
