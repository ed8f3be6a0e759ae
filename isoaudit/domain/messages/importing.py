"""Refusals of the area "importing"."""

MESSAGES: dict[str, tuple[str, str]] = {}
