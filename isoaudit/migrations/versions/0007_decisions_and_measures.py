"""decisions of the steering committee with their follow-up; the figure by which a task is measured"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_BLOCKS = ("agency", "district", "commune")
_STEPS = ("progress", "extended", "done", "dropped", "reopened")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "decision",
        sa.Column("province_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("block", _word("block", _BLOCKS), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("addressed_to", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.CheckConstraint("unit_id IS NULL OR block IS NULL", name=op.f("ck_decision_one_subject")),
        *(_key("decision", name, table) for name, table in _DECISION_KEYS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_province_id_decided_on", "decision", ["province_id", "decided_on"])
    op.create_index("ix_decision_unit_id", "decision", ["unit_id"])
    op.create_table(
        "decision_step",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", _word("kind", _STEPS), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        *(_key("decision_step", name, table) for name, table in _STEP_KEYS),
        sa.PrimaryKeyConstraint("decision_id", "number", name=op.f("pk_decision_step")),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if sqlite else _POSTGRESQL:
        op.execute(statement)
    op.add_column("task", sa.Column("measure", sa.String(length=32), nullable=True))
    blocks = ", ".join(f"'{each}'" for each in _BLOCKS)
    op.execute(
        "ALTER TABLE task ADD COLUMN measure_block VARCHAR(32) "
        f"CONSTRAINT ck_task_measure_block CHECK (measure_block IN ({blocks}))"
    )
    op.add_column("task", sa.Column("measure_share", sa.Integer(), nullable=True))


def _word(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


_DECISION_KEYS = (
    ("province_id", "province"),
    ("unit_id", "unit"),
    ("document_id", "document"),
    ("recorded_by", "user_account"),
    ("voided_by", "user_account"),
)
_STEP_KEYS = (("decision_id", "decision"), ("document_id", "document"), ("by", "user_account"))
_REFUSE = "BEGIN SELECT RAISE(ABORT, 'decision_step is insert-only'); END"
_SQLITE = (
    f"CREATE TRIGGER decision_step_no_update BEFORE UPDATE ON decision_step {_REFUSE}",
    f"CREATE TRIGGER decision_step_no_delete BEFORE DELETE ON decision_step WHEN NOT (OLD.example) {_REFUSE}",
)
_POSTGRESQL = (
    "CREATE FUNCTION decision_step_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'DELETE' AND OLD.example THEN RETURN OLD; END IF; "
    "RAISE EXCEPTION 'decision_step is insert-only'; END $$",
    "CREATE TRIGGER decision_step_insert_only BEFORE UPDATE OR DELETE ON decision_step "
    "FOR EACH ROW EXECUTE FUNCTION decision_step_insert_only()",
)
