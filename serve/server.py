"""The service behind gunicorn, or behind Flask's own server for development."""

import logging
from typing import Any

from serve.app import create_app
from serve.service import Service
from standpoint.errors import InputError, NoChampionError
from standpoint.settings import Settings

THREADS_PER_WORKER = 4
TIMEOUT_S = 60


def serve(settings: Settings, *, host: str, port: int, workers: int, dev: bool) -> None:
    """Serve until stopped; the champions are loaded before the first worker starts."""
    if not 1 <= port <= 65535:
        raise InputError(f"--port: must be from 1 to 65535, got {port}.")
    if workers < 1:
        raise InputError(f"--workers: must be at least 1, got {workers}.")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    service = Service(settings)
    try:
        service.shelf.current()
    except NoChampionError as error:
        logging.getLogger("standpoint.serve").warning("%s", error)
    app = create_app(service, settings)
    if dev:
        app.run(host=host, port=port, threaded=True)
    else:
        _gunicorn(app, host=host, port=port, workers=workers)


def _gunicorn(app: Any, *, host: str, port: int, workers: int) -> None:
    from gunicorn.app.base import BaseApplication

    options = {
        "bind": f"{host}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS_PER_WORKER,
        "timeout": TIMEOUT_S,
        "preload_app": True,
        "proc_name": "standpoint",
        "loglevel": "warning",
    }

    class Application(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return app

    Application().run()
