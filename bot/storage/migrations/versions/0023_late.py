"""Whether the bot got a report long after it was written."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Add a column to the reports."""
    op.add_column(
        "interactions",
        sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.text("FALSE")),
    )
