"""Tables, migrations and stores, for SQLite and PostgreSQL."""
