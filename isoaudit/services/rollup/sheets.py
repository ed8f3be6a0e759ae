"""The grade sheets of minuted audits (`domain.gradesheet`), kept beside the answers that they are made from.

Decision of 22/11/2026: derived state, because summing 1.4 million answers anew took more than a third of the time of a
roll-up of ten thousand units (0.7 s of 1.8 s on two cores; with sheets 0.1 s). No figure can rest on a stale one: the
database itself throws a sheet away with any change of a grade, or of the version that its audit pins (migration 0004);
a reader who finds none takes up the answers; `isoaudit verify` makes each anew and compares. A service that forgets to
write sheets makes roll-ups slower, never wrong.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from sqlalchemy import Connection, Select, String, cast, delete, exists, func, insert, select, type_coerce
from sqlalchemy.orm import Session

from isoaudit.db import Answer, Audit, CriterionRow, GradeSheet
from isoaudit.domain.checklist import Checklist
from isoaudit.domain.gradesheet import LETTERS, UNANSWERED
from isoaudit.services import checklists

Item = TypeVar("Item")
HAS_SHEET = exists().where(GradeSheet.province_id == Audit.province_id, GradeSheet.audit_id == Audit.id)
_AT_ONCE = 500
"""Audits whose sheets are written together."""
_LETTERS = {grade.value: letter for grade, letter in LETTERS.items()}
_GIVEN = (
    select(
        Answer.audit_id,
        type_coerce(Answer.grade, String),
        func.aggregate_strings(cast(Answer.criterion_id, String), ","),
    )
    .where(Answer.grade.is_not(None))
    .group_by(Answer.audit_id, Answer.grade)
)
"""For each audit and grade its criteria: one walk along a covering index, in its order."""


def stored(connection: Connection, province: int, audits: Select[int]) -> dict[int, str]:
    """Number of an audit → its sheet, of those of a province that have one."""
    wanted = select(GradeSheet.audit_id, GradeSheet.letters).where(
        GradeSheet.province_id == province, GradeSheet.audit_id.in_(audits)
    )
    return {row.audit_id: row.letters for row in connection.execute(wanted)}


def made(
    connection: Connection,
    province: int,
    audits: Select[int] | Sequence[int],
    version_of: Mapping[int, int],
    versions: Mapping[int, Checklist],
) -> dict[int, str]:
    """Number of an audit → its sheet, made from the answers of these audits of a province.

    `version_of`: the checklist version that each of them pins; others are left out. Criteria of another version than
    that are in no sheet.
    """
    places = _places(connection, versions)
    sheets = {audit: [UNANSWERED] * len(versions[version].criteria) for audit, version in version_of.items()}
    given = _GIVEN.where(Answer.province_id == province, Answer.audit_id.in_(audits))
    for audit, grade, keys in connection.execute(given):
        if audit in sheets:
            sheet, place_of, letter = sheets[audit], places[version_of[audit]], _LETTERS[grade]
            for key in keys.split(","):
                if key in place_of:
                    sheet[place_of[key]] = letter
    return {audit: "".join(letters) for audit, letters in sheets.items()}


def write(session: Session, province: int, audits: Sequence[int]) -> None:
    """Write the sheets of these audits of a province, as their answers stand, in place of older ones."""
    for some in _batches(audits):
        pinned = select(Audit.id, Audit.checklist_version_id).where(Audit.province_id == province, Audit.id.in_(some))
        version_of = {row.id: row.checklist_version_id for row in session.execute(pinned.with_for_update())}
        versions = checklists.contents(session, set(version_of.values()))
        found = made(session.connection(), province, some, version_of, versions)
        session.execute(delete(GradeSheet).where(GradeSheet.province_id == province, GradeSheet.audit_id.in_(some)))
        rows = [{"province_id": province, "audit_id": audit, "letters": letters} for audit, letters in found.items()]
        session.execute(insert(GradeSheet), rows)


def complete(session: Session) -> int:
    """Write the sheet of every minuted audit that has none: after an import, a restoring. Returns how many were
    written."""
    lacking: dict[int, list[int]] = {}
    wanted = select(Audit.province_id, Audit.id).where(Audit.minuted_on.is_not(None), ~HAS_SHEET)
    for province, audit in session.execute(wanted.order_by(Audit.province_id, Audit.id)):
        lacking.setdefault(province, []).append(audit)
    for province, audits in lacking.items():
        write(session, province, audits)
    return sum(map(len, lacking.values()))


def renew(session: Session) -> int:
    """Write the sheets of all minuted audits anew: after an upgrade, or when one was found wrong."""
    session.execute(delete(GradeSheet))
    return complete(session)


def wrong(session: Session) -> Iterator[str]:
    """The references of the audits whose sheet is not what their answers say: none, unless somebody wrote past the
    database's own triggers."""
    having = select(Audit.province_id, Audit.id, Audit.reference, Audit.checklist_version_id, GradeSheet.letters).join(
        GradeSheet, (GradeSheet.province_id == Audit.province_id) & (GradeSheet.audit_id == Audit.id)
    )
    rows = session.execute(having.order_by(Audit.province_id, Audit.id)).all()
    versions = checklists.contents(session, {row.checklist_version_id for row in rows})
    for province, of_province in groupby(rows, key=lambda row: row.province_id):
        for some in _batches(list(of_province)):
            version_of = {row.id: row.checklist_version_id for row in some}
            anew = made(session.connection(), province, list(version_of), version_of, versions)
            yield from (row.reference for row in some if row.letters != anew[row.id])


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))


def _places(connection: Connection, versions: Mapping[int, Checklist]) -> dict[int, dict[str, int]]:
    """Version → key of a criterion, as text → its place in the sheet."""
    place_of = {key: {each.code: place for place, each in enumerate(made.criteria)} for key, made in versions.items()}
    places: dict[int, dict[str, int]] = {version: {} for version in versions}
    wanted = select(CriterionRow.checklist_version_id, CriterionRow.id, CriterionRow.code)
    for version, key, code in connection.execute(wanted.where(CriterionRow.checklist_version_id.in_(versions))):
        if code in place_of[version]:
            places[version][str(key)] = place_of[version][code]
    return places
