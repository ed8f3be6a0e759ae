"""history is insert-only: the database itself refuses to change or delete it

Example data (made-up facts of `isoaudit demo`) may be deleted; nothing else of these tables ever is.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OF_AUDIT = "EXISTS (SELECT 1 FROM audit a WHERE a.province_id = OLD.province_id AND a.id = OLD.audit_id AND a.example)"
_REMOVABLE = {
    "log_entry": None,
    "checklist_version": None,
    "criterion": None,
    "fact_revision": "OLD.example",
    "frozen_report": "OLD.example",
    "audit_event": _OF_AUDIT,
    "operation": _OF_AUDIT,
    "answer_revision": _OF_AUDIT,
    "nonconformity_event": _OF_AUDIT,
}


def upgrade() -> None:
    """Forward."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, removable in _REMOVABLE.items():
        for statement in _sqlite(table, removable) if sqlite else _postgresql(table, removable):
            op.execute(statement)


def _sqlite(table: str, removable: str | None) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
    when = f"WHEN NOT ({removable})" if removable else ""
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {when} {refuse}",
    ]


def _postgresql(table: str, removable: str | None) -> list[str]:
    allow = f"IF TG_OP = 'DELETE' AND {removable} THEN RETURN OLD; END IF;" if removable else ""
    return [
        f"CREATE FUNCTION {table}_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {allow} "
        f"RAISE EXCEPTION '{table} is insert-only'; END $$",
        f"CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_insert_only()",
    ]
