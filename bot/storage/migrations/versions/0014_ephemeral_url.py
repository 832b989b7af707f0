"""Where an ephemeral reply is brought up to date after a pick or an escalation: Slack's address of it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add to what is there."""
    op.add_column("interactions", sa.Column("ephemeral_url", sa.Text()))
