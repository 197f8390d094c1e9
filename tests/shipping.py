"""Shipped models: those of a test, and what is checked of those of the project."""

import re
import shutil
from pathlib import Path

from standpoint.model import read_manifest
from standpoint.model.manifest import Manifest
from standpoint.model.shipped import (
    ShippedIndex,
    index_path,
    load_shipped,
    read_index,
    shipped_folder,
    write_index,
)
from train.tracking.model_card import licenses_of, restricted_licenses

MAX_FILE_BYTES = 45_000_000
MAX_SHIPPED_BYTES = 130_000_000


def ship(models_dir: Path, **bundles: Path) -> None:
    """Copy bundles to the shipped models, each under its name."""
    digests = dict(read_index(models_dir).digests)
    for name, bundle in bundles.items():
        folder = shipped_folder(models_dir, name)
        shutil.copytree(bundle, folder, dirs_exist_ok=True)
        digests[name] = read_manifest(folder).digest
    write_index(models_dir, ShippedIndex(digests=digests))


def faults_of(models_dir: Path) -> list[str]:
    """What is wrong with shipped models, beyond what loading them refuses."""
    top = models_dir / "shipped"
    own = (top / "README.md", index_path(models_dir))
    files = [f for f in top.rglob("*") if f.is_file() and f not in own and f.name[0] != "."]
    faults = [f"{f}: too large" for f in files if f.stat().st_size > MAX_FILE_BYTES]
    if sum(f.stat().st_size for f in files) > MAX_SHIPPED_BYTES:
        faults.append("together too large")
    expected = set()
    for name in read_index(models_dir).digests:
        folder = shipped_folder(models_dir, name)
        manifest = load_shipped(models_dir, name).manifest
        expected |= {folder / file for file in ("manifest.json", *manifest.files)}
        faults += [f"{name}: {fault}" for fault in _card_faults(folder / "card.md", manifest)]
    return faults + [f"{f}: of no shipped model" for f in files if f not in expected]


def _card_faults(card: Path, manifest: Manifest) -> list[str]:
    text = card.read_text("utf-8") if card.is_file() else ""
    sections = ("## Learned from", "## Tested on", "## Limits")
    faults = [f"no section {section!r}" for section in sections if section not in text]
    if not re.search(r"^\|.*\| -?\d\.\d{3} to \d\.\d{3} \|", text, re.MULTILINE):
        faults.append("no score with an interval")
    licenses = licenses_of({"licence": "unknown", **manifest.corpus})
    faults += [f"data under {name}" for name in restricted_licenses(licenses)]
    return faults + [f"the licence {name!r} is not in its card" for name in licenses
                     if name not in text]  # fmt: skip
