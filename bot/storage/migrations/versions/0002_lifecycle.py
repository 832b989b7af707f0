"""An escalation's life: claimant, history, relays and tickets."""

from bot.storage.migrations.statements import run

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Run what was step 2 before Alembic."""
    run(
        2,
        "ALTER TABLE jobs ADD COLUMN revision INTEGER NOT NULL DEFAULT 1",
        "ALTER TABLE interactions ADD COLUMN forgotten BOOLEAN NOT NULL DEFAULT FALSE",
        "ALTER TABLE escalations ADD COLUMN claimant TEXT",
        "ALTER TABLE escalations ADD COLUMN resolution TEXT",
        "ALTER TABLE escalations ADD COLUMN version INTEGER NOT NULL DEFAULT 1",
        "ALTER TABLE escalations ADD COLUMN changed_at {real} NOT NULL DEFAULT 0",
        "UPDATE escalations SET changed_at = created_at",
        """CREATE TABLE changes (
            escalation_id {big} NOT NULL REFERENCES escalations (id), number INTEGER NOT NULL, verb TEXT NOT NULL,
            actor TEXT NOT NULL, at {real} NOT NULL, PRIMARY KEY (escalation_id, number))""",
        """INSERT INTO changes (escalation_id, number, verb, actor, at)
            SELECT id, 1, 'open', requester, created_at FROM escalations""",
        """CREATE TABLE relays (
            id {id}, escalation_id {big} NOT NULL REFERENCES escalations (id), ts TEXT NOT NULL, sender TEXT NOT NULL,
            text TEXT NOT NULL, sent BOOLEAN NOT NULL, UNIQUE (escalation_id, ts))""",
        """CREATE TABLE tickets (
            escalation_id {big} NOT NULL PRIMARY KEY REFERENCES escalations (id), number {big} NOT NULL UNIQUE,
            synced INTEGER NOT NULL, updated_at TEXT NOT NULL)""",
        "CREATE TABLE cursors (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
    )
