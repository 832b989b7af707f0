"""Answers from the help desk: their author's name, and from when on comments are relayed.

Comments on tickets from before are old news: only those from now on reach the shop.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add both columns."""
    op.add_column("relays", _text("author"))
    op.add_column("tickets", _text("comments_from"))
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")  # as the help desk writes it
    op.get_bind().execute(sa.text("UPDATE tickets SET comments_from = :now"), {"now": now})


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=sa.text("''"))
