"""The answer page, and the ways in which answers arrive: operations as JSON (CONTRACT §5), and a plain form for each
criterion when there is no JavaScript. Both go through `services.sync`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid4, uuid5

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from isoaudit.domain.access import Permission
from isoaudit.domain.audit import NONCONFORMING
from isoaudit.domain.checklist import Criterion
from isoaudit.domain.errors import Conflict, Refusal
from isoaudit.domain.merge import Reply
from isoaudit.domain.operations import AuditField, Kind, Operation, Value
from isoaudit.domain.vocabulary import Grade, TeamRole
from isoaudit.http import clock, database
from isoaudit.http.access import requires
from isoaudit.http.outcomes import told
from isoaudit.http.signin import actor
from isoaudit.schemas.operations import read_batch
from isoaudit.services import sync
from isoaudit.services.audits import entries, history
from isoaudit.services.audits.reading import AuditView
from isoaudit.web.audits import asking, rendering
from isoaudit.web.audits.blueprint import may_answer, my_role, of_request, pages, province_id

UNANSWERED, NONCONFORMITIES = "chua", "kpp"
_VIEW = ("xep", "bo", "loc")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values of a conflict; the one that stands has number 0. `device` is told where no person is proven."""

    number: int
    value: Mapping[str, object]
    person: str | None
    device: str | None
    at: datetime | None

    @property
    def grade(self) -> Grade | None:
        """Its grade."""
        return Grade(str(self.value["grade"])) if self.value.get("grade") else None

    @property
    def due_on(self) -> date | None:
        """Its deadline."""
        return date.fromisoformat(str(self.value["due_on"])) if self.value.get("due_on") else None


@pages.get("/<path:reference>/tra-loi")
@requires(Permission.AUDIT_READ)
def answer(reference: str) -> str:
    """The answer page; for those who may not answer, the same page to read."""
    audit = of_request(reference)
    by_position = request.args.get("xep") == "vi-tri"
    core = request.args.get("bo", "rut-gon" if audit.row.core_only else "day-du") == "rut-gon"
    criteria = [each for each in _askable(audit) if _in_set(audit, each, core)]
    shown = [each for each in criteria if _passes(audit, each, request.args.get("loc", ""))]
    counted = {each.code for each in audit.counted(core)}
    open_conflicts = [code for code, each in audit.answers.items() if each.conflict]
    waiting = history.conflicts(database.session(), audit.row.province_id, audit.row.id, open_conflicts)
    settles = my_role(audit) is TeamRole.HEAD and may_answer(audit)
    boxes = {code: _box(audit, code, given, settles) for code, given in waiting.items()}
    return render_template(
        "web/audits/answer.html",
        audit=audit,
        groups=rendering.groups(audit, shown, by_position, core),
        page=rendering.Page(audit, generate_csrf(), boxes, _query()),
        by_position=by_position,
        core=core,
        total=len(counted),
        answered=sum(audit.answer(code).grade is not None for code in counted),
        missing=len(audit.missing),
        fields=_fields(audit),
        open=may_answer(audit),
        settles=settles,
        filter=request.args.get("loc", ""),
    )


@pages.post("/<path:reference>/thao-tac")
@requires(Permission.AUDIT_ANSWER)
def operations(reference: str) -> Response:
    """A batch of operations on this audit. The reply names the outcome of each, in the order sent."""
    batch = read_batch(request.get_json(silent=True))  # may hold what waited here for another audit
    session = database.session()
    outcomes = sync.take(session, province_id(session), batch, by=actor(), now=clock.now())
    return jsonify(
        operations=[told(each) for each in outcomes],
        audit_revision=max((each.audit_revision for each in outcomes), default=0),
    )


@pages.post("/<path:reference>/tra-loi/<code>")
@requires(Permission.AUDIT_ANSWER)
def save(reference: str, code: str) -> Response | tuple[str, int]:
    """One criterion, or one general text ("@remarks"), from a plain form; what is refused is asked again."""
    if code.startswith("@"):
        value: Value = {"field": code[1:], "text": request.form.get("text", "").replace("\r\n", "\n")}
    else:
        value = _typed(of_request(reference), code)
    try:
        return _one(reference, code, Kind.FIELD if code.startswith("@") else Kind.ANSWER, value, _base())
    except Refusal as refusal:
        return asking.again(refusal, reference, code, value, _back(reference, code))


@pages.post("/<path:reference>/tra-loi/<code>/chon")
@requires(Permission.AUDIT_ANSWER)
def settle(reference: str, code: str) -> Response:
    """The head chooses one of the values of a conflict: `number` is its revision, 0 for the one that stands."""
    audit = of_request(reference)
    given = _chosen(audit, code, request.form.get("number", "0"))
    if given is None:
        raise Conflict("operation.no_conflict", record=code, field="kind")
    return _one(reference, code, Kind.SETTLE, given, _base())


@pages.get("/<path:reference>/tra-loi/<code>/xung-dot")
@requires(Permission.AUDIT_READ)
def conflict(reference: str, code: str) -> str:
    """The box of one conflict, for a page that has just been told of it."""
    audit = of_request(reference)
    settles = my_role(audit) is TeamRole.HEAD and may_answer(audit)
    if code.startswith("@"):
        field = next((each for each in _fields(audit) if each["code"] == code), None)
        return render_template("web/audits/field_conflict.html", audit=audit, field=field, settles=settles)
    waiting = history.conflicts(database.session(), audit.row.province_id, audit.row.id, [code])[code]
    return _box(audit, code, waiting, settles)


