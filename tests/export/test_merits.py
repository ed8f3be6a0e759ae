"""Who is praised in the report: units are known by their codes, and who converted first by the day on which it did."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from isoaudit.export.layout import ReportContent, UnitDetail
from isoaudit.export.narrative.merits import merited
from isoaudit.export.yearly import LateReport, MissedObjective, ObjectiveRow, OwedReports, YearRecords
from tests.export.small import content, figures, unit
from tests.export.test_narrative import said


def of_many(details: Sequence[UnitDetail]) -> ReportContent:
    """As many communes as details, all of them converted and in order."""
    units = [unit(each.code, f"Xã {each.code}", status="converted", maintained="reported") for each in details]
    return replace(content({"commune": figures(len(units))}, units), units=tuple(details))


def years(missed: MissedObjective, late: LateReport) -> YearRecords:
    return YearRecords(
        reports=(OwedReports("năm 2020", "commune", date(2020, 11, 10), 3, 2, 1, 0, 0, (late,)),),
        objectives=(ObjectiveRow("commune", 3, 3, 2, 1, 0),),
        missed=(missed,),
    )


def test_a_unit_that_declares_again_still_converted_on_the_day_on_which_it_did() -> None:
    details = [UnitDetail(f"{n:02}", declared_on=date(2020, 8, n), converted_on=date(2020, 8, n)) for n in range(1, 13)]
    details[0] = replace(details[0], declared_on=date(2020, 11, 2))
    details[1] = replace(details[1], converted_on=date(2019, 8, 2))
    told = said(of_many(details), "praise.units")
    assert "sớm nhất trong kỳ là Xã 01 (01/8/2020), Xã 03 (03/8/2020)" in told
    assert "Xã 02" not in told
    before = [replace(each, converted_on=None) for each in details]
    assert "sớm nhất trong kỳ là Xã 02 (02/8/2020), Xã 03" in said(of_many(before), "praise.units")


def test_what_a_unit_missed_or_sent_late_is_known_by_its_code() -> None:
    report = of_many([UnitDetail(code) for code in ("1", "2", "3")])
    ended = years(MissedObjective("Xã 1", "Đúng hạn", "98%", "97%", ""), LateReport("Xã cũ", 3, code="2"))
    assert merited(replace(report, years=ended)).codes == ("1", "3")
    frozen_before = years(MissedObjective("Xã 1", "Đúng hạn", "98%", "97%"), LateReport("Xã 2", 3))
    assert merited(replace(report, years=frozen_before)).codes == ("3",)
