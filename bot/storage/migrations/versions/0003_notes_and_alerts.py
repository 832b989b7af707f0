"""Where notes are, alerts, and secrets taken out of what was kept."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from bot.redaction.redact import redacted, secrets_redacted
from bot.storage.migrations.statements import run

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Run what was step 3 before Alembic."""
    run(
        3,
        "ALTER TABLE escalations ADD COLUMN note_channel TEXT",
        "ALTER TABLE escalations ADD COLUMN note_thread TEXT",
        """UPDATE escalations SET
            note_channel = (SELECT channel FROM interactions i WHERE i.id = interaction_id AND NOT i.private),
            note_thread = (SELECT coalesce(thread_ts, ts) FROM interactions i WHERE i.id = interaction_id)
            WHERE note_ts IS NOT NULL""",
        "ALTER TABLE changes ADD COLUMN resolution TEXT",
        "CREATE TABLE alerts (cause TEXT NOT NULL PRIMARY KEY, at {real} NOT NULL)",
        # cards from before there were buttons on them, and nobody was reminded
        """INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, created_at, revision)
            SELECT 'announce', id, 'waiting', 0, FALSE, 0, created_at, 1 FROM escalations WHERE status = 'open'
            ON CONFLICT (kind, subject) DO UPDATE SET state = 'waiting', due_at = 0, revision = jobs.revision + 1""",
        """INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, created_at, revision)
            SELECT 'remind', id, 'waiting', 0, FALSE, 0, created_at, 1 FROM escalations WHERE status = 'open'
            ON CONFLICT (kind, subject) DO NOTHING""",
    )
    _redact("interactions", "text", redacted)
    _redact("escalations", "details", secrets_redacted)


def _redact(table: str, column: str, redact: Callable[[str], str]) -> None:
    """Take out of what is kept already what is no longer kept."""
    connection = op.get_bind()
    rows = sa.table(table, sa.column("id", sa.BigInteger), sa.column(column, sa.Text))
    for row_id, kept in connection.execute(sa.select(rows.c.id, rows.c[column])).all():
        if (clean := redact(kept)) != kept:
            connection.execute(sa.update(rows).where(rows.c.id == row_id).values({column: clean}))
