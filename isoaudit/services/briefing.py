"""What a briefing of the steering committee tells, gathered for one meeting: figures of the day beside those of the end
of the year before and of the last meeting, units that stand out, what is overdue, decisions to be carried out."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.figures import Rollup
from isoaudit.domain.standouts import standouts
from isoaudit.export.briefing.content import Before, Briefing, Issuer, Late, Pending
from isoaudit.services import decisions, example, settings
from isoaudit.services.overview import findings
from isoaudit.services.overview.findings import NonconformityLine
from isoaudit.services.rollup import roll_up


def briefing(
    session: Session, rollup: Rollup, meeting: date, last: date | None = None, asks: Sequence[str] = ()
) -> Briefing:
    """The briefing for a meeting, with the figures of `rollup`; `last` is the day of the meeting before, if there was
    one before the roll-up's day."""
    values = settings.read(session)
    lines = findings.nonconformities(session, rollup)
    best, worst = standouts(rollup, findings.open_by_unit(session, rollup, lines))
    return Briefing(
        issuer=Issuer(
            str(values["parent_body"]), str(values["issuer"]), str(values["place"]), str(values["committee"])
        ),
        meeting=meeting,
        rollup=rollup,
        before=tuple(_before(session, rollup, last)),
        best=tuple(best),
        worst=tuple(worst),
        late=tuple(_late(lines, rollup.as_of)),
        pending=tuple(_pending(session, rollup.as_of)),
        asks=tuple(asks),
        decimals=int(values["percent_decimals"]),
        example=example.exists(session),
    )


def _before(session: Session, rollup: Rollup, last: date | None) -> list[Before]:
    """The roll-ups to compare with: the last day of the year before, unless nothing was known then, and the last
    meeting's day."""
    found = []
    ended = roll_up(session, None, rollup.year - 1, None, rollup.conversion)
    if ended.total.declared or ended.total.visits:
        found.append(Before(short_date(ended.as_of), ended))
    if last is not None and last < rollup.as_of and last != ended.as_of:
        met = roll_up(session, None, last.year, last, rollup.conversion)
        found.append(Before(f"lần họp {short_date(last)}", met))
    return found


def _late(lines: Sequence[NonconformityLine], day: date) -> list[Late]:
    """The overdue ones by unit, the longest overdue first."""
    units: dict[tuple[int, str], list[NonconformityLine]] = defaultdict(list)
    for line in lines:
        if line.overdue(day):
            units[line.unit_id, line.unit].append(line)
    found = []
    for (_key, name), those in units.items():
        about = tuple(dict.fromkeys(each.clause or "phần A" for each in those))
        days = max((day - (each.due_on or day)).days for each in those)
        found.append(Late(name, len(those), about, days))
    return sorted(found, key=lambda each: (-each.days, -each.number, each.unit))


def _pending(session: Session, day: date) -> list[Pending]:
    """The decisions to be carried out, overdue ones first."""
    found = []
    for line in decisions.listed(session, day):
        if line.state.pending:
            about = line.unit.name if line.unit else line.row.block.vi if line.row.block else "toàn tỉnh"
            stands = line.standing
            late = stands.days_late(day)
            found.append(Pending(line.row.decided_on, about, line.row.text, line.row.addressed_to, stands.due_on, late))
    return found
