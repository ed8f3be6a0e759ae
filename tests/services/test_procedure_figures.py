"""The figures of TTHC that an import brings have to add up as those typed on a page do."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Procedures
from isoaudit.domain.errors import Invalid
from isoaudit.domain.messages import say
from isoaudit.services import importing, log
from tests import factories
from tests.conftest import NOW
from tests.workbooks import folder, table

COLUMNS = (
    "unit | as_of | total | covered | carried_over | received_online | received_in_person | resolved | in_progress"
)


def test_an_import_names_the_figures_that_do_not_add_up(session: Session, tmp_path: Path) -> None:
    factories.unit(session)
    wrong = {"procedures": table(COLUMNS, "19348 | 2020-11-01 | 120 | 120 | 12 | 200 | 140 | 300 | 50")}
    with pytest.raises(Invalid) as refused:
        importing.import_workbook(session, folder(tmp_path / "sai", wrong), by=log.COMMAND_LINE, now=NOW)
    said = say(refused.value)
    assert "Mang sang 12 + nhận 340 = 352 ≠ giải quyết 300 + đang giải quyết 50 = 350" in said
    assert "procedures" in said
    right = {"procedures": table(COLUMNS, "19348 | 2020-11-01 | 120 | 120 | 10 | 200 | 140 | 300 | 50")}
    importing.import_workbook(session, folder(tmp_path / "dung", right), by=log.COMMAND_LINE, now=NOW)
    assert session.scalars(select(Procedures.resolved)).all() == [300]
