"""Last year is one thing: what its issued report says, wherever it is compared with, and each place says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.config import Config
from isoaudit.db import FrozenReport
from isoaudit.db.engine import Sessions
from isoaudit.domain import report_period
from isoaudit.domain.comparison import Basis
from isoaudit.domain.errors import Invalid
from isoaudit.domain.figures import Rollup
from isoaudit.domain.period import Period
from isoaudit.domain.report_life import WRITTEN
from isoaudit.domain.vocabulary import Role
from isoaudit.export.narrative import texts
from isoaudit.services import comparison, freezing, importing, report_stamp, reports, trends, vault
from isoaudit.services.briefing import briefing
from isoaudit.services.log import COMMAND_LINE as BY
from isoaudit.services.report_content import report_content
from isoaudit.services.rollup import roll_up
from tests import factories
from tests.conftest import SignIn
from tests.services.test_freezing import PDF
from tests.services.test_rollup import bring, sheets
from tests.workbooks import folder, table

DAY, LAST = date(2020, 11, 18), date(2019, 11, 18)
YEAR, CONVERSION = Period.of_year(2019), "2008-2015"
OUTLINE = reports.Outline(YEAR, LAST)


class Office:
    """The office that issues reports of 2019, and enters what it had forgotten of that year."""

    def __init__(self, session: Session, sessions: Sessions, config: Config, now: datetime, place: Path) -> None:
        self.session, self.sessions, self.now, self._place = session, sessions, now, place
        self._files = {kind: vault.place(config.evidence, name=f"x.{kind}", content=PDF, max_mb=1) for kind in WRITTEN}

    def issue(self, number: str, outline: reports.Outline = OUTLINE) -> FrozenReport:
        report = reports.create(self.session, outline, by=BY, now=self.now)
        self.session.commit()
        with self.sessions.reading() as reading:
            draft = reports.draft_of(reading, report)
        reports.approve(self.session, report, draft, seen=draft.digest, by=BY, now=self.now)
        self.session.commit()
        with self.sessions.reading() as reading:
            given = report_stamp.stamp(number, date(2019, 11, 19), "A")
            prepared = freezing.prepare(reading, reports.find(reading, report.id), given)
        row = freezing.issue(self.session, prepared, self._files, by=BY, now=self.now)
        self.session.commit()
        return row

    def enter(self, name: str, *, update: bool = False, **what: list[dict[str, str]]) -> None:
        place = folder(self._place / name, what)
        importing.import_workbook(self.session, place, by=BY, now=self.now, update=update)
        self.session.commit()

    def declare(self, unit: str, day: str) -> None:
        said = table("unit | edition | kind | date", f"{unit} | iso9001-2015 | declare | {day}")
        self.enter(unit, declarations=said)

    @contextmanager
    def looking(self) -> Iterator[tuple[Session, Rollup]]:
        """What a page of 2020 begins with."""
        with self.sessions.reading() as reading:
            yield reading, roll_up(reading, None, 2020, DAY)


@pytest.fixture
def office(session: Session, sessions: Sessions, config: Config, now: datetime, tmp_path: Path) -> Office:
    """The small province of the roll-up's tests: at the end of 2019 three of its units had declared."""
    bring(session, tmp_path / "so", sheets())
    session.commit()
    return Office(session, sessions, config, now, tmp_path)


def told(office: Office) -> list[tuple[date, int, str]]:
    """The day of last year's figures, how many had declared, and the report they are from, in the report, in the
    briefing, in the trends and in a report of several years."""
    with office.looking() as (session, now):
        report = report_content(session, None, 2020, DAY)
        page = briefing(session, now, DAY)
        years = trends.trend(session, now, DAY)
        several = report_content(session, None, 2020, DAY, period=report_period.years(2018, 2020)).years.each_year
    assert report.previous is not None
    assert report.compared is not None
    source, (before,), year, column = report.compared.source, page.before, years[-2], several[-2]
    return [
        (report.compared.then, report.previous["total"]["declared"], source.number if source else ""),
        (before.rollup.as_of, before.rollup.total.declared, before.name.partition("Báo cáo số ")[2]),
        (
            year.as_of,
            sum(block.declared[0] for block in year.blocks.values()),
            year.issued.number if year.issued else "",
        ),
        (column.as_of or DAY, column.declared or 0, column.number),
    ]


def test_every_place_takes_what_was_issued_and_says_so(office: Office) -> None:
    assert told(office) == [(date(2019, 12, 31), 3, "")] * 4
    first = office.issue("137/BC-SKHCN")
    office.declare("102", "2019-06-03")
    assert told(office) == [(LAST, 3, "137/BC-SKHCN")] * 4
    with office.looking() as (session, _now):
        said = next(
            each.generated for each in texts(report_content(session, None, 2020, DAY)) if each.key == "before.source"
        )
        several = report_content(session, None, 2020, DAY, period=report_period.years(2018, 2020))
    assert "theo Báo cáo số 137/BC-SKHCN ngày 19/11/2019, số liệu đến hết ngày 18/11/2019" in said
    years = next(each.generated for each in texts(several) if each.key == "years.each")
    assert "Số liệu năm 2019 theo Báo cáo số 137/BC-SKHCN ngày 19/11/2019, số liệu đến hết ngày 18/11/2019." in years
    assert "Số liệu các năm còn lại tính lại đến hết ngày 31/12; năm 2020 đến hết ngày 18/11/2020." in years
    report = office.session.query(reports.Report).filter_by(frozen_id=first.id).one()
    office.issue("138/BC-SKHCN", replace(OUTLINE, replaces=report.id))
    assert told(office) == [(LAST, 4, "138/BC-SKHCN")] * 4


