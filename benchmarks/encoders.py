"""Sentences a second of a fine-tuned encoder against the frozen one, on one thread, in turns.

Usage: python benchmarks/encoders.py BUNDLE, with the folder of a bundle that brings its encoder.
The frozen encoder is the shared one under the models folder; each reads the layers that its models
read: the bundle's own, and 2, 4 and 6. Both read the same sentences of the seeds, twenty at a time.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from standpoint.model.bundle import load_bundle
from standpoint.model.encoder import Encoder
from standpoint.model.encoder_folder import find_encoder
from standpoint.settings import read_settings
from standpoint.text.article import read_article

ROOT = Path(__file__).resolve().parent.parent
FROZEN_LAYERS = (2, 4, 6)
N_SENTENCES = 600
AT_ONCE = 20


def main() -> None:
    model = load_bundle(Path(sys.argv[1]))
    if model.encoder is None:
        raise SystemExit(f"{sys.argv[1]}: must be a bundle with an encoder of its own, got none.")
    frozen = find_encoder(read_settings().models_dir)
    readers = {"frozen": (frozen, FROZEN_LAYERS), "fine-tuned": (model.encoder, model.layers)}
    texts = sentences()
    seconds: dict[str, list[float]] = {name: [] for name in readers}
    turns = [texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE)]
    for some in [turns[0], *turns]:
        for name, (encoder, layers) in readers.items():
            seconds[name].append(taken(encoder, some, layers))
    speeds = {name: AT_ONCE / np.median(found[1:]) for name, found in seconds.items()}
    ratios = np.array(seconds["frozen"][1:]) / np.array(seconds["fine-tuned"][1:])
    for name, speed in speeds.items():
        print(f"{name}: {speed:.0f} sentences/s")
    print(f"ratio, median of {len(ratios)} turns: {np.median(ratios):.2f}")


def sentences() -> list[str]:
    """Sentences of the seeds, in the order of their files."""
    found: list[str] = []
    for file in sorted((ROOT / "seeds").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines()[:2]:
            row = json.loads(line)
            found += [s.text for s in read_article(row["text"], id=row["id"]).sentences]
    return found[:N_SENTENCES]


def taken(encoder: Encoder, texts: Sequence[str], layers: Sequence[int]) -> float:
    """Seconds to read some texts."""
    started = time.perf_counter()
    for text in texts:
        encoder.encode(text, layers=layers)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
