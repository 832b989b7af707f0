"""What was answered: the verdict on a report, what was found in its text, and the articles as they were shown."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add to what is there: an older program may run beside this one, or again after it."""
    op.create_table(
        "article_versions",
        sa.Column("team", sa.Text(), primary_key=True),
        sa.Column("version", sa.Text(), primary_key=True),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Double().with_variant(sa.REAL(), "sqlite"), nullable=False),
    )
    op.add_column("interactions", sa.Column("verdict", sa.Text()))
    op.add_column("interactions", sa.Column("found", sa.Text()))
    op.add_column("interactions", sa.Column("shown", sa.Text(), nullable=False, server_default=""))
