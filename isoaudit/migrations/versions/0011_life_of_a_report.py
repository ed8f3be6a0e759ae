"""the life of a report: drafts, edited paragraphs, files of what was issued, profiles of who issues

What was written or kept is insert-only; an issued report changes in nothing but being replaced. Example data may go.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_INSERT_ONLY = {"report_text": "OLD.example", "report_file": "OLD.example", "issuer_profile": None}
_SAME = " AND ".join(
    f"NEW.{name} = OLD.{name}"
    for name in ("id", "province_id", "period_first", "period_last", "as_of", "conversion", "issuer", "frozen_id")
)
_CHANGED = f"OLD.frozen_id IS NOT NULL AND NOT (OLD.state = 'issued' AND NEW.state = 'replaced' AND {_SAME})"
_GONE = "OLD.frozen_id IS NOT NULL AND NOT OLD.example"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "issuer_profile",
        sa.Column("province_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["user_account.id"], name=op.f("fk_issuer_profile_by_user_account")),
        sa.ForeignKeyConstraint(["province_id"], ["province.id"], name=op.f("fk_issuer_profile_province_id_province")),
        sa.PrimaryKeyConstraint("province_id", "code", "revision", name=op.f("pk_issuer_profile")),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("period_first", sa.Date(), nullable=False),
        sa.Column("period_last", sa.Date(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("conversion", sa.String(length=32), nullable=False),
        sa.Column("issuer", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "approved",
                "issued",
                "replaced",
                "dropped",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_digest", sa.String(length=64), nullable=True),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("frozen_id", sa.Integer(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(frozen_id IS NULL) = (state IN ('draft', 'approved', 'dropped'))", name=op.f("ck_report_frozen")
        ),
        sa.CheckConstraint("period_first <= as_of AND as_of <= period_last", name=op.f("ck_report_period")),
        sa.ForeignKeyConstraint(["approved_by"], ["user_account.id"], name=op.f("fk_report_approved_by_user_account")),
        sa.ForeignKeyConstraint(["created_by"], ["user_account.id"], name=op.f("fk_report_created_by_user_account")),
        sa.ForeignKeyConstraint(
            ["province_id", "frozen_id"],
            ["frozen_report.province_id", "frozen_report.id"],
            name=op.f("fk_report_province_id_frozen_id_frozen_report"),
        ),
        sa.ForeignKeyConstraint(["province_id"], ["province.id"], name=op.f("fk_report_province_id_province")),
        sa.ForeignKeyConstraint(["replaces"], ["report.id"], name=op.f("fk_report_replaces_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index("ix_report_province_id_year", "report", ["province_id", "year"], unique=False)
    op.create_table(
        "report_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_id", sa.Integer(), nullable=False),
        sa.Column("frozen_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("xlsx", "docx", "pdf", "signed", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("writer", sa.String(length=300), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["user_account.id"], name=op.f("fk_report_file_added_by_user_account")),
        sa.ForeignKeyConstraint(
            ["province_id", "frozen_id"],
            ["frozen_report.province_id", "frozen_report.id"],
            name=op.f("fk_report_file_province_id_frozen_id_frozen_report"),
        ),
        sa.ForeignKeyConstraint(["province_id"], ["province.id"], name=op.f("fk_report_file_province_id_province")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_file")),
    )
    op.create_index("ix_report_file_province_id_frozen_id", "report_file", ["province_id", "frozen_id"], unique=False)
    op.create_table(
        "report_text",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("generated", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["user_account.id"], name=op.f("fk_report_text_by_user_account")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_text_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", "key", "revision", name=op.f("pk_report_text")),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, removable in _INSERT_ONLY.items():
        for statement in _sqlite(table, removable) if sqlite else _postgresql(table, removable):
            op.execute(statement)
    for statement in _SQLITE_REPORT if sqlite else _POSTGRESQL_REPORT:
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


_REFUSE = "BEGIN SELECT RAISE(ABORT, 'an issued report never changes'); END"
_SQLITE_REPORT = (
    f"CREATE TRIGGER report_issued_stays BEFORE UPDATE ON report WHEN {_CHANGED} {_REFUSE}",
    f"CREATE TRIGGER report_issued_kept BEFORE DELETE ON report WHEN {_GONE} {_REFUSE}",
)
_POSTGRESQL_REPORT = (
    "CREATE FUNCTION report_issued_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF TG_OP = 'DELETE' THEN IF {_GONE} THEN RAISE EXCEPTION 'an issued report never changes'; END IF; "
    "RETURN OLD; END IF; "
    f"IF {_CHANGED} THEN RAISE EXCEPTION 'an issued report never changes'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER report_issued_stays BEFORE UPDATE OR DELETE ON report "
    "FOR EACH ROW EXECUTE FUNCTION report_issued_stays()",
)
