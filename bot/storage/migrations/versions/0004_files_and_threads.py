"""Files, edits and threads; what was answered; reasons of votes."""

from bot.storage.migrations.statements import run

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Run what was step 4 before Alembic."""
    run(
        4,
        *(
            f"ALTER TABLE interactions ADD COLUMN {column}"
            for column in (
                "files TEXT NOT NULL DEFAULT ''",
                "asks_about TEXT NOT NULL DEFAULT ''",
                "attached TEXT NOT NULL DEFAULT ''",
                "reads TEXT NOT NULL DEFAULT '[]'",
                "omitted TEXT NOT NULL DEFAULT ''",
                "earlier TEXT",
                "edited TEXT NOT NULL DEFAULT ''",
                "revision INTEGER NOT NULL DEFAULT 0",
                "deleted BOOLEAN NOT NULL DEFAULT FALSE",
            )
        ),
        "CREATE INDEX interactions_thread ON interactions (channel, (coalesce(thread_ts, ts)))",
        "CREATE INDEX interactions_author ON interactions (requester, created_at)",
        """CREATE TABLE told (
            interaction_id {big} NOT NULL REFERENCES interactions (id), article_id TEXT NOT NULL,
            PRIMARY KEY (interaction_id, article_id))""",
        "CREATE INDEX told_article ON told (article_id)",
        "ALTER TABLE votes ADD COLUMN article_id TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE votes ADD COLUMN reason TEXT",
        "ALTER TABLE votes ADD COLUMN words TEXT NOT NULL DEFAULT ''",
    )
