"""What a publication decision means for a unit, and whether it has to declare again."""

from datetime import date

import pytest

from isoaudit.domain.catalogue import CatalogueChange, Competence, Redeclaration, Scope, change_for, redeclaration

ADDED, CHANGED, ABOLISHED = CatalogueChange
BEFORE, EFFECTIVE, AFTER = date(2020, 5, 31), date(2020, 6, 1), date(2020, 7, 1)
COMMUNES, OFFICE = Competence(frozenset({"commune", "ward"}), frozenset()), Competence(frozenset(), frozenset({7}))


@pytest.mark.parametrize(
    ("before", "after", "kind", "rows", "means"),
    [
        (None, COMMUNES, "commune", (1,), ADDED),
        (None, COMMUNES, "agency", (7,), None),
        (COMMUNES, COMMUNES, "ward", (1,), CHANGED),
        (COMMUNES, None, "ward", (1,), ABOLISHED),
        (COMMUNES, OFFICE, "ward", (1,), ABOLISHED),
        (COMMUNES, OFFICE, "agency", (9, 7), ADDED),
        (COMMUNES, OFFICE, "agency", (8,), None),
    ],
)
def test_a_change_means_to_a_unit_what_it_does_to_its_own_procedures(
    before: Competence | None, after: Competence | None, kind: str, rows: tuple[int, ...], means: CatalogueChange | None
) -> None:
    assert change_for(before, after, kind, rows) is means


def whole(on: date) -> Scope:
    return Scope(on, 10, 10)


@pytest.mark.parametrize(
    ("changes", "declared", "asked"),
    [
        ([], whole(BEFORE), Redeclaration.NOT_ASKED),
        ([(CHANGED, None)], whole(BEFORE), Redeclaration.NOT_ASKED),
        ([(ABOLISHED, None)], None, Redeclaration.NOT_DECLARED),
        ([(ABOLISHED, None)], whole(BEFORE), Redeclaration.REVIEW),
        ([(ABOLISHED, AFTER)], whole(BEFORE), Redeclaration.REVIEW),
        ([(ABOLISHED, None)], whole(EFFECTIVE), Redeclaration.DONE),
        ([(ABOLISHED, None)], Scope(BEFORE, 9, 10), Redeclaration.TO_CHECK),
        ([(ABOLISHED, None)], Scope(BEFORE, None, None), Redeclaration.TO_CHECK),
        ([(ADDED, None)], whole(BEFORE), Redeclaration.WHEN_BUILT),
        ([(ADDED, None)], whole(AFTER), Redeclaration.WHEN_BUILT),
        ([(ADDED, EFFECTIVE)], whole(BEFORE), Redeclaration.REVIEW),
        ([(ADDED, AFTER)], whole(EFFECTIVE), Redeclaration.REVIEW),
        ([(ADDED, AFTER)], whole(AFTER), Redeclaration.DONE),
        ([(ADDED, EFFECTIVE), (ADDED, None)], whole(EFFECTIVE), Redeclaration.WHEN_BUILT),
        ([(ADDED, None), (ABOLISHED, None)], whole(BEFORE), Redeclaration.REVIEW),
    ],
)
def test_a_unit_declares_again_when_the_set_of_procedures_covered_differs(
    changes: list[tuple[CatalogueChange, date | None]], declared: Scope | None, asked: Redeclaration
) -> None:
    assert redeclaration(changes, EFFECTIVE, declared) is asked
