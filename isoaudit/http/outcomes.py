"""How the outcome of an operation is told, to the answer page and to tablets alike (CONTRACT §5)."""

from isoaudit.domain.merge import Reply
from isoaudit.http.errors import explain
from isoaudit.services.sync import Outcome


def told(outcome: Outcome) -> dict[str, object]:
    """The outcome as JSON: both values of a conflict (null where nothing stood), what stands now, and why it was
    refused, each only where there is such a thing."""
    found: dict[str, object] = {
        "op_id": outcome.op_id,
        "outcome": outcome.reply.value,
        "first": outcome.first.value,
        "revision": outcome.revision,
        "audit_revision": outcome.audit_revision,
        "digest": outcome.digest,
    }
    for name, value in (("standing", outcome.standing), ("offered", outcome.offered)):
        if value is not None or outcome.first is Reply.CONFLICT:
            found[name] = None if value is None else dict(value)
    if outcome.late:
        found["late"] = True
    if outcome.refusal is not None:
        found["code"], found["why"] = outcome.refusal.code, explain(outcome.refusal)
    return found
