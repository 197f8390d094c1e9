"""Start of the service: checks, champions, app, and the server that runs it."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from serve.api import Service
from serve.app import create_app
from serve.champions import Challenger, load_challenger
from serve.runtime.listening import check_free, is_socket_activated, passed_hosts
from serve.security import Keyring, check_address
from serve.system import configure_logging, metrics_folder
from standpoint.errors import InputError, NoChampionError
from standpoint.settings import Settings

LOG = logging.getLogger("standpoint.serve")


@dataclass(frozen=True, slots=True)
class Plan:
    """The options of `standpoint serve`.

    Attributes
    ----------
    challenger : a bundle's folder, or a version of a task as ``stance/3``
    share : of the requests that the challenger labels too, 0 to 1
    """

    host: str
    port: int
    workers: int
    dev: bool = False
    challenger: str | None = None
    share: float = 0.1


def serve(settings: Settings, plan: Plan) -> None:
    """Serve until stopped.

    Raises
    ------
    StandpointError
        an option is wrong, the address is taken or public without keys, or a champion cannot be
        loaded
    """
    _check_options(plan)
    configure_logging(settings.log_format)
    activated = not plan.dev and is_socket_activated()
    keys = Keyring(settings.api_keys_file, required=settings.keys_required)
    for host in passed_hosts() if activated else [plan.host]:
        check_address(host, keys)
    if not activated:
        check_free(plan.host, plan.port)
    challenger = _load_challenger(settings, plan)
    with metrics_folder():
        service = Service(settings, challenger=challenger)
        try:
            service.champions.preload()
        except NoChampionError as error:
            LOG.warning("%s", error)
        app = create_app(service, settings)
        where = "the socket that systemd passed" if activated else f"http://{plan.host}:{plan.port}"
        LOG.info("serving on %s (Ctrl-C ends it)", where)
        if plan.dev:
            service.champions.start()
            handler = _unnamed_handler()
            app.run(host=plan.host, port=plan.port, threaded=True, request_handler=handler)
        else:
            from serve.runtime.gunicorn_server import serve_with_gunicorn

            host = f"[{plan.host}]" if ":" in plan.host else plan.host
            address = f"{host}:{plan.port}"
            serve_with_gunicorn(app, service, address=address, workers=plan.workers)


def _check_options(plan: Plan) -> None:
    if not 1 <= plan.port <= 65535:
        raise InputError(f"--port: must be from 1 to 65535, got {plan.port}.")
    if plan.workers < 1:
        raise InputError(f"--workers: must be at least 1, got {plan.workers}.")
    if not 0 <= plan.share <= 1:
        raise InputError(f"--share: must be from 0 to 1, got {plan.share}.")


def _load_challenger(settings: Settings, plan: Plan) -> Challenger | None:
    if plan.challenger is None:
        return None
    folder = Path(plan.challenger)
    if not folder.is_dir() and (settings.models_dir / folder).is_dir():
        folder = settings.models_dir / folder
    return load_challenger(settings.models_dir, folder, share=plan.share, serving=settings.model)


def _unnamed_handler() -> Any:
    """A handler of Flask's server whose ``Server`` header hides its version and Python's."""
    from werkzeug.serving import WSGIRequestHandler

    class UnnamedHandler(WSGIRequestHandler):
        def version_string(self) -> str:
            return "standpoint"

    return UnnamedHandler
