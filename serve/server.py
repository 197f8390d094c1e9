"""The service behind gunicorn, or behind Flask's own server for development."""

import logging
import socket
from contextlib import suppress
from typing import Any

from serve.app import create_app
from serve.service import Service
from standpoint.champion import load_champions
from standpoint.errors import InputError, NoChampionError, StandpointError
from standpoint.settings import Settings

LOG = logging.getLogger("standpoint.serve")
THREADS_PER_WORKER = 4
TIMEOUT_S = 60


def serve(settings: Settings, *, host: str, port: int, workers: int, dev: bool) -> None:
    """Serve until stopped; a champion that cannot be loaded is refused before it starts."""
    if not 1 <= port <= 65535:
        raise InputError(f"--port: must be from 1 to 65535, got {port}.")
    if workers < 1:
        raise InputError(f"--workers: must be at least 1, got {workers}.")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    _check_free(host, port)
    service = Service(settings)
    try:
        load_champions(settings.models_dir)
    except NoChampionError as error:
        LOG.warning("%s", error)
    app = create_app(service, settings)
    LOG.info("serving on http://%s:%d (Ctrl-C ends it)", host, port)
    if dev:
        app.run(host=host, port=port, threaded=True)
    else:
        _gunicorn(app, service, host=host, port=port, workers=workers)


def _check_free(host: str, port: int) -> None:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
    except OSError as error:
        raise InputError(
            f"--host and --port: must be free to listen on, got {host}:{port}, "
            f"{error.strerror or error}. Choose another --port."
        ) from None


def _gunicorn(app: Any, service: Service, *, host: str, port: int, workers: int) -> None:
    from gunicorn.app.base import BaseApplication

    def post_worker_init(_worker: Any) -> None:
        # The encoder's session is opened here and never before the fork: its threads and locks do
        # not survive one.
        with suppress(StandpointError):
            service.shelf.current()

    options = {
        "bind": f"{host}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS_PER_WORKER,
        "timeout": TIMEOUT_S,
        "preload_app": True,
        "control_socket_disable": True,  # it would be in the user's home, which may be no place
        "proc_name": "standpoint",
        "loglevel": "warning",
        "post_worker_init": post_worker_init,
    }

    class Application(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return app

    Application().run()
