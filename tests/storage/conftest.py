"""One contract, three stores: SQLite, PostgreSQL, and the double that other tests use."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.ports import Escalations, Interactions, Jobs
from bot.storage import tables
from bot.storage.database import connect
from bot.storage.jobs import JobStore
from bot.storage.store import EscalationStore, InteractionStore
from tests.doubles import MemoryEscalations, MemoryInteractions, MemoryJobs

NO_SERVER = "PostgreSQL's programs are not on this machine (Debian: apt-get install postgresql); its half is skipped"


def programs() -> Path | None:
    """The folder of initdb and postgres: on the path, or where Debian puts them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


def unprivileged() -> dict[str, int | str]:
    """PostgreSQL refuses to run as root: then it runs as the user its package made, or as nobody."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid}
    pytest.skip("PostgreSQL does not run as root and there is no other user here")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a server of our own, on loopback, gone after the tests."""
    folder = programs()
    if folder is None:
        pytest.skip(NO_SERVER)
    who = unprivileged()
    data = Path(tempfile.mkdtemp(prefix="xero-bot-pg-"))
    if who:
        os.chown(data, int(who["user"]), int(who["group"]))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    initdb = [folder / "initdb", "-D", data / "db", "-U", "bot", "--auth=trust", "--no-sync"]
    start = [folder / "pg_ctl", "-D", data / "db", "-w", "-o", options, "-l", data / "log", "start"]
    stop = [folder / "pg_ctl", "-D", data / "db", "-m", "immediate", "stop"]
    try:
        for command in (initdb, start):
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **who)
        yield f"postgresql://bot@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(stop, check=False, stdout=subprocess.DEVNULL, cwd="/", **who)
        shutil.rmtree(data, ignore_errors=True)


@dataclass(frozen=True)
class Stores:
    interactions: Interactions
    escalations: Escalations
    jobs: Jobs
    pass_an_hour: Callable[[], Awaitable[None]]


@pytest.fixture(params=["SQLite", "PostgreSQL"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """An empty database with its tables."""
    if request.param == "SQLite":
        engine = await connect(f"sqlite:///{tmp_path}/bot.sqlite3")
    else:
        engine = await connect(request.getfixturevalue("postgresql"))
    yield engine
    await emptied(engine)


@pytest.fixture(params=["memory", "SQLite", "PostgreSQL"])
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stores]:
    """The same promises, whoever keeps them."""
    if request.param == "memory":
        jobs = MemoryJobs()

        async def wait() -> None:
            jobs.clock += 3_600

        yield Stores(MemoryInteractions(jobs), MemoryEscalations(jobs), jobs, wait)
        return
    address = (
        f"sqlite:///{tmp_path}/bot.sqlite3" if request.param == "SQLite" else request.getfixturevalue("postgresql")
    )
    engine = await connect(address)

    async def age() -> None:
        async with engine.begin() as connection:
            await connection.execute(update(tables.jobs).values(due_at=tables.jobs.c.due_at - 3_600))

    yield Stores(InteractionStore(engine), EscalationStore(engine), JobStore(engine), age)
    await emptied(engine)


async def emptied(engine: AsyncEngine) -> None:
    if engine.dialect.name == "postgresql":
        async with engine.begin() as connection:
            await connection.execute(text("DROP SCHEMA public CASCADE"))
            await connection.execute(text("CREATE SCHEMA public"))
    await engine.dispose()
