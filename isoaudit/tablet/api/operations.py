"""Batches of operations: the one way in which work comes from tablets. The reply ends with a receipt by which the
device may delete."""

from dataclasses import asdict

from flask import Response, jsonify

from isoaudit.domain.access import Permission
from isoaudit.http import clock, database
from isoaudit.http.access import requires
from isoaudit.http.outcomes import told
from isoaudit.schemas.operations import read_posted
from isoaudit.services import device_list, sync
from isoaudit.tablet.api.blueprint import actor, api, json_body, province_id


@api.post("/operations")
@requires(Permission.AUDIT_ANSWER)
def operations() -> Response:
    """Take a batch; each operation is answered, in the order sent (`schemas.operations.TakenSchema`)."""
    batch, planned = read_posted(json_body())
    session = database.session()
    outcomes = sync.take(session, province_id(), batch, by=actor(), now=clock.now(), planned=planned)
    receipts = device_list.receipts(session, (each.device_id for each in batch))
    return jsonify(operations=[told(each) for each in outcomes], receipts=[asdict(each) for each in receipts])
