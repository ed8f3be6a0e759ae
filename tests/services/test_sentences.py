"""Every criterion of the shipped checklists has a ready finding and a ready request, and no sentence serves another."""

import pytest

from isoaudit.domain.checklist import Checklist
from isoaudit.services import library, sentences

SHIPPED = [file.checklist for file in library.checklist_files()]


@pytest.mark.parametrize("checklist", SHIPPED, ids=lambda each: f"{each.id} {each.version}")
def test_every_criterion_has_its_own_sentences(checklist: Checklist) -> None:
    ready = sentences.of(checklist.id)
    assert [each.code for each in checklist.criteria if not ready[each.code].findings] == []
    assert [each.code for each in checklist.criteria if not ready[each.code].requests] == []
    findings = [text for each in checklist.criteria for text in ready[each.code].findings]
    assert len(set(findings)) == len(findings)


def test_a_checklist_without_a_file_has_none() -> None:
    assert sentences.of("tcvn-iso-9001-2099") == {}
