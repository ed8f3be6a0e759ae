"""A stored content gives the same files as the one that was stored."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from isoaudit.domain.vocabulary import Block
from isoaudit.export.differences import differences
from isoaudit.export.files import KINDS
from isoaudit.export.frozen import digest, from_bytes, known_to, made, to_bytes
from isoaudit.export.layout import ReportContent
from isoaudit.export.xlsx import write_xlsx
from tests.export.samples import year_2020
from tests.export.test_differences import small_whole
from tests.export.test_yearly import RECORDS


def test_content_comes_back_from_its_json() -> None:
    content = year_2020()
    stored = to_bytes(content)
    read = from_bytes(stored)
    assert to_bytes(read) == stored
    assert digest(read) == digest(content)
    assert write_xlsx(read) == write_xlsx(content)


def _turned(value: Any) -> Any:
    """The same with the keys of every mapping the other way round: JSON does not keep their order."""
    if isinstance(value, Mapping):
        return {key: _turned(value[key]) for key in sorted(value, reverse=True)}
    return [_turned(each) for each in value] if isinstance(value, list) else value


def _whole() -> ReportContent:
    """The year with all that services know to add, in the order in which they add it."""
    content = year_2020()
    done = {"training": 3, "internal_audit": 2, "report_sent": 1}
    activities = {block: {kind: n + len(block) for kind, n in done.items()} for block in ("agency", "district")}
    first = content.documents[0]
    documents = (replace(first, cited={"tasks": 2, "declarations": 3}), *content.documents[1:])
    return replace(
        content,
        years=RECORDS,
        previous=content.rollup,
        activities={**activities, "commune": done},
        documents=documents,
        bands=content.bands[:1],
        edited={"who.units": "Toàn tỉnh có đủ đơn vị.", "declared.year": "Xem phụ lục."},
    )


@pytest.mark.parametrize("kind", KINDS)
def test_no_file_depends_on_the_order_of_what_json_keeps_without_order(kind: str) -> None:
    content = _whole()
    turned = from_bytes(json.dumps(_turned(json.loads(to_bytes(content)))).encode())
    written = KINDS[kind].write(content)
    assert KINDS[kind].write(from_bytes(to_bytes(content))) == written
    assert KINDS[kind].write(turned) == written


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


def test_words_of_a_closed_list_come_back_in_the_order_of_the_list() -> None:
    found = made({"commune": 1, "agency": 2, "district": 3}, Mapping[Block, int])
    assert list(found) == [Block.AGENCY, Block.DISTRICT, Block.COMMUNE]


NEWER = ("elsewhere", "units.converted_on", "compared.source", "compared.lines.rebased", "years.missed.code")


def _drop(value: Any, path: list[str]) -> None:
    """Takes a field out of a JSON, as a version would have stored it that did not know it."""
    if isinstance(value, list):
        for each in value:
            _drop(each, path)
    elif len(path) > 1:
        _drop(value[path[0]], path[1:])
    else:
        del value[path[0]]


def test_what_an_older_version_did_not_know_is_left_out_of_a_newer_content() -> None:
    new = small_whole()
    new = replace(
        new,
        units=tuple(replace(each, converted_on=date(2020, 2, n + 1)) for n, each in enumerate(new.units)),
        years=replace(new.years, missed=tuple(replace(each, code="9") for each in new.years.missed)),
    )
    plain = json.loads(to_bytes(new))
    for path in NEWER:
        _drop(plain, path.split("."))
    stored = json.dumps(plain).encode()
    old = from_bytes(stored)
    assert old != new
    assert known_to(stored, new) == old
    assert known_to(to_bytes(new), new) == new
    (found,) = differences(old, known_to(stored, replace(new, example=not new.example)))
    assert found.what == "Số liệu ví dụ"
    first = new.compared.lines[0]  # type: ignore[union-attr]
    moved = replace(first, now=replace(first.now, units=7))
    changed = replace(new, compared=replace(new.compared, lines=(moved,)))  # type: ignore[type-var]
    (found,) = differences(old, known_to(stored, changed))
    assert (found.before, found.after) == ("tổng số đơn vị: 1", "tổng số đơn vị: 7")
