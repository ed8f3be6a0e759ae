"""the catalogue of TTHC with its publications, quality objectives, reports owed by units, money

What a publication lists and what a letter asked for is insert-only, as the other history (0002).
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


_INSERT_ONLY = ("publication_item", "reminder_duty")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "reminder",
        sa.Column("province_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "period",
            sa.Enum("half", "year", name="period", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("signer", sa.String(length=200), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("letter", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["province_id"], ["province.id"], name=op.f("fk_reminder_province_id_province")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_reminder_recorded_by_user_account")
        ),
        sa.ForeignKeyConstraint(["voided_by"], ["user_account.id"], name=op.f("fk_reminder_voided_by_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_province_id"), ["province_id"], unique=False)

    op.create_table(
        "catalogue_procedure",
        sa.Column("province_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("field", sa.String(length=200), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "province", "district", "commune", name="level", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "link",
            sa.Enum(
                "not_linked",
                "linked_same_level",
                "linked_between_levels",
                name="link",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "online",
            sa.Enum(
                "full", "partial", "information", name="online", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("unit_ids", sa.JSON(), nullable=False),
        sa.Column("deadline_days", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("fold", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name=op.f("ck_catalogue_procedure_period")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_catalogue_procedure_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["document.id"], name=op.f("fk_catalogue_procedure_ended_by_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["province_id"], ["province.id"], name=op.f("fk_catalogue_procedure_province_id_province")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_catalogue_procedure_recorded_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["voided_by"], ["user_account.id"], name=op.f("fk_catalogue_procedure_voided_by_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_procedure")),
    )
    with op.batch_alter_table("catalogue_procedure", schema=None) as batch_op:
        batch_op.create_index("ix_catalogue_procedure_province_id_code", ["province_id", "code"], unique=False)

    op.create_table(
        "money_line",
        sa.Column("province_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("team", sa.String(length=200), nullable=True),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("estimate", sa.BigInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=True),
        sa.Column("spent_on", sa.Date(), nullable=True),
        sa.Column("settled", sa.BigInteger(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("settled_document_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(unit_id IS NULL) <> (team IS NULL)", name=op.f("ck_money_line_owner")),
        sa.CheckConstraint("estimate >= 0", name=op.f("ck_money_line_estimate")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_money_line_document_id_document")),
        sa.ForeignKeyConstraint(["province_id"], ["province.id"], name=op.f("fk_money_line_province_id_province")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_money_line_recorded_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["settled_document_id"], ["document.id"], name=op.f("fk_money_line_settled_document_id_document")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_money_line_unit_id_unit")),
        sa.ForeignKeyConstraint(["voided_by"], ["user_account.id"], name=op.f("fk_money_line_voided_by_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_line")),
    )
    with op.batch_alter_table("money_line", schema=None) as batch_op:
        batch_op.create_index("ix_money_line_province_id_year", ["province_id", "year"], unique=False)
        batch_op.create_index(batch_op.f("ix_money_line_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "publication",
        sa.Column("province_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_publication_document_id_document")),
        sa.ForeignKeyConstraint(["province_id"], ["province.id"], name=op.f("fk_publication_province_id_province")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_publication_recorded_by_user_account")
        ),
        sa.ForeignKeyConstraint(["voided_by"], ["user_account.id"], name=op.f("fk_publication_voided_by_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publication_province_id"), ["province_id"], unique=False)

    op.create_table(
        "quality_objective",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("objective", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(length=300), nullable=True),
        sa.Column("target", sa.String(length=100), nullable=False),
        sa.Column("result", sa.String(length=100), nullable=True),
        sa.Column("met", sa.Boolean(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_quality_objective_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_quality_objective_recorded_by_user_account")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_quality_objective_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["voided_by"], ["user_account.id"], name=op.f("fk_quality_objective_voided_by_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_objective")),
    )
    with op.batch_alter_table("quality_objective", schema=None) as batch_op:
        batch_op.create_index("ix_quality_objective_year_unit_id", ["year", "unit_id"], unique=False)

    op.create_table(
        "report_duty",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "period",
            sa.Enum("half", "year", name="period", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_report_duty_document_id_document")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_report_duty_recorded_by_user_account")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_report_duty_unit_id_unit")),
        sa.ForeignKeyConstraint(["voided_by"], ["user_account.id"], name=op.f("fk_report_duty_voided_by_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_duty")),
    )
    with op.batch_alter_table("report_duty", schema=None) as batch_op:
        batch_op.create_index("ix_report_duty_unit_id", ["unit_id"], unique=False)
        batch_op.create_index("ix_report_duty_year_period", ["year", "period"], unique=False)

    op.create_table(
        "publication_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column(
            "change",
            sa.Enum(
                "added", "changed", "abolished", name="change", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.CheckConstraint("before_id IS NOT NULL OR after_id IS NOT NULL", name=op.f("ck_publication_item_sides")),
        sa.ForeignKeyConstraint(
            ["after_id"], ["catalogue_procedure.id"], name=op.f("fk_publication_item_after_id_catalogue_procedure")
        ),
        sa.ForeignKeyConstraint(
            ["before_id"], ["catalogue_procedure.id"], name=op.f("fk_publication_item_before_id_catalogue_procedure")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_publication_item_publication_id_publication")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_item")),
    )
    with op.batch_alter_table("publication_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publication_item_publication_id"), ["publication_id"], unique=False)

    op.create_table(
        "reminder_duty",
        sa.Column("reminder_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["duty_id"], ["report_duty.id"], name=op.f("fk_reminder_duty_duty_id_report_duty")),
        sa.ForeignKeyConstraint(["reminder_id"], ["reminder.id"], name=op.f("fk_reminder_duty_reminder_id_reminder")),
        sa.PrimaryKeyConstraint("reminder_id", "duty_id", name=op.f("pk_reminder_duty")),
    )
    with op.batch_alter_table("reminder_duty", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_duty_duty_id"), ["duty_id"], unique=False)

    op.create_table(
        "procedure_update",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_procedure_update_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["publication_item.id"], name=op.f("fk_procedure_update_item_id_publication_item")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_procedure_update_recorded_by_user_account")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_procedure_update_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["voided_by"], ["user_account.id"], name=op.f("fk_procedure_update_voided_by_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_update")),
    )
    with op.batch_alter_table("procedure_update", schema=None) as batch_op:
        batch_op.create_index("ix_procedure_update_item_id_unit_id", ["item_id", "unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_procedure_update_unit_id"), ["unit_id"], unique=False)
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in _INSERT_ONLY:
        for statement in _sqlite(table) if sqlite else _postgresql(table):
            op.execute(statement)


def _sqlite(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT (OLD.example) {refuse}",
    ]


def _postgresql(table: str) -> list[str]:
    allow = "IF TG_OP = 'DELETE' AND OLD.example THEN RETURN OLD; END IF;"
    return [
        f"CREATE FUNCTION {table}_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {allow} "
        f"RAISE EXCEPTION '{table} is insert-only'; END $$",
        f"CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_insert_only()",
    ]
