"""Where the weights of an encoder come from: a folder, or the model hub."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standpoint.errors import EncoderError
from standpoint.files import file_sha256, replace_folder, scratch_folder
from standpoint.model import MAX_TOKENS, encoder_digest
from train.config import Source
from train.encoders import ARCHITECTURES, NAME, SOURCE_FILES, SUMS, WITH_OFFSET, BertShape, fetched

Say = Callable[[str], None]
LEARNED = "learned.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """A folder with ``model.safetensors``, ``tokenizer.json`` and ``config.json``.

    Attributes
    ----------
    sums : sha256 of each file
    learned : the data that a run of this project trained them on, if one did
    """

    folder: Path
    name: str
    sums: dict[str, str]
    learned: tuple[dict[str, str], ...] = ()

    @property
    def digest(self) -> str:
        """What names the three files together."""
        return encoder_digest(self.sums)

    def config(self) -> dict[str, Any]:
        """What ``config.json`` holds."""
        found: dict[str, Any] = json.loads((self.folder / "config.json").read_text("utf-8"))
        return found

    def max_tokens(self) -> int:
        """How many tokens the encoder has positions for, 512 at most."""
        config = self.config()
        n_positions = int(config.get("max_position_embeddings", MAX_TOKENS))
        if config.get("model_type") in WITH_OFFSET:
            n_positions -= int(config["pad_token_id"]) + 1
        return min(n_positions, MAX_TOKENS)


def find_weights(source: Source, *, root: Path, kept: Path, say: Say) -> Weights:
    """The weights a config names; those of the hub are kept under ``kept``.

    Parameters
    ----------
    root : the project's folder, which a relative folder starts from
    kept : where what was fetched is kept

    Raises
    ------
    EncoderError
        there is no such folder or name, no network, or a kind of encoder that cannot be served
    """
    folder = root / source.name
    if source.name.startswith((".", "/")) or folder.is_dir():
        if source.revision is not None:
            raise EncoderError(
                "model.encoder.revision: must be left out for a folder, "
                f"got {source.revision!r} for {source.name!r}."
            )
        return _checked(folder, source.name)
    place = kept / f"{source.name.replace('/', '--')}@{source.revision or 'newest'}"
    if not all((place / name).is_file() for name in SOURCE_FILES):
        _fetch(source, place, say)
    return _checked(place, source.name)


def _fetch(source: Source, place: Path, say: Say) -> None:
    import shutil

    with scratch_folder(place) as scratch:
        if source.name == NAME and source.revision is None:
            given = os.environ.get("STANDPOINT_ENCODER")
            found = Path(given) if given and _is_known(Path(given)) else fetched(scratch, say)
        else:
            say(f"encoder: getting {source.name} from the model hub")
            found = _from_hub(source, scratch / "hub")
        whole = scratch / "whole"
        whole.mkdir()
        for name in SOURCE_FILES:
            shutil.copyfile(found / name, whole / name)
        replace_folder(place, whole)


def _is_known(folder: Path) -> bool:
    """Whether a folder has the weights that are used unless others are named."""
    return all(
        (folder / name).is_file() and SUMS.get(name) in (None, file_sha256(folder / name))
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

    where = f"model.encoder.name: {source.name!r}"
    at = f" at the revision {source.revision!r}" if source.revision else ""
    try:
        for name in SOURCE_FILES:
            hf_hub_download(source.name, name, revision=source.revision, local_dir=folder)
    except (HFValidationError, LocalEntryNotFoundError, OfflineModeIsEnabled, OSError) as error:
        if isinstance(error, RepositoryNotFoundError | HFValidationError):
            raise EncoderError(
                f"{where} must be on the model hub or a folder, got neither. "
                "Look at its spelling; a private one needs HF_TOKEN."
            ) from None
        if isinstance(error, RevisionNotFoundError):
            raise EncoderError(f"{where} must be on the hub{at}, got no such revision.") from None
        if isinstance(error, EntryNotFoundError) and not isinstance(error, LocalEntryNotFoundError):
            raise EncoderError(
                f"{where} must have {', '.join(SOURCE_FILES)}, got a repository without one of "
                "them. Save it as safetensors with a fast tokenizer, and name the folder."
            ) from None
        raise EncoderError(
            f"{where} must be had from the model hub, got no answer. "
            "Without a network, download it elsewhere and name its folder."
        ) from None
    return folder


def _checked(folder: Path, name: str) -> Weights:
    missing = [file for file in SOURCE_FILES if not (folder / file).is_file()]
    if missing:
        got = "no such folder" if not folder.is_dir() else f"one without {', '.join(missing)}"
        raise EncoderError(
            f"model.encoder.name: must be a folder with {', '.join(SOURCE_FILES)}, or a name on "
            f"the model hub, got {got} at {name!r}. Look at its spelling."
        )
    sums = {file: file_sha256(folder / file) for file in SOURCE_FILES}
    found = Weights(folder, name, sums, _learned(folder))
    try:
        config = found.config()
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
    _check_numbers(found, config)
    BertShape.of(config)  # what cannot be served is refused before it is trained
    return found


def _learned(folder: Path) -> tuple[dict[str, str], ...]:
    """What weights that a run wrote say that they learned from."""
    try:
        found = json.loads((folder / LEARNED).read_text("utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise EncoderError(
            f"{folder / LEARNED}: must say what the weights learned from, got {error}. "
            "Train them again."
        ) from None
    return tuple({key: str(data[key]) for key in ("name", "corpus", "licence")} for data in found)


def _check_numbers(weights: Weights, config: dict[str, Any]) -> None:
    """Refuse sizes that do not fit each other, before they break a step in the middle."""
    small = config["model_type"] == "distilbert"
    width, heads = ("dim", "n_heads") if small else ("hidden_size", "num_attention_heads")
    names = ["vocab_size", width, heads, "max_position_embeddings"]
    names += ["pad_token_id"] if config["model_type"] in WITH_OFFSET else []
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
    """The encoder as torch has it, without what pools its first token.

    Raises
    ------
    EncoderError
        the weights cannot be read, or are not all those that its config says
    """
    from safetensors import SafetensorError
    from transformers import AutoModel

    try:
        with quiet():
            encoder, found = AutoModel.from_pretrained(
                weights.folder,
                local_files_only=True,
                dtype="float32",
                ignore_mismatched_sizes=True,
                output_loading_info=True,
            )
    except (OSError, ValueError, RuntimeError, SafetensorError) as error:
        raise EncoderError(_unlike(weights, str(error).splitlines()[0])) from None
    lost = [name for name in found["missing_keys"] if not name.startswith("pooler.")]
    lost += [row[0] for row in found["mismatched_keys"]]
    if lost:
        raise EncoderError(_unlike(weights, f"none of that shape for {min(lost)}"))
    encoder.pooler = None
    return encoder


def _unlike(weights: Weights, got: str) -> str:
    return (
        f"model.encoder.name: must have the weights that its config.json says, got {got} at "
        f"{weights.name!r}. Get the encoder again, or choose another."
    )


@contextmanager
def quiet() -> Iterator[None]:
    """Keeps transformers' reports of unused weights off the terminal."""
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
