"""Tokens of reports in databases whose first tables were made without them.

The first revision was changed after two programs had run it: their databases count as up to date and have no
`interactions.token`, without which no event can be kept.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column where it is missing. Buttons posted by those programs hold the report's id: it is the token."""
    connection = op.get_bind()
    if any(
        column["name"] == "token" for column in sa.inspect(connection).get_columns("interactions")
    ):
        return
    op.add_column("interactions", sa.Column("token", sa.Text, nullable=False, server_default=""))
    op.execute("UPDATE interactions SET token = CAST(id AS TEXT)")
    if connection.dialect.name == "sqlite":
        # it cannot add a constraint to a table that is there; this index is what a constraint would make
        op.create_index("interactions_token", "interactions", ["token"], unique=True)
    else:
        op.alter_column("interactions", "token", server_default=None)
        op.create_unique_constraint("interactions_token_key", "interactions", ["token"])
