"""Who may ask: looked at before any view runs."""

from collections.abc import Callable
from http import HTTPStatus
from threading import Event

from flask import Flask, Response, g, request

from serve.problems import EndOfBatchError, problem
from serve.security.cross_site import (
    UNSAFE,
    comes_from_elsewhere,
    is_allowed,
    is_preflight,
    preflight,
)
from serve.security.host_names import host_named, is_of_this_machine
from serve.security.keyring import Keyring
from serve.security.rate_limits import Limits
from standpoint.errors import InputError
from standpoint.settings import Settings

OPEN = frozenset({"/healthz", "/readyz", "/ping"})
PAGES = frozenset({"/", "/models", "/docs", "/download"})
STOPPING = "the server stops. Send the lines from here on again in a moment."
NO_LONGER = "key: must be in force, got one that no longer is. Ask who runs the server for one."
REALM = 'realm="standpoint"'


def install(app: Flask, settings: Settings) -> None:
    """Look at every request of an app; a request that is refused reaches no view."""
    keys = Keyring(settings.api_keys_file, required=settings.keys_required)
    if "*" in settings.cors_origins and not keys.is_closed:
        raise InputError(
            "STANDPOINT_CORS_ORIGINS: must list origins where there are no API keys, got '*'. "
            "Run `standpoint keys add NAME`, or name the origins."
        )
    limits = Limits(settings.rate_per_minute, rate_of=keys.rate_of)
    app.extensions["standpoint.keys"] = keys
    app.extensions["standpoint.limits"] = limits
    guard = _Guard(keys, limits, settings)
    for look in (guard.host, guard.preflight, guard.site, guard.key, guard.rate, guard.encoding):
        app.before_request(look)


def keys_of(app: Flask) -> Keyring:
    """The keys of an app."""
    keys: Keyring = app.extensions["standpoint.keys"]
    return keys


def pacer(app: Flask, key_name: str | None, *, stopping: Event) -> Callable[[], None]:
    """Takes one more request of a key, for a line of a batch, and waits until it is given.

    A batch is slowed to its key's rate: refusing its lines would lose them. It ends when the key is
    no longer in force, and when the service stops.
    """
    limits: Limits = app.extensions["standpoint.limits"]
    keys = keys_of(app)

    def wait_for_turn() -> None:
        while True:
            if stopping.is_set():
                raise EndOfBatchError(HTTPStatus.SERVICE_UNAVAILABLE, STOPPING)
            if key_name is None:
                return
            if not keys.holds(key_name):
                raise EndOfBatchError(HTTPStatus.UNAUTHORIZED, NO_LONGER)
            taken = limits.take(key_name)
            if taken.allowed:
                return
            stopping.wait(min(1.0, max(0.01, taken.retry_after_s)))

    return wait_for_turn


def is_page(path: str) -> bool:
    """Whether a path is one that people open in a browser."""
    return path in PAGES


class _Guard:
    """The looks, in their order; each gives a refusal, or None to go on."""

    def __init__(self, keys: Keyring, limits: Limits, settings: Settings) -> None:
        self._keys = keys
        self._limits = limits
        self._hosts = settings.allowed_hosts
        self._origins = settings.cors_origins

    def host(self) -> Response | None:
        """Without keys, only by a name of this machine: a page of another site that has its name
        lead here (DNS rebinding) asks by its own.
        """
        header = request.headers.get("Host", "")
        host = host_named(header)
        if self._keys.is_closed or is_of_this_machine(host) or host in self._hosts:
            return None
        return problem(
            HTTPStatus.MISDIRECTED_REQUEST,
            "Host: must be localhost or 127.0.0.1 where there are no API keys, got "
            f"{header[:80]!r}. See STANDPOINT_ALLOWED_HOSTS in docs/api.md.",
        )

    def preflight(self) -> Response | None:
        """A browser asks without a key whether it may ask with one."""
        asked = is_preflight(request) and not is_page(request.path)
        if asked and is_allowed(request.headers.get("Origin"), self._origins):
            return preflight()
        return None

    def site(self) -> Response | None:
        """A browser adds a password it knows also to what another site's page sends here."""
        if request.method not in UNSAFE or not comes_from_elsewhere(request):
            return None
        if not is_page(request.path) and is_allowed(request.headers.get("Origin"), self._origins):
            return None
        return problem(
            HTTPStatus.FORBIDDEN,
            "Origin: must be this server or one of STANDPOINT_CORS_ORIGINS, "
            "got a request that another site's page made.",
        )

    def key(self) -> Response | None:
        """With keys, only who has one, but for the probes; its name is for the log."""
        g.key_name = None
        if request.path in OPEN or not self._keys.is_closed:
            return None
        found = self._keys.verify(_presented())
        if found is None:
            return _unauthorized()
        g.key_name = found.name
        return None

    def rate(self) -> Response | None:
        """Each key has its rate, whichever worker is asked."""
        if g.key_name is None:
            return None
        g.taken = taken = self._limits.take(g.key_name)
        if taken.allowed:
            return None
        return problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            f"rate: must be at most {taken.per_minute:,} requests a minute, got more. "
            f"Wait {taken.headers()['Retry-After']} s.",
        )

    def encoding(self) -> Response | None:
        """A small body that unpacks to a large one would pass by the limit."""
        given = request.headers.get("Content-Encoding", "identity")
        if given.strip().lower() in ("identity", ""):
            return None
        answer = problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"Content-Encoding: must be left out, got {given[:40]!r}. Send the body as it is.",
        )
        answer.headers["Accept-Encoding"] = "identity"
        return answer


def _presented() -> str:
    """The key that a request brings, wherever; empty where it brings none."""
    own = request.headers.get("X-API-Key")
    if own is not None:
        return own.strip()
    given = request.authorization
    if given is None:
        return ""
    return {"bearer": given.token, "basic": given.password}.get(given.type) or ""


def _unauthorized() -> Response:
    """The same answer whatever was wrong with the key."""
    page = is_page(request.path)
    answer = problem(
        HTTPStatus.UNAUTHORIZED,
        "key: must be one in force, as `Authorization: Bearer KEY` or `X-API-Key: KEY`, "
        "got none. Ask who runs the server for one.",
    )
    way = f'Basic {REALM}, charset="UTF-8"' if page else f"Bearer {REALM}"
    answer.headers["WWW-Authenticate"] = way
    return answer
