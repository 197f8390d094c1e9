"""Requests that pages of other sites make."""

from collections.abc import Collection
from urllib.parse import urlsplit

from flask import Request, Response

ALLOWED_HEADERS = "Authorization, X-API-Key, Content-Type, X-Request-ID"
ALLOWED_METHODS = "GET, POST"
EXPOSED_HEADERS = (
    "X-Request-ID, Retry-After, RateLimit-Limit, RateLimit-Policy, RateLimit-Remaining, "
    "RateLimit-Reset"
)
PREFLIGHT_MAX_AGE_S = 600
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
PORTS = {"http": 80, "https": 443}


def is_allowed(origin: str | None, origins: Collection[str]) -> bool:
    """Whether pages of an origin may read the API's answers."""
    return origin is not None and ("*" in origins or origin.lower() in origins)


def is_preflight(request: Request) -> bool:
    """Whether a browser only asks if it may ask."""
    asked = request.headers.get("Access-Control-Request-Method")
    return request.method == "OPTIONS" and "Origin" in request.headers and asked is not None


def comes_from_elsewhere(request: Request) -> bool:
    """Whether a browser says that another site's page made the request.

    Newer ones say so in ``Sec-Fetch-Site`` (over https and to localhost), all of them name the
    page's ``Origin`` when it posts. Programs that are no browsers send neither.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and not _is_own(origin, request.headers.get("Host", ""))


def _is_own(origin: str, host: str) -> bool:
    """Whether an origin is the server under the name it was asked by.

    Its scheme does not count: a proxy in front may speak https where it is asked in http.
    """
    try:
        found = urlsplit(origin)
        own = urlsplit(f"{found.scheme}://{host}")
        standard = PORTS.get(found.scheme)
        return bool(found.hostname) and (
            (found.hostname, found.port or standard) == (own.hostname, own.port or standard)
        )
    except ValueError:
        return False


def permit(answer: Response, *, origin: str, origins: Collection[str]) -> None:
    """Let the pages of an origin read an answer. Never with a browser's own credentials."""
    answer.headers["Access-Control-Allow-Origin"] = "*" if "*" in origins else origin
    answer.headers["Access-Control-Expose-Headers"] = EXPOSED_HEADERS


def preflight() -> Response:
    """What may be asked."""
    answer = Response(status=204)
    answer.headers["Access-Control-Allow-Methods"] = ALLOWED_METHODS
    answer.headers["Access-Control-Allow-Headers"] = ALLOWED_HEADERS
    answer.headers["Access-Control-Max-Age"] = str(PREFLIGHT_MAX_AGE_S)
    return answer