def test_a_merger_typed_in_after_the_report_was_issued_is_followed_from_its_list(office: Office) -> None:
    office.issue("137/BC-SKHCN")
    office.enter(
        "merger",
        update=True,
        units=table(
            "code | name | kind | parent | province | valid_from | valid_to",
            "101 | Phường Ba | ward | 461 | | 1900-01-01 | 2019-11-01",
            "102 | Phường Ám | ward | 461 | | 1900-01-01 | 2019-11-01",
            "199 | Phường Mới | ward | 461 | | 2019-11-01 |",
        ),
        successions=table(
            "predecessor | successor | on | relation",
            "101 | 199 | 2019-11-01 | consolidated",
            "102 | 199 | 2019-11-01 | consolidated",
        ),
    )
    with office.looking() as (session, now):
        before = comparison.period_before(session, now)
        assert before is not None
        made = comparison.of(session, before.rollup, now, Basis.TODAY)
        compared = report_content(session, None, 2020, DAY).compared
    assert made.merged
    assert not made.gone
    assert [each.unit.unit.name for each in made.fresh] == ["Phường Nay"]
    assert compared is not None
    (new,) = (each for each in compared.lines if each.code == "199")
    assert new.names_before == ("Phường Ám", "Phường Ba")
    assert new.rebased is not None
    assert (new.rebased.units, new.rebased.considered, new.rebased.declared) == (1, 1, 0)


def test_the_pages_show_it_too_and_what_would_differ_today(
    office: Office, client: FlaskClient, sign_in: SignIn
) -> None:
    office.issue("137/BC-SKHCN")
    office.declare("102", "2019-06-03")
    user = factories.user(office.session, role=Role.COMMITTEE)
    office.session.commit()
    browser = sign_in(client, user)
    at = "?nam=2020&ngay=2020-11-18"
    page = browser.get(f"/tong-hop/so-sanh{at}&cach=own").text
    assert "Ngày 18/11/2019 và ngày 18/11/2020" in page
    assert "Năm 2019: theo Báo cáo số 137/BC-SKHCN ngày 19/11/2019, số liệu đến hết ngày 18/11/2019." in page
    live = browser.get(f"/tong-hop/so-sanh{at}&so-lieu=hien-co").text
    assert "Năm 2019: tính lại từ dữ liệu hiện có, đến hết ngày 18/11/2019." in live
    assert "Xem số liệu đã chốt" in live
    other = browser.get(f"/tong-hop/so-sanh{at}&so-voi=2019-12-31").text
    assert "Năm 2019: tính lại từ dữ liệu hiện có, đến hết ngày 31/12/2019." in other
    years = browser.get(f"/tong-hop/dien-bien{at}").text
    assert "Năm 2019: theo Báo cáo số 137/BC-SKHCN ngày 19/11/2019, số liệu đến hết ngày 18/11/2019." in years
    assert "18/11/2019, theo Báo cáo số 137/BC-SKHCN" in browser.get(f"/tong-hop/cuoc-hop{at}").text


def test_of_several_issued_reports_one_stands(office: Office) -> None:
    office.issue("9/BC-UBND", replace(OUTLINE, as_of=date(2019, 12, 20), issuer="ubnd"))
    assert told(office)[0] == (date(2019, 12, 20), 3, "9/BC-UBND")
    office.issue("137/BC-SKHCN")
    assert told(office)[0] == (LAST, 3, "137/BC-SKHCN")
    office.issue("150/BC-SKHCN", replace(OUTLINE, as_of=date(2019, 11, 30)))
    office.issue("70/BC-SKHCN", reports.Outline(report_period.half(2019, 1), date(2019, 6, 30)))
    assert told(office)[0] == (date(2019, 11, 30), 3, "150/BC-SKHCN")
    with office.looking() as (session, _now):
        found = comparison.figures_of(session, YEAR, CONVERSION, day=LAST)
        assert found.issued is not None
        assert found.issued.number == "137/BC-SKHCN"
        half = report_content(session, None, 2020, date(2020, 6, 30), period=report_period.half(2020, 1)).compared
        assert half is not None
        assert half.source is not None
        assert half.source.number == "70/BC-SKHCN"


def test_frozen_figures_that_cannot_be_trusted_are_counted_and_it_is_said(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.issue("137/BC-SKHCN")

    def broken(_session: Session, _issued: object) -> Rollup:
        raise Invalid("report.content_changed", record="137/BC-SKHCN")

    monkeypatch.setattr(comparison.frozen_reports, "figures", broken)
    with office.looking() as (session, now):
        found = comparison.period_before(session, now)
    assert found is not None
    assert (found.issued, found.rollup.as_of) == (None, date(2019, 12, 31))