def _box(audit: AuditView, code: str, waiting: Sequence[history.Given], settles: bool) -> str:
    """The values of a criterion in conflict, side by side."""
    standing = audit.answer(code).value()
    others = (Side(each.number, each.value, each.person, each.device, each.at) for each in waiting)
    sides = [Side(0, standing, None, None, None), *others]
    return render_template("web/audits/conflict.html", audit=audit, code=code, sides=sides, settles=settles)


def _one(reference: str, code: str, kind: Kind, value: Value, base: int) -> Response:
    """Send one operation as the device that stands for this person's plain forms, and tell what became of it."""
    session, now, by = database.session(), clock.now(), actor()
    device = str(uuid5(NAMESPACE_URL, f"isoaudit:form:{current_user.id}"))
    operation = Operation(
        op_id=str(uuid4()),
        device_id=device,
        seq=sync.next_number(session, device, by=by, now=now),
        audit=reference,
        base_revision=base,
        kind=kind.value,
        value=value,
        criterion=None if code.startswith("@") else code,
        at=now.isoformat(),
    )
    (outcome,) = sync.take(session, province_id(session), [operation], by=by, now=now)
    if outcome.refusal is not None:
        raise outcome.refusal
    if outcome.late:
        flash(_("%(code)s: nội dung đến sau khi ký. Đã giữ lại; cần trưởng đoàn mở lại để sửa đổi.", code=code), "warn")
    elif outcome.reply is Reply.CONFLICT:
        flash(
            _("%(code)s: người khác vừa ghi nội dung khác. Cả hai được giữ lại để trưởng đoàn chọn.", code=code), "warn"
        )
    return redirect(_back(reference, code), 303)


def _back(reference: str, code: str) -> str:
    return f"{url_for('audits.answer', reference=reference)}{_query()}#{code.replace('@', 'f-')}"


def _typed(audit: AuditView, code: str) -> Value:
    """The answer that a plain form holds; the grade stays when only a note was saved."""
    standing = audit.answer(code)
    grade = request.form.get("grade", "=")
    reason = request.form.get("reason", "")
    criterion = audit.checklist.criterion(code)
    if "offer" in request.form and criterion is not None:
        grade, reason = "not_applicable", criterion.na_reason.label()
    if grade == "=":
        grade = standing.grade.value if standing.grade else ""
    return {
        "grade": grade or None,
        "note": request.form.get("note", "").replace("\r\n", "\n"),
        "reason": reason,
        "due_on": request.form.get("due_on") or None,
        "request": request.form.get("request", "").replace("\r\n", "\n"),
        **{name: list(getattr(standing, name)) for name in ("evidence", "documents", "dossiers")},
    }


def _chosen(audit: AuditView, code: str, number: str) -> Value | None:
    if code.startswith("@"):
        field = next((each for each in _fields(audit) if each["code"] == code), None)
        texts = {str(each): text for each, text in field["texts"]} if field else {}
        texts["0"] = str(field["text"]) if field else ""
        return {"field": code[1:], "text": texts[number]} if number in texts else None
    if number == "0":
        return audit.answer(code).value()
    waiting = history.conflicts(database.session(), audit.row.province_id, audit.row.id, [code])[code]
    return next((each.value for each in waiting if str(each.number) == number), None)


def _fields(audit: AuditView) -> list[dict[str, object]]:
    """The general texts with their revisions and open conflicts."""
    kept = entries.of(database.session(), audit.row.province_id, audit.row.id, [each.value for each in AuditField])
    return [
        {
            "code": f"@{each.value}",
            "word": each,
            "text": getattr(audit.row, each.value) or "",
            "revision": kept[each.value].revision if each in kept else 0,
            "texts": [(one.number, one.value["text"]) for one in (kept[each.value].contenders if each in kept else ())],
        }
        for each in AuditField
    ]


def _askable(audit: AuditView) -> list[Criterion]:
    """What may be asked of this unit, and what was answered though it may not."""
    askable = {each.code for each in audit.checklist.for_kind(audit.unit.kind)}
    return [each for each in audit.checklist.criteria if each.code in askable or audit.answer(each.code).grade]


def _in_set(audit: AuditView, criterion: Criterion, core: bool) -> bool:
    return not core or criterion.core or audit.answer(criterion.code).grade is not None


def _passes(audit: AuditView, criterion: Criterion, asked: str) -> bool:
    given = audit.answer(criterion.code)
    if asked == UNANSWERED:
        return given.grade is None and criterion.code in audit.asked_in_full
    if asked == NONCONFORMITIES:
        return given.grade in NONCONFORMING or given.conflict
    return True


def _base() -> int:
    base = request.form.get("base", "0")
    return int(base) if base.isascii() and base.isdigit() and len(base) < 10 else 0


def _query() -> str:
    """The arguments that say how the page is looked at, to come back to it."""
    kept = {name: request.args[name] for name in _VIEW if request.args.get(name)}
    return f"?{urlencode(kept)}" if kept else ""
