"""Headers that every answer carries: a strict Content-Security-Policy and the usual companions; reverse proxies."""

import ipaddress
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

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
    """Add the headers; believe forwarded ones only when they come from a trusted proxy.

    Raises ValueError when an address of a proxy is none.
    """
    app.after_request(_headers)
    if trusted_proxies:
        app.wsgi_app = TrustedProxies(app.wsgi_app, trusted_proxies)  # type: ignore[method-assign]


class TrustedProxies:
    """Believes X-Forwarded-For, -Proto and -Host only of requests that come from one of the given addresses (or
    networks). Of X-Forwarded-For it takes the last address that is not itself a trusted proxy: whatever stands before
    was written by the visitor."""

    def __init__(self, inner: "WSGIApplication", addresses: tuple[str, ...]) -> None:
        self._plain = inner
        self._fixed = ProxyFix(inner, x_for=0, x_proto=1, x_host=1)
        self._networks = [_network(address) for address in addresses]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Serve one request."""
        if not self._trusted(environ.get("REMOTE_ADDR", "")):
            return self._plain(environ, start_response)
        hops = [hop.strip() for hop in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        for hop in reversed(hops):
            if not _is_address(hop):
                break
            environ["REMOTE_ADDR"] = hop
            if not self._trusted(hop):
                break
        return self._fixed(environ, start_response)

    def _trusted(self, address: str) -> bool:
        return _is_address(address) and any(ipaddress.ip_address(address) in network for network in self._networks)


def _network(address: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ipaddress.ip_network(address, strict=False)
    except ValueError:
        raise ValueError(f"ISOAUDIT_TRUSTED_PROXIES: “{address}” không phải địa chỉ IP (is no IP address)") from None


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
