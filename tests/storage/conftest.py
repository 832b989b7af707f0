"""One contract, two databases: SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.jobs import Job, JobKind
from bot.storage import tables
from bot.storage.database import connect, engine_on
from bot.storage.escalations import EscalationStore
from bot.storage.interactions import InteractionStore
from bot.storage.jobs import JobStore
from bot.storage.relays import RelayStore
from bot.storage.tickets import TicketStore
from bot.storage.votes import VoteStore
from tests.empty_database import lay, make_tables
from tests.storage.server import NoServerError, running_server

KINDS = (
    JobKind.READ_REPORT,
    JobKind.POST_REPLY,
    JobKind.UPDATE_REPLY,
    JobKind.SHARE_REPLY,
    JobKind.PUBLISH_ESCALATION,
    JobKind.REMIND_CLAIM,
    JobKind.SYNC_TICKET,
    JobKind.RELAY_MESSAGE,
    JobKind.MENTION_CLAIMANT,
    JobKind.ALERT_OPERATORS,
)

KEPT = [table.name for table in tables.metadata.sorted_tables if table is not tables.schema_version]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Returns the address of the tests' own server on loopback."""
    try:
        with running_server() as address:
            yield address
    except NoServerError as error:
        pytest.skip(str(error))


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


@pytest.fixture(scope="session")
def contract(postgresql: str) -> str:
    """The address of a database with tables, which the tests of the contract leave empty."""
    with psycopg.connect(postgresql, autocommit=True) as admin:
        admin.execute("CREATE DATABASE contract")
    address = postgresql.replace("/postgres", "/contract")
    make_tables(address)
    return address


@pytest.fixture(params=["SQLite", "PostgreSQL"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """An empty database with its tables, which a test may change too."""
    if request.param == "SQLite":
        lay(tmp_path / "bot.sqlite3")
        engine = await connect(f"sqlite:///{tmp_path}/bot.sqlite3")
    else:
        engine = await connect(request.getfixturevalue("postgresql"))
    yield engine
    if engine.dialect.name == "postgresql":
        async with engine.begin() as connection:
            await connection.execute(text("DROP SCHEMA public CASCADE"))
            await connection.execute(text("CREATE SCHEMA public"))
    await engine.dispose()


@pytest.fixture(params=["SQLite", "PostgreSQL"])
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stores]:
    """The stores of one workspace, on either database."""
    if request.param == "SQLite":
        lay(tmp_path / "bot.sqlite3")
        engine = engine_on(f"sqlite:///{tmp_path}/bot.sqlite3")
    else:
        engine = engine_on(request.getfixturevalue("contract"))

    async def age(seconds: float) -> None:
        moments = (
            tables.jobs.c.due_at,
            tables.interactions.c.created_at,
            tables.escalations.c.changed_at,
            tables.changes.c.at,
            tables.alerts.c.at,
        )
        async with engine.begin() as connection:
            for moment in moments:
                await connection.execute(
                    update(moment.table).values({moment.name: moment - seconds})
                )

    kept = (
        InteractionStore(engine, "T1"),
        EscalationStore(engine, "T1"),
        RelayStore(engine, "T1"),
        JobStore(engine, "T1"),
        TicketStore(engine, "T1"),
    )
    yield Stores(engine, *kept, VoteStore(engine, "T1"), age)
    if engine.dialect.name == "postgresql":
        async with engine.begin() as connection:
            await connection.execute(text(f"TRUNCATE {', '.join(KEPT)} RESTART IDENTITY"))
    await engine.dispose()


async def emptied(address: str) -> None:
    """Drop everything in a PostgreSQL database."""
    engine = engine_on(address)
    async with engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await engine.dispose()
