"""``standpoint ship``: make a champion or a bundle a model that comes with the project."""

import argparse
from pathlib import Path

from standpoint.cli.folders import models_dir
from standpoint.errors import RegistryError
from standpoint.model import SHIPPED_NAMES, read_manifest, read_pointer, shipped_folder
from train.tracking import read_test_score, ship


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``ship``."""
    parser.add_argument("name", choices=SHIPPED_NAMES, help="the name under which it is shipped")
    parser.add_argument(
        "--bundle", metavar="FOLDER", help="a bundle; the stance champion if left out"
    )
    parser.add_argument(
        "--scores",
        action="append",
        required=True,
        metavar="FILE",
        help="what `standpoint evaluate --json` printed for the model, for its card; may be "
        "repeated",
    )


def run(args: argparse.Namespace) -> None:
    """Copy the bundle to models/shipped with its scores, and print what to commit."""
    models = models_dir()
    bundle = Path(args.bundle) if args.bundle else _champion(models)
    run_id = read_manifest(bundle).run_id
    tests = [read_test_score(Path(file), run_id=run_id) for file in args.scores]
    manifest = ship(bundle, args.name, models_dir=models, tests=tests)
    folder = shipped_folder(models, args.name)
    n_bytes = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    print(
        f"{args.name}: run {manifest.run_id}, {', '.join(manifest.tasks)}, {n_bytes:,} bytes, "
        f"digest {manifest.digest[:16]}. Commit {folder.parent}: git add {folder.parent}"
    )


def _champion(models: Path) -> Path:
    """The bundle of the promoted stance champion."""
    pointer = read_pointer(models, "stance")
    if pointer is None:
        raise RegistryError(
            f"{models / 'stance'}: must hold a champion to ship, got none. Promote a run, or name "
            "a bundle with --bundle."
        )
    return models / "stance" / str(pointer.version)
