"""Exported champions: ``models/<task>/<version>/`` is a bundle, ``models/<task>/champion.json``
says which version serves and which served before.

A version is written beside its place and renamed into it; the pointer is replaced in one step. So
at any moment the pointer names a whole bundle.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from standpoint.errors import BundleError, NoChampionError
from standpoint.files import replaced_file
from standpoint.labels import Task
from standpoint.model.bundle import load_bundle
from standpoint.model.encoder import Encoder, find_encoder
from standpoint.model.ensemble import Classifier


class Pointer(BaseModel):
    """What ``champion.json`` holds; ``before`` ends with the version that served last."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    before: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Champion:
    """A loaded version."""

    model: Classifier
    version: int


@dataclass(frozen=True, slots=True)
class Champions:
    """What labels articles: a stance model, and a sentiment model if one is promoted.

    ``encoder`` is the shared one, where a model of them brings none of its own.
    """

    stance: Champion
    sentiment: Champion | None
    encoder: Encoder | None


def pointer_path(models_dir: Path, task: Task) -> Path:
    """Where the pointer of a task stands."""
    return models_dir / task / "champion.json"


def read_pointer(models_dir: Path, task: Task) -> Pointer | None:
    """The pointer of a task; None before the first promotion."""
    path = pointer_path(models_dir, task)
    try:
        return Pointer.model_validate_json(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, ValidationError):
        raise BundleError(
            f"{path}: must name a version, got something else. Promote a run again."
        ) from None


def write_pointer(models_dir: Path, task: Task, pointer: Pointer) -> None:
    """Replace the pointer in one step."""
    path = pointer_path(models_dir, task)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replaced_file(path, durable=True) as file:
        # Every user may read it: the service and the command line may run as different users.
        os.fchmod(file.fileno(), 0o644)
        file.write(f"{pointer.model_dump_json()}\n".encode())


def load_champion(models_dir: Path, task: Task, *, known: Encoder | None = None) -> Champion:
    """Load the version that the pointer names; ``known`` is an encoder it may share."""
    pointer = read_pointer(models_dir, task)
    if pointer is None:
        raise NoChampionError(
            f"{models_dir / task}: must hold a champion, got none. "
            "Run `make champion` in the project's folder, or set STANDPOINT_MODELS_DIR."
        )
    model = load_bundle(models_dir / task / str(pointer.version), known=known)
    if model.task != task:
        raise BundleError(
            f"{models_dir / task / str(pointer.version)}: must be a bundle for {task}, "
            f"got one for {model.task}. Promote a run again."
        )
    return Champion(model, pointer.version)


def load_champions(models_dir: Path) -> Champions:
    """Load the stance champion, the sentiment champion if there is one, and what they share."""
    stance = load_champion(models_dir, "stance")
    has_sentiment = read_pointer(models_dir, "sentiment") is not None
    own = stance.model.encoder
    sentiment = load_champion(models_dir, "sentiment", known=own) if has_sentiment else None
    digests = {
        champion.model.manifest.encoder
        for champion in (stance, sentiment)
        if champion is not None
        and champion.model.encoder is None
        and champion.model.manifest.encoder is not None
    }
    if len(digests) > 1:
        raise BundleError(
            f"{models_dir}: the champions must share one encoder, got "
            f"{', '.join(sorted(d[:16] for d in digests))}. Train both with one encoder."
        )
    digest = next(iter(digests), None)
    encoder = find_encoder(models_dir, digest=digest) if digest else None
    return Champions(stance, sentiment, encoder)
