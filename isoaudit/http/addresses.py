"""Addresses that come from outside: where to go after signing in, and whether the way here was safe."""

from urllib.parse import urlsplit

from flask import request

_LOCAL = {"localhost", "127.0.0.1", "::1"}


def safe_next(target: str | None) -> str | None:
    """`target` when it is a path of this site, else None: never another host, scheme or a browser's reading of one."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or any(ord(each) < 0x21 for each in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


def secure_enough() -> bool:
    """Whether a password may be typed here: the request came by HTTPS, or the browser speaks to its own machine."""
    if request.is_secure:
        return True
    host = urlsplit(f"//{request.host}").hostname or ""
    return host in _LOCAL or host.endswith(".localhost")
