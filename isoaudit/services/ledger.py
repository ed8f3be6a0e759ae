"""The ledger of operations (CONTRACT §5): the entry of an operation, and what it knows of those that came before.

Who may send what, and what it changes, is the business of `sync`.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, or_, select

from isoaudit.db import Base
from isoaudit.domain.errors import Refusal
from isoaudit.domain.merge import Reply, Verdict
from isoaudit.domain.operations import Operation as Sent

_OPERATIONS = Base.metadata.tables["operation"]
_later = _OPERATIONS.alias("later")
_refused_last = and_(
    _OPERATIONS.c.outcome == Reply.REFUSED.value,
    ~exists().where(
        _later.c.province_id == _OPERATIONS.c.province_id,
        _later.c.device_id == _OPERATIONS.c.device_id,
        _later.c.audit_id == _OPERATIONS.c.audit_id,
        _later.c.target == _OPERATIONS.c.target,
        _later.c.seq > _OPERATIONS.c.seq,
    ),
)
_LEDGER = select(
    *(_OPERATIONS.c[name] for name in ("op_id", "device_id", "audit_id", "target", "base_revision", "outcome")),
    *(_OPERATIONS.c[name] for name in ("digest", "revision", "code", "told")),
    _refused_last.label("refused_last"),
).where(
    _OPERATIONS.c.province_id == bindparam("province"),
    or_(
        _OPERATIONS.c.op_id.in_(bindparam("operations")),
        and_(
            _OPERATIONS.c.audit_id.in_(bindparam("audits")),
            _OPERATIONS.c.device_id.in_(bindparam("devices")),
            _OPERATIONS.c.target.in_(bindparam("targets")),
            _refused_last,
        ),
    ),
)
"""The operations that came before, and those that were the last on their target and were refused."""


def past(
    connection: Connection, province_id: int, operations: Sequence[Sent], references: Mapping[int, str]
) -> tuple[dict[str, Verdict], dict[tuple[str, str, str], int]]:
    """The receipts of operations in the batch that came before; and of each device and target in it: the base of the
    device's last operation there, when that was refused. `references` are the audits of the batch by key. One query."""
    wanted = {each.op_id for each in operations} | {each.second_id for each in operations}
    asked = {
        "province": province_id,
        "operations": list(wanted),
        "audits": list(references),
        "devices": list({each.device_id for each in operations}),
        "targets": list({ascii(each.target)[1:-1][:80] for each in operations}),
    }
    receipts: dict[str, Verdict] = {}
    last: dict[tuple[str, str, str], int] = {}
    for row in connection.execute(_LEDGER, asked):
        if row.op_id in wanted:
            receipts[row.op_id] = _receipt(row)
        if row.refused_last and row.audit_id in references:
            last[(row.device_id, references[row.audit_id], row.target)] = row.base_revision
    return receipts, last


def _receipt(row: Any) -> Verdict:
    outcome, said = Reply(row.outcome), row.told or {}
    refusal = None
    if row.code:
        refusal = Refusal(row.code, **said.get("refusal", {}))
        refusal.status = said.get("status", refusal.status)
    return Verdict(
        op_id=row.op_id,
        fingerprint=row.digest,
        reply=outcome,
        first=outcome,
        revision=row.revision or 0,
        standing=said.get("standing"),
        offered=said.get("offered"),
        refusal=refusal,
        late=bool(said.get("late")),
        line=row.op_id,
    )


def told(verdict: Verdict) -> dict[str, Any] | None:
    """What the reply said besides its word, as the ledger keeps it."""
    said: dict[str, Any] = {}
    if verdict.refusal is not None:
        details = verdict.refusal.details
        said = {"status": verdict.refusal.status, "refusal": {name: str(value) for name, value in details.items()}}
    if verdict.reply is Reply.CONFLICT:
        said = {"standing": verdict.standing, "offered": verdict.offered}
        said |= {"late": True} if verdict.late else {}
    return json_value(said) if said else None


def storable(text: str) -> str:
    """A text that a database takes; what it does not take is written as Python escapes it."""
    unfit = any(each == "\0" or "\ud800" <= each <= "\udfff" for each in text)
    return ascii(text)[1:-1] if unfit else text


def json_value(value: Any) -> Any:
    """A JSON value that every database takes; one with unfit characters is kept as Python writes it."""
    text = json.dumps(value, default=str, ensure_ascii=False)
    if "\\u0000" in text or any("\ud800" <= each <= "\udfff" for each in text):
        return {"unreadable": ascii(value)[:10_000]}
    return json.loads(text)
