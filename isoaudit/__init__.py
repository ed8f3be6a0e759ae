"""isoaudit: the tool with which a Vietnamese province audits ISO 9001 in its administration."""

__version__ = "0.1.0"
