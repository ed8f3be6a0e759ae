"""the day of an objective's result"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward. As SQL, so that SQLite adds the column without making the table anew."""
    op.execute("ALTER TABLE quality_objective ADD COLUMN result_on DATE")
