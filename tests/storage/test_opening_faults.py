"""The sentences about a database that cannot be opened, and whether a start waits for it."""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
import stat
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from bot.domain.errors import DatabaseAwayError, UserError
from bot.storage.database import connect
from bot.storage.opening_faults import opening_faults
from bot.storage.postgresql_faults import fault_of_server
from bot.storage.process_lock import only_process
from bot.storage.sqlite_faults import fault_of_file
from bot.timings import Timings
from tests.empty_database import lay
from tests.locked import locked
from tests.storage.conftest import new_database

SOON = Timings(database_answer=0.3, database_connect=2.0)
SECRET = "hunter2"


async def fault(address: str) -> UserError:
    """Returns what the start says about a database."""
    with pytest.raises(UserError) as caught, opening_faults(address), only_process(address):
        await (await connect(address, SOON)).dispose()
    assert SECRET not in str(caught.value)
    assert str(caught.value).startswith("DATABASE_URL: ")
    return caught.value


@asynccontextmanager
async def answering(code: str, words: str) -> AsyncIterator[str]:
    """Yields the address of a server that ends each connection with one of PostgreSQL's errors."""
    fields = b"".join(
        part.encode() + b"\0" for part in ("SFATAL", "VFATAL", f"C{code}", f"M{words}")
    )
    body = fields + b"\0"
    error = b"E" + (len(body) + 4).to_bytes(4, "big") + body

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            length = int.from_bytes(await reader.readexactly(4), "big")
            if (await reader.readexactly(length - 4))[:2] != b"\x04\xd2":  # encryption is asked for
                break
            writer.write(b"N")
        writer.write(error)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield f"postgresql://shop:{SECRET}@127.0.0.1:{port}/tills"


