"""Indexes for the counts of what waits, which the metrics read every few seconds."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add two indexes."""
    failed = sa.text("state = 'given up'")
    op.create_index("escalations_status", "escalations", ["team", "status"])
    op.create_index(
        "jobs_failed", "jobs", ["team", "kind"], postgresql_where=failed, sqlite_where=failed
    )
