"""The shop of each report and escalation. Rows from before stay empty: they are the requester's."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add to what is there."""
    op.add_column("interactions", sa.Column("shop", sa.Text()))
    op.add_column("escalations", sa.Column("shop", sa.Text()))
    op.create_index("escalations_requester", "escalations", ["team", "requester", "id"])
