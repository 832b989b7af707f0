"""Alembic's environment: runs revisions on the caller's open connection."""

from alembic import context

from bot.storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    # not in SQLite: Alembic would miss the identities there, which only PostgreSQL has
    compare_server_default=connection.dialect.name == "postgresql",
)
with context.begin_transaction():
    context.run_migrations()
