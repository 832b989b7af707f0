"""What people opened in replies: each opening, and the last one of each report."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add a table, and three columns to both tables with answers."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "openings",
        sa.Column("id", number, sa.Identity(always=True), primary_key=True),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("interaction_id", number, sa.ForeignKey("interactions.id"), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("cause_id", sa.Text(), nullable=False),
        sa.Column("opener", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Double().with_variant(sa.REAL(), "sqlite"), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("openings_interaction", "openings", ["team", "interaction_id"])
    for table in ("interactions", "escalations"):
        for name in ("opened_article", "opened_cause", "opened_by"):
            op.add_column(table, sa.Column(name, sa.Text()))
