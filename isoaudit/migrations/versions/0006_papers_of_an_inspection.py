"""the papers of an inspection's file"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "audit_paper",
        sa.Column("province_id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "decision",
                "schedule",
                "unit_report",
                "announcement",
                "plan",
                "minutes",
                "team_report",
                "notice",
                "request",
                "remedy",
                "follow_up",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("signer", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["province_id", "audit_id"],
            ["audit.province_id", "audit.id"],
            name=op.f("fk_audit_paper_province_id_audit_id_audit"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_audit_paper_recorded_by_user_account")
        ),
        sa.ForeignKeyConstraint(["voided_by"], ["user_account.id"], name=op.f("fk_audit_paper_voided_by_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_paper")),
    )
    with op.batch_alter_table("audit_paper", schema=None) as batch_op:
        batch_op.create_index("ix_audit_paper_province_id_audit_id", ["province_id", "audit_id"], unique=False)
