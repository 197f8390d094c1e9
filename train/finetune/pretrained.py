"""Pretrained encoders: weights, tokenizer and config from a folder or the model hub."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standpoint.errors import EncoderError
from standpoint.files import file_sha256, replace_folder, scratch_folder
from standpoint.model import MAX_TOKENS, encoder_digest
from train.config import Source
from train.encoders import (
    ARCHITECTURES,
    NAME,
    ROBERTAS,
    SHA256,
    SOURCE_FILES,
    EncoderShape,
    download_weights,
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
    source: Source, *, root: Path, cache: Path, report_progress: ReportProgress
) -> Weights:
    """The encoder that a config names: a folder, or a name on the model hub.

    Parameters
    ----------
    root : the project's folder, which a relative folder starts from
    cache : folder of downloaded encoders

    Raises
    ------
    EncoderError
        there is no such folder or name, no network, or the graph does not support the encoder
    """
    folder = root / source.name
    if source.name.startswith((".", "/")) or folder.is_dir():
        if source.revision is not None:
            raise EncoderError(
                "model.encoder.revision: must be left out for a folder, "
                f"got {source.revision!r} for {source.name!r}."
            )
        return _checked(folder, source.name)
    cached = cache / f"{source.name.replace('/', '--')}@{source.revision or 'newest'}"
    if not all((cached / name).is_file() for name in SOURCE_FILES):
        _download(source, cached, report_progress)
    return _checked(cached, source.name)


def _download(source: Source, cached: Path, report_progress: ReportProgress) -> None:
    """Download an encoder into the cache, whole or not at all."""
    with scratch_folder(cached) as scratch:
        if source.name == NAME and source.revision is None:
            named = os.environ.get("STANDPOINT_ENCODER")
            if named and _is_default(Path(named)):
                files = Path(named)
            else:
                files = download_weights(scratch, report_progress)
        else:
            report_progress(f"encoder: getting {source.name} from the model hub")
            files = _from_hub(source, scratch / "hub")
        whole = scratch / "whole"
        whole.mkdir()
        for name in SOURCE_FILES:
            shutil.copyfile(files / name, whole / name)
        replace_folder(cached, whole)


def _is_default(folder: Path) -> bool:
    """Whether a folder has the files of the default encoder."""
    return all(
        (folder / name).is_file() and SHA256.get(name) in (None, file_sha256(folder / name))
        for name in SOURCE_FILES
    )


def _from_hub(source: Source, folder: Path) -> Path:
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import (
        EntryNotFoundError,
        HFValidationError,
        LocalEntryNotFoundError,
        OfflineModeIsEnabled,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    try:
        for name in SOURCE_FILES:
            hf_hub_download(source.name, name, revision=source.revision, local_dir=folder)
    except (HFValidationError, LocalEntryNotFoundError, OfflineModeIsEnabled, OSError) as error:
        is_local = isinstance(error, LocalEntryNotFoundError)
        if isinstance(error, RepositoryNotFoundError | HFValidationError):
            fault = (
                "must be on the model hub or a folder, got neither. "
                "Look at its spelling; a private one needs HF_TOKEN."
            )
        elif isinstance(error, RevisionNotFoundError):
            at = f" at the revision {source.revision!r}" if source.revision else ""
            fault = f"must be on the hub{at}, got no such revision."
        elif is_local or not isinstance(error, EntryNotFoundError):
            fault = (
                "must be available from the model hub, got no answer. "
                "Without a network, download it elsewhere and name its folder."
            )
        else:
            fault = (
                f"must have {', '.join(SOURCE_FILES)}, got a repository without one of them. "
                "Save it as safetensors with a fast tokenizer, and name the folder."
            )
        raise EncoderError(f"model.encoder.name: {source.name!r} {fault}") from None
    return folder


def _checked(folder: Path, name: str) -> Weights:
    missing = [file for file in SOURCE_FILES if not (folder / file).is_file()]
    if missing:
        got = "no such folder" if not folder.is_dir() else f"one without {', '.join(missing)}"
        raise EncoderError(
            f"model.encoder.name: must be a folder with {', '.join(SOURCE_FILES)}, or a name on "
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
            f"model.encoder.name: must be an encoder of the type {', '.join(ARCHITECTURES)}, "
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
