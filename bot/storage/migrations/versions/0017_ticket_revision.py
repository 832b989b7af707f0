"""Which revision of a relay the escalation's ticket shows.

A ticket has comments about all relays from before, or gets one that says that there was a message.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the column."""
    op.add_column(
        "relays",
        sa.Column("ticket_revision", sa.Integer(), nullable=False, server_default=sa.text("0")),
    )
    op.execute("UPDATE relays SET ticket_revision = revision")
