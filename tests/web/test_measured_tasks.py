"""A task that takes its result from the data: shown in the list, confirmed or overridden by the office."""

from datetime import date, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from isoaudit.db import Task
from isoaudit.domain.measures import Measure
from isoaudit.domain.vocabulary import Role
from isoaudit.services import tasks
from isoaudit.services.log import COMMAND_LINE as BY
from tests import factories
from tests.conftest import SignIn
from tests.services.test_rollup import bring, sheets
from tests.services.test_tasks import values
from tests.web.conftest import Stored


@pytest.fixture
def office(client: FlaskClient, session: Session, sign_in: SignIn, now: datetime, tmp_path: Path) -> FlaskClient:
    """The office, with a task that is measured in the small province of the roll-up's tests."""
    bring(session, tmp_path / "so", sheets())
    user = factories.user(session, role=Role.OFFICE)
    given = values("Chuyển đổi", due_on=date(2020, 12, 15), measure=Measure.CONVERTED.value, measure_share=50)
    tasks.enter(session, given | {"measure_block": None}, by=BY, now=now)
    session.commit()
    return sign_in(client, user)


def test_the_office_confirms_what_the_data_say(office: FlaskClient, stored: Stored) -> None:
    task = stored(Task)[-1]
    assert "2/4 (50,0%); chỉ tiêu 50%" in office.get("/nhiem-vu?nam=2020").text
    page = office.get(f"/nhiem-vu/{task.id}/so-lieu").text
    assert 'value="2020-02-02"' in page
    given = {"completed_on": "2020-02-02", "content_complete": "y", "result": "2/4", "revision": "1"}
    assert office.post(f"/nhiem-vu/{task.id}/so-lieu", data=given | {"completed_on": ""}).status_code == 422
    assert office.post(f"/nhiem-vu/{task.id}/so-lieu", data=given).status_code == 303
    (row,) = [each for each in stored(Task) if each.id == task.id]
    assert (row.completed_on, row.content_complete, row.result) == (date(2020, 2, 2), True, "2/4")


def test_the_form_of_a_task_keeps_its_figure(office: FlaskClient, stored: Stored) -> None:
    task = stored(Task)[-1]
    form = office.get(f"/nhiem-vu/{task.id}").text
    assert '<option selected value="converted">' in form
    given = {"year": "2020", "group_name": task.group_name, "task": task.task, "measure": "report_issued"}
    wrong = office.post(f"/nhiem-vu/{task.id}", data=given | {"measure_block": "agency", "why": "đổi", "revision": "1"})
    assert wrong.status_code == 422
    assert "tính chung toàn tỉnh" in wrong.text
    assert office.post(f"/nhiem-vu/{task.id}", data=given | {"why": "đổi", "revision": "1"}).status_code == 302
    (row,) = [each for each in stored(Task) if each.id == task.id]
    assert (row.measure, row.measure_share) == ("report_issued", None)


def test_the_annex_marks_one_level_a_task_on_screen_and_in_files(office: FlaskClient) -> None:
    page = office.get("/nhiem-vu/phu-luc?nam=2020&ngay=2020-12-31").text
    assert page.count("<strong>X</strong>") == 3
    early = office.get("/nhiem-vu/phu-luc?nam=2020&ngay=2020-05-01").text
    assert "Đang thực hiện, hạn 15/12/2020" in early
    for kind in ("docx", "xlsx"):
        file = office.get(f"/nhiem-vu/phu-luc.{kind}?nam=2020")
        assert file.data.startswith(b"PK")
        assert f"phu-luc-cchc-2020.{kind}" in file.headers["Content-Disposition"]
    assert office.get("/nhiem-vu/phu-luc.docx?nam=1999").status_code == 404
