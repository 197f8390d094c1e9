"""Pretrained encoders: weights, tokenizer and config from a folder or the model hub."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from os.path import isdir, isfile
from pathlib import Path
from typing import Any

from standpoint.errors import EncoderError
from standpoint.files import file_sha256, replace_folder, scratch_folder
from standpoint.model import MAX_TOKENS, encoder_digest
from train.config import Source
from train.encoders import (
    ARCHITECTURES,
    ROBERTAS,
    SOURCE_FILES,
    EncoderShape,
    KnownEncoder,
    check_weights,
    download_weights,
    fetch_from_hub,
    known_encoder,
    position_offset,
)

ReportProgress = Callable[[str], None]
LEARNED = "learned.json"  # which data the weights of an earlier fine-tuning were trained on


@dataclass(frozen=True, slots=True)
class Weights:
    """A folder with ``model.safetensors``, ``tokenizer.json`` and ``config.json``.

    Attributes
    ----------
    sha256 : of each file
    learned : name, corpus and licence of the data that a run of this project trained them on
    """

    folder: Path
    name: str
    sha256: dict[str, str]
    learned: tuple[dict[str, str], ...] = ()

    @property
    def digest(self) -> str:
        """The digest of the three files together."""
        return encoder_digest(self.sha256)

    def config(self) -> dict[str, Any]:
        """The content of ``config.json``."""
        config: dict[str, Any] = json.loads((self.folder / "config.json").read_text("utf-8"))
        return config

    def max_tokens(self) -> int:
        """The number of positions of the encoder, at most `MAX_TOKENS`."""
        config = self.config()
        n_positions = int(config.get("max_position_embeddings", MAX_TOKENS))
        return min(n_positions - position_offset(config), MAX_TOKENS)


def find_weights(
    source: Source,
    *,
    root: Path,
    cache: Path,
    report_progress: ReportProgress,
    where: str = "model.encoder.name",
) -> Weights:
    """The encoder that a config names: a folder, a known encoder, or a name on the model hub.

    Parameters
    ----------
    root : the project's folder, which a relative folder starts from
    cache : folder of downloaded encoders
    where : what an error names as the fault's place

    Raises
    ------
    EncoderError
        there is no such folder or name, no network, or the graph does not support the encoder
    """
    folder = root / source.name
    if source.name.startswith((".", "/")) or isdir(folder):  # noqa: PTH112
        if source.revision is not None:
            raise EncoderError(
                "model.encoder.revision: must be left out for a folder, "
                f"got {source.revision!r} for {source.name!r}."
            )
        return _checked(folder, source.name, where=where)
    known = known_encoder(source.name) if source.revision is None else None
    name = known.name if known else source.name
    cached = cache / f"{name.replace('/', '--')}@{source.revision or 'newest'}"
    # Unlike `Path.is_file`, no error for a name that is too long for the file system.
    if not all(isfile(cached / file) for file in SOURCE_FILES):  # noqa: PTH113
        with scratch_folder(cached) as scratch:
            if known:
                files = _known_weights(known, scratch, report_progress=report_progress)
            else:
                report_progress(f"encoder: getting {name} from the model hub")
                files = fetch_from_hub(name, scratch / "hub", revision=source.revision, where=where)
            _keep(files, cached, scratch=scratch)
    elif known:
        check_weights(cached, known)
    return _checked(cached, name, where=where)


def _known_weights(known: KnownEncoder, scratch: Path, *, report_progress: ReportProgress) -> Path:
    """The weights in the folder of ``STANDPOINT_ENCODER``, where they are these; or download."""
    if named := os.environ.get("STANDPOINT_ENCODER"):
        with suppress(EncoderError):
            check_weights(Path(named), known)
            return Path(named)
    return download_weights(known, scratch, report_progress=report_progress)


def _keep(files: Path, cached: Path, *, scratch: Path) -> None:
    """Copy an encoder into the cache, whole or not at all."""
    whole = scratch / "whole"
    whole.mkdir()
    for name in SOURCE_FILES:
        shutil.copyfile(files / name, whole / name)
    replace_folder(cached, whole)


def _checked(folder: Path, name: str, *, where: str) -> Weights:
    missing = [file for file in SOURCE_FILES if not (folder / file).is_file()]
    if missing:
        got = "no such folder" if not folder.is_dir() else f"one without {', '.join(missing)}"
        raise EncoderError(
            f"{where}: must be a folder with {', '.join(SOURCE_FILES)}, or a name on "
            f"the model hub, got {got} at {name!r}. Look at its spelling."
        )
    sha256 = {file: file_sha256(folder / file) for file in SOURCE_FILES}
    weights = Weights(folder, name, sha256, _learned(folder))
    try:
        config = weights.config()
        kind = config.get("model_type")
    except (ValueError, AttributeError) as error:
        raise EncoderError(
            f"{folder / 'config.json'}: must be a JSON object, got {error}. "
            "Get the encoder again, or choose another."
        ) from None
    if kind not in ARCHITECTURES:
        raise EncoderError(
            f"{where}: must be an encoder of the type {', '.join(ARCHITECTURES)}, "
            f"got {kind!r} at {name!r}. Choose another."
        )
    _check_sizes(weights, config)
    EncoderShape.of(config)  # refuse before training what the graph does not support
    return weights


def _learned(folder: Path) -> tuple[dict[str, str], ...]:
    """The data that weights were trained on, from the file that a run wrote beside them."""
    try:
        sources = json.loads((folder / LEARNED).read_text("utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise EncoderError(
            f"{folder / LEARNED}: must say what the weights learned from, got {error}. "
            "Train them again."
        ) from None
    return tuple({key: str(data[key]) for key in ("name", "corpus", "licence")} for data in sources)


def _check_sizes(weights: Weights, config: dict[str, Any]) -> None:
    """Refuse sizes that do not fit each other, before they break a training step."""
    is_distilbert = config["model_type"] == "distilbert"
    width, heads = ("dim", "n_heads") if is_distilbert else ("hidden_size", "num_attention_heads")
    names = ["vocab_size", width, heads, "max_position_embeddings"]
    names += ["pad_token_id"] if config["model_type"] in ROBERTAS else []
    file = weights.folder / "config.json"
    for name in names:
        if not isinstance(config.get(name), int):
            raise EncoderError(
                f"{file}: {name} must be a whole number, got {config.get(name)!r}. "
                "Get the encoder again, or choose another."
            )
    if config[width] % config[heads]:
        raise EncoderError(
            f"{file}: {width} must be a multiple of {heads}, got {config[width]} and "
            f"{config[heads]}. Choose another encoder."
        )
    largest = max(open_tokenizer(weights).get_vocab().values(), default=0)
    if largest >= config["vocab_size"]:
        raise EncoderError(
            f"{weights.folder / 'tokenizer.json'}: must number tokens below the vocab_size of "
            f"config.json ({config['vocab_size']}), got {largest}. They are of two encoders."
        )


def open_tokenizer(weights: Weights) -> Any:
    """The tokenizer of an encoder."""
    from tokenizers import Tokenizer

    file = weights.folder / "tokenizer.json"
    try:
        return Tokenizer.from_file(str(file))
    except Exception as error:  # noqa: BLE001 (the library raises nothing narrower)
        raise EncoderError(
            f"{file}: must be a tokenizer, got {str(error).splitlines()[0]}. "
            "Get the encoder again, or choose another."
        ) from None


def open_torch(weights: Weights) -> Any:
    """The encoder as a torch module, without the pooler of its first token.

    Raises
    ------
    EncoderError
        the weights cannot be read, or differ from those that its config describes
    """
    from safetensors import SafetensorError
    from transformers import AutoModel

    try:
        with quiet():
            encoder, report = AutoModel.from_pretrained(
                weights.folder,
                local_files_only=True,
                dtype="float32",
                ignore_mismatched_sizes=True,
                output_loading_info=True,
            )
    except (OSError, ValueError, RuntimeError, SafetensorError) as error:
        raise EncoderError(_weights_fault(weights, str(error).splitlines()[0])) from None
    unusable = [name for name in report["missing_keys"] if not name.startswith("pooler.")]
    unusable += [row[0] for row in report["mismatched_keys"]]
    if unusable:
        raise EncoderError(_weights_fault(weights, f"none of that shape for {min(unusable)}"))
    encoder.pooler = None
    return encoder


def _weights_fault(weights: Weights, got: str) -> str:
    return (
        f"model.encoder.name: must have the weights that its config.json says, got {got} at "
        f"{weights.name!r}. Get the encoder again, or choose another."
    )


@contextmanager
def quiet() -> Iterator[None]:
    """Silence transformers: its reports of unused weights and its progress bars."""
    from transformers.utils import logging

    before = logging.get_verbosity()
    bars = logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(before)
        if bars:
            logging.enable_progress_bar()
