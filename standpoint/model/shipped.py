"""Models that come with the project: ``models/shipped/<name>/`` is a bundle for serving.

``models/shipped/shipped.json`` names each of them with the digest of its bundle. It is written
last, so that it always names complete bundles.
"""

import re
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from standpoint.errors import BundleError, NoChampionError
from standpoint.files import write_text
from standpoint.model.bundle import load_bundle
from standpoint.model.encoder import Encoder
from standpoint.model.ensemble import Classifier

ShippedName = Literal["accurate", "fast"]
SHIPPED_NAMES: tuple[ShippedName, ...] = get_args(ShippedName)
"""The first that is there serves where nothing is promoted and no model is named."""
GET_AGAIN = "Get it again: git checkout -- models/shipped."
_FROM_A_RUN = re.compile(r"Promote the run again\.|Is this a bundle\?")  # remedies of other bundles
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class ShippedIndex(BaseModel):
    """The content of ``shipped.json``: the digest of each model's bundle."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    digests: dict[ShippedName, Digest] = {}

    @property
    def default(self) -> ShippedName | None:
        """The model that serves where none is named."""
        return next((name for name in SHIPPED_NAMES if name in self.digests), None)


def shipped_folder(models_dir: Path, name: ShippedName) -> Path:
    """The folder of a shipped model's bundle."""
    return models_dir / "shipped" / name


def index_path(models_dir: Path) -> Path:
    """The path of the file that names the shipped models."""
    return models_dir / "shipped" / "shipped.json"


def read_index(models_dir: Path) -> ShippedIndex:
    """The names of the shipped models; none where there is no such file.

    Raises
    ------
    BundleError
        the file cannot be read, or holds something else
    """
    path = index_path(models_dir)
    try:
        return ShippedIndex.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return ShippedIndex()
    except (OSError, ValidationError):
        raise BundleError(
            f"{path}: must name shipped models and the digests of their bundles, got something "
            f"else. {GET_AGAIN}"
        ) from None


def write_index(models_dir: Path, index: ShippedIndex) -> None:
    """Replace the file that names the shipped models."""
    write_text(index_path(models_dir), index.model_dump_json(indent=2) + "\n")


def load_shipped(
    models_dir: Path, name: ShippedName, *, shared_encoder: Encoder | None = None
) -> Classifier:
    """Load a shipped model; every file is checked, and the bundle against the index.

    Raises
    ------
    NoChampionError
        it is not there
    BundleError
        its bundle is damaged, or not the one that the index names
    """
    digests = read_index(models_dir).digests
    folder = shipped_folder(models_dir, name)
    if name not in digests:
        raise NoChampionError(
            f"{folder}: must be a shipped model, got {', '.join(digests) or 'none'} alone. "
            "Get the folder models/shipped of the project, or name another model."
        )
    try:
        model = load_bundle(folder, shared_encoder=shared_encoder)
    except BundleError as error:
        raise BundleError(_FROM_A_RUN.sub(GET_AGAIN, str(error))) from None
    if model.manifest.digest != digests[name]:
        raise BundleError(
            f"{folder}: must be the bundle {digests[name][:16]}… that {index_path(models_dir).name}"
            f" names, got {model.manifest.digest[:16]}…. {GET_AGAIN}"
        )
    return model
