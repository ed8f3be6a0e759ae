"""What a briefing of the steering committee tells, gathered for one meeting: figures of the day beside those of the end
of the year before and of the last meeting, units that stand out, what is overdue, decisions to be carried out."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from isoaudit.domain.comparison import Basis
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.figures import Rollup
from isoaudit.domain.period import Period, same_part
from isoaudit.domain.standouts import standouts
from isoaudit.domain.vocabulary import UnitKind
from isoaudit.export.briefing.content import Before, Briefing, Issuer, Late, Pending
from isoaudit.services import comparison, decisions, example, settings
from isoaudit.services.comparison import Figures
from isoaudit.services.overview import findings
from isoaudit.services.overview.findings import NonconformityLine


def briefing(
    session: Session, rollup: Rollup, meeting: date, last: date | None = None, asks: Sequence[str] = ()
) -> Briefing:
    """The briefing for a meeting, with the figures of `rollup`; `last` is the day of the meeting before, if there was
    one before the roll-up's day."""
    values, called = settings.read(session), names(rollup)
    lines = findings.nonconformities(session, rollup)
    best, worst = standouts(rollup, findings.open_by_unit(session, rollup, lines))
    return Briefing(
        issuer=Issuer(
            str(values["parent_body"]), str(values["issuer"]), str(values["place"]), str(values["committee"])
        ),
        meeting=meeting,
        rollup=rollup,
        before=tuple(_before(session, rollup, last)),
        names=called,
        best=tuple(best),
        worst=tuple(worst),
        late=tuple(_late(lines, rollup.as_of, called)),
        pending=tuple(_pending(session, rollup.as_of, called)),
        asks=tuple(asks),
        decimals=int(values["percent_decimals"]),
        example=example.exists(session),
    )


def names(rollup: Rollup) -> dict[int, str]:
    """Unit in force → its name; where names recur (Phường 1 of two towns) with the district, else the code, as the
    yearly report writes it."""
    recurring = Counter(line.unit.name for line in rollup.units)
    districts = {line.unit.id: line.unit.name for line in rollup.units if line.unit.kind is UnitKind.DISTRICT}
    return {
        unit.id: f"{unit.name} ({districts.get(unit.parent_id or 0) or unit.code})"
        if recurring[unit.name] > 1
        else unit.name
        for unit in (line.unit for line in rollup.units)
    }


def _before(session: Session, rollup: Rollup, last: date | None) -> list[Before]:
    """The roll-ups to compare with: that of the year before, unless nothing was known then, and that of the last
    meeting's day. Each says whether it is a report's."""
    found = []
    ended = comparison.period_before(session, rollup)
    if ended is not None:
        found.append(_compared(session, rollup, ended, ""))
    if last is not None and last < rollup.as_of and (ended is None or last != ended.rollup.as_of):
        met = comparison.figures_of(session, Period.of_year(last.year), rollup.conversion, day=last)
        found.append(_compared(session, rollup, met, "lần họp "))
    return found


def _compared(session: Session, rollup: Rollup, then: Figures, what: str) -> Before:
    made = comparison.of(session, then.rollup, rollup, Basis.TODAY)
    source = "tính lại" if then.issued is None else f"theo Báo cáo số {then.issued.number}"
    return Before(
        f"{what}{short_date(then.rollup.as_of)}, {source}",
        then.rollup,
        made if made.merged else None,
        sums=same_part(then.rollup.as_of, rollup.as_of),
    )


def _late(lines: Sequence[NonconformityLine], day: date, called: Mapping[int, str]) -> list[Late]:
    """The overdue ones by unit, the longest overdue first."""
    units: dict[tuple[int, str], list[NonconformityLine]] = defaultdict(list)
    for line in lines:
        if line.overdue(day):
            units[line.unit_id, called.get(line.unit_id, line.unit)].append(line)
    found = []
    for (_key, name), those in units.items():
        about = tuple(dict.fromkeys(each.clause or "phần A" for each in those))
        days = max((day - (each.due_on or day)).days for each in those)
        found.append(Late(name, len(those), about, days))
    return sorted(found, key=lambda each: (-each.days, -each.number, each.unit))


def _pending(session: Session, day: date, called: Mapping[int, str]) -> list[Pending]:
    """The decisions to be carried out, overdue ones first."""
    found = []
    for line in decisions.listed(session, day):
        if line.state.pending:
            about = (
                called.get(line.unit.id, line.name)
                if line.unit
                else line.row.block.vi
                if line.row.block
                else "toàn tỉnh"
            )
            stands = line.standing
            late = stands.days_late(day)
            found.append(Pending(line.row.decided_on, about, line.row.text, line.row.addressed_to, stands.due_on, late))
    return found
