"""Logs, metrics, and memory that workers share or give back."""

from serve.system.logs import begin_logging, log_request
from serve.system.memory import few_arenas, give_back
from serve.system.metrics import FOLDER, Metrics, forget_worker
from serve.system.shared_memory import SharedFile

__all__ = [
    "FOLDER",
    "Metrics",
    "SharedFile",
    "begin_logging",
    "few_arenas",
    "forget_worker",
    "give_back",
    "log_request",
]
