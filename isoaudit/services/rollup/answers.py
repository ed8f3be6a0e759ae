"""What the counted audits answered, summed: tallies and clause rows, told from their grade sheets.

Sheets are read as they are kept (`sheets`), and made from the answers where none is kept. What can be told from one is
in `domain.gradesheet`.
"""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, select

from isoaudit.db import Audit
from isoaudit.domain.checklist import Checklist
from isoaudit.domain.facts import Answers, Tally
from isoaudit.domain.gradesheet import SheetReader, sheet_with
from isoaudit.domain.scope import Scope
from isoaudit.domain.vocabulary import Mode, Purpose
from isoaudit.services.rollup import sheets
from isoaudit.services.rollup.notices import Before

Place = tuple[int, int, int]
"""Province, number and checklist version of an audit."""


def fetch(
    connection: Connection,
    scope: Scope,
    places: Mapping[int, Place],
    versions: Mapping[int, Checklist],
    before: Before,
) -> Answers:
    """The answers that a roll-up of this scope needs.

    `places`: audit fact id → (province, audit, checklist version), `versions`: key of a version → its values,
    `before`: the grades that later notices change.
    """
    readers = {version: SheetReader(checklist) for version, checklist in versions.items()}
    found = _sheets(connection, scope, [places[audit.id] for audit in scope.audits.values()], versions)
    for place in found:
        regraded = before.grades.get(place[:2])
        if regraded:
            grades = {each.code: each.before for each in regraded.values()}
            found[place] = sheet_with(versions[place[2]], found[place], grades)
    by_clause, units = set(scope.clause_audit_ids), scope.register.units
    tallies: dict[int, Tally] = {}
    of_clauses: defaultdict[int, list[str]] = defaultdict(list)
    for unit, audit in scope.audits.items():
        place = places[audit.id]
        version = place[2]
        tallies[audit.id] = readers[version].tally(found[place], units[unit].kind)
        if audit.id in by_clause:
            of_clauses[version].append(found[place])
    rows = (readers[version].clause_rows(str(version), some) for version, some in of_clauses.items())
    return Answers(tallies, tuple(row for of_version in rows for row in of_version))


def _sheets(
    connection: Connection, scope: Scope, places: list[Place], versions: Mapping[int, Checklist]
) -> dict[Place, str]:
    by_province: defaultdict[int, dict[int, Place]] = defaultdict(dict)
    for place in places:
        by_province[place[0]][place[1]] = place
    found: dict[Place, str] = {}
    for province, wanted in by_province.items():
        candidates = select(Audit.id).where(
            Audit.province_id == province,
            Audit.minuted_on.between(scope.period.first, scope.as_of),
            Audit.mode == Mode.ON_SITE,
            Audit.purpose == Purpose.FULL,
        )  # little more than the counted audits: a unit rarely has two full ones on site in a year
        kept = sheets.stored(connection, province, candidates)
        lacking = {audit: place[2] for audit, place in wanted.items() if audit not in kept}
        if lacking:
            kept |= sheets.made(connection, province, candidates.where(~sheets.HAS_SHEET), lacking, versions)
        found |= {place: kept[audit] for audit, place in wanted.items()}
    return found
