"""Refusals of the area "accounts"."""

MESSAGES: dict[str, tuple[str, str]] = {}
