"""Where a private reply hears that it was shared: Slack's address for it, until it is used."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add to what is there: an older program may run beside this one, or again after it."""
    op.add_column("interactions", sa.Column("share_url", sa.Text()))
