"""The database of the settings: opened for the bot, or for a command beside it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

from bot.domain.errors import DatabaseAwayError
from bot.settings import Settings
from bot.storage.database import connect
from bot.storage.existing import connect_existing
from bot.storage.jobs import JobStore
from bot.storage.opening_faults import opening_faults
from bot.storage.process_lock import only_process
from bot.storage.workspace_rows import adopt_rows, teams_in
from bot.stores import Stores
from bot.timings import Timings

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

log = logging.getLogger(__name__)

T = TypeVar("T")


async def when_reached(
    settings: Settings, timings: Timings, attempt: Callable[[], Awaitable[T]]
) -> T:
    """Return what `attempt` returns; while it fails as the database is away, try it again.

    Raises:
        UserError: the database cannot be used until somebody changes something.
    """
    for seconds in timings.start_waits():
        try:
            with opening_faults(settings.database_url):
                return await attempt()
        except DatabaseAwayError as error:
            log.warning("%s; not ready; tried again in %.0f s", error, seconds)
        await asyncio.sleep(seconds)
    raise AssertionError


@asynccontextmanager
async def open_database(
    settings: Settings, timings: Timings, team: str
) -> "AsyncIterator[AsyncEngine]":
    """Yield the migrated database; a file is locked for this process. `team`: the workspace.

    Raises:
        UserError: another process uses it, or its tables are not for this version.
        sqlalchemy.exc.SQLAlchemyError, OSError: it cannot be reached or opened.
    """
    async with AsyncExitStack() as closing:
        alone = closing.enter_context(only_process(settings.database_url))
        database = await connect(settings.database_url, timings)
        closing.push_async_callback(database.dispose)
        await adopt_rows(database, team)
        await JobStore(database, team).resume(alone=alone)
        yield database


@asynccontextmanager
async def open_stores(settings: Settings) -> AsyncIterator[Sequence[Stores]]:
    """Yield the stores of each workspace, while other processes may use them.

    Raises:
        UserError: there is no database, or it cannot be opened.
    """
    async with existing_database(settings) as database:
        yield [Stores(database, team) for team in await teams_in(database)]


@asynccontextmanager
async def existing_database(settings: Settings) -> "AsyncIterator[AsyncEngine]":
    """Yield the database without migrating it, while other processes may use it.

    Raises:
        UserError: there is no database, or it cannot be opened.
    """
    with opening_faults(settings.database_url):
        database = await connect_existing(settings.database_url)
    try:
        yield database
    finally:
        await database.dispose()
