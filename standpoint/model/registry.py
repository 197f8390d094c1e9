"""Registry of champions: exported bundles, and which of them serves.

``models/<task>/<version>/`` is a bundle; the pointer ``models/<task>/champion.json`` names the
version that serves and those that served before. Both are written atomically, so that the pointer
always names a complete bundle.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from standpoint.errors import BundleError, NoChampionError
from standpoint.files import replaced_file
from standpoint.judge import JudgeSettings
from standpoint.labels import Task
from standpoint.model.bundle import load_bundle, read_manifest
from standpoint.model.encoder import Encoder
from standpoint.model.encoder_folder import find_encoder
from standpoint.model.ensemble import Classifier
from standpoint.model.judge_model import JudgeModel


class Pointer(BaseModel):
    """The content of ``champion.json``; ``before`` lists earlier champions, the latest last."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    before: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Champion:
    """A loaded version of a model."""

    model: Classifier
    version: int


@dataclass(frozen=True, slots=True)
class Champions:
    """The models that label articles: stance, and sentiment if one is promoted.

    ``encoder`` is the shared one, for models whose bundle has none; None where all have one.
    """

    stance: Champion
    sentiment: Champion | None
    encoder: Encoder | None


def pointer_path(models_dir: Path, task: Task) -> Path:
    """The path of a task's pointer file."""
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
    """Replace the pointer of a task atomically."""
    path = pointer_path(models_dir, task)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replaced_file(path, durable=True) as file:
        # Every user may read it: the service and the command line may run as different users.
        os.fchmod(file.fileno(), 0o644)
        file.write(f"{pointer.model_dump_json()}\n".encode())


def load_champion(
    models_dir: Path, task: Task, *, shared_encoder: Encoder | None = None
) -> Champion:
    """Load the version that the pointer names.

    The champion of sentiment is the stance champion, where that is a judge with a head for it.

    Parameters
    ----------
    shared_encoder : an open encoder, used where the bundle holds a copy of the same

    Raises
    ------
    NoChampionError
        no version has been promoted yet
    BundleError
        the pointer or the bundle is damaged, or the bundle is for another task
    """
    if task == "sentiment" and (judge := _judge_of_sentiment(models_dir)):
        return judge
    pointer = read_pointer(models_dir, task)
    if pointer is None:
        raise NoChampionError(
            f"{models_dir / task}: must hold a champion, got none. "
            "Run `make champion` in the project's folder, or set STANDPOINT_MODELS_DIR."
        )
    folder = models_dir / task / str(pointer.version)
    model = load_bundle(folder, shared_encoder=shared_encoder)
    if model.task != task:
        raise BundleError(
            f"{folder}: must be a bundle for {task}, got one for {model.task}. Promote a run again."
        )
    return Champion(model, pointer.version)


def _judge_of_sentiment(models_dir: Path) -> Champion | None:
    """The stance champion as that of sentiment, if it has a head for it."""
    pointer = read_pointer(models_dir, "stance")
    if pointer is None:
        return None
    features = read_manifest(models_dir / "stance" / str(pointer.version)).features
    if not isinstance(features, JudgeSettings) or features.sentiment is None:
        return None
    return _of_sentiment(load_champion(models_dir, "stance"))


def _of_sentiment(stance: Champion) -> Champion | None:
    """A stance champion that tells the sentiment, too; None where it cannot."""
    model = stance.model
    if not isinstance(model, JudgeModel) or not model.has_sentiment:
        return None
    return Champion(model.for_task("sentiment"), stance.version)


def load_champions(models_dir: Path) -> Champions:
    """Load the stance champion, the sentiment champion if there is one, and their shared encoder.

    A judge that tells the sentiment, too, is both; no other sentiment model is then loaded.

    Raises
    ------
    BundleError
        besides the errors of `load_champion`: the champions need two different shared encoders
    """
    stance = load_champion(models_dir, "stance")
    sentiment = _of_sentiment(stance)
    if sentiment is None and read_pointer(models_dir, "sentiment") is not None:
        encoder = stance.model.encoder
        sentiment = load_champion(models_dir, "sentiment", shared_encoder=encoder)
    models = [champion.model for champion in (stance, sentiment) if champion is not None]
    digests = {m.manifest.encoder for m in models if m.encoder is None and m.manifest.encoder}
    if len(digests) > 1:
        raise BundleError(
            f"{models_dir}: the champions must share one encoder, got "
            f"{', '.join(sorted(d[:16] for d in digests if d))}. Train both with one encoder."
        )
    digest = next(iter(digests), None)
    encoder = find_encoder(models_dir, digest=digest) if digest else None
    return Champions(stance, sentiment, encoder)
