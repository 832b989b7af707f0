"""Reports, votes, escalations and jobs."""

from alembic import op

from bot.storage.migrations.statements import run

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Run what was step 1 before Alembic."""
    op.execute("CREATE TABLE IF NOT EXISTS schema_version (step INTEGER NOT NULL PRIMARY KEY)")
    run(
        1,
        """CREATE TABLE interactions (
            id {id}, token TEXT NOT NULL UNIQUE, team TEXT NOT NULL, channel TEXT NOT NULL, ts TEXT NOT NULL,
            thread_ts TEXT, requester TEXT NOT NULL, text TEXT NOT NULL, door TEXT NOT NULL, private BOOLEAN NOT NULL,
            reply_ts TEXT, article_id TEXT, created_at {real} NOT NULL, UNIQUE (team, channel, ts))""",
        """CREATE TABLE votes (
            interaction_id {big} NOT NULL REFERENCES interactions (id), voter TEXT NOT NULL,
            helped BOOLEAN NOT NULL, created_at {real} NOT NULL, PRIMARY KEY (interaction_id, voter))""",
        """CREATE TABLE escalations (
            id {id}, interaction_id {big} NOT NULL UNIQUE REFERENCES interactions (id),
            requester TEXT NOT NULL, status TEXT NOT NULL, details TEXT NOT NULL,
            card_channel TEXT, card_ts TEXT, note_ts TEXT, created_at {real} NOT NULL)""",
        """CREATE TABLE jobs (
            id {id}, kind TEXT NOT NULL, subject {big} NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
            unsure BOOLEAN NOT NULL,
            due_at {real} NOT NULL, lease TEXT, reason TEXT, created_at {real} NOT NULL, UNIQUE (kind, subject))""",
        "CREATE INDEX jobs_due ON jobs (due_at) WHERE state = 'waiting'",
    )
