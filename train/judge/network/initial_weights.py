"""The weights of an earlier fit's checkpoint, as those that a network begins with."""

from collections.abc import Mapping
from pathlib import Path

from torch import Tensor

from standpoint.errors import ConfigError
from train.finetune.checkpoint import ARRAYS
from train.judge.network.judge_network import JudgeNetwork

NEW = "sentiment."
"""Before the names of the weights that a network may have and the earlier one not, or the reverse:
they begin as new ones, or are left."""


def checkpoint_arrays(folder: Path) -> Path:
    """The file of a checkpoint's arrays.

    Raises
    ------
    ConfigError
        there is none
    """
    file = folder / ARRAYS
    if not file.is_file():
        raise ConfigError(
            f"model.initial: must be the folder of a checkpoint with {ARRAYS}, got {folder}. "
            "A finished fit leaves one in models/cache/judges/NAME/checkpoint."
        )
    return file


def load_initial(network: JudgeNetwork, folder: Path) -> None:
    """Begin with the weights of a checkpoint: the mean of the last steps', if it has one.

    Raises
    ------
    ConfigError
        there is no checkpoint, or one of other layers or heads
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    file = checkpoint_arrays(folder)
    try:
        arrays = load_file(file)
    except (OSError, SafetensorError) as error:
        raise ConfigError(f"model.initial: must be a whole checkpoint, got {error}.") from None
    weights = _under(arrays, "average.") or _under(arrays, "network.")
    begun = network.trained_state()
    expected = {name for name in begun if name in weights or not name.startswith(NEW)}
    others = {n for n in weights.keys() - begun.keys() if not n.startswith(NEW)}
    for name in sorted(expected | others):
        shapes = [own[name].shape if name in own else None for own in (begun, weights)]
        if shapes[0] != shapes[1]:
            must, got = (tuple(shape) if shape else "none" for shape in shapes)
            raise ConfigError(
                f"model.initial: must be a checkpoint of the same layers and heads, got {name} of "
                f"shape {got} in {folder}, not {must}. Set the encoder, the frozen layers and the "
                "widths as they were."
            )
    network.load_trained({**begun, **{name: weights[name] for name in expected}})


def _under(arrays: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """The arrays whose name begins so, without it."""
    return {n.removeprefix(prefix): a for n, a in arrays.items() if n.startswith(prefix)}
