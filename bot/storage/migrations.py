"""The database's shape, step by step. Append only: a step that has shipped never changes.

Alembic was weighed: its environment, revision files and offline mode serve many tables and branches; a list of
statements for two databases serves these few.
"""

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.redaction import redacted, secrets_redacted
from bot.storage.tables import escalations, interactions

_ADVISORY_LOCK = 0x58_45_52_4F  # "XERO": two instances that start at once migrate one after the other

_STEPS: tuple[tuple[str, ...], ...] = (
    (
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
    ),
    (
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
    ),
    (
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
    ),
    (
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
    ),
)
_REDACTED_FROM = 3
"""Before this step, texts were kept as they came."""

_TYPES = {
    "sqlite": {"id": "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT", "big": "INTEGER", "real": "REAL"},
    "postgresql": {
        "id": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        "big": "BIGINT",
        "real": "DOUBLE PRECISION",
    },
}


async def migrate(connection: AsyncConnection) -> None:
    """Bring the database to the newest step, in the transaction that `connection` has open."""
    dialect = connection.dialect.name
    if dialect == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    await connection.execute(text("CREATE TABLE IF NOT EXISTS schema_version (step INTEGER PRIMARY KEY)"))
    done = (await connection.execute(text("SELECT count(*) FROM schema_version"))).scalar_one()
    for step, statements in enumerate(_STEPS[done:], start=done + 1):
        for statement in statements:
            await connection.execute(text(statement.format_map(_TYPES[dialect])))
        if step == _REDACTED_FROM:
            await _redact(connection)
        await connection.execute(text("INSERT INTO schema_version (step) VALUES (:step)"), {"step": step})


async def _redact(connection: AsyncConnection) -> None:
    """Take out of what is kept already what is no longer kept."""
    for row in (await connection.execute(select(interactions.c.id, interactions.c.text))).all():
        if (clean := redacted(row.text)) != row.text:
            await connection.execute(update(interactions).where(interactions.c.id == row.id).values(text=clean))
    for row in (await connection.execute(select(escalations.c.id, escalations.c.details))).all():
        if (clean := secrets_redacted(row.details)) != row.details:
            await connection.execute(update(escalations).where(escalations.c.id == row.id).values(details=clean))
