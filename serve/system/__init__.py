"""Logs, metrics, and the memory of the server's processes."""

from serve.system.file_stamps import Stamp, read_stamp
from serve.system.logs import configure_logging, log_request
from serve.system.memory import limit_malloc_arenas, release_free_memory
from serve.system.metrics import Metrics, metrics_folder, remove_worker_metrics
from serve.system.shared_memory import SharedFile

__all__ = [
    "Metrics",
    "SharedFile",
    "Stamp",
    "configure_logging",
    "limit_malloc_arenas",
    "log_request",
    "metrics_folder",
    "read_stamp",
    "release_free_memory",
    "remove_worker_metrics",
]
