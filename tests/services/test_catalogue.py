"""The catalogue of TTHC: reading tables, publication decisions, what they ask of units."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import CatalogueProcedure, Document
from isoaudit.domain.catalogue import CatalogueChange, OnlineLevel, ProcedureLevel, Redeclaration
from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.domain.messages import say
from isoaudit.domain.vocabulary import DeclarationKind, UnitKind
from isoaudit.services import documents, log, settings
from isoaudit.services.catalogue import drafting, entries, following, listing, loading, publishing
from isoaudit.services.facts import entry
from isoaudit.services.facts.table import KINDS
from tests import factories
from tests.conftest import NOW

START, ACT, TODAY = date(2019, 1, 1), date(2020, 6, 1), date(2020, 11, 18)
TABLE = """Mã TTHC\tTên TTHC\tLĩnh vực\tCấp\tTrực tuyến\tCơ quan giải quyết\tThời hạn
1.000\tĐăng ký khai sinh\tHộ tịch\tcấp xã\tmột phần\t\t1 ngày
1.001\tCấp bản sao trích lục\tHộ tịch\txã\tToàn trình\txã; phường\t
2.000\tCấp giấy xác nhận\tTiêu chuẩn đo lường\ttỉnh\t\tskhcn\t15
"""
BY: dict[str, Any] = {"by": log.COMMAND_LINE, "now": NOW}


@pytest.fixture
def decision(session: Session) -> Document:
    values = {"kind": "QĐ", "issuer": "UBND tỉnh", "subject": "Công bố TTHC"}
    return documents.enter(session, values | {"number": "1500/QĐ-UBND", "issued_on": date(2020, 5, 20)}, **BY)


@pytest.fixture
def catalogue(session: Session) -> dict[str, int]:
    """Two communes and an agency with a system, and three procedures; unit codes → keys."""
    made = {
        "19348": factories.unit(session).id,
        "19351": factories.unit(session, code="19351", name="Xã Vĩnh Lâm").id,
        "SKHCN": factories.unit(session, code="SKHCN", name="Sở KH&CN", kind=UnitKind.AGENCY).id,
        "19333": factories.unit(session, code="19333", name="Phường 1", kind=UnitKind.WARD).id,
    }
    for code, covered in (("19348", 2), ("19351", 1), ("SKHCN", 1)):
        values = {
            "edition": "iso9001-2015",
            "kind": DeclarationKind.DECLARE,
            "made_on": date(2019, 5, 1),
            "covered": covered,
            "total": 1 if code == "SKHCN" else 2,
            "document_id": None,
        }
        entry.enter(session, KINDS["declaration"], made[code], values, **BY)
    drafts = drafting.draft(session, TABLE, START, publication=False)
    assert loading.load(session, drafts, document_id=None, **BY) == loading.Loaded(3, 0)
    return made


Publish = Callable[[str], publishing.Published]


@pytest.fixture
def publish(session: Session, catalogue: dict[str, int], decision: Document) -> Publish:
    def _publish(table: str) -> publishing.Published:
        drafts = drafting.draft(session, table, ACT, publication=True)
        row = publishing.publish(session, drafts, document_id=decision.id, effective_on=ACT, note=None, **BY)
        return publishing.get(session, row.id)

    return _publish


def codes(session: Session, day: date | None, **wanted: Any) -> list[str]:
    rows = listing.listing(session, settings.home_id(session), listing.Wanted(day, **wanted))
    return [row.code for row in rows]


def test_a_pasted_table_is_understood_and_loading_it_again_changes_nothing(
    session: Session, catalogue: dict[str, int]
) -> None:
    rows = {row.code: row for row in session.scalars(select(CatalogueProcedure))}
    assert (rows["1.000"].level, rows["1.000"].online, rows["1.000"].deadline_days) == (
        ProcedureLevel.COMMUNE,
        OnlineLevel.PARTIAL,
        1,
    )
    assert rows["1.000"].kinds == ["commune", "special_zone", "township", "ward"]
    assert (rows["1.001"].kinds, rows["2.000"].unit_ids) == (["commune", "ward"], [catalogue["SKHCN"]])
    again = drafting.draft(session, TABLE, START, publication=False)
    assert loading.load(session, again, document_id=None, **BY) == loading.Loaded(0, 3)
    other = drafting.draft(session, TABLE.replace("khai sinh", "khai tử"), START, publication=False)
    with pytest.raises(Invalid, match="row") as refused:
        loading.load(session, other, document_id=None, **BY)
    assert say(refused.value).startswith("Dòng 2: TTHC 1.000 đã có")


def test_the_list_is_searched_without_diacritics_and_narrowed(session: Session, catalogue: dict[str, int]) -> None:
    assert codes(session, TODAY, search="khai sinh ho tich") == ["1.000"]
    assert codes(session, TODAY, level=ProcedureLevel.PROVINCE) == ["2.000"]
    assert codes(session, TODAY, unit_id=catalogue["19333"], sort="-ma") == ["1.001", "1.000"]
    assert codes(session, date(2018, 12, 31)) == []


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("Mã TTHC,Tên", "catalogue.no_rows"),
        ("Tên,Lĩnh vực\nx,y", "catalogue.no_headings"),
        ("Mã,Màu\n1,2", "catalogue.heading_unknown"),
        ("Mã,Mã số\n1,2", "catalogue.heading_twice"),
        ("Mã,Tên,Lĩnh vực,Cấp\n1,a,b,xã,z", "catalogue.row_wide"),
        ("Mã,Tên,Lĩnh vực,Cấp\n1,a,b,xã\n1,a,b,xã", "catalogue.code_twice"),
        ("Mã,Tên,Lĩnh vực,Cấp\n1,a,b,trời", "catalogue.cell"),
        ("Mã,Tên,Lĩnh vực,Cấp\n1,,b,xã", "catalogue.cell_missing"),
        ("Mã,Tên,Lĩnh vực,Cấp\n1,a,b,tỉnh", "catalogue.cell_missing"),
        ("Mã,Tên,Lĩnh vực,Cấp,Đơn vị\n1,a,b,tỉnh,KHONGCO", "catalogue.cell"),
        ("Mã,Tên,Lĩnh vực,Cấp,Thời hạn\n1,a,b,xã,lâu", "catalogue.cell"),
    ],
)
def test_a_table_that_is_not_understood_is_refused_by_line_and_column(session: Session, table: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        drafting.draft(session, table, START, publication=False)
    assert refused.value.code == code
    assert say(refused.value) != say(refused.value, "en")


CHANGES = """Thay đổi;Mã TTHC;Tên TTHC;Lĩnh vực;Cấp;Thời hạn
sửa đổi;1.000;Đăng ký khai sinh lại;;;
bãi bỏ;1.001;;;;
mới ban hành;1.002;Xác nhận tình trạng hôn nhân;Hộ tịch;xã;3
"""


def test_one_act_adds_changes_and_abolishes(session: Session, publish: Publish) -> None:
    act = publish(CHANGES)
    assert dict(act.counts) == dict.fromkeys(CatalogueChange, 1)
    assert codes(session, date(2020, 5, 31)) == ["1.000", "1.001", "2.000"]
    assert codes(session, ACT) == ["1.000", "1.002", "2.000"]
    new = next(item.after for item in publishing.items(session, act.row.id) if item.row.change == "changed")
    assert new is not None
    assert (new.name, new.field, new.document_id) == ("Đăng ký khai sinh lại", "Hộ tịch", act.document.id)
    with pytest.raises(Invalid, match="published"):
        entries.void(session, new.id, why="nhầm", **BY)
    publishing.take_back(session, act.row.id, why="nhập nhầm", **BY)
    assert codes(session, ACT) == ["1.000", "1.001", "2.000"]
    assert publish(CHANGES).row.id != act.row.id


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("mới;1.000;Đăng ký;Hộ tịch;xã", "publication.there_already"),
        ("bãi bỏ;9.999", "publication.not_there"),
        ("sửa;1.000;Đăng ký khai sinh", "publication.nothing_changes"),
    ],
)
def test_what_an_act_cannot_do_is_refused(publish: Publish, row: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        publish(f"Thay đổi;Mã;Tên;Lĩnh vực;Cấp\n{row}\n")
    said = refused.value.details["said"]
    assert isinstance(said, Refusal)
    assert said.code == code


def followed(session: Session, act: publishing.Published, day: date = TODAY) -> dict[str, following.UnitDuties]:
    found = following.follow(session, act, following.counted_on(session, day))
    return {each.unit.code: each for each in found.units}


def test_each_unit_gets_its_own_list_and_the_redeclarations_due(
    session: Session, publish: Publish, catalogue: dict[str, int]
) -> None:
    act = publish(CHANGES)
    found = following.follow(session, act, following.counted_on(session, TODAY))
    assert (found.total, found.done, found.without_system) == (6, 0, 1)
    units = {each.unit.code: each for each in found.units}
    assert {code: each.redeclaration for code, each in units.items()} == {
        "19348": Redeclaration.REVIEW,  # declared all its TTHC, one of them is abolished
        "19351": Redeclaration.TO_CHECK,  # declared a part of them
    }
    assert [each.code for each in units["19348"].duties] == ["1.002", "1.000", "1.001"]
    assert not units["19351"].due_anyway
    figures = {"as_of": date(2020, 10, 1), "total": 2, "covered": 2}
    entry.enter(session, KINDS["procedures"], catalogue["19351"], figures, **BY)
    assert followed(session, act)["19351"].due_anyway, "it covers more than the one procedure that it declared"


def test_a_unit_is_done_when_its_procedures_are_in_line_and_it_declared_again(
    session: Session, publish: Publish, catalogue: dict[str, int]
) -> None:
    act, own = publish(CHANGES), catalogue["19348"]
    pairs = [(each.item_id, own) for each in followed(session, act)["19348"].duties]
    made = following.mark(session, act.row.id, pairs, done_on=date(2020, 7, 1), document_id=None, note=None, **BY)
    again = following.mark(session, act.row.id, pairs, done_on=date(2020, 7, 2), document_id=None, note=None, **BY)
    assert (made, again) == (3, 0)
    assert followed(session, act)["19348"].redeclaration is Redeclaration.REVIEW
    values = {
        "edition": "iso9001-2015",
        "kind": DeclarationKind.REDECLARE,
        "made_on": date(2020, 7, 15),
        "covered": 2,
        "total": 2,
        "document_id": None,
    }
    entry.enter(session, KINDS["declaration"], own, values, **BY)
    assert followed(session, act)["19348"].settled
    assert not followed(session, act, date(2020, 6, 30))["19348"].settled
    update = followed(session, act)["19348"].duties[0].done
    assert update is not None
    following.unmark(session, act.row.id, update.id, why="nhầm đơn vị", **BY)
    assert not followed(session, act)["19348"].settled


def test_a_procedure_that_moves_to_another_body_is_abolished_for_one_and_added_for_the_other(
    session: Session, publish: Publish
) -> None:
    act = publish("Thay đổi,Mã,Cấp,Đơn vị\nsửa đổi,1.001,tỉnh,SKHCN\n")
    units = followed(session, act)
    assert {code: each.duties[0].change for code, each in units.items()} == {
        "SKHCN": CatalogueChange.ADDED,
        "19348": CatalogueChange.ABOLISHED,
        "19351": CatalogueChange.ABOLISHED,
    }
    assert units["SKHCN"].redeclaration is Redeclaration.WHEN_BUILT


def test_all_rows_that_cannot_be_are_told_at_once(publish: Publish) -> None:
    with pytest.raises(Refusals) as refused:
        publish("Thay đổi,Mã\nbãi bỏ,9.1\nbãi bỏ,9.2\n")
    assert [each.details["row"] for each in refused.value.refusals] == [2, 3]


def test_an_act_is_not_taken_back_when_a_later_one_brought_in_anew_what_it_abolished(
    session: Session, publish: Publish
) -> None:
    first = publish("Thay đổi,Mã,Tên,Lĩnh vực,Cấp,Đơn vị\nBãi bỏ,1.000,,,,\n")
    values = {"kind": "QĐ", "issuer": "UBND tỉnh", "subject": "Công bố TTHC", "issued_on": date(2020, 7, 20)}
    other = documents.enter(session, values | {"number": "1900/QĐ-UBND"}, **BY)
    anew = "Thay đổi,Mã,Tên,Lĩnh vực,Cấp\nMới,1.000,Đăng ký khai sinh,Hộ tịch,xã\n"
    drafts = drafting.draft(session, anew, date(2020, 8, 1), publication=True)
    act = publishing.publish(session, drafts, document_id=other.id, effective_on=date(2020, 8, 1), note=None, **BY)
    with pytest.raises(Invalid, match="rested_on"):
        publishing.take_back(session, first.row.id, why="nhầm", **BY)
    assert codes(session, TODAY).count("1.000") == 1
    publishing.take_back(session, act.id, why="nhầm", **BY)
    assert "1.000" not in codes(session, TODAY)
    publishing.take_back(session, first.row.id, why="nhầm", **BY)
    assert codes(session, TODAY).count("1.000") == 1


def test_publications_are_counted_each_for_itself(session: Session, publish: Publish) -> None:
    first = publish("Thay đổi,Mã\nBãi bỏ,1.000\nBãi bỏ,1.001\n")
    publishing.take_back(session, first.row.id, why="nhầm", **BY)
    second = publish("Thay đổi,Mã\nBãi bỏ,2.000\n")
    assert dict(publishing.get(session, first.row.id).counts) == {CatalogueChange.ABOLISHED: 2}
    assert [dict(each.counts) for each in publishing.all_of(session)] == [
        {CatalogueChange.ABOLISHED: 1},
        {CatalogueChange.ABOLISHED: 2},
    ]
    assert second.row.id != first.row.id


def test_what_another_act_ended_later_ends_then_when_the_earlier_one_is_taken_back(
    session: Session, publish: Publish
) -> None:
    values = {"kind": "QĐ", "issuer": "UBND tỉnh", "subject": "Công bố TTHC", "issued_on": date(2020, 7, 20)}
    other = documents.enter(session, values | {"number": "1900/QĐ-UBND"}, **BY)
    table, later = "Thay đổi,Mã\nBãi bỏ,1.000\n", date(2020, 8, 1)
    drafts = drafting.draft(session, table, later, publication=True)
    publishing.publish(session, drafts, document_id=other.id, effective_on=later, note=None, **BY)
    first = publish(table)
    publishing.take_back(session, first.row.id, why="nhầm", **BY)
    row = session.scalars(select(CatalogueProcedure).where(CatalogueProcedure.code == "1.000")).one()
    assert (row.valid_to, row.ended_by_id) == (later, other.id)
