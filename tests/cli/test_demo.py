"""The example year loads once, adds up, is the same every time, and goes without a trace of made-up facts."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from isoaudit.cli import group
from isoaudit.db import (
    Answer,
    Audit,
    CriterionRow,
    Declaration,
    Document,
    FindingNote,
    Nonconformity,
    NonconformityEvent,
    Programme,
    Unit,
)
from isoaudit.db.engine import Sessions, make_engine
from isoaudit.domain.rollup_json import to_json
from isoaudit.domain.vocabulary import AuditState, Grade, Mode, NonconformityState, PaperKind, Status
from isoaudit.services import (
    checklists,
    example,
    library,
    papers_group,
    papers_writing,
    rollup,
    settings,
    yearplan,
)
from isoaudit.services.exampleyear import seeing
from isoaudit.services.exampleyear.story import Group
from isoaudit.services.nonconformities import listing

DAY, YEAR_END = date(2020, 11, 18), date(2020, 12, 31)


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with the example year."""
    return _load(tmp_path_factory.mktemp("demo"))


def _load(folder: Path) -> Path:
    _run(folder, "demo", "--load-only")
    return folder


def _run(folder: Path, *arguments: str) -> str:
    environment = {"ISOAUDIT_INSTANCE": str(folder), "ISOAUDIT_ARGON2_MEMORY_KIB": "64", "ISOAUDIT_DATABASE_URL": ""}
    done = CliRunner().invoke(group, list(arguments), env=environment, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def _rollup(folder: Path) -> dict[str, object]:
    sessions = Sessions(make_engine(f"sqlite:///{folder}/isoaudit.sqlite3"))
    with sessions.reading() as session:
        found = to_json(rollup.roll_up(session, None, 2020, DAY))
    sessions.engine.dispose()
    return found


def test_the_example_year_adds_up(instance: Path) -> None:
    found = _rollup(instance)
    blocks, total = found["blocks"], found["total"]
    assert [block["units"] for block in blocks.values()] == [20, 10, 125]  # type: ignore[attr-defined]
    for key in ("units", "exempt", "declared", "baseline", "baseline_converted", "audited", "visits"):
        assert sum(block[key] for block in blocks.values()) == total[key]  # type: ignore[attr-defined,index]
    assert sum(total["status"].values()) == total["units"] - total["exempt"]  # type: ignore[index]
    shown = {status for status in Status if total["status"].get(status.value)}  # type: ignore[index]
    assert shown == set(Status) - {Status.EXEMPT}


def test_the_example_year_reads_as_inspectors_write(instance: Path) -> None:
    """Findings are what was seen, not the hint how to look; few say the same; each was mended, answered or left."""
    sessions = Sessions(make_engine(f"sqlite:///{instance}/isoaudit.sqlite3"))
    with sessions.reading() as session:
        versions = {row.id: checklists.content(row) for row in checklists.versions(session)}
        rows = session.execute(
            select(CriterionRow.checklist_version_id, CriterionRow.code, Answer.grade, Answer.note, Answer.request)
            .join(CriterionRow, CriterionRow.id == Answer.criterion_id)
            .where(Answer.grade.in_((Grade.MINOR, Grade.MAJOR, Grade.OPPORTUNITY)))
        ).all()
        findings = session.execute(select(Nonconformity.description, Nonconformity.state)).all()
        proofs = session.scalars(select(NonconformityEvent.text).where(NonconformityEvent.what == "closed")).all()
    sessions.engine.dispose()
    notes = [note for *_rest, note, _request in rows]
    hints = {
        (key, each.code): [each.text.vi, *each.evidence.vi] for key, file in versions.items() for each in file.criteria
    }
    for version, code, grade, note, request in rows:
        assert note
        assert not note.rstrip(".").casefold().endswith(tuple(hint.casefold() for hint in hints[version, code]))
        assert request or grade is Grade.OPPORTUNITY
    assert len(set(notes)) > 400
    assert all(text for text, _state in findings)
    assert max(Counter(text for text, _state in findings).values()) <= 5
    assert {state for _text, state in findings} == set(NonconformityState)
    assert all("BC-" in (text or "") for text in proofs)


def test_every_criterion_has_its_sentences() -> None:
    for file in library.checklist_files():
        if file.checklist.id.startswith("tcvn-iso-9001-2015-"):
            written = seeing.sentences(file.checklist.id)
            lacking = [
                each.code for each in file.checklist.criteria if not {"finding", "advice"} <= set(written[each.code])
            ]
            assert lacking == []


def test_visits_that_were_not_made_tell_why_and_most_units_mended_in_time(instance: Path) -> None:
    sessions = Sessions(make_engine(f"sqlite:///{instance}/isoaudit.sqlite3"))
    with sessions.reading() as session:
        home, year = (
            settings.home(session).id,
            yearplan.visits(session, settings.home(session).id, 2020, date(2020, 12, 31)),
        )
        waiting = [each for each in year if each.minuted_on is None]
        listed = listing.listed(session, home, listing.Filters(), today=date(2020, 12, 31))
    sessions.engine.dispose()
    assert waiting
    assert all(each.moves and each.moves[-1].why for each in waiting)
    overdue = {each.unit_id for each in listed if each.overdue(date(2020, 12, 31))}
    audited = {each.unit_id for each in year if each.minuted_on}
    assert 0 < len(overdue) < len(audited) / 3


def test_units_declare_by_decisions_of_their_own_and_a_few_are_lost(instance: Path) -> None:
    sessions = Sessions(make_engine(f"sqlite:///{instance}/isoaudit.sqlite3"))
    with sessions.reading() as session:
        rows = session.execute(
            select(Declaration.made_on, Unit.name, Document)
            .join(Unit, Unit.id == Declaration.unit_id)
            .outerjoin(Document, Document.id == Declaration.document_id)
        ).all()
    sessions.engine.dispose()
    cited = [(day, unit, document) for day, unit, document in rows if document is not None]
    assert len({document.id for _day, _unit, document in cited}) == len(cited)
    for day, unit, document in cited:
        assert (day - document.issued_on).days in range(6)
        assert unit.casefold() in document.issuer.casefold()
    assert 3 <= len(rows) - len(cited) <= 12
    assert all(document is not None for day, _unit, document in rows if day.year == 2020)


def test_one_group_is_concluded_and_a_contested_finding_decided(instance: Path) -> None:
    sessions = Sessions(make_engine(f"sqlite:///{instance}/isoaudit.sqlite3"))
    with sessions.reading() as session:
        audits = session.execute(select(Audit.group_name, Audit.state).where(Audit.minuted_on.is_not(None))).all()
        decided = session.scalars(select(FindingNote).where(FindingNote.what == "decision")).all()
        waiting = session.scalars(select(Nonconformity).where(Nonconformity.contested)).all()
        raised = [rollup.roll_up(session, None, 2020, day).nonconformities.raised for day in (DAY, YEAR_END)]
    sessions.engine.dispose()
    assert {group for group, state in audits if state is AuditState.CONCLUDED} == {Group.AGENCIES.value}
    assert {state for group, state in audits if group == Group.AGENCIES.value} == {AuditState.CONCLUDED}
    assert [(each.before, each.after) for each in decided] == [(Grade.MINOR, Grade.OPPORTUNITY)]
    assert waiting == []
    assert raised[0] == raised[1] + 1


def test_one_paper_for_many_has_the_number_that_all_of_them_were_given(instance: Path) -> None:
    sessions = Sessions(make_engine(f"sqlite:///{instance}/isoaudit.sqlite3"))
    with sessions.reading() as session:
        programme = session.scalars(select(Programme)).one()
        papers = []
        for group in (Group.BUILDING.value, ""):
            audits = papers_group.read(session, programme.province_id, programme.id, Mode.ON_SITE, group)
            papers.append(papers_writing.shared(session, programme, audits, PaperKind.DECISION, DAY))
    sessions.engine.dispose()
    of_group, of_all = papers
    assert of_group.head.number == "213/QĐ-SKHCN"
    assert of_all.head.number.startswith("……")
    assert "UBND phường 1, thị xã Quảng Trị" in repr(of_all.annexes)
    assert of_group.mark == "Dữ liệu minh hoạ"


def test_a_second_call_keeps_everything_and_tells_the_accounts(instance: Path) -> None:
    before = _rollup(instance)["digest"]
    told = _run(instance, "demo", "--load-only")
    assert "kiemtra" in told
    assert _rollup(instance)["digest"] == before


@pytest.mark.thorough
def test_an_account_is_told_until_its_password_is_another(tmp_path: Path) -> None:
    folder = _load(tmp_path)
    _run(folder, "user", "reset", "kiemtra")
    _run(folder, "user", "disable", "donvi")
    told = _run(folder, "demo", "--load-only")
    assert "bancd" in told
    assert "kiemtra" not in told
    assert "donvi" not in told


@pytest.mark.thorough
def test_two_loads_give_the_same_figures_and_removing_leaves_only_what_is_real(instance: Path, tmp_path: Path) -> None:
    other = _load(tmp_path / "other")
    assert _rollup(other)["digest"] == _rollup(instance)["digest"]
    _run(other, "demo", "--remove")
    sessions = Sessions(make_engine(f"sqlite:///{other}/isoaudit.sqlite3"))
    with sessions.reading() as session:
        assert not example.exists(session)
    sessions.engine.dispose()
    left = _rollup(other)
    assert left["total"]["units"] == 155  # type: ignore[index]
    assert left["total"]["visits"] == left["total"]["declared"] == 0  # type: ignore[index]
    assert left["tasks"]["done_well"] == 3  # type: ignore[index]
    assert "đúng" in _run(other, "db", "check")


def test_a_backup_restored_into_an_empty_folder_counts_the_same(instance: Path, tmp_path: Path) -> None:
    file = tmp_path / "sao-luu.zip"
    _run(instance, "backup", str(file))
    _run(tmp_path / "moi", "restore", str(file))
    assert _rollup(tmp_path / "moi")["digest"] == _rollup(instance)["digest"]
    _run(tmp_path / "moi", "verify")
