"""The criteria of the answer page, quickly: what never changes is rendered once for each checklist version and
language, and only cut open where an answer goes in. The words are in `templates/web/audits/criterion.html`."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup, escape

from isoaudit.domain.audit import NONCONFORMING
from isoaudit.domain.audit_life import Given, lacks
from isoaudit.domain.checklist import Checklist, Criterion, Part
from isoaudit.domain.standard import clause_key
from isoaudit.domain.vocabulary import Grade, Where
from isoaudit.http.errors import language
from isoaudit.services import library
from isoaudit.services.audits.reading import AnswerValue, AuditView, is_early
from isoaudit.web.words import label

_MARK = re.compile("\x01([a-z_]+)\x02")
_CUT: dict[tuple[str, str], dict[str, list[str]]] = {}
_KEPT_VERSIONS = 16
EARLY = "early"
"""How the page marks a deadline before the day planned, beside what `Lack` names."""
_PRESSED = {
    grade: {f"on_{each.value}": "true" if each is grade else "false" for each in Grade}
    | {"grade": grade.value if grade else ""}
    for grade in (None, *Grade)
}
"""The buttons of a criterion, by the grade given."""


@dataclass(frozen=True, slots=True)
class Group:
    """Criteria shown under one heading: a clause, part A, or a position."""

    key: str
    name: str
    criteria: tuple[Criterion, ...]
    asked: int
    answered: int
    nonconforming: int

    def of(self, audit: AuditView, grade: str) -> int:
        """How many of them have that grade."""
        return sum(audit.answer(each.code).grade == grade for each in self.criteria)


def headings(
    checklist: Checklist, criteria: Iterable[Criterion], by_position: bool
) -> list[tuple[str, tuple[Criterion, ...]]]:
    """The criteria under their headings, in clause order or by the position met."""
    found: dict[str, list[Criterion]] = {}
    for each in criteria:
        key = (each.where.value if each.where else "") if by_position else _clause(each)
        found.setdefault(key, []).append(each)
    order = sorted(found, key=_position_order if by_position else _clause_order)
    titles = {} if by_position else _clause_titles(checklist.edition, language())
    return [
        (_position_name(found[key][0]) if by_position else _clause_name(key, titles), tuple(found[key]))
        for key in order
    ]


def groups(audit: AuditView, criteria: Iterable[Criterion], by_position: bool, core: bool | None = None) -> list[Group]:
    """The same with how far the audit has come under each heading."""
    asked = {each.code for each in audit.counted(core)}
    return [
        Group(
            f"g-{place}",
            name,
            under,
            sum(each.code in asked for each in under),
            sum(audit.answer(each.code).grade is not None for each in under),
            sum(audit.answer(each.code).grade in NONCONFORMING for each in under),
        )
        for place, (name, under) in enumerate(headings(audit.checklist, criteria, by_position), 1)
    ]


class Page:
    """The criteria of one audit as markup. `csrf` goes into every form; `conflicts` are boxes by criterion's code."""

    def __init__(self, audit: AuditView, csrf: str, conflicts: Mapping[str, str], query: str = "") -> None:
        self._audit, self._conflicts = audit, conflicts
        self._shared = {"csrf": str(escape(csrf)), "query": str(escape(query))}
        self._pieces = _pieces(audit.checklist)

    def criterion(self, criterion: Criterion) -> Markup:
        """One criterion with its answer."""
        code = criterion.code
        answer = self._audit.answer(code)
        values = self._shared | _values(answer, self._audit.row.planned_on)
        values["conflict"] = self._conflicts.get(code, "")
        values["unasked"] = "" if code in self._audit.asked_in_full else " data-unasked"
        pieces = self._pieces[code]
        out = pieces.copy()
        out[1::2] = [values[name] for name in pieces[1::2]]
        return Markup("".join(out))  # noqa: S704 (the pieces are rendered templates, the values escaped)


def mark(name: str) -> Markup:
    """Where a value goes in."""
    return Markup(f"\x01{name}\x02")  # noqa: S704 (a control character and a fixed name)


def _values(answer: AnswerValue, planned_on: date | None) -> dict[str, str]:
    given = Given(answer.grade, answer.note, answer.reason, answer.due_on, answer.conflict)
    lacking = [each.value for each in lacks(given)]
    if is_early(answer, planned_on):
        lacking.append(EARLY)
    return _PRESSED[answer.grade] | {
        "revision": str(answer.revision),
        "note": _text(answer.note),
        "reason": _text(answer.reason),
        "request": _text(answer.request),
        "due": answer.due_on.isoformat() if answer.due_on else "",
        "kept": _kept(answer),
        "lacks": " ".join(lacking),
        "open": " open" if lacking or answer.note or answer.reason or answer.request else "",
    }


def _kept(answer: AnswerValue) -> str:
    """What the page carries through without showing it: photos, papers seen, dossiers."""
    lists = {name: getattr(answer, name) for name in ("evidence", "documents", "dossiers")}
    return f' data-kept="{escape(json.dumps(lists))}"' if any(lists.values()) else ""


def _text(text: str) -> str:
    return str(escape(text)) if text else ""


def _pieces(checklist: Checklist) -> dict[str, list[str]]:
    key = (checklist.digest, language())
    found = _CUT.get(key)
    if found is None:
        found = {}
        for each in checklist.criteria:
            rendered = render_template("web/audits/criterion.html", criterion=each, mark=mark, grades=tuple(Grade))
            found[each.code] = _MARK.split(rendered)
        while len(_CUT) >= _KEPT_VERSIONS:
            _CUT.pop(next(iter(_CUT)))
        _CUT[key] = found
    return found


def _clause(criterion: Criterion) -> str:
    return "A" if criterion.part is Part.A else criterion.second_level


def _clause_order(key: str) -> tuple[bool, object]:
    return (False, ()) if key == "A" else (True, clause_key(key))


def _position_order(key: str) -> int:
    order = [each.value for each in Where]
    return order.index(key) if key in order else len(order)


def _clause_name(key: str, titles: Mapping[str, str]) -> str:
    if key == "A":
        return _("Phần A. Quy định về áp dụng, công bố")
    return f"{key} {titles.get(key, '')}".strip()


def _position_name(criterion: Criterion) -> str:
    return label(criterion.where) if criterion.where else _("Không gắn với vị trí")


@cache
def _clause_titles(edition: str, spoken: str) -> Mapping[str, str]:
    standard = library.standards().get(edition)
    return {} if standard is None else {each.number: each.title.label(spoken) for each in standard.clauses}
