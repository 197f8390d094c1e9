"""The weights of an earlier fit, of its checkpoint or its bundle, that a network begins with."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from torch import Tensor

from standpoint.errors import ConfigError
from standpoint.files import file_sha256
from standpoint.model import MANIFEST, read_manifest
from train.finetune.checkpoint import ARRAYS
from train.judge.learned_data import is_bundle
from train.judge.network.bundle_weights import bundle_weights
from train.judge.network.judge_network import JudgeNetwork

WHERE = "model.initial"
ROUNDING = 0.05
"""Of the norm of a matrix: more than rounding to 7 bits takes from it. A guess."""
UNROUNDED = 1e-5  # of biases and gains, which are not rounded: training moves all of them further
NEW = "sentiment."
"""Before the names of the weights that a network may have and the earlier one not, or the reverse:
they begin as new ones, or are left."""


def weights_digest(folder: Path, *, where: str) -> str:
    """The digest of the weights of a checkpoint or a bundle.

    Parameters
    ----------
    where : what an error names as the fault's place

    Raises
    ------
    ConfigError
        the folder has neither a checkpoint nor a bundle
    """
    if is_bundle(folder):  # but not its card and scores, which are no weights
        sums = [f"{name} {value}" for name, value in sorted(read_manifest(folder).files.items())
                if name.endswith(".onnx")]  # fmt: skip
        return hashlib.sha256("\n".join(sums).encode()).hexdigest()
    return file_sha256(_checkpoint_file(folder, where))


def _checkpoint_file(folder: Path, where: str) -> Path:
    file = folder / ARRAYS
    if not file.is_file():
        raise ConfigError(
            f"{where}: must be the folder of a checkpoint with {ARRAYS}, or of a judge's bundle "
            f"with {MANIFEST}, got {folder}. A finished fit leaves a checkpoint in "
            "models/cache/judges/NAME/checkpoint; a shipped judge is in models/shipped."
        )
    return file


def read_weights(folder: Path, *, where: str) -> dict[str, Tensor]:
    """The weights of a checkpoint: the mean of the last steps', if it has one; or of a bundle.

    Those of a bundle are what int8 has left, and those of frozen layers are among them.

    Parameters
    ----------
    where : what an error names as the fault's place

    Raises
    ------
    ConfigError
        there are none, or they are damaged
    """
    if is_bundle(folder):
        return bundle_weights(folder, where=where)
    arrays = read_arrays(_checkpoint_file(folder, where), where=where)
    return _under(arrays, "average.") or _under(arrays, "network.")


def load_initial(network: JudgeNetwork, folder: Path) -> None:
    """Begin with the weights of a checkpoint or a bundle; frozen layers stay the encoder's.

    Raises
    ------
    ConfigError
        there are none, or those of other layers or heads
    """
    load_weights(
        network,
        read_weights(folder, where=WHERE),
        where=WHERE,
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


def load_weights(
    network: JudgeNetwork, weights: Mapping[str, Tensor], *, where: str, advice: str
) -> None:
    """Load weights under the names of `JudgeNetwork.trained_state`.

    Those of layers that the network does not train must be the encoder's, but for rounding.

    Parameters
    ----------
    where, advice : the place that an error names, and what to do then

    Raises
    ------
    ConfigError
        they are of other layers or heads
    """
    weights = _without_frozen(network, weights, where=where)
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


def _without_frozen(
    network: JudgeNetwork, weights: Mapping[str, Tensor], *, where: str
) -> dict[str, Tensor]:
    """The weights but for those that the network has and does not train.

    Raises
    ------
    ConfigError
        those differ from the encoder's by more than rounding: they were trained
    """
    state = network.state_dict()
    frozen = state.keys() - network.trained_state().keys()
    for name in sorted(frozen & weights.keys()):
        own, other = state[name].cpu(), weights[name]
        if own.shape != other.shape or _differ(own, other):
            raise ConfigError(
                f"{where}: must have trained no layer that is frozen here, got {name} that is "
                f"not the encoder's. Set frozen_layers below {network.n_frozen}, or the encoder "
                "as it was."
            )
    return {name: array for name, array in weights.items() if name not in frozen}


def _differ(own: Tensor, other: Tensor) -> bool:
    share = ROUNDING if own.ndim > 1 else UNROUNDED
    return bool((own - other).norm() > share * own.norm())


def _under(arrays: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """The arrays whose name begins so, without it."""
    return {n.removeprefix(prefix): a for n, a in arrays.items() if n.startswith(prefix)}
