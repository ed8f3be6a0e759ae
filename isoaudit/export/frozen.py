"""A report's content as canonical JSON and back: what a frozen report stores, and what is written anew from it.

The digest is taken over these bytes (RULES §10). Reading gives a content from which every writer makes the same
bytes as from the one that was stored.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from isoaudit.domain.digest import canonical, digest_of
from isoaudit.export.layout import ReportContent


def to_bytes(content: ReportContent) -> bytes:
    """The canonical JSON of the content, in UTF-8."""
    return canonical(_plain(content)).encode()


def digest(content: ReportContent) -> str:
    """The SHA-256 of `to_bytes`, 64 hexadecimal digits."""
    return digest_of(_plain(content))


def from_bytes(stored: bytes) -> ReportContent:
    """The content that was stored. Raises ValueError when it is not the JSON of a report's content."""
    try:
        made = _made(json.loads(stored), ReportContent)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not the content of a report: {error}") from error
    if not isinstance(made, ReportContent):
        raise ValueError("not the content of a report")
    return made


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, StrEnum):
        return value.value
    return value


@cache
def _types(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _made(value: Any, kind: Any) -> Any:
    """The value of this type that was written as `value`."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return None if value is None else _made(value, next(each for each in get_args(kind) if each is not type(None)))
    if origin is tuple:
        return tuple([_made(each, get_args(kind)[0]) for each in value])
    if not isinstance(kind, type):
        return value
    if is_dataclass(kind):
        types = _types(kind)
        return kind(**{name: _made(each, types[name]) for name, each in value.items()})
    if kind is date:
        return date.fromisoformat(value)
    return kind(value) if issubclass(kind, StrEnum) else value
