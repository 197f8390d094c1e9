"""The sizes of an encoder that decide its graph, from a model hub ``config.json``."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standpoint.errors import EncoderError

ARCHITECTURES = ("bert", "roberta", "xlm-roberta", "camembert", "distilbert", "electra", "mpnet")
ROBERTAS = ("roberta", "xlm-roberta", "camembert")
MPNET_PADDING_ID = 1  # fixed in MPNet's published code, whatever `pad_token_id` says
N_BUCKETS = 32  # of MPNet's relative positions; fixed in its published code too
_SIZES = ("num_hidden_layers", "num_attention_heads", "hidden_size")
_DISTILBERT_SIZES = ("n_layers", "n_heads", "dim")


@dataclass(frozen=True)
class EncoderShape:
    """The sizes in a ``config.json`` that decide the graph.

    Attributes
    ----------
    has_relative_positions : whether attention adds a bias for the distance of two tokens (MPNet)
    """

    n_layers: int
    n_heads: int
    width: int
    epsilon: float
    has_relative_positions: bool = False

    @property
    def has_large_tokens(self) -> bool:
        """Whether int8 loses much without a scale for each token: MPNet (docs/decisions/0013)."""
        return self.has_relative_positions

    @classmethod
    def read(cls, path: Path) -> "EncoderShape":
        """Read a model hub ``config.json``; see `of` for the errors."""
        try:
            config = json.loads(path.read_text("utf-8"))
            config["model_type"]
        except (ValueError, KeyError, TypeError) as error:
            raise EncoderError(
                f"{path}: must be a JSON object with model_type, got {error!r}. "
                "Get the encoder again, or choose another."
            ) from None
        return cls.of(config)

    @classmethod
    def of(cls, config: dict[str, Any]) -> "EncoderShape":
        """The shape in a model hub config.

        Raises
        ------
        EncoderError
            the graph does not support its activation or its kind of positions, or a size is
            missing
        """
        kind = config.get("model_type")
        is_distilbert, is_mpnet = kind == "distilbert", kind == "mpnet"
        _check_supported(config, activation="activation" if is_distilbert else "hidden_act")
        sizes = _DISTILBERT_SIZES if is_distilbert else _SIZES
        missing = [key for key in sizes if not isinstance(config.get(key), int)]
        if missing:
            raise EncoderError(
                f"config.json: {missing[0]} must be a whole number, got "
                f"{config.get(missing[0])!r}. Choose another encoder."
            )
        n_layers, n_heads, width = (config[key] for key in sizes)
        epsilon = 1e-12 if is_distilbert else config.get("layer_norm_eps", 1e-12)
        return cls(n_layers, n_heads, width, epsilon, has_relative_positions=is_mpnet)


def _check_supported(config: dict[str, Any], *, activation: str) -> None:
    """Refuse what the graph does not compute; a key that is left out has its usual value."""
    supported: dict[str, object] = {activation: "gelu", "position_embedding_type": "absolute"}
    if config.get("model_type") == "mpnet":
        supported["relative_attention_num_buckets"] = N_BUCKETS
    for key, wanted in supported.items():
        value = config.get(key) or wanted
        if value != wanted:
            raise EncoderError(
                f"config.json: {key} must be {wanted}, got {value!r}. Choose another encoder."
            )


def position_offset(config: dict[str, Any]) -> int:
    """The row of the position table that the first token has.

    >>> position_offset({"model_type": "bert", "pad_token_id": 0})
    0
    >>> position_offset({"model_type": "roberta", "pad_token_id": 1})
    2
    """
    kind = config.get("model_type")
    if kind == "mpnet":
        return MPNET_PADDING_ID + 1
    return int(config["pad_token_id"]) + 1 if kind in ROBERTAS else 0
