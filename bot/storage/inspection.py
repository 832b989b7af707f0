"""A look at a database that creates, migrates and changes nothing."""

from collections.abc import AsyncIterator, Set
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, false, inspect, make_url, text, update
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.database import DRIVERS, engine_on
from bot.storage.migrations import check_usable, missing_columns, newest_revision, revision_of
from bot.storage.sqlite import check_header, file_of
from bot.storage.sqlite_faults import check_access
from bot.storage.tables import metadata, schema_version


@dataclass(frozen=True)
class DatabaseState:
    """What a start would find. `revision`: None where the tables are older than revisions.

    `empty`: there are no tables yet. `missing`: columns of this version, as `table.column`.
    """

    revision: str | None
    empty: bool
    missing: tuple[str, ...]

    @property
    def is_old(self) -> bool:
        """Whether a start would migrate the tables."""
        return not self.empty and (self.revision or "") < newest_revision()


async def inspect_database(address: str) -> DatabaseState:
    """Return the state of a database that can be written, or of a file that a start can create.

    Raises:
        UserError: the address names no file that can be a database, this user may not write it, or
            this program is too old.
        OSError: the file cannot be read.
        sqlalchemy.exc.SQLAlchemyError: the database cannot be reached, opened or written.
    """
    url = make_url(address)
    if url.get_backend_name() == "sqlite" and not _is_there(file_of(url)):
        return DatabaseState(None, empty=True, missing=())
    async with _opened(address) as engine, engine.connect() as connection:
        return await connection.run_sync(_state)


def _is_there(file: Path) -> bool:
    check_access(file)
    check_header(file)
    return file.exists() and file.stat().st_size > 0


@asynccontextmanager
async def _opened(address: str) -> AsyncIterator[AsyncEngine]:
    url = make_url(address)
    engine = _sqlite(url) if url.get_backend_name() == "sqlite" else engine_on(address)
    try:
        yield engine
    finally:
        await engine.dispose()


def _sqlite(url: URL) -> AsyncEngine:
    """Return an engine without our pragmas, one of which would change another program's file."""
    existing = URL.create(
        DRIVERS["sqlite"],
        database=file_of(url).resolve().as_uri(),
        query={"mode": "rw", "uri": "true"},
    )
    return create_async_engine(existing, hide_parameters=True)


def _state(connection: Connection) -> DatabaseState:
    there = metadata.tables.keys() & inspect(connection).get_table_names()
    if not there:
        _try_to_upgrade(connection, there)
        return DatabaseState(None, empty=True, missing=())
    # writes no row, but is refused where one could not be written; every version has this table
    connection.execute(update(schema_version).where(false()).values(step=0))
    check_usable(connection)
    missing = tuple(missing_columns(connection))
    state = DatabaseState(revision_of(connection), empty=False, missing=missing)
    if state.is_old:
        _try_to_upgrade(connection, there)
    return state


def _try_to_upgrade(connection: Connection, tables: Set[str]) -> None:
    """Do what needs the rights of an upgrade, in a transaction that is rolled back.

    Where SQLite can be written, it can be upgraded.
    """
    if connection.dialect.name == "sqlite":
        return
    connection.execute(text("CREATE TABLE xero_bot_doctor (step INTEGER)"))
    # only a table's owner may; unlike ALTER TABLE, it does not wait for those who use the table
    for name in sorted(tables):
        connection.execute(text(f"COMMENT ON TABLE {name} IS NULL"))
