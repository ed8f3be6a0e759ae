"""Refusals of what is recorded of a unit for a year: quality objectives, reports owed, money."""

MESSAGES: dict[str, tuple[str, str]] = {}