class TestAServer:
    @pytest.mark.parametrize(
        ("code", "words", "sentence"),
        [
            ("57P03", "the database system is starting up", "(it is starting)"),
            ("57P03", "the database system is not yet accepting connections", "(it is starting)"),
            ("57P03", "the database system is shutting down", "(it was stopped)"),
            ("53300", "sorry, too many clients already", "(it has no connection left)"),
            ("53300", "remaining connection slots are reserved", "(it has no connection left)"),
            ("28P01", "Passwort-Authentifizierung fehlgeschlagen", "(it refuses the connection)"),
        ],
    )
    async def test_that_refuses_for_now_is_waited_for(
        self, code: str, words: str, sentence: str
    ) -> None:
        async with answering(code, words) as address:
            found = await fault(address)
        assert isinstance(found, DatabaseAwayError)
        assert f"PostgreSQL at 127.0.0.1:{make_url(address).port} cannot be used {sentence}; " in (
            str(found)
        )

    @pytest.mark.parametrize(
        ("code", "words", "sentence"),
        [
            (
                "28P01",
                'password authentication failed for user "shop"',
                "refuses the password of shop; check user and password",
            ),
            ("28000", 'role "shop" does not exist', "has no user shop that may log in"),
            (
                "28000",
                'no pg_hba.conf entry for host "127.0.0.1"',
                "lets shop not in from this machine; add a line to its pg_hba.conf",
            ),
        ],
    )
    async def test_that_refuses_for_good_is_not(self, code: str, words: str, sentence: str) -> None:
        async with answering(code, words) as address:
            found = await fault(address)
        assert not isinstance(found, DatabaseAwayError)
        assert f"PostgreSQL at 127.0.0.1:{make_url(address).port} {sentence}" in str(found)

    @pytest.mark.parametrize(
        ("address", "sentence"),
        [
            ("postgresql://u:hunter2@127.0.0.1:1/d", "127.0.0.1:1 cannot be used (connection ref"),
            ("postgresql:///d?host=/nowhere", "/nowhere:5432 cannot be used (it has no socket); "),
        ],
    )
    async def test_that_is_not_there_is_waited_for(self, address: str, sentence: str) -> None:
        found = await fault(address)
        assert isinstance(found, DatabaseAwayError)
        assert sentence in str(found)
        assert "check " in str(found)

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (
                "failed to resolve host 'db.example': [Errno -2] Name or service not known",
                "db.example:5432 cannot be used (its name is not found); check the host and the DNS",
            ),
            (
                "connection timeout expired",
                "db.example:5432 cannot be used (it does not answer); check that the server works",
            ),
            (
                "consuming input failed: server closed the connection unexpectedly",
                "db.example:5432 cannot be used (the connection was lost); check that the server runs",
            ),
        ],
    )
    def test_that_the_network_does_not_reach_is_waited_for(self, words: str, sentence: str) -> None:
        url = make_url(f"postgresql://u:{SECRET}@db.example/d")
        found = fault_of_server(url, psycopg.OperationalError(words))
        assert isinstance(found, DatabaseAwayError)
        assert sentence in str(found)
        assert SECRET not in str(found)

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"database": "nope"}, "has no database nope; check the name, or make it: CREATE DATA"),
            ({"username": "nope"}, "has no user nope that may log in"),
            ({"query": {"sslmode": "require"}}, "cannot be reached with these options; check what"),
            ({"query": {"nonsense": "1"}}, "cannot be reached with these options; check what"),
        ],
    )
    async def test_that_lacks_what_the_address_names_is_not(
        self, postgresql: str, change: dict[str, str], sentence: str
    ) -> None:
        found = await fault(make_url(postgresql).set(**change).render_as_string(False))  # type: ignore[arg-type]
        assert not isinstance(found, DatabaseAwayError)
        assert sentence in str(found)

    async def test_that_grants_no_rights_is_not_and_the_rights_are_named(
        self, postgresql: str
    ) -> None:
        address = make_url(new_database(postgresql))
        role = f"weak_{address.database}"
        with psycopg.connect(address.render_as_string(False), autocommit=True) as admin:
            admin.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
            admin.execute(f"CREATE ROLE {role} LOGIN".encode())
        weak = address.set(username=role).render_as_string(False)
        found = await fault(weak)
        assert not isinstance(found, DatabaseAwayError)
        assert f"run there: GRANT CREATE ON SCHEMA public TO {role}" in str(found)
        with psycopg.connect(address.render_as_string(False), autocommit=True) as admin:
            admin.execute(f"GRANT CREATE ON SCHEMA public TO {role}".encode())
            admin.execute("CREATE TABLE jobs (title text)")
        found = await fault(weak)
        assert "has tables of another program" in str(found)
        assert not isinstance(found, DatabaseAwayError)

    async def test_that_can_only_be_read_is_waited_for(self, postgresql: str) -> None:
        empty = new_database(postgresql)
        found = await fault(f"{empty}?options=-c%20default_transaction_read_only%3Don")
        assert isinstance(found, DatabaseAwayError)
        assert "(it can be read only)" in str(found)


