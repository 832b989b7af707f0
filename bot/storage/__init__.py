"""What the bot remembers: tables, one store for SQLite and PostgreSQL, durable work."""
