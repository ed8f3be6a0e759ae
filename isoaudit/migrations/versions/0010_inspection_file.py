"""the inspection file: papers of several audits, working programmes, what is said on findings after the minutes,
inspections made by others

SQLite cannot change a CHECK: the table of papers is made anew, which `migrations.upgrade` allows for.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_OF_AUDIT = "EXISTS (SELECT 1 FROM audit a WHERE a.province_id = OLD.province_id AND a.id = OLD.audit_id AND a.example)"
_OLD_KINDS = (
    *("decision", "schedule", "unit_report", "announcement", "plan", "minutes"),
    *("team_report", "notice", "request", "remedy", "follow_up"),
)
_KINDS = (*_OLD_KINDS, "proposal", "closing", "other")
_GRADES = ("conformity", "opportunity", "minor", "major", "not_applicable")


def upgrade() -> None:
    """Forward."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    _papers(sqlite)
    op.create_table(
        "working_programme",
        *_key(),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        *_of("working_programme", by="user_account", province_id="province"),
        sa.PrimaryKeyConstraint("province_id", "audit_id", "number", name="pk_working_programme"),
    )
    op.create_table(
        "finding_note",
        *_key(),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("before", _word("before", _GRADES), nullable=True),
        sa.Column("after", _word("after", _GRADES), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        *_of(
            "finding_note",
            by="user_account",
            criterion_id="criterion",
            document_id="document",
            province_id="province",
        ),
        sa.PrimaryKeyConstraint("province_id", "audit_id", "criterion_id", "number", name="pk_finding_note"),
    )
    op.create_table(
        "audit_source",
        *_key(),
        sa.Column("body", sa.String(length=300), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        *_of(
            "audit_source",
            document_id="document",
            recorded_by="user_account",
            unit_id="unit",
            voided_by="user_account",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_audit_source"),
    )
    op.create_index("ix_audit_source_province_id_audit_id", "audit_source", ["province_id", "audit_id"], unique=False)
    for table in ("working_programme", "finding_note"):
        for statement in _sqlite(table) if sqlite else _postgresql(table):
            op.execute(statement)


def _papers(sqlite: bool) -> None:
    allowed = "kind IN ({})".format(", ".join(f"'{kind}'" for kind in _KINDS))
    if not sqlite:
        op.add_column("audit_paper", sa.Column("shared", sa.String(length=36), nullable=True))
        op.execute("ALTER TABLE audit_paper DROP CONSTRAINT ck_audit_paper_kind")
        op.execute(f"ALTER TABLE audit_paper ADD CONSTRAINT ck_audit_paper_kind CHECK ({allowed})")
        return
    connection = op.get_bind()
    made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'audit_paper'").scalar_one()
    columns = [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(audit_paper)")]
    listed = ", ".join(f'"{name}"' for name in columns)
    old = "kind IN ({})".format(", ".join(f"'{kind}'" for kind in (*_OLD_KINDS, "other")))
    if old not in made:
        raise RuntimeError("the table of papers is not as migration 0006 made it")
    new = made.replace("audit_paper", "audit_paper_new", 1).replace(old, allowed)
    op.execute(new)
    op.execute("ALTER TABLE audit_paper_new ADD COLUMN shared VARCHAR(36)")
    op.execute(f"INSERT INTO audit_paper_new ({listed}) SELECT {listed} FROM audit_paper")  # noqa: S608 (own columns)
    op.execute("DROP TABLE audit_paper")
    op.execute("ALTER TABLE audit_paper_new RENAME TO audit_paper")
    op.create_index("ix_audit_paper_province_id_audit_id", "audit_paper", ["province_id", "audit_id"], unique=False)


def _key() -> list[sa.Column[int]]:
    return [
        sa.Column("province_id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), autoincrement=False, nullable=False),
    ]


def _of(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    """The foreign keys of a table that belongs to an audit: that one, and column → table."""
    keys = [
        sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}")
        for column, to in columns.items()
    ]
    audit = ["province_id", "audit_id"], ["audit.province_id", "audit.id"]
    return [sa.ForeignKeyConstraint(*audit, name=f"fk_{table}_province_id_audit_id_audit"), *keys]


def _word(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _sqlite(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT ({_OF_AUDIT}) {refuse}",
    ]


def _postgresql(table: str) -> list[str]:
    return [
        f"CREATE FUNCTION {table}_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' AND {_OF_AUDIT} THEN RETURN OLD; END IF; "
        f"RAISE EXCEPTION '{table} is insert-only'; END $$",
        f"CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_insert_only()",
    ]
