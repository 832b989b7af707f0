"""Tables, migrations and stores, for SQLite and PostgreSQL."""

import bot.storage.without_orm  # noqa: F401 - before anything imports sqlalchemy.ext.asyncio
