"""``standpoint encoder``: download and build an encoder where there is none."""

import argparse
from os.path import isdir
from pathlib import Path

from standpoint.cli.folders import models_dir
from standpoint.cli.output import print_progress
from standpoint.errors import EncoderError
from standpoint.model import Encoder, encoder_folders, open_encoder
from standpoint.validation import near_miss, short_repr
from train.config import Source
from train.encoders import (
    DEFAULT,
    KNOWN_ENCODERS,
    SOURCE_FILES,
    build_encoder,
    ensure_encoder,
    known_by_digest,
    known_encoder,
)

_KNOWN = [known.short_name for known in KNOWN_ENCODERS]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of ``encoder``."""
    parser.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        default=DEFAULT.name,
        help=f"{', '.join(_KNOWN)} (the first by default), another name on the model hub as "
        f"owner/name, or a folder with {', '.join(SOURCE_FILES)}",
    )


def run(args: argparse.Namespace) -> None:
    """Build the encoder if it is missing, and print its folder."""
    known = known_encoder(args.name)
    if known is DEFAULT:
        encoder = ensure_encoder(models_dir(), report_progress=print_progress)
    else:
        encoder = _other_encoder(known.name if known else args.name)
    print(f"encoder {encoder.digest[:16]} in {encoder.folder}")


def _other_encoder(name: str) -> Encoder:
    """An encoder that is not the default one, or one in a folder; built where there is none."""
    from train.finetune.pretrained import find_weights

    models = models_dir()
    # Unlike `Path.is_dir`, no error for a name that is too long for the file system.
    is_folder = name.startswith((".", "/")) or isdir(name)  # noqa: PTH112
    if "/" not in name and not is_folder:
        raise EncoderError(
            f"NAME: must be {', '.join(_KNOWN)}, another name on the model hub as owner/name, or a "
            f"folder, got {short_repr(name)}.{near_miss(name, _KNOWN)}"
        )
    built = [] if is_folder else encoder_folders(models, name=name)
    if built:
        return open_encoder(built[0])
    weights = find_weights(
        Source(name=name),
        root=Path.cwd(),
        cache=models / "cache" / "weights",
        report_progress=print_progress,
        where="NAME",
    )
    known = known_by_digest(weights.sha256)
    print_progress("encoder: writing the int8 graph")
    return build_encoder(
        weights.folder,
        models / "encoders",
        name=known.name if known else name,
        sha256=known.sha256 if known else weights.sha256,
        **({"licence": known.licence} if known else {}),
        max_tokens=weights.max_tokens(),
    )
