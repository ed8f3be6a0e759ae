"""Headers that every answer carries: a strict Content-Security-Policy and the usual companions; reverse proxies."""

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=()",
}


def init_app(app: Flask, trusted_proxies: tuple[str, ...]) -> None:
    """Add the headers; believe forwarded ones only when they come from a trusted proxy."""
    app.after_request(_headers)
    if trusted_proxies:
        app.wsgi_app = TrustedProxies(app.wsgi_app, trusted_proxies)  # type: ignore[method-assign]


class TrustedProxies:
    """Applies werkzeug's ProxyFix only to requests that come from one of the given addresses."""

    def __init__(self, inner, addresses: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
        self.plain = inner
        self.fixed = ProxyFix(inner, x_for=1, x_proto=1, x_host=1)
        self.addresses = frozenset(addresses)

    def __call__(self, environ, start_response):  # type: ignore[no-untyped-def]
        trusted = environ.get("REMOTE_ADDR") in self.addresses
        return (self.fixed if trusted else self.plain)(environ, start_response)


def _headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
