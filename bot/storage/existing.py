"""Opening a database that a bot works with, without making or changing anything in it."""

from pathlib import Path

from sqlalchemy import Connection, inspect, make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.errors import UserError
from bot.storage.database import engine_on
from bot.storage.migrations import missing_columns
from bot.storage.tables import metadata

_HEADER = b"SQLite format 3\0"
_ASK_THE_BOT = "run this in the folder of the bot, or with the DATABASE_URL that it has"


async def connect_existing(address: str) -> AsyncEngine:
    """An engine on the database at `address`, its tables as the bot made them.

    Raises:
        UserError: there is no database, or no bot of this version has worked with it.
        sqlalchemy.exc.SQLAlchemyError: it cannot be reached or opened.
    """
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        _check_file(url.database or "")
    engine = engine_on(address)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_check_tables)
    except BaseException:
        await engine.dispose()
        raise
    return engine


def _check_file(name: str) -> None:
    file = Path(name).resolve()
    if not file.is_file():
        raise UserError(f"DATABASE_URL: there is no database at {file}; {_ASK_THE_BOT}")
    with file.open("rb") as stream:
        if stream.read(len(_HEADER)) != _HEADER:
            raise UserError(f"DATABASE_URL: {file} is not a SQLite database; {_ASK_THE_BOT}")


def _check_tables(connection: Connection) -> None:
    if metadata.tables.keys().isdisjoint(inspect(connection).get_table_names()):
        raise UserError(f"DATABASE_URL: the database has nothing of the bot; {_ASK_THE_BOT}")
    if missing_columns(connection):
        raise UserError(
            "DATABASE_URL: the database is of an earlier version; start this bot once, it is brought up to date"
        )
