"""Relays with files: what became of each, and those that wait until their sender confirms them."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add columns. Nothing waits of what was sent before."""
    op.add_column("relays", sa.Column("uploads", sa.Text(), nullable=False, server_default="[]"))
    op.add_column(
        "relays",
        sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.text("FALSE")),
    )
