"""Weights of the prototype's network under the names of `JudgeNetwork`.

The prototype had the layers of transformers' modules: ``layers.N.*`` are those above the frozen
ones, ``bias.*`` is the bias of relative positions, which all layers share, ``seg`` has the vectors
of the segments, ``about.*`` and ``st.*`` are the heads of the last layer. It had no exit.
"""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from train.encoders import as_bert
from train.judge.network.judge_network import JudgeNetwork
from train.judge.network.transformer import load_named

_WORDS = "embeddings.word_embeddings.weight"
_POSITIONS = "embeddings.position_embeddings.weight"


def load_prototype(
    network: JudgeNetwork, state: Mapping[str, Tensor], *, config: dict[str, Any]
) -> None:
    """Load a state dict of the prototype's layout into a network; its exit stays as it is.

    Parameters
    ----------
    config : the encoder's ``config.json``, which says what its layers are called

    Raises
    ------
    EncoderError
        a weight is missing or has another shape
    """
    layers = {_layer_name(n, network.n_frozen): a for n, a in state.items() if _is_layer(n)}
    layers |= {
        f"encoder.relative_attention_bias.{_after(name)}": array
        for name, array in state.items()
        if name.startswith("bias.")
    }
    # `as_bert` renames whole encoders; a table of words and of positions makes this one whole.
    whole = {name: array.float().numpy() for name, array in layers.items()}
    empty = torch.zeros(8, network.shape.width).numpy()
    named = as_bert({**whole, _WORDS: empty, _POSITIONS: empty}, config)
    arrays = {name: torch.from_numpy(array.copy()) for name, array in named.items()}
    network.encoder.load_bert(arrays, first=network.n_frozen)
    heads = {"about": "about", "stance": "st"}
    for own, name in heads.items():
        head = getattr(network, own)
        load_named(head, state, {key: f"{name}.{key}" for key in head.state_dict()})
    with torch.no_grad():
        network.segments.copy_(state["seg"])


def _is_layer(name: str) -> bool:
    return name.startswith("layers.")


def _layer_name(name: str, n_frozen: int) -> str:
    """The name in the encoder of a weight of a layer, which the prototype counts from 0."""
    number, _, rest = _after(name).partition(".")
    return f"encoder.layer.{n_frozen + int(number)}.{rest}"


def _after(name: str) -> str:
    return name.partition(".")[2]
