"""Shipped models of a test: bundles under ``models/shipped``, and the index that names them."""

import shutil
from pathlib import Path

from standpoint.model import read_manifest
from standpoint.model.shipped import ShippedIndex, read_index, shipped_folder, write_index


def ship(models_dir: Path, **bundles: Path) -> None:
    """Copy bundles to the shipped models, each under its name."""
    digests = dict(read_index(models_dir).digests)
    for name, bundle in bundles.items():
        folder = shipped_folder(models_dir, name)
        shutil.copytree(bundle, folder, dirs_exist_ok=True)
        digests[name] = read_manifest(folder).digest
    write_index(models_dir, ShippedIndex(digests=digests))
