"""Fits that are done, kept by the digest of everything that decides them."""

import fcntl
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standpoint.errors import EncoderError
from standpoint.files import file_sha256, remove_parts, scratch_folder, write_text
from standpoint.model import Encoder, EncoderFeatures, Floats, Head, open_encoder
from train.features import PairRows, encode_pairs
from train.finetune.dev_scoring import MAIN
from train.finetune.export import Exported, logits_with
from train.finetune.pretrained import LEARNED, Weights

DONE, HEADS, FIRST = "done.json", "heads.safetensors", "encoder.safetensors"
SECONDS = "seconds.json"
# Part of the key of a fit. Raise it when the numbers that a fit learns change, in any file of this
# package; tests/golden holds the numbers of this version.
FINETUNE_VERSION: int = 1


@dataclass(frozen=True, slots=True)
class Tuned:
    """What came of a fit.

    Attributes
    ----------
    heads : by name; `MAIN` is the run's own
    epochs : how many its weights had
    found : numbers to track: scores of dev by epoch, what int8 cost, seconds
    kept : weights whose products stayed in 32 bits
    """

    encoder: Encoder
    heads: dict[str, Head]
    epochs: int
    found: dict[str, float]
    kept: tuple[str, ...] = ()

    def logits(self, rows: PairRows, *, features: EncoderFeatures, head: str = MAIN) -> Floats:
        """What a head makes of pairs as it serves them: with the int8 encoder, the bias added."""
        vectors = encode_pairs(rows.pairs, features, self.encoder, lambda done, total: None)
        return logits_with(self.heads[head], vectors)


def read_kept(place: Path, key: str) -> Tuned | None:
    """A fit that was done before; None where there is none, or a damaged one."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        done = json.loads((place / DONE).read_text("utf-8"))
        if done["key"] != key or file_sha256(place / HEADS) != done["heads"]:
            return None
        encoder = open_encoder(place / "encoder", digest=done["encoder"])
        arrays = load_file(place / HEADS)
        kept = tuple(done["kept"])
    except (OSError, ValueError, KeyError, EncoderError, SafetensorError):
        return None
    names = sorted({name.rpartition(".")[0] for name in arrays})
    heads = {name: Head(arrays[f"{name}.weights"], arrays[f"{name}.bias"], 1.0) for name in names}
    return Tuned(encoder, heads, int(done["epochs"]), dict(done["found"]), kept)


@contextmanager
def alone(place: Path, *, say: Callable[[str], None]) -> Iterator[None]:
    """Keep a fit's folder to one process; another waits until it is done."""
    locks = place.parent.with_name(f"{place.parent.name}-locks")
    locks.mkdir(parents=True, exist_ok=True)
    with (locks / place.name).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"{place.name}: another run is at the same fit, waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_heads(place: Path, heads: Mapping[str, Head]) -> None:
    """Write the heads of a fit."""
    from safetensors.numpy import save_file

    arrays: dict[str, Any] = {}
    for name, head in heads.items():
        arrays |= {f"{name}.weights": head.weights, f"{name}.bias": head.bias}
    save_file(arrays, place / HEADS)


def write_weights(
    place: Path, arrays: Mapping[str, Any], source: Weights, *, learned: Sequence[dict[str, str]]
) -> None:
    """Write a folder that another config can name as its encoder.

    Parameters
    ----------
    learned : the name, corpus and licence of all data that it learned from
    """
    from safetensors.torch import save_file

    folder = place / "weights"
    folder.mkdir(exist_ok=True)
    save_file(contiguous(arrays), folder / "model.safetensors", metadata={"format": "pt"})
    for name in ("config.json", "tokenizer.json"):
        shutil.copyfile(source.folder / name, folder / name)
    (folder / LEARNED).write_text(json.dumps(list(learned), indent=2) + "\n", "utf-8")


def write_first(place: Path, arrays: Mapping[str, Any], *, seconds: float) -> None:
    """Write an encoder after what it learns before, and how long that took."""
    from safetensors.torch import save_file

    place.mkdir(parents=True, exist_ok=True)
    (place / SECONDS).write_text(json.dumps(seconds), "utf-8")
    with scratch_folder(place / FIRST) as scratch:
        save_file(dict(arrays), scratch / FIRST)
        (scratch / FIRST).replace(place / FIRST)
    clear(place)


def read_seconds(place: Path) -> float:
    """How long what is learned before took; 0 where that is not known."""
    try:
        return float(json.loads((place / SECONDS).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return 0.0


def write_done(
    place: Path,
    *,
    key: str,
    epochs: int,
    exported: Exported,
    found: Mapping[str, float],
) -> None:
    """Say that a fit is done, last of all; what it needed until then goes."""
    done = {
        "key": key,
        "epochs": epochs,
        "found": dict(found),
        "encoder": exported.encoder.digest,
        "kept": list(exported.kept),
        "heads": file_sha256(place / HEADS),
    }
    write_text(place / DONE, json.dumps(done))
    clear(place)


def arrays_in(file: Path) -> dict[str, Any] | None:
    """The arrays of a file; None where there is none, or a damaged one."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        found: dict[str, Any] = load_file(file)
    except (OSError, SafetensorError):
        return None
    return found


def clear(place: Path) -> None:
    """Remove the checkpoint of a fit that is done, and what a killed one left half written."""
    shutil.rmtree(place / "checkpoint", ignore_errors=True)
    remove_parts(place)


def contiguous(arrays: Mapping[str, Any]) -> dict[str, Any]:
    """Arrays as they are written: on the CPU, in one piece."""
    return {name: array.detach().cpu().contiguous() for name, array in arrays.items()}
