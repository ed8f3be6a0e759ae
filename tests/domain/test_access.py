"""Roles and permissions, password rules, warnings about a team."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isoaudit.domain.access import GRANTS, Permission, Scope, matrix_markdown, may, permissions, scope
from isoaudit.domain.passwords import Weakness, normalised, weaknesses
from isoaudit.domain.team import Member, Partiality, TeamGap, team_gaps, team_warnings
from isoaudit.domain.vocabulary import Role, TeamRole

ADMINISTRATOR, OFFICE, INSPECTOR = Role.ADMINISTRATOR, Role.OFFICE, Role.INSPECTOR
COMMITTEE, UNIT_OFFICER = Role.COMMITTEE, Role.UNIT_OFFICER


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        (Permission.ACCOUNTS_MANAGE, {ADMINISTRATOR}),
        (Permission.AUDITLOG_READ, {ADMINISTRATOR, COMMITTEE}),
        (Permission.AUDIT_ANSWER, {INSPECTOR}),
        (Permission.AUDIT_CONCLUDE, {INSPECTOR}),
        (Permission.FACTS_EDIT, {OFFICE}),
        (Permission.REPORT_FREEZE, {OFFICE}),
        (Permission.DECISION_WRITE, {COMMITTEE}),
        (Permission.DASHBOARD_READ, {OFFICE, COMMITTEE}),
        (Permission.UNIT_READ, {OFFICE, INSPECTOR, COMMITTEE, UNIT_OFFICER}),
        (Permission.OWN_ACCOUNT, set(Role)),
    ],
)
def test_who_may(permission: Permission, roles: set[Role]) -> None:
    assert {role for role in Role if may(role, permission)} == roles


def test_duties_are_kept_apart() -> None:
    results = {Permission.AUDIT_ANSWER, Permission.FACTS_EDIT, Permission.DATA_IMPORT, Permission.REPORT_FREEZE}
    assert results.isdisjoint(permissions(ADMINISTRATOR))
    assert {Permission.PROGRAMME_PLAN, Permission.DECISION_WRITE}.isdisjoint(permissions(INSPECTOR))
    changing = {each for each in Permission if each.value.rpartition(".")[2] not in ("read", "account")}
    assert changing & set(permissions(COMMITTEE)) == {Permission.DECISION_WRITE}
    assert {each for each in Permission if each.value.endswith(".read")} <= set(permissions(COMMITTEE))


def test_a_unit_officer_sees_one_unit_only() -> None:
    assert {scope(UNIT_OFFICER, each) for each in permissions(UNIT_OFFICER)} == {Scope.OWN}
    assert all(each.value.endswith((".read", ".account")) for each in permissions(UNIT_OFFICER))


def test_every_permission_is_in_the_table_and_in_the_matrix() -> None:
    assert set(GRANTS) == set(Permission)
    assert all(GRANTS.values())
    for language in ("vi", "en"):
        lines = matrix_markdown(language).splitlines()
        assert len(lines) == 2 + len(Permission)
        assert {line.count("|") for line in lines} == {2 + len(Role)}
        assert all(f"`{each.value}`" in matrix_markdown(language) for each in Permission)


@pytest.mark.parametrize(
    ("password", "second_factor", "expected"),
    [
        ("Quảng Trị 2020", False, ()),
        ("Abcdefghijk12!", False, ()),
        ("Abcdefghijk1!", False, (Weakness.SHORT,)),
        ("abcdefghijklmn", False, (Weakness.NO_UPPER, Weakness.NO_DIGIT, Weakness.NO_SIGN)),
        ("ABCDEFGHIJ 2020", False, (Weakness.NO_LOWER,)),
        ("abcdefgh", True, ()),
        ("abcdefg", True, (Weakness.SHORT_WITH_SECOND_FACTOR,)),
        ("Aa1! " * 60, False, (Weakness.LONG,)),
    ],
)
def test_what_a_password_must_be_like(password: str, second_factor: bool, expected: tuple[Weakness, ...]) -> None:
    assert weaknesses(password, second_factor=second_factor) == expected


def test_a_password_counts_letters_not_keystrokes() -> None:
    decomposed = "e\u0302\u0301" * 7
    assert normalised(decomposed) == "ế" * 7
    assert weaknesses(decomposed, second_factor=True) == (Weakness.SHORT_WITH_SECOND_FACTOR,)


@given(st.text(max_size=40))
def test_a_second_factor_never_asks_for_more(password: str) -> None:
    if not weaknesses(password, second_factor=False):
        assert not weaknesses(password, second_factor=True)


def test_a_team_is_warned_about_its_own_people() -> None:
    team = [
        Member("head", TeamRole.HEAD, unit="SKHCN"),
        Member("local", TeamRole.MEMBER, unit="xã"),
        Member("adviser", TeamRole.SECRETARY, advised=frozenset({"xã cũ"})),
    ]
    told = team_warnings(team, {"xã", "xã cũ"})
    assert [(each.person, each.why) for each in told] == [
        ("local", Partiality.BELONGS),
        ("adviser", Partiality.ADVISED),
    ]
    assert team_warnings(team, {"xã khác"}) == ()
    assert team_gaps(team) == ()


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ([], (TeamGap.NO_HEAD,)),
        ([TeamRole.MEMBER], (TeamGap.NO_HEAD,)),
        ([TeamRole.HEAD, TeamRole.HEAD], (TeamGap.TWO_HEADS,)),
    ],
)
def test_a_team_has_one_head(roles: list[TeamRole], expected: tuple[TeamGap, ...]) -> None:
    assert team_gaps([Member(place, role) for place, role in enumerate(roles)]) == expected


def test_nobody_is_in_a_team_twice() -> None:
    assert team_gaps([Member("a", TeamRole.HEAD), Member("a", TeamRole.MEMBER)]) == (TeamGap.TWICE,)
