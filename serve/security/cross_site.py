"""Cross-origin requests: CORS, and protection against cross-site request forgery."""

from collections.abc import Collection
from urllib.parse import urlsplit

from flask import Request

PREFLIGHT_HEADERS = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, X-API-Key, Content-Type, X-Request-ID",
    # Seconds. Chrome allows two hours; after ten minutes a changed setting takes effect.
    "Access-Control-Max-Age": "600",
}
UNSAFE_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
DEFAULT_PORTS = {"http": 80, "https": 443}


def is_allowed(origin: str | None, origins: Collection[str]) -> bool:
    """Whether pages of an origin may read the API's answers."""
    return origin is not None and ("*" in origins or origin.lower() in origins)


def is_preflight(request: Request) -> bool:
    """Whether a browser asks for permission to send a cross-origin request."""
    method = request.headers.get("Access-Control-Request-Method")
    return request.method == "OPTIONS" and "Origin" in request.headers and method is not None


def is_cross_site(request: Request) -> bool:
    """Whether a browser sent the request for a page of another site.

    Newer browsers say so in ``Sec-Fetch-Site`` (over https and to localhost). All browsers send
    the page's ``Origin`` with a POST. Other programs send neither.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and not _is_own(origin, request.headers.get("Host", ""))


def _is_own(origin: str, host: str) -> bool:
    """Whether an origin has the server's own host and port.

    Its scheme is ignored: behind a proxy the browser may use https and the proxy http.
    """
    try:
        theirs = urlsplit(origin)
        own = urlsplit(f"{theirs.scheme}://{host}")
        default = DEFAULT_PORTS.get(theirs.scheme)
        return bool(theirs.hostname) and (
            (theirs.hostname, theirs.port or default) == (own.hostname, own.port or default)
        )
    except ValueError:  # a port that is no number
        return False
