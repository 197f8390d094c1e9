"""The ONNX graphs of a judge, run one after the other."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy.typing as npt

from standpoint.errors import BundleError
from standpoint.onnx_session import open_session, session_faults

Array = npt.NDArray[Any]
STATES = "states"


class GraphChain:
    """Graph files whose first output is the input ``states`` of the next.

    Each graph takes of the named inputs those that it has. A stage of an encoder is cut into
    several files where one would be too large.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        self.files = tuple(files)

    @cached_property
    def _sessions(self) -> list[Any]:
        return [_open(file) for file in self.files]

    def run(self, **inputs: Array) -> dict[str, Array]:
        """The outputs of the last graph, by name.

        Raises
        ------
        BundleError
            a file is no graph, or a graph does not take the inputs
        """
        outputs: dict[str, Array] = {}
        for file, session in zip(self.files, self._sessions, strict=True):
            outputs = _run(file, session, inputs)
            inputs = {**inputs, STATES: next(iter(outputs.values()))}
        return outputs


def _open(file: Path) -> Any:
    try:
        return open_session(file)
    except session_faults() as error:
        raise BundleError(
            f"{file}: must be an ONNX graph that onnxruntime reads, got {_first_line(error)}. "
            "Export the bundle again."
        ) from None


def _run(file: Path, session: Any, inputs: dict[str, Array]) -> dict[str, Array]:
    wanted = [node.name for node in session.get_inputs()]
    names = [node.name for node in session.get_outputs()]
    unknown = [name for name in wanted if name not in inputs]
    if unknown:
        raise BundleError(
            f"{file}: inputs must be among {', '.join(sorted(inputs))}, got {', '.join(unknown)}. "
            "Export the bundle again."
        )
    try:
        outputs = session.run(names, {name: inputs[name] for name in wanted})
    except session_faults() as error:
        raise BundleError(
            f"{file}: must take the judge's inputs, got {_first_line(error)}. "
            "Export the bundle again."
        ) from None
    return dict(zip(names, outputs, strict=True))


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")[:200]
