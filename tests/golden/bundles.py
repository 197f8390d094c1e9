"""Bundles of an earlier version: two of n-grams that label, and one that reads vectors."""

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

from standpoint.cli.main import main
from standpoint.model.bundle import load_bundle
from standpoint.model.ensemble import predict
from standpoint.model.pairs import PairText
from standpoint.model.registry import Pointer, write_pointer
from tests.golden.expected_files import CODEBOOKS, EXPECTED, ROOT, SEEDS
from tests.golden.features import real_encoder, recorded_pairs
from tests.tiny import toml_of

BUNDLES = EXPECTED / "bundles"
LEARNED = ("ai-rules", "border-war", "farm-laws", "korea-summit", "rent-cap", "south-sea")
ARTICLES = {"geneva2": 2, "night-trains": 5, "peace-accord": 1, "sea-migration": 3, "wolf-cull": 4}
NGRAMS = {
    "kind": "ngrams", "words": [1, 2], "chars": [3, 3], "within_words": True, "window": 3,
    "min_count": 12, "masked": True, "c": 1.0, "balanced": True,
}  # fmt: skip
ENCODER = {
    "kind": "encoder", "layers": [4, 6], "target": True, "holder": True, "between": False,
    "windows": [2], "decays": [8.0], "products": False, "signs": True, "leanings": True,
    "masked": True, "c": 0.7, "balanced": True,
}  # fmt: skip
MODELS: dict[str, tuple[str, dict[str, Any]]] = {
    "stance": ("stance", NGRAMS),
    "sentiment": ("sentiment", NGRAMS),
    "stance-encoder": ("stance", ENCODER),
}


def run_config(name: str, task: str, model: dict[str, Any]) -> str:
    """A config that learns from the seeds of its project."""
    return toml_of(
        {
            "name": name,
            "task": task,
            "seed": 13,
            "refit": True,
            "data": {"corpus": "seeds", "path": "seeds", "licence": "Apache-2.0"},
            "protocol": {"kind": "by_group", "dev_share": 0.1, "test_share": 0.2},
            "model": model,
            "scoring": {"metric": "f1_macro", "bootstrap": 100},
        }
    )


def standpoint(folder: Path, *words: str) -> str:
    """Call the command in a process of its own, in a folder; gives what it printed."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("STANDPOINT_")}
    environ |= {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [sys.executable, "-m", "standpoint", *words],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def make_bundles(folder: Path) -> None:
    """Train every model in a project of its own, and keep the bundles."""
    (folder / "configs" / "codebooks").mkdir(parents=True)
    (folder / "seeds").mkdir()
    (folder / "models").mkdir()
    (folder / "models" / "encoders").symlink_to(ROOT / "models" / "encoders")
    for name in LEARNED:
        shutil.copy(CODEBOOKS / f"{name}.toml", folder / "configs" / "codebooks")
        shutil.copy(SEEDS / f"{name}.jsonl", folder / "seeds")
    for name, (task, model) in MODELS.items():
        (folder / f"{name}.toml").write_text(run_config(name, task, model), "utf-8")
        found = json.loads(standpoint(folder, "train", f"{name}.toml", "--json"))
        (bundle,) = (folder / "models" / "artifacts").glob(f"{found['run_id']}/artifacts/bundle")
        shutil.rmtree(BUNDLES / name, ignore_errors=True)
        shutil.copytree(bundle, BUNDLES / name)


def promoted(models_dir: Path) -> Path:
    """A folder of models whose champions are the bundles of n-grams."""
    for task in ("stance", "sentiment"):
        shutil.copytree(BUNDLES / task, models_dir / task / "1")
        write_pointer(models_dir, task, Pointer(version=1))
    return models_dir


def write_articles(folder: Path) -> dict[str, Path]:
    """A file of one article of each of five codebooks."""
    found = {}
    for name, number in ARTICLES.items():
        row = json.loads((SEEDS / f"{name}.jsonl").read_text("utf-8").splitlines()[number])
        kept = {key: row[key] for key in ("id", "date", "text")}
        found[name] = folder / f"{name}.jsonl"
        found[name].write_text(json.dumps(kept, ensure_ascii=False) + "\n", "utf-8")
    return found


def labeled(codebook: str, article: Path, models_dir: Path, *words: str) -> Any:
    """What ``standpoint label --format json`` prints of an article."""
    environ = {
        "STANDPOINT_MODELS_DIR": str(models_dir),
        "STANDPOINT_CODEBOOKS_DIR": str(CODEBOOKS),
        "STANDPOINT_MIN_CONFIDENCE": "",
        "STANDPOINT_POOLING_FILE": str(ROOT / "configs" / "pooling.toml"),
    }
    out = io.StringIO()
    with patch.dict(os.environ, environ), contextlib.redirect_stdout(out):
        status = main(["label", str(article), "--codebook", codebook, "--format", "json", *words])
    assert status == 0
    return json.loads(out.getvalue())


def tables(folder: Path) -> dict[str, Any]:
    """Five articles labelled by the bundles."""
    models_dir = promoted(folder / "models")
    return {
        name: labeled(name, path, models_dir, "--include-none")
        for name, path in write_articles(folder).items()
    }


def ten_pairs() -> list[PairText]:
    return recorded_pairs()[::2]


def bundle_probabilities(name: str) -> list[list[float]]:
    """The probabilities that a bundle gives ten pairs."""
    model = load_bundle(BUNDLES / name)
    encoder = real_encoder() if model.manifest.encoder else None
    shares = predict(ten_pairs(), models=[model], encoder=encoder)[0]
    return [[float(share) for share in row] for row in shares]
