"""Access checks that run before every view: host, origin, API key, rate, encoding."""

from collections.abc import Callable
from http import HTTPStatus
from threading import Event

from flask import Flask, Response, g, request

from serve.problems import EndOfBatchError, Problem
from serve.security.cross_site import (
    PREFLIGHT_HEADERS,
    UNSAFE_METHODS,
    is_allowed,
    is_cross_site,
    is_preflight,
)
from serve.security.host_names import is_local_name, parse_host
from serve.security.keyring import Keyring
from serve.security.rate_limits import RateLimiter
from standpoint.errors import InputError
from standpoint.settings import Settings

OPEN_PATHS = frozenset({"/healthz", "/readyz", "/ping"})
PAGE_PATHS = frozenset({"/", "/models", "/docs", "/download"})  # for browsers; the rest is the API
STOPPING = "the server stops. Send the lines from here on again in a moment."
KEY_EXPIRED = "key: must be in force, got one that no longer is. Ask who runs the server for one."
REALM = 'realm="standpoint"'
# A waiting batch checks this often whether its key was revoked or the server stops.
MIN_WAIT_S, MAX_WAIT_S = 0.01, 1.0


def install(app: Flask, settings: Settings) -> None:
    """Check every request of an app; a refused request reaches no view."""
    keys = Keyring(settings.api_keys_file, required=settings.keys_required)
    if "*" in settings.cors_origins and not keys.is_required:
        raise InputError(
            "STANDPOINT_CORS_ORIGINS: must list origins where there are no API keys, got '*'. "
            "Run `standpoint keys add NAME`, or name the origins."
        )
    limiter = RateLimiter(settings.rate_per_minute, rate_of=keys.rate_of)
    app.extensions["standpoint.keys"] = keys
    app.extensions["standpoint.rate_limiter"] = limiter
    guard = _Guard(keys, limiter, settings)
    for check in (
        guard.check_host,
        guard.answer_preflight,
        guard.check_origin,
        guard.check_key,
        guard.check_rate,
        guard.check_encoding,
    ):
        app.before_request(check)


def batch_rate_limiter(app: Flask, key_name: str | None, *, stopping: Event) -> Callable[[], None]:
    """A function that waits until a key may send one more line of a batch.

    A batch is slowed down to its key's rate, because refused lines would be lost. The function
    raises `EndOfBatchError` when the key is no longer in force, or when the server stops.
    """
    limiter: RateLimiter = app.extensions["standpoint.rate_limiter"]
    keys: Keyring = app.extensions["standpoint.keys"]

    def wait() -> None:
        while True:
            if stopping.is_set():
                raise EndOfBatchError(HTTPStatus.SERVICE_UNAVAILABLE, STOPPING)
            if key_name is None:
                return
            if not keys.is_in_force(key_name):
                raise EndOfBatchError(HTTPStatus.UNAUTHORIZED, KEY_EXPIRED)
            decision = limiter.take(key_name)
            if decision.allowed:
                return
            stopping.wait(min(MAX_WAIT_S, max(MIN_WAIT_S, decision.retry_after_s)))

    return wait


class _Guard:
    """The checks, in their order; each returns a refusal, or None."""

    def __init__(self, keys: Keyring, limiter: RateLimiter, settings: Settings) -> None:
        self._keys, self._limiter, self._settings = keys, limiter, settings

    def check_host(self) -> Response | None:
        """Without keys, accept only names of this machine.

        This stops DNS rebinding: a page of another site whose name resolves to this machine sends
        that name as ``Host``.
        """
        header = request.headers.get("Host", "")
        host, allowed = parse_host(header), self._settings.allowed_hosts
        if self._keys.is_required or is_local_name(host) or host in allowed:
            return None
        return Problem(
            HTTPStatus.MISDIRECTED_REQUEST,
            "Host: must be localhost or 127.0.0.1 where there are no API keys, got "
            f"{header[:80]!r}. See STANDPOINT_ALLOWED_HOSTS in docs/api.md.",
        ).response()

    def answer_preflight(self) -> Response | None:
        """Answer a CORS preflight, which a browser sends without a key."""
        is_answered = is_preflight(request) and self._may_share()
        return Response(status=204, headers=PREFLIGHT_HEADERS) if is_answered else None

    def check_origin(self) -> Response | None:
        """Refuse cross-site requests that change something.

        A browser would add the password that it stored for this server.
        """
        cross_site = request.method in UNSAFE_METHODS and is_cross_site(request)
        if not cross_site or self._may_share():
            return None
        return Problem(
            HTTPStatus.FORBIDDEN,
            "Origin: must be this server or one of STANDPOINT_CORS_ORIGINS, "
            "got a request that another site's page made.",
        ).response()

    def _may_share(self) -> bool:
        """Whether pages of the request's origin may use the path."""
        origin = request.headers.get("Origin")
        return request.path not in PAGE_PATHS and is_allowed(origin, self._settings.cors_origins)

    def check_key(self) -> Response | None:
        """Require a key, except for health probes; its name is stored for the log."""
        g.key_name = None
        if request.path in OPEN_PATHS or not self._keys.is_required:
            return None
        key = self._keys.verify(_read_secret())
        if key is None:
            return _unauthorized()
        g.key_name = key.name
        return None

    def check_rate(self) -> Response | None:
        """Limit the rate of each key, over all workers."""
        if g.key_name is None:
            return None
        g.rate_decision = decision = self._limiter.take(g.key_name)
        if decision.allowed:
            return None
        return Problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            f"rate: must be at most {decision.per_minute:,} requests a minute, got more. "
            f"Wait {decision.headers()['Retry-After']} s.",
        ).response()

    def check_encoding(self) -> Response | None:
        """Refuse compressed bodies: a small one can unpack to more than the limit."""
        encoding = request.headers.get("Content-Encoding", "identity")
        if encoding.strip().lower() in ("identity", ""):
            return None
        response = Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"Content-Encoding: must be left out, got {encoding[:40]!r}. Send the body as it is.",
        ).response()
        response.headers["Accept-Encoding"] = "identity"
        return response


def _read_secret() -> str:
    """The key that a request sends in either header; empty where it sends none."""
    secret = request.headers.get("X-API-Key")
    if secret is not None:
        return secret.strip()
    authorization = request.authorization
    if authorization is None:
        return ""
    secrets = {"bearer": authorization.token, "basic": authorization.password}
    return secrets.get(authorization.type) or ""


def _unauthorized() -> Response:
    """The same response whatever is wrong with the key, so that it tells an attacker nothing."""
    response = Problem(
        HTTPStatus.UNAUTHORIZED,
        "key: must be one in force, as `Authorization: Bearer KEY` or `X-API-Key: KEY`, "
        "got none. Ask who runs the server for one.",
    ).response()
    # A browser asks its user for a password only if the scheme is Basic.
    scheme = f'Basic {REALM}, charset="UTF-8"' if request.path in PAGE_PATHS else f"Bearer {REALM}"
    response.headers["WWW-Authenticate"] = scheme
    return response
