"""In which area a unit lies: its district, or where most of what it came from lay."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from isoaudit.db import Succession, Unit
from isoaudit.domain.vocabulary import Relation, UnitKind
from isoaudit.services.overview.areas import areas
from isoaudit.services.rollup import roll_up
from tests import factories

MERGED = date(2025, 7, 1)


def test_a_unit_without_district_lies_where_most_of_its_predecessors_lay(session: Session, now: datetime) -> None:
    def unit(code: str, kind: UnitKind, *, of: Unit | None = None, new: bool = False) -> Unit:
        return factories.unit(
            session,
            code=code,
            name=f"Đơn vị {code}",
            kind=kind,
            parent_id=of.id if of else None,
            valid_from=MERGED if new else date(1900, 1, 1),
            valid_to=None if new or kind is UnitKind.SPECIAL_ZONE else MERGED,
        )

    def pass_on(before: Unit, after: Unit, on: date = MERGED) -> None:
        relation = Relation.CONSOLIDATED
        row = Succession(predecessor_id=before.id, successor_id=after.id, on_day=on, relation=relation)
        session.add(row)

    east, west = unit("D1", UnitKind.DISTRICT), unit("D2", UnitKind.DISTRICT)
    near = [unit(f"1{place}", UnitKind.COMMUNE, of=east) for place in range(2)]
    far = unit("20", UnitKind.COMMUNE, of=west)
    merged, island = unit("30", UnitKind.WARD, new=True), unit("40", UnitKind.SPECIAL_ZONE)
    for each in (*near, far):
        pass_on(each, merged)
    session.flush()
    before = areas(session, roll_up(session, None, 2025, date(2025, 6, 30)))
    assert before.of_unit == {near[0].id: "Đơn vị D1", near[1].id: "Đơn vị D1", far.id: "Đơn vị D2"}
    assert not before.former
    after = areas(session, roll_up(session, None, 2025, date(2025, 7, 1)))
    assert (after.of_unit, after.former) == ({merged.id: "Đơn vị D1"}, True)
    assert island.id not in after.of_unit
