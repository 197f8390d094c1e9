"""Cache of finished fits, by the digest of everything that decides them."""

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
from train.features import PairRows
from train.finetune.dev_scoring import MAIN, exported_logits
from train.finetune.export import Exported
from train.finetune.pretrained import LEARNED, Weights

DONE, HEADS, PRETRAINED = "done.json", "heads.safetensors", "encoder.safetensors"
SECONDS = "seconds.json"


@dataclass(frozen=True, slots=True)
class FinetuneResult:
    """A fine-tuned encoder with its heads.

    Attributes
    ----------
    heads : by name; `MAIN` is that of the run's own task
    epochs : of the weights
    metrics : scores of dev by epoch, the loss by int8, seconds
    float32_weights : weights that are not quantized
    """

    encoder: Encoder
    heads: dict[str, Head]
    epochs: int
    metrics: dict[str, float]
    float32_weights: tuple[str, ...] = ()

    def logits(self, rows: PairRows, *, features: EncoderFeatures, head: str = MAIN) -> Floats:
        """Logits with the bias, computed as serving does: with the int8 encoder."""
        return exported_logits(rows.pairs, features, self.encoder, self.heads[head])


def read_cached(folder: Path, key: str) -> FinetuneResult | None:
    """A cached fit; None where there is none, or a damaged one."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        done = json.loads((folder / DONE).read_text("utf-8"))
        if done["key"] != key or file_sha256(folder / HEADS) != done["heads"]:
            return None
        encoder = open_encoder(folder / "encoder", digest=done["encoder"])
        arrays = load_file(folder / HEADS)
        float32_weights = tuple(done["kept"])
    except (OSError, ValueError, KeyError, EncoderError, SafetensorError):
        return None
    names = sorted({name.rpartition(".")[0] for name in arrays})
    heads = {name: Head(arrays[f"{name}.weights"], arrays[f"{name}.bias"], 1.0) for name in names}
    return FinetuneResult(encoder, heads, int(done["epochs"]), dict(done["found"]), float32_weights)


@contextmanager
def fit_lock(folder: Path, *, report_progress: Callable[[str], None]) -> Iterator[None]:
    """An exclusive lock on the folder of a fit: other processes wait until it is released."""
    locks = folder.parent.with_name(f"{folder.parent.name}-locks")
    locks.mkdir(parents=True, exist_ok=True)
    with (locks / folder.name).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report_progress(f"{folder.name}: another run is at the same fit, waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_heads(folder: Path, heads: Mapping[str, Head]) -> None:
    """Write the heads of a fit."""
    from safetensors.numpy import save_file

    arrays: dict[str, Any] = {}
    for name, head in heads.items():
        arrays |= {f"{name}.weights": head.weights, f"{name}.bias": head.bias}
    save_file(arrays, folder / HEADS)


def write_weights(
    folder: Path,
    arrays: Mapping[str, Any],
    pretrained: Weights,
    *,
    trained_on: Sequence[dict[str, str]],
) -> None:
    """Write the fine-tuned weights to a folder that another config can name as its encoder.

    Parameters
    ----------
    trained_on : name, corpus and licence of all data that the weights were trained on
    """
    from safetensors.torch import save_file

    weights = folder / "weights"
    weights.mkdir(exist_ok=True)
    save_file(contiguous(arrays), weights / "model.safetensors", metadata={"format": "pt"})
    for name in ("config.json", "tokenizer.json"):
        shutil.copyfile(pretrained.folder / name, weights / name)
    (weights / LEARNED).write_text(json.dumps(list(trained_on), indent=2) + "\n", "utf-8")


def write_pretrained(folder: Path, arrays: Mapping[str, Any], *, seconds: float) -> None:
    """Write the encoder after the tasks of ``before``, and how long their training took."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    (folder / SECONDS).write_text(json.dumps(seconds), "utf-8")
    with scratch_folder(folder / PRETRAINED) as scratch:
        save_file(dict(arrays), scratch / PRETRAINED)
        (scratch / PRETRAINED).replace(folder / PRETRAINED)
    remove_leftovers(folder)


def read_pretrained(folder: Path) -> dict[str, Any] | None:
    """The arrays of an encoder after the tasks of ``before``; None where none or damaged."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return dict(load_file(folder / PRETRAINED))
    except (OSError, SafetensorError):
        return None


def read_seconds(folder: Path) -> float:
    """How long the tasks of ``before`` took; 0 where that is unknown."""
    try:
        return float(json.loads((folder / SECONDS).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return 0.0


def write_done(
    folder: Path, *, key: str, epochs: int, exported: Exported, metrics: Mapping[str, float]
) -> None:
    """Write the file that marks a fit as finished, last of all, and remove its checkpoint."""
    done = {
        "key": key,
        "epochs": epochs,
        "found": dict(metrics),
        "encoder": exported.encoder.digest,
        "kept": list(exported.float32_weights),
        "heads": file_sha256(folder / HEADS),
    }
    write_text(folder / DONE, json.dumps(done))
    remove_leftovers(folder)


def remove_leftovers(folder: Path) -> None:
    """Remove the checkpoint of a finished fit, and half-written files of killed processes."""
    shutil.rmtree(folder / "checkpoint", ignore_errors=True)
    remove_parts(folder)


def contiguous(arrays: Mapping[str, Any]) -> dict[str, Any]:
    """Contiguous copies of arrays on the CPU, as safetensors writes them."""
    return {name: array.detach().cpu().contiguous() for name, array in arrays.items()}
