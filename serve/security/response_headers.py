"""Security headers of every response, and CORS headers for allowed origins."""

from flask import Flask, Response, g, request

from serve.security.cross_site import is_allowed
from serve.security.guard import PAGE_PATHS
from standpoint.settings import Settings

EXPOSED_HEADERS = (
    "X-Request-ID, Retry-After, RateLimit-Limit, RateLimit-Policy, RateLimit-Remaining, "
    "RateLimit-Reset"
)
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
COMMON_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
API_HEADERS = {
    **COMMON_HEADERS,
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
PAGE_HEADERS = {
    **COMMON_HEADERS,
    "Content-Security-Policy": PAGE_POLICY,
    # With no-referrer, a browser would post the page's own form with `Origin: null`.
    "Referrer-Policy": "same-origin",
}


def install(app: Flask, settings: Settings) -> None:
    """Set the headers on every response of an app, also on errors."""
    origins = settings.cors_origins

    def set_cors_headers(response: Response) -> Response:
        if not origins:
            return response
        response.vary.add("Origin")
        origin = request.headers.get("Origin")
        if origin is not None and is_allowed(origin, origins) and request.path not in PAGE_PATHS:
            # Never with the browser's credentials.
            response.headers["Access-Control-Allow-Origin"] = "*" if "*" in origins else origin
            response.headers["Access-Control-Expose-Headers"] = EXPOSED_HEADERS
        return response

    app.after_request(_set_security_headers)
    app.after_request(set_cors_headers)


def _set_security_headers(response: Response) -> Response:
    response.headers.update(PAGE_HEADERS if response.mimetype == "text/html" else API_HEADERS)
    # Answers and pages may show an article that is not public.
    response.headers.setdefault("Cache-Control", "no-store")
    if (decision := g.get("rate_decision")) is not None:
        response.headers.update(decision.headers())
    return response
