"""Opening of an existing database, without creating or changing anything in it."""

from pathlib import Path

from sqlalchemy import Connection, inspect, make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.errors import UserError
from bot.storage.database import engine_on
from bot.storage.migrations import check_usable, missing_columns
from bot.storage.sqlite import check_header
from bot.storage.tables import metadata

_WHERE_TO_RUN = "run this in the folder of the bot, or with the DATABASE_URL that it has"


class OldTablesError(UserError):
    """The tables are those of an earlier version."""


async def connect_existing(address: str) -> AsyncEngine:
    """Returns an engine on the database at `address`.

    Raises:
        UserError: there is no database, or its tables are not for this version.
        sqlalchemy.exc.SQLAlchemyError: it cannot be reached or opened.
    """
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        check_file(url.database or "")
    engine = engine_on(address)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_check_tables)
    except BaseException:
        await engine.dispose()
        raise
    return engine


def check_file(name: str) -> None:
    """Check that there is a SQLite database, of any version.

    Raises:
        UserError: there is none.
    """
    file = Path(name).resolve()
    if not file.is_file():
        raise UserError(f"DATABASE_URL: there is no database at {file}; {_WHERE_TO_RUN}")
    if file.stat().st_size == 0:
        raise UserError(f"DATABASE_URL: {file} is not a SQLite database; {_WHERE_TO_RUN}")
    check_header(file)


def _check_tables(connection: Connection) -> None:
    if metadata.tables.keys().isdisjoint(inspect(connection).get_table_names()):
        raise UserError(f"DATABASE_URL: the database has no tables of the bot; {_WHERE_TO_RUN}")
    check_usable(connection)
    if missing_columns(connection):
        raise OldTablesError(
            "DATABASE_URL: the database is of an earlier version; start this bot once, or run "
            "python -m bot migrate"
        )
