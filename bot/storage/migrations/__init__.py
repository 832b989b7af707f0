"""Migrations of the database's tables by Alembic.

Alembic writes a revision from the difference between `tables.py` and the database. An empty
database gets its tables from `tables.py`; a test compares them to those that the revisions make.
"""

import logging
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, func, insert, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import UserError
from bot.storage.tables import metadata, schema_version

log = logging.getLogger(__name__)
# Alembic logs three lines about itself at every start; upgrades are logged below
logging.getLogger("alembic").setLevel(logging.WARNING)

_ADVISORY_LOCK = 0x58_45_52_4F  # "XERO": instances that start at once migrate one after the other
_STEPS = (1, 2, 3, 4)
"""Steps from before Alembic, which the first four revisions record as `statements.run` does."""


async def migrate(connection: AsyncConnection) -> None:
    """Upgrade the database to the newest revision, in the open transaction of `connection`.

    A database of a newer version is not changed: it works unless columns are missing.

    Raises:
        UserError: columns are missing all the same.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(
            text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK}
        )
    await connection.run_sync(_upgrade)
    if missing := await connection.run_sync(missing_columns):
        raise UserError(
            f"DATABASE_URL: the database lacks {', '.join(missing[:3])}; put a backup back, or name another"
        )


def missing_columns(connection: Connection) -> list[str]:
    """Returns the columns that the database does not have, as `table.column`."""
    there = _columns(connection)
    needed = [
        (table.name, column.name) for table in metadata.sorted_tables for column in table.columns
    ]
    return [f"{table}.{column}" for table, column in needed if (table, column) not in there]


def _columns(connection: Connection) -> set[tuple[str, str]]:
    """Returns the table and name of each column, in one query.

    SQLAlchemy itself makes one for each table of SQLite.
    """
    if connection.dialect.name == "sqlite":
        listed = text("SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c")
        return {(table, column) for table, column in connection.execute(listed)}
    found = inspect(connection).get_multi_columns()
    return {(table, column["name"]) for (_, table), columns in found.items() for column in columns}


def config_for(connection: Connection) -> Config:
    """Returns Alembic's configuration: the revisions beside this module, run on `connection`."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    scripts = _scripts()
    before = _revision(connection) or _stamped(connection)
    if before == scripts.get_current_head():
        return
    if before and not _is_known(scripts, before):
        log.warning("database: made by a newer version of the bot (revision %s)", before)
        return
    if before or inspect(connection).has_table(schema_version.name):
        command.upgrade(config_for(connection), "head")
    else:
        _create_tables(connection)
    log.info("database: upgraded from revision %s to %s", before or "none", _revision(connection))


def _create_tables(connection: Connection) -> None:
    """Create in an empty database what the revisions would leave: they take ten times as long."""
    # unchecked: a table of this name that is there belongs to another program
    metadata.create_all(connection, checkfirst=False)
    connection.execute(insert(schema_version), [{"step": step} for step in _STEPS])
    MigrationContext.configure(connection).stamp(_scripts(), "head")


@cache
def _scripts() -> ScriptDirectory:
    """Returns the revisions of this version, read once."""
    return ScriptDirectory(str(Path(__file__).parent))


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _is_known(scripts: ScriptDirectory, revision: str) -> bool:
    try:
        return scripts.get_revision(revision) is not None
    except CommandError:
        return False


def _stamped(connection: Connection) -> str | None:
    """Stamp a database from before Alembic and return its revision; None if it is empty."""
    if not inspect(connection).has_table(schema_version.name):
        return None
    steps = connection.execute(select(func.count()).select_from(schema_version)).scalar_one()
    if not steps:
        return None
    MigrationContext.configure(connection).stamp(_scripts(), f"{steps:04}")
    return _revision(connection)
