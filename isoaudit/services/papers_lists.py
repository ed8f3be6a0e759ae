"""The lists of papers: people, units, sessions, findings with what became of them, decisions on contested ones.

Each line has the fields that `export.letters.fields` tells, as texts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from isoaudit.db import Answer, Audit, CriterionRow, Document, Nonconformity, NonconformityEvent, Unit, User
from isoaudit.domain.documentwords import cited, short_date
from isoaudit.domain.vocabulary import AuditState, DocumentKind, NonconformityState, TeamRole, UnitKind, Where
from isoaudit.domain.worksessions import Session as Worked
from isoaudit.export.letters import TEXTS, wording
from isoaudit.export.minutes import words
from isoaudit.export.minutes.lists import Person
from isoaudit.export.minutes.record import Finding
from isoaudit.services import working_programme
from isoaudit.services.audits import minutes
from isoaudit.services.audits.contested import Contested
from isoaudit.services.audits.reading import AuditView, Member

_KINDS = {kind.value: kind.vi for kind in DocumentKind}


def complete(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts with an empty one for every field that is not told."""
    return dict.fromkeys(TEXTS, "") | dict(texts)


def team(members: Sequence[Member]) -> list[dict[str, str]]:
    """The people of a team, the head first; the last one ends with a full stop."""
    found = []
    for place, each in enumerate(members, 1):
        found.append(
            {
                "number": str(place),
                "name": each.name,
                "position": each.position or "",
                "role": wording.role(each.role),
                "contents": each.contents or "",
                "told": wording.person(each.name, each.position or "", each.role, last=place == len(members)),
            }
        )
    return found


def attending(people: Sequence[Person]) -> list[dict[str, str]]:
    """Those of the unit who were there; the last one ends with a full stop."""
    return [
        {"name": each.name, "position": each.position, "told": wording.attendant(each.name, each.position, last=last)}
        for place, each in enumerate(people, 1)
        for last in [place == len(people)]
    ]


def together(teams: Iterable[Sequence[Member]]) -> list[Member]:
    """The people of several teams, each once with the first role met, heads first."""
    found: dict[int, Member] = {}
    for members in teams:
        for each in members:
            found.setdefault(each.user_id, each)
    order = list(TeamRole)
    return sorted(found.values(), key=lambda each: order.index(each.role))


def called(name: str, kind: UnitKind, district: str) -> str:
    """A unit as letters name it: a territory by its people's committee and its district."""
    return wording.located(words.unit_name({"name": name, "kind": kind.value}), district)


def unit_line(place: int, name: str, day: date | None, reference: str, missing: int) -> dict[str, str]:
    """A unit of a list."""
    return {
        "number": str(place),
        "name": name,
        "day": short_date(day) if day else "",
        "reference": reference,
        "missing": str(missing),
        "reason": wording.again(missing),
    }


