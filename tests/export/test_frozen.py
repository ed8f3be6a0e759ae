"""A stored content gives the same workbook as the one that was stored."""

import json

import pytest

from isoaudit.export.frozen import digest, from_bytes, to_bytes
from isoaudit.export.xlsx import write_xlsx
from tests.export.samples import year_2020


def test_content_comes_back_from_its_json() -> None:
    content = year_2020()
    stored = to_bytes(content)
    read = from_bytes(stored)
    assert to_bytes(read) == stored
    assert digest(read) == digest(content)
    assert write_xlsx(read) == write_xlsx(content)


@pytest.mark.parametrize("stored", [b"[]", b"{}", b'{"rollup": {}, "surprise": 1}', b"nonsense"])
def test_anything_else_is_refused(stored: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (also what json raises)
        from_bytes(stored)


def test_stored_json_is_canonical() -> None:
    stored = to_bytes(year_2020())
    assert stored == json.dumps(json.loads(stored), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def test_content_stored_before_the_report_had_sentences_is_read_as_it_was() -> None:
    content = year_2020()
    plain = json.loads(to_bytes(content))
    for name in ("previous", "planned", "declarations", "changes", "activities", "edited"):
        del plain[name]
    for name in ("issuer_code", "authority_line", "to", "recipients", "filed"):
        del plain["paper"][name]
    for row in plain["nonconformities"]:
        del row["asks"], row["clause"]
    assert write_xlsx(from_bytes(json.dumps(plain).encode())) == write_xlsx(content)
