"""ONNX sessions of onnxruntime: one thread, no usage events, and what they raise."""

import os
from pathlib import Path
from typing import Any


def disable_telemetry() -> None:
    """Tell onnxruntime to record and send no usage events. Call it before its first import."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")


def open_session(graph: Path) -> Any:
    """Open the session of a graph file; it may be run from several threads."""
    disable_telemetry()
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread: training and serving run several texts in threads of their own.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors only
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def session_faults() -> tuple[type[Exception], ...]:
    """What onnxruntime raises for a file that is no graph, and for inputs that do not fit one.

    Its errors have no base class of their own.
    """
    disable_telemetry()
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    return (
        state.Fail,
        state.InvalidArgument,
        state.InvalidGraph,
        state.InvalidProtobuf,
        state.NoSuchFile,
        state.NotImplemented,
        state.RuntimeException,
        ValueError,  # an input that is missing, or that the graph does not have
    )
