"""Refusals of the area "audits"."""

MESSAGES: dict[str, tuple[str, str]] = {}
