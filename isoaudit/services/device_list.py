"""Reading devices: what each still holds, for the office; its ledger and its receipt, for itself.

What devices say is written down by `devices`, their operations by `sync`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Audit, AuditDevice, Device, Operation, User
from isoaudit.domain.errors import Forbidden
from isoaudit.domain.vocabulary import AuditState
from isoaudit.services import log
from isoaudit.services.devices import Held, aboard, find_device, holds


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a device may delete by: the server has every operation up to `through`, and this chain over them."""

    device_id: str
    through: int
    chain: str


def receipts(session: Session, device_ids: Iterable[str]) -> list[Receipt]:
    """The receipt of each device, in the order of their ids."""
    session.flush()
    rows = session.execute(
        select(Device.id, Device.last_seq, Device.chain).where(Device.id.in_(set(device_ids))).order_by(Device.id)
    )
    return [Receipt(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Line:
    """An operation of a device as the server's ledger has it."""

    seq: int
    op_id: str
    digest: str
    outcome: str


def ledger(session: Session, province_id: int, device_id: str, *, after: int, by: log.Actor) -> list[Line]:
    """The operations of one's own device with a higher number than `after`, in order. Raises NotFound, Forbidden."""
    if find_device(session, device_id).user_id != by.user_id:
        raise Forbidden("operation.device_of_other", record=device_id, field="device_id")
    rows = session.execute(
        select(Operation.seq, Operation.op_id, Operation.digest, Operation.outcome)
        .where(Operation.province_id == province_id, Operation.device_id == device_id, Operation.seq > after)
        .order_by(Operation.seq)
    )
    return [Line(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class OnDevice:
    """An audit on a device: what the device last said, and whether its head still waits for it."""

    audit: str
    state: AuditState
    held: Held
    taken_at: datetime
    delivered: bool
    released: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A tablet for the office's page: the row, its person, what it still holds. `agrees`: whether the server's ledger
    has the same digest at the same number as the device; None when one of them is ahead. `returns`: it is revoked and
    can be taken back into use. `audits` are those on board, not all that it ever took along."""

    row: Device
    person: str
    username: str
    agrees: bool | None
    returns: bool
    audits: tuple[OnDevice, ...]

    @property
    def holds(self) -> int:
        """How many things it last said to hold that the server has not."""
        return sum(each.held.operations + each.held.photos + each.held.drafts for each in self.audits)


def _returns(device: Device) -> bool:
    """Whether a revoked device can be taken back into use: what has cleared everything away cannot."""
    return device.revoked_at is not None and (device.wiped_at is None or holds(device) > 0)


def listed(session: Session, province_id: int) -> list[Listed]:
    """The devices that ever reported, those that hold something first; browsers are none of them. Two queries."""
    session.flush()
    on_board: dict[str, list[OnDevice]] = {}
    for row, reference, state, told in session.execute(
        select(AuditDevice, Audit.reference, Audit.state, Device.holds)
        .join(Audit, (Audit.province_id == AuditDevice.province_id) & (Audit.id == AuditDevice.audit_id))
        .join(Device, Device.id == AuditDevice.device_id)
        .where(AuditDevice.province_id == province_id)
        .order_by(Audit.reference)
        .execution_options(populate_existing=True)
    ):
        held = Held(reference, row.operations, row.photos, row.drafts)
        if held.nothing and not aboard(told, reference):
            continue
        delivered, released = row.delivered_at is not None, row.released_at is not None
        on_board.setdefault(row.device_id, []).append(
            OnDevice(reference, state, held, row.taken_at, delivered, released)
        )
    found = [
        Listed(device, person, username, _agrees(device), _returns(device), tuple(on_board.get(device.id, ())))
        for device, person, username in session.execute(
            select(Device, User.full_name, User.username)
            .join(User, User.id == Device.user_id)
            .where(Device.reported_at.is_not(None))
            .order_by(User.sort_key, Device.created_at)
            .execution_options(populate_existing=True)
        )
    ]
    return sorted(found, key=lambda each: each.holds == 0)


def _agrees(device: Device) -> bool | None:
    if device.reported_seq != device.last_seq:
        return None
    return device.reported_chain == device.chain
