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
    """The file of the arrays of the checkpoint that a fit begins with.

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
    weights = trained_weights(read_arrays(checkpoint_arrays(folder), where="model.initial"))
    load_weights(
        network,
        weights,
        where="model.initial",
        advice="Set the encoder, the frozen layers and the widths as they were.",
    )


def read_arrays(file: Path, *, where: str) -> dict[str, Tensor]:
    """The arrays of a checkpoint.

    Parameters
    ----------
    where : what an error names as the fault's place

    Raises
    ------
    ConfigError
        the file is damaged
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return load_file(file)
    except (OSError, SafetensorError) as error:
        raise ConfigError(f"{where}: must be a whole checkpoint, got {error}.") from None


def trained_weights(arrays: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The weights of a checkpoint: the mean of the last steps', if it has one."""
    return _under(arrays, "average.") or _under(arrays, "network.")


def load_weights(
    network: JudgeNetwork, weights: Mapping[str, Tensor], *, where: str, advice: str
) -> None:
    """Load weights under the names of `JudgeNetwork.trained_state`.

    Parameters
    ----------
    where, advice : the place that an error names, and what to do then

    Raises
    ------
    ConfigError
        they are of other layers or heads
    """
    begun = network.trained_state()
    expected = {name for name in begun if name in weights or not name.startswith(NEW)}
    others = {n for n in weights.keys() - begun.keys() if not n.startswith(NEW)}
    for name in sorted(expected | others):
        shapes = [own[name].shape if name in own else None for own in (begun, weights)]
        if shapes[0] != shapes[1]:
            must, got = (tuple(shape) if shape else "none" for shape in shapes)
            raise ConfigError(
                f"{where}: must be a checkpoint of the same layers and heads, got {name} of shape "
                f"{got}, not {must}. {advice}"
            )
    network.load_trained({**begun, **{name: weights[name] for name in expected}})


def _under(arrays: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """The arrays whose name begins so, without it."""
    return {n.removeprefix(prefix): a for n, a in arrays.items() if n.startswith(prefix)}