class TestAFile:
    def test_of_another_program_keeps_its_rights_and_gets_no_lock_beside_it(
        self, tmp_path: Path
    ) -> None:
        file = tmp_path / "letter"
        file.write_text("dear all")
        file.chmod(0o644)
        with pytest.raises(UserError, match=f"{file} is not a SQLite database"):
            asyncio.run(connect(f"sqlite:///{file}"))
        assert f"{file} is not a SQLite database" in str(asyncio.run(fault(f"sqlite:///{file}")))
        assert stat.S_IMODE(file.stat().st_mode) == 0o644
        assert [*tmp_path.iterdir()] == [file]

    async def test_that_is_a_pipe_is_not_read(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        assert "is not a SQLite database" in str(await fault(f"sqlite:///{tmp_path}/pipe"))

    async def test_that_is_damaged_is_named(self, tmp_path: Path) -> None:
        lay(tmp_path / "bot.sqlite3")
        content = bytearray((tmp_path / "bot.sqlite3").read_bytes())
        content[100:4096] = b"\xff" * 3996
        (tmp_path / "bot.sqlite3").write_bytes(content)
        found = await fault(f"sqlite:///{tmp_path}/bot.sqlite3")
        assert f"{tmp_path}/bot.sqlite3 is damaged; put a backup back" in str(found)

    async def test_on_a_disk_that_is_read_only_is_named_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object, **__: object) -> int:
            raise OSError(errno.EROFS, "Read-only file system")

        read_only = SimpleNamespace(f_flag=os.ST_RDONLY)
        monkeypatch.setattr("os.open", refuse)
        monkeypatch.setattr("os.access", lambda _, how, **__: how == os.X_OK)
        monkeypatch.setattr("os.statvfs", lambda _: read_only)
        found = await fault(f"sqlite:///{tmp_path}/bot.sqlite3")
        assert f"{tmp_path} is on a file system that is read only; mount it writable" in str(found)

    async def test_that_is_locked_is_waited_for(self, tmp_path: Path) -> None:
        file = tmp_path / "bot.sqlite3"
        async with locked(file):
            with (
                closing(sqlite3.connect(file, timeout=0)) as ours,
                pytest.raises(sqlite3.OperationalError) as refused,
            ):
                ours.execute("BEGIN IMMEDIATE")
        found = fault_of_file(
            make_url(f"sqlite:///{file}"), OperationalError("BEGIN IMMEDIATE", None, refused.value)
        )
        assert isinstance(found, DatabaseAwayError)
        assert f"{file} is locked by another program" in str(found)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Yields a folder that any user can reach."""
    with tempfile.TemporaryDirectory(prefix="xero-bot-") as made:
        yield Path(made)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user")
class TestAFileOfAnotherUser:
    async def test_stays_the_other_users_with_all_beside_it_after_a_command_of_root(
        self, folder: Path
    ) -> None:
        file = folder / "bot.sqlite3"
        lay(file)
        os.chown(file, 65534, 65534)
        with only_process(f"sqlite:///{file}"):
            engine = await connect(f"sqlite:///{file}")
            made = {one.name: one.stat().st_uid for one in file.parent.iterdir()}
            await engine.dispose()
        beside = {f"bot.sqlite3{end}" for end in ("", ".lock", "-wal", "-shm")}
        assert made == dict.fromkeys(beside, 65534)

    @pytest.mark.parametrize(
        ("name", "mode", "words"),
        [
            (
                "bot.sqlite3",
                0o600,
                "cannot be read and written by this user, nobody: it belongs to",
            ),
            (
                "bot.sqlite3",
                0o644,
                "belongs to root, mode 0644; if the bot runs as this user, run: chown 65534 /",
            ),
            ("bot.sqlite3.lock", 0o600, "bot.sqlite3.lock cannot be read and written by this user"),
            ("bot.sqlite3-wal", 0o600, "bot.sqlite3-wal cannot be read and written by this user"),
            (".", 0o700, "cannot be entered by this user, nobody: it belongs to root, mode 0700"),
            (
                ".",
                0o755,
                "cannot be written to by this user, nobody: it belongs to root, mode 0755",
            ),
        ],
    )
    async def test_is_named_with_path_owner_and_mode(
        self, folder: Path, name: str, mode: int, words: str
    ) -> None:
        file = folder / "bot.sqlite3"
        lay(file)
        os.chown(folder, 65534, 65534)
        os.chown(file, 65534, 65534)
        refused = folder / name
        if not refused.exists():
            refused.touch()
        refused.chmod(mode)
        os.chown(refused, 0, 0)
        os.seteuid(65534)
        try:
            found = await fault(f"sqlite:///{file}")
        finally:
            os.seteuid(0)
        assert words in str(found)
        assert not isinstance(found, DatabaseAwayError)
