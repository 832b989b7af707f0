"""A database that is full, locked, read-only, frozen, gone, or open to be read by others."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sqlite3
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.errors import UserError
from bot.domain.jobs import JobKind
from bot.domain.reports import Report, Trigger
from bot.storage.database import check_writable, connect, engine_on
from bot.storage.interactions import InteractionStore
from bot.storage.jobs import JobStore
from bot.storage.process_lock import only_process
from bot.storage.tables import jobs
from bot.timings import Timings
from tests.empty_database import lay
from tests.storage.blackhole import Network

WORDS = "The supplier bill of Ponsonby could not be found"
SOON = Timings(database_answer=0.3, database_connect=2.0, database_lock=0.1)
"""psycopg waits no less than two seconds for a connection."""


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncEngine:
    lay(tmp_path / "bot.sqlite3")
    return await connect(f"sqlite:///{tmp_path}/bot.sqlite3")


async def ask(engine: AsyncEngine) -> None:
    """Have the database answer, which one may that keeps nothing."""
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))


class TestWhatIsWritable:
    async def test_is_written_again_and_again(self, database: AsyncEngine) -> None:
        for _ in range(3):
            await check_writable(database, "T1")
        async with database.connect() as connection:
            written = (await connection.execute(text("SELECT name FROM cursors"))).all()
        assert len(written) == 1

    async def test_is_for_several_at_once(self, database: AsyncEngine) -> None:
        await asyncio.gather(*(check_writable(database, "T1") for _ in range(6)))

    async def test_postgresql_that_only_reads_is_not(self, postgresql: str) -> None:
        engine = await connect(postgresql)
        name = engine.url.database
        async with engine.begin() as connection:
            await connection.execute(
                text(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
            )
        await engine.dispose()
        try:
            await ask(engine)
            with pytest.raises(SQLAlchemyError):
                await check_writable(engine, "T1")
        finally:
            async with engine.begin() as connection:
                await connection.execute(text("SET TRANSACTION READ WRITE"))
                await connection.execute(
                    text(f"ALTER DATABASE {name} RESET default_transaction_read_only")
                )
            await engine.dispose()

    async def test_a_full_disk_is_not(self, sqlite: AsyncEngine, tmp_path: Path) -> None:
        log = tmp_path / "bot.sqlite3-wal"
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        ignoring = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, before[1]))
            await ask(sqlite)
            with pytest.raises(OperationalError, match=r"full|I/O"):
                await check_writable(sqlite, "T1")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, ignoring)
        await check_writable(sqlite, "T1")
        await sqlite.dispose()

    @pytest.mark.parametrize("how", ["deleted", "replaced"])
    async def test_a_file_without_its_name_is_not(
        self, sqlite: AsyncEngine, tmp_path: Path, how: str
    ) -> None:
        await check_writable(sqlite, "T1")
        file = tmp_path / "bot.sqlite3"
        file.rename(tmp_path / "elsewhere")
        if how == "replaced":
            file.write_bytes((tmp_path / "elsewhere").read_bytes())
        await ask(sqlite)
        with pytest.raises(FileNotFoundError):
            await check_writable(sqlite, "T1")
        await sqlite.dispose()


class TestAReadOfSqlite:
    async def test_does_not_wait_for_another_program_that_writes(
        self, sqlite: AsyncEngine, tmp_path: Path
    ) -> None:
        other = sqlite3.connect(tmp_path / "bot.sqlite3")
        other.execute("BEGIN IMMEDIATE")
        assert await InteractionStore(sqlite, "T1").by_key("C1", "1.0") is None
        other.rollback()
        other.close()
        await sqlite.dispose()


class TestAFileOfSqlite:
    async def test_is_read_by_its_owner_only(self, tmp_path: Path) -> None:
        before = os.umask(0o022)
        try:
            engine = await connect(f"sqlite:///{tmp_path}/bot.sqlite3")
            assert modes(tmp_path) == {
                "bot.sqlite3": 0o600,
                "bot.sqlite3-wal": 0o600,
                "bot.sqlite3-shm": 0o600,
            }
            await engine.dispose()
        finally:
            os.umask(before)

    async def test_of_an_earlier_version_is_too(self, sqlite: AsyncEngine, tmp_path: Path) -> None:
        await check_writable(sqlite, "T1")
        opened_to_all(tmp_path)
        again = await connect(f"sqlite:///{tmp_path}/bot.sqlite3")
        assert set(modes(tmp_path).values()) == {0o600}
        await again.dispose()
        await sqlite.dispose()

    async def test_loses_forgotten_texts(self, sqlite: AsyncEngine, tmp_path: Path) -> None:
        store = InteractionStore(sqlite, "T1")
        kept = await store.insert(Report("T1", "C1", "1.0", "U1", WORDS, Trigger.HEARD))
        assert kept is not None
        assert WORDS.encode() in contents(tmp_path)
        assert await store.forget(-1) == 1
        assert WORDS.encode() not in contents(tmp_path)
        async with sqlite.connect() as connection:
            assert (await connection.execute(text("PRAGMA secure_delete"))).scalar_one() == 1
        await sqlite.dispose()

    def test_that_is_a_folder_is_named_in_a_sentence_and_nothing_is_made(
        self, tmp_path: Path
    ) -> None:
        folder = tmp_path / "data"
        folder.mkdir()
        sentence = r"^DATABASE_URL: .* is a folder \(allowed: a file in it, "
        with pytest.raises(UserError, match=sentence):
            engine_on(f"sqlite:///{folder}")
        with pytest.raises(UserError, match=sentence), only_process(f"sqlite:///{folder}"):
            pass
        assert list(tmp_path.rglob("*")) == [folder]

    @pytest.mark.parametrize(
        "address", ["sqlite://", "sqlite:///:memory:", "sqlite:///missing/bot.sqlite3"]
    )
    def test_that_names_no_file_is_not_locked(
        self, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        with pytest.raises(UserError, match=r"names no file|no folder"), only_process(address):
            pass
        assert list(tmp_path.iterdir()) == []


class TestADatabaseThatLacksWhatTheProgramNeeds:
    async def test_is_refused_at_the_start_and_not_at_each_event(
        self, changeable: AsyncEngine
    ) -> None:
        async with changeable.begin() as connection:
            await connection.execute(text("ALTER TABLE interactions DROP COLUMN edited"))
            await connection.execute(text("ALTER TABLE votes DROP COLUMN words"))
        address = changeable.url.set(drivername=changeable.url.get_backend_name())
        with pytest.raises(
            UserError,
            match=r"^DATABASE_URL: the database lacks interactions\.edited, votes\.words; ",
        ):
            await connect(address.render_as_string(hide_password=False))


def opened_to_all(folder: Path) -> None:
    for file in folder.iterdir():
        file.chmod(0o644)


def modes(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


def contents(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


class TestPostgresqlThatHangs:
    async def test_is_given_up_in_time(self, postgresql: str) -> None:
        async with Network(postgresql).open() as network:
            engine = await connect(network.address, SOON)
            async with engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
            network.freeze()
            with pytest.raises(SQLAlchemyError):
                await ask(engine)
            with pytest.raises(SQLAlchemyError):
                await ask(engine)
            await engine.dispose()


class TestAnotherInstanceThatHangs:
    async def test_is_not_waited_for(self, postgresql: str) -> None:
        frozen, healthy = await connect(postgresql), await connect(postgresql, SOON)
        await JobStore(healthy, "T1").enqueue(JobKind.POST_REPLY, 1)
        async with frozen.begin() as connection:
            await connection.execute(update(jobs).values(state="done"))
            with pytest.raises(OperationalError, match="lock timeout"):
                await JobStore(healthy, "T1").enqueue(JobKind.POST_REPLY, 1)
        for engine in (frozen, healthy):
            await engine.dispose()

    async def test_loses_what_it_holds(self, postgresql: str) -> None:
        frozen = await connect(postgresql, replace(SOON, database_statement=0.1))
        healthy = await connect(postgresql)
        await JobStore(healthy, "T1").enqueue(JobKind.POST_REPLY, 1)
        holding = frozen.connect()
        connection = await holding.start()
        await connection.execute(update(jobs).values(state="done"))
        await JobStore(healthy, "T1").enqueue(JobKind.POST_REPLY, 1)
        with pytest.raises(SQLAlchemyError):
            await connection.execute(update(jobs).values(state="done"))
        await holding.close()
        assert len(await JobStore(healthy, "T1").claim([JobKind.POST_REPLY], 1, 60)) == 1
        for engine in (frozen, healthy):
            await engine.dispose()
