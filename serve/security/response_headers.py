"""What every answer tells a browser about itself."""

from flask import Flask, Response, g, request

from serve.security.cross_site import is_allowed, permit
from serve.security.guard import is_page
from standpoint.settings import Settings

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
API_POLICY = "default-src 'none'; frame-ancestors 'none'"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def install(app: Flask, settings: Settings) -> None:
    """Set the headers on every answer of an app, errors too."""

    def allow(answer: Response) -> Response:
        return _allow(answer, settings.cors_origins)

    app.after_request(_secure)
    app.after_request(allow)


def _secure(answer: Response) -> Response:
    is_html = answer.mimetype == "text/html"
    answer.headers.update(ALWAYS)
    answer.headers["Content-Security-Policy"] = PAGE_POLICY if is_html else API_POLICY
    # A page must name its origin to itself, or a browser posts its form with `Origin: null`.
    answer.headers["Referrer-Policy"] = "same-origin" if is_html else "no-referrer"
    answer.headers.setdefault("Cache-Control", "no-store")
    if (taken := g.get("taken")) is not None:
        answer.headers.update(taken.headers())
    return answer


def _allow(answer: Response, origins: tuple[str, ...]) -> Response:
    if not origins:
        return answer
    answer.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin is not None and is_allowed(origin, origins) and not is_page(request.path):
        permit(answer, origin=origin, origins=origins)
    return answer
