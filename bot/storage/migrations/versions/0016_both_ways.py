"""Relays in both directions, with edits, deletions and copies; notices and mentions that were posted.

Relays from before are answers of support. What happened before is not announced again.
"""

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.rebuilding import changing

revision = "0016"
down_revision = "0015"

RENAMED = {"relay_answer": "relay_message"}
_EMPTY = sa.text("''")


def upgrade() -> None:
    """Add columns and indexes, and the channel of the original to the key."""
    old, new = ["team", "escalation_id", "ts"], ["team", "escalation_id", "channel", "ts"]
    # the copy of a table in SQLite reads the tables it refers to, but no index on an expression
    op.drop_index("interactions_thread", "interactions")
    with changing("relays") as batch:
        batch.add_column(sa.Column("kind", sa.Text(), nullable=False, server_default="answer"))
        batch.add_column(sa.Column("channel", sa.Text(), nullable=False, server_default=_EMPTY))
        batch.add_column(sa.Column("files", sa.Text(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("edited", sa.Text(), nullable=False, server_default=_EMPTY))
        batch.add_column(_number("revision", 1))
        batch.add_column(
            sa.Column("deleted", sa.Boolean(), nullable=False, server_default=sa.text("FALSE"))
        )
        batch.add_column(sa.Column("copy_channel", sa.Text()))
        batch.add_column(sa.Column("copy_ts", sa.Text()))
        batch.add_column(_number("copy_revision", 0))
        batch.add_column(sa.Column("change", sa.Integer()))
        batch.drop_constraint(f"relays_{'_'.join(old)}_key", type_="unique")
        batch.create_unique_constraint(f"relays_{'_'.join(new)}_key", new)
    op.execute(
        "UPDATE relays SET channel = (SELECT coalesce(card_channel, '') FROM escalations"
        " WHERE escalations.id = relays.escalation_id)"
    )
    thread = sa.text("coalesce(thread_ts, ts)")
    op.create_index("interactions_thread", "interactions", ["team", "channel", thread])
    op.create_index("relays_source", "relays", ["team", "channel", "ts"])
    op.add_column("escalations", _number("noticed", 0))
    op.add_column(
        "escalations",
        sa.Column(
            "mentioned",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            server_default=sa.text("0"),
        ),
    )
    op.execute("UPDATE escalations SET noticed = version")
    note = sa.text("coalesce(note_thread, note_ts)")
    op.create_index("escalations_note", "escalations", ["team", "note_channel", note])
    rename_jobs()


def rename_jobs() -> None:
    """Rename in place, as in 0011."""
    for old, new in RENAMED.items():
        op.execute(f"UPDATE jobs SET kind = '{new}' WHERE kind = '{old}'")  # noqa: S608 - our words


def _number(name: str, default: int) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text(str(default)))
