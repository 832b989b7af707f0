"""One contract, two databases: SQLite and PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.jobs import Job, JobKind
from bot.storage import tables
from bot.storage.database import connect, engine_on
from bot.storage.escalations import EscalationStore
from bot.storage.interactions import InteractionStore
from bot.storage.jobs import JobStore
from bot.storage.postgresql import postgresql_engine
from bot.storage.relays import RelayStore
from bot.storage.tickets import TicketStore
from bot.storage.votes import VoteStore
from tests.compiled_once import compiled_once
from tests.empty_database import lay, make_tables
from tests.storage.server import NoServerError, shared_server

KINDS = (
    JobKind.READ_REPORT,
    JobKind.POST_REPLY,
    JobKind.UPDATE_REPLY,
    JobKind.EXPLAIN_MESSAGE,
    JobKind.SHARE_REPLY,
    JobKind.PUBLISH_ESCALATION,
    JobKind.REMIND_CLAIM,
    JobKind.SYNC_TICKET,
    JobKind.RELAY_MESSAGE,
    JobKind.MENTION_CLAIMANT,
    JobKind.POST_NOTICES,
    JobKind.ALERT_OPERATORS,
)

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
"""Of several processes that test, the name of this one."""
_NUMBERS = count()

_KEPT = [table for table in tables.metadata.sorted_tables if table not in tables.ABOUT_TABLES]
_CLEAR = "DO $$ BEGIN {} END $$".format(
    "".join(
        [
            *(f"DELETE FROM {table.name};" for table in reversed(_KEPT)),
            *(
                f"PERFORM setval(pg_get_serial_sequence('{table.name}', 'id'), 1, false);"
                for table in _KEPT
                if "id" in table.c
            ),
        ]
    )
)
"""Faster than TRUNCATE, which makes new files for each table and index."""


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yields the address of a database with tables, without rows; tests delete what they insert."""
    folder = tmp_path_factory.getbasetemp()
    try:
        with shared_server(folder.parent if WORKER else folder) as server:
            address = new_database(server)
            make_tables(address)
            yield address
    except NoServerError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def clear(postgresql: str) -> Iterator[Callable[[], object]]:
    """Yields what deletes all rows in PostgreSQL; the next ones are numbered from 1.

    By one connection: the server plans these statements once, and not in each test.
    """
    options = "-c lock_timeout=15s"  # where a test left a transaction open
    with psycopg.connect(postgresql, autocommit=True, options=options) as connection:
        yield lambda: connection.execute(_CLEAR)


@pytest.fixture(scope="session")
def empty_postgresql(postgresql: str) -> str:
    """Returns the address of a database without tables; tests drop what they create (`emptied`)."""
    return new_database(postgresql)


def new_database(server: str) -> str:
    """Create a database for this process only, without tables, and return its address."""
    name = f"tests{WORKER}_{next(_NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(autouse=True, scope="session")
def _statements_are_compiled_once_for_postgresql() -> Iterator[None]:
    with compiled_once("bot.storage.postgresql.postgresql_engine", postgresql_engine):
        yield


@dataclass(frozen=True)
class Stores:
    database: AsyncEngine
    interactions: InteractionStore
    escalations: EscalationStore
    relays: RelayStore
    jobs: JobStore
    tickets: TicketStore
    votes: VoteStore
    pass_time: Callable[[float], Awaitable[None]]
    """Seconds."""

    async def claim(self, limit: int = 50) -> list[Job]:
        """Claim jobs of any kind, for a minute."""
        return await self.jobs.claim(KINDS, limit, 60)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """Yields a database with tables and without rows."""
    if request.param == "SQLite":
        lay(tmp_path / "bot.sqlite3")
        engine = engine_on(f"sqlite:///{tmp_path}/bot.sqlite3")
        yield engine
        await engine.dispose()
        return
    clear = request.getfixturevalue("clear")
    engine = engine_on(request.getfixturevalue("postgresql"))
    yield engine
    await engine.dispose()
    clear()


@pytest.fixture(params=["SQLite", "PostgreSQL"])
async def changeable(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """Yields a database whose tables a test may change."""
    if request.param == "SQLite":
        lay(tmp_path / "bot.sqlite3")
        engine = engine_on(f"sqlite:///{tmp_path}/bot.sqlite3")
    else:
        engine = await connect(request.getfixturevalue("empty_postgresql"))
    yield engine
    await engine.dispose()
    if engine.dialect.name == "postgresql":
        await emptied(request.getfixturevalue("empty_postgresql"))


@pytest.fixture
async def stores(database: AsyncEngine) -> Stores:
    """Returns the stores of one workspace, on either database."""

    async def age(seconds: float) -> None:
        moments = (
            tables.jobs.c.due_at,
            tables.interactions.c.created_at,
            tables.escalations.c.created_at,
            tables.escalations.c.changed_at,
            tables.changes.c.at,
            tables.alerts.c.at,
        )
        async with database.begin() as connection:
            for moment in moments:
                await connection.execute(
                    update(moment.table).values({moment.name: moment - seconds})
                )

    kept = (
        InteractionStore(database, "T1"),
        EscalationStore(database, "T1"),
        RelayStore(database, "T1"),
        JobStore(database, "T1"),
        TicketStore(database, "T1"),
    )
    return Stores(database, *kept, VoteStore(database, "T1"), age)


async def emptied(address: str) -> None:
    """Drop everything in a PostgreSQL database."""
    engine = engine_on(address)
    async with engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await engine.dispose()
