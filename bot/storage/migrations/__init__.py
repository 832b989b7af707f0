"""Migrations of the database's tables by Alembic.

Alembic writes a revision from the difference between `tables.py` and the database. An empty
database gets its tables from `tables.py`; a test compares them to those that the revisions make.
"""

import logging
from functools import cache
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import UserError
from bot.storage.tables import metadata, oldest_program, schema_version

log = logging.getLogger(__name__)

_ADVISORY_LOCK = 0x58_45_52_4F  # "XERO": instances that start at once migrate one after the other
OLDEST_PROGRAM = "0016"
"""What the row of `oldest_program` is today; a revision that earlier programs cannot live with sets
it to itself."""
_STEPS = (1, 2, 3, 4)
"""Steps from before Alembic, which the first four revisions record as `statements.run` does."""
_alembic_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""As Alembic makes it. Importing Alembic takes 8 MB, and only an upgrade needs it."""


async def migrate(connection: AsyncConnection) -> None:
    """Upgrade the database to the newest revision, in the open transaction of `connection`.

    A database of a newer version is not changed. It works if it says so, see `check_usable`.

    Raises:
        UserError: it does not, or columns are missing all the same.
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


def has_newest_tables(connection: Connection) -> bool:
    """Whether the database is of the newest revision and lacks no column: nothing is to be done."""
    there = _columns(connection)
    if (_alembic_version.name, "version_num") not in there or _missing(there):
        return False
    return _recorded_revision(connection) == newest_revision()


def check_usable(connection: Connection) -> None:
    """Check that this program can use a database of a newer version.

    Raises:
        UserError: it cannot.
    """
    if not inspect(connection).has_table(oldest_program.name):
        return
    needed = connection.execute(select(oldest_program.c.revision)).scalar_one()
    if needed > newest_revision():
        raise UserError(
            f"DATABASE_URL: the database was upgraded by a newer version of the bot; programs before "
            f"revision {needed} cannot use it, and this one is of revision {newest_revision()}. Start the "
            "newer version, or restore the backup from before the upgrade"
        )


def missing_columns(connection: Connection) -> list[str]:
    """Returns the columns that the database does not have, as `table.column`."""
    return _missing(_columns(connection))


def _missing(there: set[tuple[str, str]]) -> list[str]:
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


def _upgrade(connection: Connection) -> None:
    before = revision_of(connection)
    if before == newest_revision():
        return
    if before or inspect(connection).has_table(schema_version.name):
        from bot.storage.migrations.upgrading import upgrade  # noqa: PLC0415 - see above

        before = upgrade(connection)
    else:
        _create_tables(connection)
    if (after := revision_of(connection)) != before:
        log.info("database: upgraded from revision %s to %s", before or "none", after)


def _create_tables(connection: Connection) -> None:
    """Create in an empty database what the revisions would leave: they take ten times as long."""
    # unchecked: a table of this name that is there belongs to another program
    metadata.create_all(connection, checkfirst=False)
    connection.execute(insert(schema_version), [{"step": step} for step in _STEPS])
    connection.execute(insert(oldest_program).values(revision=OLDEST_PROGRAM))
    _alembic_version.create(connection, checkfirst=True)
    connection.execute(insert(_alembic_version).values(version_num=newest_revision()))


def revision_of(connection: Connection) -> str | None:
    """Returns the revision of the database; None if Alembic has never upgraded it."""
    if not inspect(connection).has_table(_alembic_version.name):
        return None
    return _recorded_revision(connection)


def _recorded_revision(connection: Connection) -> str | None:
    return connection.execute(select(_alembic_version.c.version_num)).scalar_one_or_none()


@cache
def newest_revision() -> str:
    """Returns the newest revision of this version, by the names of the files."""
    versions = Path(__file__).parent / "versions"
    return max(file.name for file in versions.glob("[0-9]*.py")).partition("_")[0]
