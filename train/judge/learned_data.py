"""What a judge learned from: names, sizes and licences, for its card and for fits that go on."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from standpoint.files import write_text
from standpoint.model import MANIFEST, read_manifest
from train.config import JudgeConfig
from train.judge.epochs import SourcePools

FILE = "learned-from.json"
"""Beside the checkpoint of a finished fit."""


class LearnedData(BaseModel):
    """A source that weights were learned from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    n_pairs: Annotated[int, Field(ge=0)] = 0
    licence: str


_ENTRIES = TypeAdapter(list[LearnedData])


def all_entries(
    config: JudgeConfig,
    pools: Sequence[SourcePools],
    *,
    initial: Path | None,
    teacher: Path | None = None,
) -> list[dict[str, Any]]:
    """The data of a judge, those of the weights that it begins with and of its teacher among them.

    Parameters
    ----------
    initial, teacher : the folders of their checkpoints or bundles; None where there are none
    """
    entries = data_entries(config, pools)
    for checkpoint in (initial, teacher):
        entries += earlier_entries(checkpoint, entries)
    return entries


def data_entries(config: JudgeConfig, pools: Sequence[SourcePools]) -> list[dict[str, Any]]:
    """Name, size and licence of each source, for the card."""
    entries = []
    for source, pool in ((pool.config, pool) for pool in pools):
        if source not in config.learned_sources:
            continue
        restricted = [*source.research_only.values()] if config.research else []
        entries.append(
            {
                "name": source.name,
                "n_pairs": len(pool.positives),
                "licence": ", ".join([source.licence, *dict.fromkeys(restricted)]),
            }
        )
    return entries


def earlier_entries(checkpoint: Path | None, own: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the weights that a fit begins with, or is taught by, learned from, but for its own.

    Where that is not known, neither is the licence, and the model cannot be shipped.

    Parameters
    ----------
    checkpoint : the folder of those weights, or of their bundle; None where a fit begins with the
        encoder's
    """
    if checkpoint is None:
        return []
    entries = _of_bundle(checkpoint) if is_bundle(checkpoint) else _of_checkpoint(checkpoint)
    known = {(entry["name"], entry["licence"]) for entry in own}
    return [e.model_dump() for e in entries if (e.name, e.licence) not in known]


def is_bundle(folder: Path) -> bool:
    """Whether a folder is the bundle of a trained model, and not a checkpoint."""
    return (folder / MANIFEST).is_file()


def _of_checkpoint(folder: Path) -> list[LearnedData]:
    try:
        return _ENTRIES.validate_json((folder.parent / FILE).read_bytes())
    except (OSError, ValidationError):
        return [LearnedData(name=f"before, in {folder.parent.name}", licence="unknown")]


def _of_bundle(folder: Path) -> list[LearnedData]:
    """The data in the manifest, the first of which has entries of another kind beside its own."""
    first = read_manifest(folder).corpus
    own = [{key: first.get(key) for key in LearnedData.model_fields}, *first.get("also", [])]
    return _ENTRIES.validate_python(own)


def write_entries(folder: Path, entries: Sequence[dict[str, Any]]) -> None:
    """Leave in the folder of a finished fit what it learned from."""
    write_text(folder / FILE, json.dumps(list(entries), indent=2) + "\n")
