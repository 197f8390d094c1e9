"""Registry of models: which bundle serves a task, and how it is loaded.

``models/<task>/<version>/`` is a promoted bundle; the pointer ``models/<task>/champion.json`` names
the version that serves and those that served before. Both are written atomically, so that the
pointer always names a complete bundle. Where nothing is promoted, a shipped model serves.
"""

import os
from dataclasses import dataclass
from os.path import isdir
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from standpoint.errors import BundleError, InputError, NoChampionError
from standpoint.files import replaced_file
from standpoint.labels import LABELS, Task
from standpoint.model.bundle import MANIFEST, load_bundle, read_manifest
from standpoint.model.encoder import Encoder
from standpoint.model.encoder_folder import find_encoder
from standpoint.model.ensemble import Classifier, for_task
from standpoint.model.shipped import (
    SHIPPED_NAMES,
    index_path,
    load_shipped,
    read_index,
    shipped_folder,
)
from standpoint.validation import near_miss, short_repr

ServedName = Literal["champion", "accurate", "fast", "bundle"]


class Pointer(BaseModel):
    """The content of ``champion.json``; ``before`` lists earlier champions, the latest last."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    before: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Served:
    """The bundle that serves a task.

    Attributes
    ----------
    name : ``champion`` where it was promoted, ``accurate`` or ``fast`` where it is shipped,
        ``bundle`` where the user named its folder
    version : among the promoted ones; 0 where it was not promoted
    """

    name: ServedName
    folder: Path
    version: int = 0

    @property
    def description(self) -> str:
        """What it is, in words."""
        match self.name:
            case "champion":
                return f"version {self.version}"
            case "bundle":
                return f"the bundle {self.folder}"
            case _:
                return f"the shipped model {self.name}"


@dataclass(frozen=True, slots=True)
class Champion:
    """A loaded model that serves a task, and where it is from."""

    model: Classifier
    served: Served

    @property
    def name(self) -> ServedName:
        """``champion``, a shipped model's name, or ``bundle``."""
        return self.served.name

    @property
    def version(self) -> int:
        """Its version among the promoted ones; 0 where it was not promoted."""
        return self.served.version


@dataclass(frozen=True, slots=True)
class Champions:
    """The models that label articles: stance, and sentiment if there is one.

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


def remove_pointer(models_dir: Path, task: Task) -> None:
    """Let no promoted version of a task serve."""
    pointer_path(models_dir, task).unlink(missing_ok=True)


def find_served(models_dir: Path, task: Task, *, model: str | None = None) -> Served | None:
    """The bundle that serves a task; None where there is none.

    A promoted champion wins over a shipped model. A stance model that was promoted or named, and
    that tells the sentiment too, serves both tasks.

    Parameters
    ----------
    model : the name of a shipped model, or a bundle's folder (also below ``models_dir``), which
        serves the tasks that it is for; None takes the champion of each task, else the first
        shipped model that is there

    Raises
    ------
    InputError
        ``model`` is neither a shipped model's name nor a folder
    """
    named = _named(models_dir, model) if model is not None else None
    stance = named or _promoted(models_dir, "stance")
    if stance is not None and (task == "stance" or _is_for(stance, task)):
        return stance
    promoted = _promoted(models_dir, task)
    return promoted if promoted or named else find_shipped(models_dir, task)


def _promoted(models_dir: Path, task: Task) -> Served | None:
    """The champion of a task."""
    pointer = read_pointer(models_dir, task)
    if pointer is None:
        return None
    return Served("champion", models_dir / task / str(pointer.version), pointer.version)


def _is_for(served: Served, task: Task) -> bool:
    return task in read_manifest(served.folder).tasks


def _named(models_dir: Path, model: str) -> Served:
    """The bundle that the user names."""
    for name in SHIPPED_NAMES:
        if model == name:
            return Served(name, shipped_folder(models_dir, name))
    for folder in (Path(model), models_dir / model):
        # Unlike `Path.is_dir`, no error for a name that is too long for the file system.
        if isdir(folder):  # noqa: PTH112
            return Served("bundle", folder)
    raise InputError(
        f"--model or STANDPOINT_MODEL: must be {', '.join(SHIPPED_NAMES)} or a bundle's folder, "
        f"got {short_repr(model)}.{near_miss(model, SHIPPED_NAMES)}"
    )


def find_shipped(models_dir: Path, task: Task) -> Served | None:
    """The shipped model that serves a task where nothing is promoted; None where there is none."""
    name = read_index(models_dir).default
    if name is None:
        return None
    shipped = Served(name, shipped_folder(models_dir, name))
    return shipped if task == "stance" or _is_for(shipped, task) else None


def watched_files(models_dir: Path, *, model: str | None = None) -> list[Path]:
    """The files that change when another bundle serves."""
    pointers = [pointer_path(models_dir, task) for task in LABELS]
    folders = (Path(model), models_dir / model) if model and model not in SHIPPED_NAMES else ()
    return [*pointers, index_path(models_dir), *(folder / MANIFEST for folder in folders)]


def load_champion(
    models_dir: Path,
    task: Task,
    *,
    model: str | None = None,
    shared_encoder: Encoder | None = None,
) -> Champion:
    """Load the model that serves a task.

    Parameters
    ----------
    model : see `find_served`
    shared_encoder : an open encoder, used where the bundle holds a copy of the same

    Raises
    ------
    NoChampionError
        nothing has been promoted, and no model is shipped
    BundleError
        the pointer or the bundle is damaged, or the bundle is for another task
    """
    served = find_served(models_dir, task, model=model)
    if served is None:
        raise NoChampionError(
            f"{models_dir}: must hold a champion of {task} or a shipped model, got neither. "
            "Get the folder models/shipped of the project (git checkout -- models/shipped), run "
            "`make champion` in the project's folder, or set STANDPOINT_MODELS_DIR."
        )
    return _load(models_dir, task, served, shared_encoder=shared_encoder)


def _load(
    models_dir: Path, task: Task, served: Served, *, shared_encoder: Encoder | None
) -> Champion:
    loaded: Classifier | None = None
    for name in SHIPPED_NAMES:
        if served.name == name:
            loaded = load_shipped(models_dir, name, shared_encoder=shared_encoder)
    if loaded is None:
        loaded = load_bundle(served.folder, shared_encoder=shared_encoder)
    return _champion_of(loaded, task, served)


def _champion_of(loaded: Classifier, task: Task, served: Served) -> Champion:
    model = for_task(loaded, task)
    if model is None:
        raise BundleError(
            f"{served.folder}: must be a bundle for {task}, got one for {loaded.task}. "
            "Promote a run again, or name another model."
        )
    return Champion(model, served)


def load_champions(models_dir: Path, *, model: str | None = None) -> Champions:
    """Load the models that label articles, and the encoder they share.

    A bundle that serves both tasks is loaded once.

    Parameters
    ----------
    model : see `find_served`

    Raises
    ------
    BundleError
        besides the errors of `load_champion`: the models need two different shared encoders
    """
    stance = load_champion(models_dir, "stance", model=model)
    sentiment = None
    served = find_served(models_dir, "sentiment", model=model)
    if served is not None:
        sentiment = _load_beside(stance, models_dir, "sentiment", served)
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


def _load_beside(first: Champion, models_dir: Path, task: Task, served: Served) -> Champion:
    """Load the model of another task; a bundle that is loaded already is used again."""
    if read_manifest(served.folder).digest == first.model.manifest.digest:
        return _champion_of(first.model, task, served)
    return _load(models_dir, task, served, shared_encoder=first.model.encoder)
