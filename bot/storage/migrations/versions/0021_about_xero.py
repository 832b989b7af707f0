"""Whether a report's channel is about Xero, as its files are judged after it is stored."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Add a column."""
    no = sa.text("FALSE")
    column: sa.Column[bool] = sa.Column(
        "about_xero", sa.Boolean(), nullable=False, server_default=no
    )
    op.add_column("interactions", column)
