"""the tablet: entries, signatures, devices with what they hold, recoveries; an audit can be signed before it is minuted

The general texts of an audit move from a column of its own into `entry`. SQLite cannot change a CHECK: the table is
made anew beside the old one and takes its name (sqlite.org, "Making Other Kinds Of Table Schema Changes"), with foreign
keys off, which `migrations.upgrade` sees to.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_OF_AUDIT = "EXISTS (SELECT 1 FROM audit a WHERE a.province_id = OLD.province_id AND a.id = OLD.audit_id AND a.example)"
_OLD_STATES = "state IN ('planned', 'under_way', 'minuted', 'concluded', 'cancelled')"
_NEW_STATES = "state IN ('planned', 'under_way', 'signed', 'minuted', 'concluded', 'cancelled')"
_AUDIT = sa.table(
    "audit",
    *(sa.column(name) for name in ("province_id", "id", "created_by")),
    sa.column("created_at", sa.DateTime(timezone=True)),
    sa.column("field_revisions", sa.JSON()),
)
_OPERATION = sa.table(
    "operation",
    *(sa.column(name) for name in ("province_id", "op_id", "device_id", "seq", "digest", "by")),
    sa.column("received_at", sa.DateTime(timezone=True)),
)
_DEVICE = sa.table("device", sa.column("id"), sa.column("chain"))


def upgrade() -> None:
    """Forward."""
    connection = op.get_bind()
    sqlite = connection.dialect.name == "sqlite"
    _new_tables()
    for statement in _insert_only_sqlite() if sqlite else _insert_only_postgresql():
        op.execute(statement)
    op.add_column("answer", sa.Column("documents", sa.JSON(), nullable=True))
    op.add_column("answer", sa.Column("dossiers", sa.JSON(), nullable=True))
    _device()
    _move_texts(connection)
    _chain(connection)
    if sqlite:
        _anew(connection)
        return
    op.drop_column("audit", "field_revisions")
    op.execute("ALTER TABLE audit DROP CONSTRAINT ck_audit_state")
    op.execute(f"ALTER TABLE audit ADD CONSTRAINT ck_audit_state CHECK ({_NEW_STATES})")


def _new_tables() -> None:
    op.create_table(
        "recovery",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["user_account.id"], name=op.f("fk_recovery_decided_by_user_account")),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_recovery_device_id_device")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_recovery_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery")),
    )
    with op.batch_alter_table("recovery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_device_id"), ["device_id"], unique=False)

    op.create_table(
        "audit_device",
        sa.Column("province_id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operations", sa.Integer(), nullable=False),
        sa.Column("photos", sa.Integer(), nullable=False),
        sa.Column("drafts", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_audit_device_device_id_device")),
        sa.ForeignKeyConstraint(
            ["province_id", "audit_id"],
            ["audit.province_id", "audit.id"],
            name=op.f("fk_audit_device_province_id_audit_id_audit"),
        ),
        sa.ForeignKeyConstraint(["province_id"], ["province.id"], name=op.f("fk_audit_device_province_id_province")),
        sa.ForeignKeyConstraint(
            ["released_by"], ["user_account.id"], name=op.f("fk_audit_device_released_by_user_account")
        ),
        sa.PrimaryKeyConstraint("province_id", "audit_id", "device_id", name=op.f("pk_audit_device")),
    )
    with op.batch_alter_table("audit_device", schema=None) as batch_op:
        batch_op.create_index("ix_audit_device_device_id", ["device_id"], unique=False)

    op.create_table(
        "entry",
        sa.Column("province_id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("contenders", sa.JSON(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=True),
        sa.Column("op_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["user_account.id"], name=op.f("fk_entry_by_user_account")),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_entry_device_id_device")),
        sa.ForeignKeyConstraint(
            ["province_id", "audit_id"],
            ["audit.province_id", "audit.id"],
            name=op.f("fk_entry_province_id_audit_id_audit"),
        ),
        sa.ForeignKeyConstraint(["province_id"], ["province.id"], name=op.f("fk_entry_province_id_province")),
        sa.PrimaryKeyConstraint("province_id", "audit_id", "target", name=op.f("pk_entry")),
    )
    op.create_table(
        "signature",
        sa.Column("province_id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("signatures", sa.JSON(), nullable=False),
        sa.Column("minuted_on", sa.Date(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("op_id", sa.String(length=36), nullable=False),
        sa.Column("amends", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["user_account.id"], name=op.f("fk_signature_by_user_account")),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_signature_device_id_device")),
        sa.ForeignKeyConstraint(
            ["province_id", "audit_id"],
            ["audit.province_id", "audit.id"],
            name=op.f("fk_signature_province_id_audit_id_audit"),
        ),
        sa.ForeignKeyConstraint(["province_id"], ["province.id"], name=op.f("fk_signature_province_id_province")),
        sa.PrimaryKeyConstraint("province_id", "audit_id", "number", name=op.f("pk_signature")),
    )


def _insert_only_sqlite() -> list[str]:
    refuse = "BEGIN SELECT RAISE(ABORT, 'signature is insert-only'); END"
    return [
        f"CREATE TRIGGER signature_no_update BEFORE UPDATE ON signature {refuse}",
        f"CREATE TRIGGER signature_no_delete BEFORE DELETE ON signature WHEN NOT ({_OF_AUDIT}) {refuse}",
    ]


def _insert_only_postgresql() -> list[str]:
    return [
        "CREATE FUNCTION signature_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' AND {_OF_AUDIT} THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'signature is insert-only'; END $$",
        "CREATE TRIGGER signature_insert_only BEFORE UPDATE OR DELETE ON signature "
        "FOR EACH ROW EXECUTE FUNCTION signature_insert_only()",
    ]


def _device() -> None:
    op.execute("ALTER TABLE device RENAME COLUMN label TO name")
    for column in (
        sa.Column("app", sa.String(length=100), nullable=True),
        sa.Column("chain", sa.String(length=64), server_default="", nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_seq", sa.Integer(), nullable=True),
        sa.Column("reported_chain", sa.String(length=64), nullable=True),
        sa.Column("holds", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("persisted", sa.Boolean(), nullable=True),
        sa.Column("usage", sa.BigInteger(), nullable=True),
        sa.Column("quota", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoke_reason", sa.Text(), nullable=True),
        sa.Column("wiped_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("device", column)
    op.execute(
        "ALTER TABLE device ADD COLUMN revoked_by INTEGER "
        "CONSTRAINT fk_device_revoked_by_user_account REFERENCES user_account (id)"
    )


def _move_texts(connection: sa.Connection) -> None:
    """Each general text that an operation ever touched becomes an entry; the column with its text stays."""
    entry = sa.table(
        "entry",
        *(sa.column(name) for name in ("province_id", "audit_id", "target", "revision", "by", "device_id", "op_id")),
        sa.column("value", sa.JSON(none_as_null=True)),
        sa.column("contenders", sa.JSON()),
        sa.column("at", sa.DateTime(timezone=True)),
    )
    rows = []
    for audit in connection.execute(sa.select(_AUDIT)).all():
        for name, kept in (audit.field_revisions or {}).items():
            standing = kept.get("standing") or {}
            by, at = _said(connection, audit, standing.get("op_id"))
            rows.append(
                {
                    "province_id": audit.province_id,
                    "audit_id": audit.id,
                    "target": name,
                    "revision": kept["latest"],
                    "value": {"text": standing["value"]["text"]} if standing else None,
                    "contenders": list(_contenders(connection, audit, kept.get("contenders", ()))),
                    "by": by,
                    "at": at,
                    "device_id": standing.get("device_id"),
                    "op_id": standing.get("op_id"),
                }
            )
    if rows:
        connection.execute(sa.insert(entry), rows)


def _contenders(connection: sa.Connection, audit: Any, kept: list[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for each in kept:
        by, at = _said(connection, audit, each["op_id"])
        yield {**each, "value": {"text": each["value"]["text"]}, "by": by, "at": at.isoformat()}


def _said(connection: sa.Connection, audit: Any, op_id: str | None) -> tuple[int | None, datetime]:
    """By whom and when an operation came; for one that is not known, by whom and when the audit was made."""
    found = connection.execute(
        sa.select(_OPERATION.c.by, _OPERATION.c.received_at).where(
            _OPERATION.c.province_id == audit.province_id, _OPERATION.c.op_id == op_id
        )
    ).one_or_none()
    by, at = found or (audit.created_by, audit.created_at)
    return by, at if at.tzinfo else at.replace(tzinfo=UTC)


def _chain(connection: sa.Connection) -> None:
    """The chain of each device so far, over the fingerprints of its operations in order."""
    chains: dict[str, str] = {}
    query = sa.select(_OPERATION.c.device_id, _OPERATION.c.digest).order_by(_OPERATION.c.device_id, _OPERATION.c.seq)
    for device, fingerprint in connection.execute(query).all():
        chains[device] = hashlib.sha256((chains.get(device, "") + fingerprint).encode()).hexdigest()
    for device, chain in chains.items():
        connection.execute(sa.update(_DEVICE).where(_DEVICE.c.id == device).values(chain=chain))


def _anew(connection: sa.Connection) -> None:
    """Make `audit` again without the column and with the new state; its indexes with it."""
    made = sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = 'audit' AND sql IS NOT NULL")
    statements = {kind: [] for kind in ("table", "index")}
    for kind, statement in connection.execute(made):
        statements[kind].append(statement)
    (table,) = statements["table"]
    anew = table.replace("CREATE TABLE audit (", "CREATE TABLE audit_anew (", 1)
    anew = anew.replace(_OLD_STATES, _NEW_STATES).replace("\tfield_revisions JSON NOT NULL, \n", "")
    if "field_revisions" in anew or _NEW_STATES not in anew or "audit_anew" not in anew:
        raise RuntimeError(f"the table audit is not as migration 0001 made it: {table}")
    op.execute(anew)
    kept = [each["name"] for each in sa.inspect(connection).get_columns("audit_anew")]
    names = ", ".join(kept)
    op.execute("PRAGMA legacy_alter_table = ON")  # triggers of other tables name `audit`
    op.execute(f"INSERT INTO audit_anew ({names}) SELECT {names} FROM audit")  # noqa: S608 (names of columns)
    op.execute("DROP TABLE audit")
    op.execute("ALTER TABLE audit_anew RENAME TO audit")
    op.execute("PRAGMA legacy_alter_table = OFF")
    for index in statements["index"]:
        op.execute(index)
