"""Text as people type it and every database takes it. What it means, and where it belongs, is said by its reader."""

import unicodedata

from isoaudit.domain.errors import Invalid

LONGEST_TEXT = 10_000
_UNSTORABLE = frozenset({"\0", *map(chr, range(0xD800, 0xE000))})  # no database takes these


def text_of(value: object, record: str, key: str) -> str:
    """The text in NFC; "" for None. Raises Invalid for what is no text, cannot be stored or is too long."""
    if value is None:
        return ""
    if not isinstance(value, str) or not _UNSTORABLE.isdisjoint(value):
        raise Invalid("operation.text", record=record, field=key, value=ascii(value)[:60])
    if len(value) > LONGEST_TEXT:
        raise Invalid("operation.too_long", record=record, field=key, value=len(value), longest=LONGEST_TEXT)
    return unicodedata.normalize("NFC", value)
