"""the document that a task rests on"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward. As SQL, so that SQLite adds the column without making the table anew."""
    op.execute(
        "ALTER TABLE task ADD COLUMN document_id INTEGER "
        "CONSTRAINT fk_task_document_id_document REFERENCES document (id)"
    )
