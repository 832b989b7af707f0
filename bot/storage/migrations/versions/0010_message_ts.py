"""Which reports are made from a message: the message's ts, apart from the key, which may be a trigger's id."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_MADE_FROM_A_MESSAGE = {
    "sqlite": "ts GLOB '[0-9]*.[0-9][0-9][0-9][0-9][0-9][0-9]' AND ts NOT GLOB '*[^0-9.]*' AND ts NOT GLOB '*.*.*'",
    "postgresql": r"ts ~ '^[0-9]+\.[0-9]{6}$'",
}
"""A trigger's id has three parts. What is not private is always made from a message, whatever its ts."""


def upgrade() -> None:
    """Add to what is there, and fill in what only the form of `ts` says."""
    op.add_column("interactions", sa.Column("message_ts", sa.Text()))
    from_message = _MADE_FROM_A_MESSAGE[op.get_bind().dialect.name]
    op.execute(
        f"UPDATE interactions SET message_ts = ts WHERE NOT private OR ({from_message})"  # noqa: S608 - ours
    )