def returning(units: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Of a list of units those that have to be looked at again, numbered anew."""
    left = [each for each in units if each["missing"] != "0"]
    return [{**each, "number": str(place)} for place, each in enumerate(left, 1)]


def sessions(session: Session, audit: AuditView) -> list[dict[str, str]]:
    """The working programme, as kept or as proposed."""
    names = {each.user_id: each.name for each in audit.members}
    return _sessions(audit, working_programme.read(session, audit).sessions, names)


def kept_sessions(session: Session, audit: AuditView) -> list[dict[str, str]]:
    """The working programme that was kept, for minutes; none while there is none."""
    lines = working_programme.kept(session, audit)
    people = {user for each in lines for user in each.members}
    rows = session.execute(select(User.id, User.full_name).where(User.id.in_(people))) if people else ()
    names = {row.id: row.full_name for row in rows}
    return _sessions(audit, lines, names)


def _sessions(audit: AuditView, lines: Sequence[Worked], names: Mapping[int, str]) -> list[dict[str, str]]:
    found = []
    for place, each in enumerate(lines, 1):
        times = [time.replace(":", "h") for time in (each.began, each.ended) if time]
        found.append(
            {
                "number": str(place),
                "day": short_date(each.day) if each.day else "",
                "time": " - ".join(times),
                "position": "; ".join(where.vi for where in each.where) or wording.EVERYBODY,
                "content": each.content or _contents(audit, each.where),
                "members": ", ".join(names[user] for user in each.members if user in names),
                "partner": each.partner,
            }
        )
    return found


def findings(found: Sequence[Finding], unit: str) -> list[dict[str, str]]:
    """Shortcomings or suggestions as minutes tell them."""
    return [
        {
            "number": str(each.number),
            "code": each.code,
            "text": each.text,
            "belongs": each.place,
            "note": each.note or each.text,
            "request": each.request or wording.ASKED,
            "due": each.due,
            "unit": unit,
        }
        for each in found
    ]


def corrections(session: Session, province_id: int, audits: Sequence[int]) -> list[dict[str, Any]]:
    """What audits raised and what became of it, by unit and place in the checklist; `open` tells whether it is."""
    last = (
        select(func.max(NonconformityEvent.number))
        .where(
            NonconformityEvent.province_id == Nonconformity.province_id,
            NonconformityEvent.audit_id == Nonconformity.audit_id,
            NonconformityEvent.criterion_id == Nonconformity.criterion_id,
            NonconformityEvent.what.in_(("implemented", "closed")),
        )
        .correlate(Nonconformity)
        .scalar_subquery()
    )
    event, over = NonconformityEvent, aliased(Unit)
    rows = session.execute(
        select(
            *(Nonconformity, CriterionRow.code, Answer.request, Unit.name, Unit.kind),
            *(over.name, over.kind, event.text, Document),
        )
        .join(Audit, (Audit.province_id == Nonconformity.province_id) & (Audit.id == Nonconformity.audit_id))
        .join(Unit, Unit.id == Audit.unit_id)
        .outerjoin(over, over.id == Unit.parent_id)
        .join(CriterionRow, CriterionRow.id == Nonconformity.criterion_id)
        .outerjoin(
            Answer,
            (Answer.province_id == Nonconformity.province_id)
            & (Answer.audit_id == Nonconformity.audit_id)
            & (Answer.criterion_id == Nonconformity.criterion_id),
        )
        .outerjoin(
            event,
            (event.province_id == Nonconformity.province_id)
            & (event.audit_id == Nonconformity.audit_id)
            & (event.criterion_id == Nonconformity.criterion_id)
            & (event.number == last),
        )
        .outerjoin(Document, Document.id == event.document_id)
        .where(
            Nonconformity.province_id == province_id,
            Nonconformity.audit_id.in_(audits),
            Nonconformity.voided_at.is_(None),
        )
        .order_by(Unit.sort_key, Nonconformity.audit_id, CriterionRow.position)
    )
    return [
        {
            "code": code,
            "text": "",
            "belongs": "",
            "note": row.description or code,
            "request": request or wording.ASKED,
            "due": short_date(row.due_on) if row.due_on else "",
            "unit": called(name, kind, district if above is UnitKind.DISTRICT else ""),
            "state": wording.corrected(row.state, row.outcome),
            "evidence": wording.proof(said or "", _named(document) if document else ""),
            "open": row.state is not NonconformityState.CLOSED,
        }
        for row, code, request, name, kind, district, above, said, document in rows
    ]


def _named(document: Document) -> str:
    """A document as evidence: its kind, number and day."""
    return f"{_KINDS.get(document.kind, document.kind)} số {cited(document.number, document.issued_on)}"


def numbered(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Lines with their numbers."""
    return [
        {"number": str(place)} | {name: value for name, value in each.items() if name != "open"}
        for place, each in enumerate(rows, 1)
    ]


def decisions(disputed: Sequence[Contested]) -> list[dict[str, str]]:
    """Contested findings with what is decided of them; dots where nothing is yet."""
    found = []
    for place, each in enumerate(disputed, 1):
        decided = each.decision or each.draft
        found.append(
            {
                "number": str(place),
                "code": each.criterion.code,
                "text": each.criterion.text.label(),
                "note": each.note or each.criterion.text.label(),
                "said": each.said or "–",
                "view": each.view or wording.DOTS,
                "result": wording.result(each.grade, decided.after) if decided else wording.DOTS,
                "reason": decided.reason if decided else wording.DOTS,
            }
        )
    return found


def changes(each: Contested) -> bool:
    """Whether what is decided differs from the minutes."""
    decided = each.decision or each.draft
    return decided is not None and decided.after is not each.grade


def after_decisions(audit: AuditView, told: minutes.Paper, disputed: Sequence[Contested]) -> minutes.Paper:
    """What the minutes said with the grades that count by the notice, issued or drafted."""
    if audit.state is AuditState.CONCLUDED:
        given = {code: each.value() for code, each in audit.answers.items()}
    else:
        given = {each["criterion"]: dict(each["value"]) for each in told.content["answers"]}
        for each in disputed:
            if each.draft is not None:
                code = each.criterion.code
                given[code] = {**given.get(code, audit.answer(code).value()), "grade": each.draft.after.value}
    answers = [{"criterion": code, "value": value} for code, value in given.items() if value.get("grade")]
    return replace(told, content={**told.content, "answers": answers})


def _contents(audit: AuditView, where: Sequence[Where]) -> str:
    """What is checked at these positions, by the clauses that their criteria belong to."""
    criteria = [each for each in audit.asked if each.where in where]
    clauses = sorted(
        {each.second_level for each in criteria if each.second_level},
        key=lambda clause: [int(part) for part in clause.split(".") if part.isdecimal()],
    )
    return wording.contents(clauses, any(not each.second_level for each in criteria), len(criteria))
