"""`isoaudit checklist`: the shipped files are whole, publishing is repeatable, and a published file never changes."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from isoaudit.domain.diff import version_key
from isoaudit.domain.errors import Invalid, Refusals
from isoaudit.domain.vocabulary import Method
from isoaudit.services import checklists, library, log
from isoaudit.shipped import CHECKLISTS
from tests.conftest import NOW

COMMUNE, AGENCY = "tcvn-iso-9001-2015-commune", "tcvn-iso-9001-2015-agency"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of checklists/ that a test may change."""
    return Path(shutil.copytree(CHECKLISTS, tmp_path / "checklists"))


@pytest.mark.parametrize("name", [COMMUNE, AGENCY])
def test_a_shipped_checklist_is_as_complete_as_the_house_asks(name: str) -> None:
    (file,) = (each for each in library.check() if each.checklist.id == name)
    criteria = file.checklist.criteria
    part_a = [each for each in criteria if each.part == "A"]
    core = [each for each in criteria if each.core]
    traced = [each for each in criteria if each.method is Method.TRACE]
    assert len(criteria) >= 90
    assert len(part_a) >= 20
    assert 35 <= len(core) <= 45
    assert len(traced) * 4 >= len(criteria)
    assert len({each.text.vi for each in criteria}) == len(criteria)
    assert all(each.text.vi.endswith("?") and each.text.en.endswith("?") for each in criteria)
    assert sum(each.gate for each in criteria) == 4
    edition = library.standards()[file.checklist.edition]
    leaves = {
        clause.number
        for clause in edition.clauses
        if clause.level >= 2
        and not any(other.number.startswith(f"{clause.number}.") and other.title.vi for other in edition.clauses)
        and clause.title.vi
        and version_key(f"{clause.number.split('.')[0]}.0.0") >= (4, 0, 0)
    }
    asked = {each.clause for each in criteria if each.clause}
    unasked = {leaf for leaf in leaves if not any(leaf == one or leaf.startswith(f"{one}.") for one in asked)}
    assert {leaf for leaf in unasked if not any(one.startswith(f"{leaf}.") for one in asked)} == set()


def test_publishing_twice_changes_nothing(session: Session) -> None:
    files = library.checklist_files()
    first = checklists.publish(session, files, by=log.COMMAND_LINE, now=NOW)
    second = checklists.publish(session, files, by=log.COMMAND_LINE, now=NOW)
    assert (len(first.added), len(second.added), len(second.unchanged)) == (2, 0, 2)
    row = checklists.find(session, COMMUNE, "1.0.0")
    assert row is not None
    assert len(checklists.criterion_ids(session, row.id)) == len(checklists.content(row).criteria)


def test_a_published_file_that_changes_is_refused(root: Path) -> None:
    file = root / COMMUNE / "1.0.0.toml"
    file.write_text(file.read_text("utf-8").replace("weight = 2", "weight = 1", 1), "utf-8")
    with pytest.raises(Refusals) as refused:
        library.check(root)
    assert [each.code for each in refused.value.refusals] == ["checklist.published_changed"]


def test_a_version_step_smaller_than_the_change_is_refused(root: Path) -> None:
    text = (root / COMMUNE / "1.0.0.toml").read_text("utf-8")
    changed = text.replace('version = "1.0.0"', 'version = "1.0.1"', 1).replace("weight = 2", "weight = 1", 1)
    (root / COMMUNE / "1.0.1.toml").write_text(changed, "utf-8")
    with pytest.raises(Refusals) as refused:
        library.check(root)
    assert [each.code for each in refused.value.refusals] == ["checklist.step_too_small"]


def test_a_file_that_was_not_recorded_is_not_published(session: Session, root: Path) -> None:
    text = (root / COMMUNE / "1.0.0.toml").read_text("utf-8")
    (root / COMMUNE / "1.1.0.toml").write_text(text.replace('version = "1.0.0"', 'version = "1.1.0"', 1), "utf-8")
    file = library.read_checklist(root / COMMUNE / "1.1.0.toml", root)
    with pytest.raises(Invalid, match="not_recorded"):
        checklists.publish(session, [file], by=log.COMMAND_LINE, now=NOW)
