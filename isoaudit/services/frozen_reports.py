"""What stands of issued reports: their list, their files with digests checked, their content, and their exact figures.

Reads only. How a report gets here is `freezing`.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from isoaudit.db import FrozenReport, Report, ReportFile
from isoaudit.domain import report_period, rollup_json
from isoaudit.domain.errors import Invalid, NotFound, Refusal, Refusals
from isoaudit.domain.figures import Rollup
from isoaudit.domain.period import Period
from isoaudit.domain.report_life import WRITTEN, ReportFileKind, ReportState
from isoaudit.export import frozen
from isoaudit.export.differences import differences
from isoaudit.export.files import KINDS
from isoaudit.export.layout import ReportContent
from isoaudit.export.rows import CorrectionRow
from isoaudit.export.versions import differing_parts, writer_version
from isoaudit.services import issuers, settings, vault
from isoaudit.services.integrity import file_digest


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued report without its content. `replaces` and `replaced_by` are IDs of frozen reports."""

    id: int
    report: int
    year: int
    period: Period
    as_of: date
    conversion: str
    state: ReportState
    number: str
    issued_on: date
    signer: str
    digest: str
    replaces: int | None
    replaced_by: int | None
    frozen_at: datetime


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file written anew from the stored content. `parts` are those that differ from the stored file; `before` and
    `now` the versions of the writers."""

    file: ReportFile
    content: bytes
    parts: tuple[str, ...]
    before: str
    now: str

    @property
    def broken(self) -> bool:
        """Whether the very writers that made the file now make another one: that must not be."""
        return bool(self.parts) and self.before == self.now


_ISSUED = (
    select(
        FrozenReport.id,
        Report.id.label("report"),
        Report.year,
        Report.period_first,
        Report.period_last,
        Report.as_of,
        Report.conversion,
        Report.state,
        FrozenReport.number,
        FrozenReport.issued_on,
        FrozenReport.signer,
        FrozenReport.digest,
        FrozenReport.replaces,
        FrozenReport.frozen_at,
    )
    .join(Report, (Report.province_id == FrozenReport.province_id) & (Report.frozen_id == FrozenReport.id))
    .order_by(FrozenReport.id)
)


def listed(session: Session) -> list[Issued]:
    """All issued reports of the installation's province, in the order in which they were issued."""
    rows = session.execute(_ISSUED.where(FrozenReport.province_id == settings.home_id(session))).all()
    after = {row.replaces: row.id for row in rows if row.replaces is not None}
    return [_issued(row, after.get(row.id)) for row in rows]


def find(session: Session, frozen_id: int) -> FrozenReport:
    """A frozen report. Raises NotFound."""
    row = session.get(FrozenReport, (settings.home_id(session), frozen_id))
    if row is None:
        raise NotFound("report.frozen_unknown", value=frozen_id)
    return row


def standing(session: Session, period: Period, as_of: date | None, conversion: str) -> Issued | None:
    """The issued report of a period that stands: as of that day, or the one with the latest day; the usual issuer's
    before another's; one query."""
    rows = session.execute(
        _ISSUED.order_by(None)
        .where(
            FrozenReport.province_id == settings.home_id(session),
            Report.state == ReportState.ISSUED,
            Report.conversion == conversion,
            Report.period_first == period.first,
            Report.period_last == period.last,
            *(() if as_of is None else (Report.as_of == as_of,)),
        )
        .order_by(Report.issuer != issuers.DEFAULT, Report.as_of.desc(), FrozenReport.id.desc())
        .limit(1)
    ).all()
    return _issued(rows[0], None) if rows else None


def first_issued(session: Session, year: int, conversion: str) -> date | None:
    """The day on which a report of the calendar year was issued first. A correction does not undo that it was."""
    period = Period.of_year(year)
    return session.scalar(
        select(func.min(FrozenReport.issued_on))
        .join(Report, (Report.province_id == FrozenReport.province_id) & (Report.frozen_id == FrozenReport.id))
        .where(
            FrozenReport.province_id == settings.home_id(session),
            Report.conversion == conversion,
            Report.period_first == period.first,
            Report.period_last == period.last,
        )
    )


def content(row: FrozenReport) -> ReportContent:
    """What it printed, its digest checked. Raises Invalid when the stored content is not what was frozen."""
    if hashlib.sha256(row.content).hexdigest() != row.digest:
        raise Invalid("report.content_changed", record=row.number)
    return frozen.from_bytes(row.content)


def changed(
    row: FrozenReport, content: ReportContent, language: str = "vi", *, internal: bool = False
) -> tuple[CorrectionRow, ...]:
    """What another content tells otherwise than this report did; not what versions after the one that froze it keep."""
    old, new = frozen.from_bytes(row.content), frozen.known_to(row.content, content)
    return differences(old, new, language, internal=internal)


