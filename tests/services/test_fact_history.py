"""What a revision changed, told as what it stands for and not as it is stored."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from isoaudit.db import CatalogueProcedure, Decision, Declaration, Document, Fact, Task
from isoaudit.domain.catalogue import OnlineLevel, ProcedureLevel
from isoaudit.domain.measures import Measure
from isoaudit.domain.vocabulary import Block, DeclarationKind, UnitKind
from isoaudit.services import fact_history, library, log, revisions, settings
from tests import factories
from tests.conftest import NOW


@pytest.fixture
def home(session: Session) -> int:
    """The province."""
    return settings.home_id(session)


def changes(session: Session, row: Fact, **values: object) -> dict[str, Any]:
    """What the history tells of one correction."""
    revisions.enter(session, row, by=log.COMMAND_LINE, now=NOW)
    revisions.correct(session, row, values, by=log.COMMAND_LINE, now=NOW, why="nhập nhầm")
    last = fact_history.of(session, [row])[fact_history.key_of(row)][-1]
    return {name: after for name, (_before, after) in last.changed.items()}


def test_days_words_and_names(session: Session, home: int) -> None:
    unit = factories.unit(session)
    number = Document(province_id=home, number="127/QĐ-UBND", kind="QĐ", issuer="UBND tỉnh", subject="…", fold="")
    number.issued_on = date(2020, 1, 15)
    revisions.enter(session, number, by=log.COMMAND_LINE, now=NOW)
    declared = Declaration(
        unit_id=unit.id, edition="iso9001-2008", kind=DeclarationKind.DECLARE, made_on=date(2020, 5, 1)
    )
    told = changes(
        session, declared, made_on=date(2020, 6, 2), edition="iso9001-2015", document_id=number.id, covered=12
    )
    assert told == {
        "made_on": date(2020, 6, 2),
        "edition": library.standards()["iso9001-2015"].name,
        "document_id": "127/QĐ-UBND",
        "covered": 12,
    }
    decided = Decision(province_id=home, decided_on=date(2020, 1, 1), text="…", addressed_to="…", block=Block.AGENCY)
    assert changes(session, decided, block=None, unit_id=unit.id) == {"block": None, "unit_id": unit.name}


def test_lists_and_what_is_measured(session: Session, home: int) -> None:
    unit = factories.unit(session)
    row = CatalogueProcedure(province_id=home, code="1.000", name="…", field="…", level=ProcedureLevel.COMMUNE, fold="")
    row.kinds, row.unit_ids, row.valid_from = [], [], date(2020, 1, 1)
    told = changes(session, row, kinds=["ward"], unit_ids=[unit.id], online=OnlineLevel.FULL)
    assert told == {"kinds": [UnitKind.WARD], "unit_ids": [unit.name], "online": OnlineLevel.FULL}
    task = Task(province_id=home, year=2020, group_name="I", task="…", content_complete=False)
    told = changes(session, task, measure="declared", content_complete=True, note="trước gọi là closed")
    assert told == {"measure": Measure.DECLARED, "content_complete": True, "note": "trước gọi là closed"}
