"""The province in a database, and the content of its report."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from isoaudit.export.layout import ReportContent
from isoaudit.services import importing, log
from isoaudit.services.report_content import report_content
from tests import audit_factories
from tests.conftest import NOW
from tests.province.sheets import LIST, sheets
from tests.workbooks import folder

THEN, DAY = date(2019, 12, 31), date(2020, 11, 18)


@pytest.fixture
def province(session: Session, tmp_path: Path) -> Session:
    """A session on the province, imported."""
    audit_factories.checklist(session, data=LIST)
    importing.import_workbook(session, folder(tmp_path / "so", sheets()), by=log.COMMAND_LINE, now=NOW)
    return session


@pytest.fixture
def content(province: Session) -> ReportContent:
    """What the report of 2020 prints as of 18 November."""
    return report_content(province, None, 2020, DAY)
