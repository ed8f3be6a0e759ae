"""How the outcome of an operation is told, to the answer page and to tablets alike (CONTRACT §5)."""

from isoaudit.http.errors import explain
from isoaudit.services.sync import Outcome


def told(outcome: Outcome) -> dict[str, object]:
    """The outcome as JSON; both values of a conflict, and why it was refused, only where there is such a thing."""
    found: dict[str, object] = {
        "op_id": outcome.op_id,
        "outcome": outcome.reply.value,
        "first": outcome.first.value,
        "revision": outcome.revision,
        "audit_revision": outcome.audit_revision,
        "digest": outcome.digest,
    }
    if outcome.standing is not None:
        found["standing"] = dict(outcome.standing)
    if outcome.offered is not None:
        found["offered"] = dict(outcome.offered)
    if outcome.late:
        found["late"] = True
    if outcome.refusal is not None:
        found["code"], found["why"] = outcome.refusal.code, explain(outcome.refusal)
    return found
