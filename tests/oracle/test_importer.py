"""What the importer takes and what it refuses, one probe each (CONTRACT §3)."""

from pathlib import Path

from sqlalchemy.orm import Session

from isoaudit.domain.errors import Refusals
from isoaudit.services import importing, log
from tests.conftest import NOW
from tests.oracle.comparing import bring
from tests.workbooks import Sheets, folder, table


def _units(*lines: str) -> list[dict[str, str]]:
    return table("code | name | kind | province | valid_from | valid_to", *lines)


def _declarations(*lines: str) -> list[dict[str, str]]:
    return table("unit | edition | kind | date | tthc_covered | tthc_total", *lines)


BASE: Sheets = {
    "units": _units(
        "100 | Xã A | commune | | 1900-01-01 | 2020-06-01",
        "100 | Xã A mới | commune | | 2020-06-01 |",
        "200 | Xã B | commune | | 2015-01-01 |",
    ),
    "declarations": _declarations("200 | iso9001-2008 | declare | 2016-01-01 | 10 | 20"),
    "audits": table(
        "audit | unit | mode | purpose | checklist | version | planned_on | minuted_on",
        "K1 | 200 | on_site | full | tcvn-iso-9001-2015-commune | 1.0.0 | | 2020-05-05",
    ),
}
AUDIT = "audit | unit | mode | purpose | checklist | version | planned_on | minuted_on"
FINDING = "audit | criterion | grade | closed_on | outcome"
TAKEN: dict[str, Sheets] = {
    "columns in another order, optional ones missing": {
        "units": table("valid_from | code | name | kind", "2000-01-01 | 300 | X | commune")
    },
    "a reason missing from an answer": {"answers": table("audit | criterion | grade", "K1 | A-02 | not_applicable")},
    "a finding without an answer": {"nonconformities": table(FINDING, "K1 | A-02 | minor | |")},
    "another block's checklist": {
        "audits": table(AUDIT, "K2 | 200 | files | full | tcvn-iso-9001-2015-agency | 1.0.0 | | 2020-06-06")
    },
    "a self-assessment": {
        "audits": table(AUDIT, "K2 | 200 | self | full | tcvn-iso-9001-2015-commune | 1.0.0 | | 2020-06-06")
    },
    "a parent that begins later": {
        "units": table(
            "code | name | kind | parent | valid_from",
            "9 | H | district | | 2010-01-01",
            "300 | X | commune | 9 | 2000-01-01",
        )
    },
    "an older edition before the newer": {
        "declarations": _declarations(
            "100 | iso9001-2008 | declare | 2016-01-01 | |", "100 | iso9001-2015 | declare | 2017-01-01 | |"
        )
    },
    "a merger with one predecessor": {
        "successions": table("predecessor | successor | on | relation", "200 | 100 | 2020-07-01 | absorbed")
    },
}
REFUSED: dict[str, Sheets] = {
    "other content under a key": {"units": _units("200 | Xã đổi tên | commune | | 2015-01-01 |")},
    "an unknown column": {
        "units": table("code | name | kind | valid_from | colour", "300 | X | commune | 2000-01-01 | đỏ")
    },
    "a required column missing": {"units": table("code | name | valid_from", "300 | X | 2000-01-01")},
    "a unit not in force on the day": {"declarations": _declarations("200 | iso9001-2015 | declare | 2014-12-31 | |")},
    "an edition older than the current one": {
        "declarations": _declarations(
            "200 | iso9001-2015 | declare | 2017-01-01 | |", "200 | iso9001-2008 | declare | 2018-01-01 | |"
        )
    },
    "a code in force twice": {"units": _units("200 | Xã C | commune | | 2019-01-01 |")},
    "an unknown document": {
        "declarations": table(
            "unit | edition | kind | date | document", "200 | iso9001-2015 | declare | 2017-01-01 | 9/QĐ"
        )
    },
    "the step that is not typed in": {
        "milestones": table("unit | conversion | step | date", "200 | 2008-2015 | declared | 2019-01-01")
    },
    "not applicable on a gate": {
        "answers": table("audit | criterion | grade | note", "K1 | A-07 | not_applicable | vì")
    },
    "a nonconformity that is none": {"nonconformities": table(FINDING, "K1 | A-02 | opportunity | |")},
    "an audit without a day": {
        "audits": table(AUDIT, "K2 | 200 | on_site | full | tcvn-iso-9001-2015-commune | 1.0.0 | |")
    },
    "a mark without its reason": {"tasks": table("year | group | task | mark", "2020 | I | a | done")},
    "yes in another language": {
        "tasks": table("year | group | task | completed_on | content_complete", "2020 | I | a | 2020-01-01 | có")
    },
    "a day written otherwise": {"units": table("code | name | kind | valid_from", "300 | X | commune | 01/02/2000")},
    "an end on the first day": {"exemptions": table("unit | from | to | reason", "200 | 2020-01-01 | 2020-01-01 | x")},
    "more covered than there are": {"procedures": table("unit | as_of | total | covered", "200 | 2020-01-01 | 5 | 6")},
}


def test_the_importer_takes_and_refuses_what_the_contract_says(session: Session, tmp_path: Path) -> None:
    """CONTRACT §3, tried one by one on a province that stands; nothing of them is written."""
    bring(session, folder(tmp_path / "base", BASE))
    wrong = []
    for number, (name, sheets) in enumerate({**TAKEN, **REFUSED}.items()):
        place = folder(tmp_path / str(number), sheets)
        try:
            importing.import_workbook(session, place, by=log.COMMAND_LINE, now=NOW, dry_run=True)
            refused = False
        except Refusals:
            refused = True
        if refused != (name in REFUSED):
            wrong.append(name)
    assert not wrong
    assert not bring(session, tmp_path / "base").changed
