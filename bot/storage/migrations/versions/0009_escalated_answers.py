"""What was answered when somebody escalated: kept with the escalation, whatever the message is edited to."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add to what is there. Rows of older programs stay NULL: nobody knows what the answer was at the time."""
    for name in ("verdict", "found", "article_id", "omitted"):
        op.add_column("escalations", sa.Column(name, sa.Text()))