def files(session: Session, row: FrozenReport) -> Sequence[ReportFile]:
    """Its files, in the order of their kinds; of several signed ones the latest comes first."""
    rows = session.scalars(
        select(ReportFile)
        .where(ReportFile.province_id == row.province_id, ReportFile.frozen_id == row.id)
        .order_by(ReportFile.id.desc())
    )
    order = list(ReportFileKind)
    return sorted(rows, key=lambda each: order.index(each.kind))


def written(session: Session, row: FrozenReport, folder: Path) -> list[tuple[ReportFile, bytes]]:
    """The files that freezing wrote, their digests checked. Raises Refusals naming those that are gone or changed."""
    found: list[tuple[ReportFile, bytes]] = []
    refused: list[Refusal] = []
    for file in files(session, row):
        if file.kind in WRITTEN:
            try:
                found.append((file, read(folder, file).read_bytes()))
            except Refusal as refusal:
                refused.append(refusal)
    if refused:
        raise Refusals(refused)
    return found


def read(folder: Path, file: ReportFile) -> Path:
    """Where a file lies, its digest checked. Raises Invalid when it is gone or not what was stored."""
    path = vault.path(folder, file.sha256)
    if not path.is_file():
        raise Invalid("verify.file_missing", name=file.name, sha256=file.sha256)
    if file_digest(path) != file.sha256:
        raise Invalid("verify.file_changed", name=file.name, sha256=file.sha256)
    return path


def rewritten(session: Session, row: FrozenReport, folder: Path) -> list[Rewritten]:
    """Every file written anew from the stored content, against the stored one."""
    found = content(row)
    made = []
    for file, before in written(session, row, folder):
        after = KINDS[file.kind.value].write(found)
        made.append(
            Rewritten(file, after, tuple(differing_parts(before, after)), file.writer, writer_version(file.kind.value))
        )
    return made


class _Kept:
    """The exact figures of a few frozen reports, kept in the process: they never change."""

    def __init__(self, most: int = 8) -> None:
        self._most, self._lock = most, Lock()
        self._found: OrderedDict[tuple[object, ...], Rollup] = OrderedDict()

    def get(self, key: tuple[object, ...]) -> Rollup | None:
        with self._lock:
            found = self._found.get(key)
            if found is not None:
                self._found.move_to_end(key)
            return found

    def put(self, key: tuple[object, ...], rollup: Rollup) -> None:
        with self._lock:
            self._found[key] = rollup
            while len(self._found) > self._most:
                self._found.popitem(last=False)


_KEPT = _Kept()


def figures(session: Session, issued: Issued) -> Rollup:
    """The roll-up of an issued report exactly as it was counted. It must give the figures that were printed: raises
    Invalid otherwise."""
    engine = session.get_bind()
    key = (engine.url if isinstance(engine, Engine) else engine, issued.id, issued.digest)
    kept = _KEPT.get(key)
    if kept is None:
        row = find(session, issued.id)
        printed = content(row)
        try:
            kept = frozen.opened(row.about["rollup"], Rollup)
            agrees = _within(printed.rollup, rollup_json.to_json(kept, printed.decimals) | _LATER)
        except (KeyError, TypeError, ValueError):
            agrees = False
        if kept is None or not agrees:
            raise Invalid("report.content_changed", record=row.number)
        _KEPT.put(key, kept)
    return kept


_LATER = {"digest": None}
"""What is not compared: a later version may write more into the JSON, and its digest is another then."""


def _within(printed: Any, counted: Any) -> bool:
    """Whether all that was printed is there unchanged; more may be there."""
    if isinstance(printed, Mapping):
        return all(key in counted and (key in _LATER or _within(value, counted[key])) for key, value in printed.items())
    if isinstance(printed, list | tuple):
        return len(printed) == len(counted) and all(map(_within, printed, counted))
    return bool(printed == counted)


def plain(issued: Issued, kept: Sequence[ReportFile]) -> dict[str, Any]:
    """As JSON for programs; `to` is exclusive as in all files."""
    return {
        "id": issued.id,
        "year": issued.year,
        "period": report_period.name(issued.period),
        "from": issued.period.first.isoformat(),
        "to": report_period.end(issued.period).isoformat(),
        "as_of": issued.as_of.isoformat(),
        "conversion": issued.conversion,
        "state": issued.state.value,
        "number": issued.number,
        "issued_on": issued.issued_on.isoformat(),
        "signer": issued.signer,
        "digest": f"sha256:{issued.digest}",
        "replaces": issued.replaces,
        "replaced_by": issued.replaced_by,
        "frozen_at": issued.frozen_at.isoformat(),
        "files": {each.kind.value: each.sha256 for each in reversed(kept)},
    }


def _issued(row: Any, replaced_by: int | None) -> Issued:
    return Issued(
        id=row.id,
        report=row.report,
        year=row.year,
        period=Period(row.period_first, row.period_last),
        as_of=row.as_of,
        conversion=row.conversion,
        state=row.state,
        number=row.number,
        issued_on=row.issued_on,
        signer=row.signer,
        digest=row.digest,
        replaces=row.replaces,
        replaced_by=replaced_by,
        frozen_at=row.frozen_at,
    )
