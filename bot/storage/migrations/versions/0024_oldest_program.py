"""The oldest program that can use the tables, so that an older one refuses to.

It is named by its newest revision. Programs of before 0016 look for relays by another key.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Add a table with one row."""
    table = op.create_table("oldest_program", sa.Column("revision", sa.Text(), primary_key=True))
    op.bulk_insert(table, [{"revision": "0016"}])
