"""The service behind gunicorn: settings, hooks and logging of its processes."""

import resource
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from serve.api import Service
from serve.runtime.worker import BufferingWorker
from serve.system import limit_malloc_arenas, log_request, remove_worker_metrics

# Each of the eight batches that `serve.api` streams at a time holds a thread; as many are left.
THREADS_PER_WORKER = 16
WORKER_TIMEOUT_S = 60  # gunicorn kills a worker whose event loop stands still for longer
MAX_CONNECTIONS = 4096  # of a worker; each is an open file
SPARE_FILES = 128  # open files of a worker beside its connections: models, logs, sockets


class RootLogger(Logger):  # type: ignore[misc]
    """gunicorn's logger, but its records go to the root logger like all others."""

    def setup(self, cfg: Any) -> None:
        """Replace gunicorn's handlers."""
        super().setup(cfg)
        self.error_log.handlers = []
        self.error_log.propagate = True


def serve_with_gunicorn(app: Flask, service: Service, *, address: str, workers: int) -> None:
    """Serve an app until stopped.

    Parameters
    ----------
    address : ``host:port``, with brackets around an IPv6 host
    """
    options = {
        "bind": address,
        "workers": workers,
        "worker_class": _worker_class(service),
        "threads": THREADS_PER_WORKER,
        "worker_connections": raise_connection_limit(),
        "timeout": WORKER_TIMEOUT_S,
        "preload_app": True,
        "proc_name": "standpoint",
        "loglevel": "warning",
        "logger_class": RootLogger,
        "control_socket_disable": True,
        **_hooks(service),
    }
    if Path("/dev/shm").is_dir():  # in memory: a full or slow disk cannot delay the heartbeat
        options["worker_tmp_dir"] = "/dev/shm"

    class Application(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return app

    Application().run()


def _worker_class(service: Service) -> type[BufferingWorker]:
    class Worker(BufferingWorker):
        max_body_bytes = service.settings.max_body_bytes
        stopping = service.stopping

        def count_refusal(self, status: HTTPStatus) -> None:
            service.metrics.count_unread_refusal(status.value)
            log_request(method="none", route="none", status=status.value)

    return Worker


def _hooks(service: Service) -> dict[str, Any]:
    def post_worker_init(_worker: Any) -> None:
        # Encoder sessions are opened after the fork: their threads and locks do not survive one.
        limit_malloc_arenas()
        service.champions.start()

    return {
        "post_worker_init": post_worker_init,
        "worker_exit": lambda _server, _worker: service.champions.stop(),
        "child_exit": lambda _server, worker: remove_worker_metrics(worker.pid),
    }


def raise_connection_limit() -> int:
    """Raise the limit of open files where allowed; returns how many connections fit in it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + SPARE_FILES
    allowed = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    if soft < allowed:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
            soft = allowed
    return max(SPARE_FILES, min(MAX_CONNECTIONS, soft - SPARE_FILES))
