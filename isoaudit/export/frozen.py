"""A report's content as canonical JSON and back: what a frozen report stores, and what is written anew from it.

The digest is taken over these bytes (RULES §10). Reading gives a content from which every writer makes the same
bytes as from the one that was stored. `plain` and `made` do it for any value built of frozen dataclasses.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from isoaudit.domain.digest import canonical, digest_of
from isoaudit.export.layout import ReportContent

Made = TypeVar("Made")


def to_bytes(content: ReportContent) -> bytes:
    """The canonical JSON of the content, in UTF-8."""
    return canonical(plain(content)).encode()


def digest(content: ReportContent) -> str:
    """The SHA-256 of `to_bytes`, 64 hexadecimal digits."""
    return digest_of(plain(content))


def from_bytes(stored: bytes) -> ReportContent:
    """The content that was stored. Raises ValueError when it is not the JSON of a report's content."""
    try:
        found = made(json.loads(stored), ReportContent)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not the content of a report: {error}") from error
    if not isinstance(found, ReportContent):
        raise ValueError("not the content of a report")
    return found


def known_to(stored: bytes, content: ReportContent) -> ReportContent:
    """The content as the version would have made it that stored the other one: fields that no value of their kind has
    there get their defaults, as they do in what `from_bytes` reads. What then differs is what was entered since, and
    not what is kept since."""
    known: dict[type, set[str]] = {}
    _named(json.loads(stored), ReportContent, known)
    found: ReportContent = _reduced(content, known)
    return found


def stored(value: object) -> Any:
    """A value built of frozen dataclasses as what a JSON column holds."""
    return json.loads(canonical(plain(value)))


def opened(value: Any, kind: type[Made]) -> Made:
    """The value of this type that `stored` gave."""
    found: Made = made(value, kind)
    return found


def plain(value: object) -> object:
    """The value as what `canonical` writes: dataclasses become mappings, words of closed lists their code names."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, StrEnum):
        return value.value
    return value


@cache
def _types(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def made(value: Any, kind: Any) -> Any:
    """The value of the type `kind` that was written as `value`."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return None if value is None else made(value, next(each for each in get_args(kind) if each is not type(None)))
    if origin is tuple:
        return tuple([made(each, get_args(kind)[0]) for each in value])
    if origin is Mapping:
        of_key, of_value = get_args(kind)
        found = {made(key, of_key): made(each, of_value) for key, each in value.items()}
        if isinstance(of_key, type) and issubclass(of_key, StrEnum):  # JSON has sorted them by letter
            found = {each: found[each] for each in of_key if each in found}
        return found
    if not isinstance(kind, type):
        return value
    if is_dataclass(kind):
        types = _types(kind)
        return kind(**{name: made(each, types[name]) for name, each in value.items()})
    if kind is date:
        return date.fromisoformat(value)
    if kind is Fraction:
        return Fraction(str(value))
    return kind(value) if issubclass(kind, StrEnum) else value


def _named(value: Any, kind: Any, known: dict[type, set[str]]) -> None:
    """Adds to `known` the fields that each dataclass has in this JSON of a `kind`."""
    origin = get_origin(kind)
    if value is None:
        return
    if origin in (Union, UnionType):
        _named(value, next(each for each in get_args(kind) if each is not type(None)), known)
    elif origin in (tuple, Mapping):
        of_value = get_args(kind)[origin is Mapping]
        for each in value.values() if origin is Mapping else value:
            _named(each, of_value, known)
    elif isinstance(kind, type) and is_dataclass(kind):
        known.setdefault(kind, set()).update(value)
        types = _types(kind)
        for name, each in value.items():
            _named(each, types[name], known)


def _reduced(value: Any, known: Mapping[type, set[str]]) -> Any:
    """The value with the defaults of what is not known of its dataclasses; of a kind that does not occur, all is."""
    if isinstance(value, tuple):
        return tuple([_reduced(each, known) for each in value])
    if isinstance(value, Mapping):
        return {key: _reduced(each, known) for key, each in value.items()}
    if not is_dataclass(value) or isinstance(value, type):
        return value
    names = [field.name for field in fields(value)]
    has = known.get(type(value), names)
    return type(value)(**{name: _reduced(getattr(value, name), known) for name in names if name in has})
