"""Refusals of the area "reports"."""

MESSAGES: dict[str, tuple[str, str]] = {}
