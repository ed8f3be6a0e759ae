"""Devices that stand in for others: when the server itself brings what came from a device, it brings it under a device
and ids of its own, so that the numbers and the chain of the real one stay what that one says they are.

The ids are made from the old ones: bringing the same again finds what is there. For what is brought so, see `unsent`
(files without a proof) and `orphans` (operations whose audit the server did not have).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Device, Operation
from isoaudit.domain.operations import Operation as Sent
from isoaudit.services import log, sync


def id_for(made: str, purpose: str) -> str:
    """The id under which an operation or a device of that id is brought for a purpose."""
    return str(uuid5(UUID(made), f"isoaudit {purpose}"))


def known(session: Session, province_id: int, ids: Sequence[str]) -> set[str]:
    """Those of the ids that the ledger has."""
    session.flush()
    return set(
        session.scalars(
            select(Operation.op_id).where(Operation.province_id == province_id, Operation.op_id.in_(list(ids)))
        )
    )


def renamed(
    session: Session,
    province_id: int,
    operations: Sequence[Sent],
    *,
    purpose: str,
    name: str,
    by: log.Actor,
    now: datetime,
) -> list[Sent]:
    """Operations of one device of `by`, as those of the device that stands in for it; left out are those that were
    brought before. `name` is what that device is called."""
    if not operations:
        return []
    device_id = id_for(operations[0].device_id, purpose)
    ids = {each.op_id: id_for(each.op_id, purpose) for each in operations}
    there = known(session, province_id, list(ids.values()))
    fresh = [each for each in operations if ids[each.op_id] not in there]
    first = sync.next_number(session, device_id, by=by, now=now)
    session.get_one(Device, device_id, populate_existing=True).name = name
    return [
        replace(each, op_id=ids[each.op_id], device_id=device_id, seq=first + place) for place, each in enumerate(fresh)
    ]
