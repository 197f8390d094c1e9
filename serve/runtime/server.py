"""The service behind gunicorn, or behind Flask's own server for development."""

import logging
import os
import re
import resource
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from serve.api import Service
from serve.app import create_app
from serve.champions import Challenger, load_challenger
from serve.security import Keyring, check_address
from serve.system import FOLDER, begin_logging, few_arenas, forget_worker, log_request
from standpoint.errors import InputError, NoChampionError
from standpoint.settings import Settings

LOG = logging.getLogger("standpoint.serve")
THREADS_PER_WORKER = 16  # a streamed batch holds one while it lasts
TIMEOUT_S = 60
MAX_CONNECTIONS = 4096  # of a worker
SPARE_FILES = 128
FIRST_GIVEN = 3  # of the sockets that systemd hands over
COUNTS = "standpoint-counts-"


@dataclass(frozen=True, slots=True)
class Plan:
    """What `standpoint serve` is told on its command line.

    Attributes
    ----------
    challenger : a bundle's folder, or a version of ``task`` as ``stance/3``
    share : of the requests that the challenger labels too
    """

    host: str
    port: int
    workers: int
    dev: bool = False
    challenger: str | None = None
    share: float = 0.1


def serve(settings: Settings, plan: Plan) -> None:
    """Serve until stopped; a champion that cannot be loaded is refused before it starts."""
    _check(plan)
    begin_logging(settings.log_format)
    activated = not plan.dev and _is_activated()
    keys = Keyring(settings.api_keys_file, required=settings.keys_required)
    for host in _hosts_given() if activated else [plan.host]:
        check_address(host, keys)
    if not activated:
        _check_free(plan.host, plan.port)
    challenger = _challenger(settings, plan)
    with counts_folder():
        service = Service(settings, challenger=challenger)
        try:
            service.shelf.preload()
        except NoChampionError as error:
            LOG.warning("%s", error)
        app = create_app(service, settings)
        where = "the socket it was given" if activated else f"http://{plan.host}:{plan.port}"
        LOG.info("serving on %s (Ctrl-C ends it)", where)
        if plan.dev:
            service.shelf.begin()
            app.run(host=plan.host, port=plan.port, threaded=True, request_handler=_nameless())
        else:
            _gunicorn(app, service, plan)


def _check(plan: Plan) -> None:
    if not 1 <= plan.port <= 65535:
        raise InputError(f"--port: must be from 1 to 65535, got {plan.port}.")
    if plan.workers < 1:
        raise InputError(f"--workers: must be at least 1, got {plan.workers}.")
    if not 0 <= plan.share <= 1:
        raise InputError(f"--share: must be from 0 to 1, got {plan.share}.")


def _challenger(settings: Settings, plan: Plan) -> Challenger | None:
    if plan.challenger is None:
        return None
    folder = Path(plan.challenger)
    if not folder.is_dir() and (settings.models_dir / folder).is_dir():
        folder = settings.models_dir / folder
    return load_challenger(settings.models_dir, folder, share=plan.share)


def _is_activated() -> bool:
    """Whether the socket to listen on was handed over, as systemd does it."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()):
        return False
    given = os.environ.get("LISTEN_FDS", "")
    if not re.fullmatch("[1-9][0-9]{0,3}", given):
        raise InputError(f"LISTEN_FDS: must be a number of sockets above 0, got {given[:40]!r}.")
    return True


def _hosts_given() -> list[str]:
    """The addresses of the sockets that were handed over; one that is a file is of this machine."""
    hosts = []
    for number in range(FIRST_GIVEN, FIRST_GIVEN + int(os.environ["LISTEN_FDS"])):
        try:
            with socket.socket(fileno=os.dup(number)) as given:
                if given.family in (socket.AF_INET, socket.AF_INET6):
                    hosts.append(str(given.getsockname()[0]))
        except OSError as error:
            raise InputError(
                f"LISTEN_FDS: must count sockets that were handed over, got {error.strerror} for "
                f"file {number}."
            ) from None
    return hosts


def _nameless() -> Any:
    """Flask's own server, which does not tell its version and Python's."""
    from werkzeug.serving import WSGIRequestHandler

    class Nameless(WSGIRequestHandler):
        def version_string(self) -> str:
            return "standpoint"

    return Nameless


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


@contextmanager
def counts_folder() -> Iterator[None]:
    """A folder in which the workers keep what they count; gone when the service ends."""
    _sweep(Path(tempfile.gettempdir()))
    folder = tempfile.mkdtemp(prefix=f"{COUNTS}{os.getpid()}-")
    os.environ[FOLDER] = folder
    owner = os.getpid()
    try:
        yield
    finally:
        if os.getpid() == owner:  # a worker leaves this block too
            os.environ.pop(FOLDER, None)
            shutil.rmtree(folder, ignore_errors=True)


def _sweep(above: Path) -> None:
    """Remove the folders of services that were killed."""
    for folder in above.glob(f"{COUNTS}*"):
        pid = folder.name.removeprefix(COUNTS).partition("-")[0]
        if pid.isdigit() and not Path("/proc", pid).exists():
            shutil.rmtree(folder, ignore_errors=True)


def max_connections() -> int:
    """How many connections a worker may hold, after asking for as many files as are allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + SPARE_FILES
    allowed = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    if soft < allowed:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
            soft = allowed
    return max(SPARE_FILES, min(MAX_CONNECTIONS, soft - SPARE_FILES))


def _one_log() -> Any:
    """Gunicorn's logger, but that its lines go where all others go."""
    from gunicorn.glogging import Logger

    class OneLog(Logger):  # type: ignore[misc]
        def setup(self, cfg: Any) -> None:
            super().setup(cfg)
            self.error_log.handlers = []
            self.error_log.propagate = True

    return OneLog


def _gunicorn(app: Any, service: Service, plan: Plan) -> None:
    from gunicorn.app.base import BaseApplication

    from serve.runtime.worker import BufferingWorker

    class Worker(BufferingWorker):
        max_body_bytes = service.settings.max_body_bytes
        stopping = service.stopping

        def count_refusal(self, status: HTTPStatus) -> None:
            service.metrics.refused_unread(status.value)
            log_request(method="none", route="none", status=status.value)

    def post_worker_init(_worker: Any) -> None:
        # The encoder's session is opened here and never before the fork: its threads and locks do
        # not survive one.
        few_arenas()
        service.shelf.begin()

    def worker_exit(_server: Any, _worker: Any) -> None:
        service.shelf.stop()

    def child_exit(_server: Any, worker: Any) -> None:
        forget_worker(worker.pid)

    options = {
        "bind": f"[{plan.host}]:{plan.port}" if ":" in plan.host else f"{plan.host}:{plan.port}",
        "workers": plan.workers,
        "worker_class": Worker,
        "threads": THREADS_PER_WORKER,
        "worker_connections": max_connections(),
        "timeout": TIMEOUT_S,
        "preload_app": True,
        "proc_name": "standpoint",
        "loglevel": "warning",
        "logger_class": _one_log(),
        "control_socket_disable": True,
        "post_worker_init": post_worker_init,
        "worker_exit": worker_exit,
        "child_exit": child_exit,
    }
    if Path("/dev/shm").is_dir():  # where a full or slow disk keeps no worker from its heartbeat
        options["worker_tmp_dir"] = "/dev/shm"

    class Application(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return app

    Application().run()
