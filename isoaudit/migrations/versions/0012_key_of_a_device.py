"""a device that holds its key: from then on a file of its unsent work has to be proven with it (services.device_key)"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("device", sa.Column("keyed_at", sa.DateTime(timezone=True), nullable=True))
