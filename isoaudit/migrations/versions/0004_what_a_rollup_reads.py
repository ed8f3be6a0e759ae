"""what a roll-up reads: grade sheets of minuted audits, and an index along which nonconformities are counted

A sheet holds the grades of an audit on one line; the database itself throws it away when one of them changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OF_ANSWER = "DELETE FROM grade_sheet WHERE province_id = {row}.province_id AND audit_id = {row}.audit_id"
_OF_AUDIT = "DELETE FROM grade_sheet WHERE province_id = NEW.province_id AND audit_id = NEW.id"
_OF_SEVERAL = "DELETE FROM grade_sheet WHERE (province_id, audit_id) IN (SELECT province_id, audit_id FROM changed)"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "grade_sheet",
        sa.Column("province_id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("letters", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["province_id", "audit_id"],
            ["audit.province_id", "audit.id"],
            name=op.f("fk_grade_sheet_province_id_audit_id_audit"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["province_id"], ["province.id"], name=op.f("fk_grade_sheet_province_id_province")),
        sa.PrimaryKeyConstraint("province_id", "audit_id", name=op.f("pk_grade_sheet")),
    )
    op.create_index(
        "ix_nonconformity_counted",
        "nonconformity",
        [
            *("grade", "voided_at", "raised_on", "due_on", "closed_on", "outcome"),
            *("unit_id", "province_id", "audit_id", "criterion_id"),
        ],
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _sqlite() if sqlite else _postgresql():
        op.execute(statement)


def _sqlite() -> list[str]:
    def trigger(name: str, when: str, what: str) -> str:
        return f"CREATE TRIGGER grade_sheet_{name} AFTER {when} BEGIN {what}; END"

    return [
        trigger("answer_inserted", "INSERT ON answer", _OF_ANSWER.format(row="NEW")),
        trigger("answer_deleted", "DELETE ON answer", _OF_ANSWER.format(row="OLD")),
        trigger(
            "answer_changed",
            "UPDATE OF grade ON answer WHEN OLD.grade IS NOT NEW.grade",
            _OF_ANSWER.format(row="NEW"),
        ),
        trigger(
            "version_changed",
            "UPDATE OF checklist_version_id ON audit WHEN OLD.checklist_version_id <> NEW.checklist_version_id",
            _OF_AUDIT,
        ),
    ]


def _postgresql() -> list[str]:
    """Many answers come in one statement (imports), so that those are looked at together."""

    def function(name: str, what: str) -> str:
        return (
            f"CREATE FUNCTION grade_sheet_{name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {what}; RETURN NULL; END $$"
        )

    def trigger(name: str, when: str, how: str) -> str:
        return f"CREATE TRIGGER grade_sheet_{name} AFTER {when} {how}"

    return [
        function("of_several", _OF_SEVERAL),
        function("of_answer", _OF_ANSWER.format(row="NEW")),
        function("of_audit", _OF_AUDIT),
        trigger(
            "answer_inserted",
            "INSERT ON answer REFERENCING NEW TABLE AS changed",
            "FOR EACH STATEMENT EXECUTE FUNCTION grade_sheet_of_several()",
        ),
        trigger(
            "answer_deleted",
            "DELETE ON answer REFERENCING OLD TABLE AS changed",
            "FOR EACH STATEMENT EXECUTE FUNCTION grade_sheet_of_several()",
        ),
        trigger(
            "answer_changed",
            "UPDATE OF grade ON answer",
            "FOR EACH ROW WHEN (OLD.grade IS DISTINCT FROM NEW.grade) EXECUTE FUNCTION grade_sheet_of_answer()",
        ),
        trigger(
            "version_changed",
            "UPDATE OF checklist_version_id ON audit",
            "FOR EACH ROW WHEN (OLD.checklist_version_id <> NEW.checklist_version_id) "
            "EXECUTE FUNCTION grade_sheet_of_audit()",
        ),
    ]
