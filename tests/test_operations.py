"""The commands of docs/operations.md, run in their order, on SQLite and PostgreSQL."""

from __future__ import annotations

import os
import re
import shlex
import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest

from bot.storage.process_lock import only_process
from tests.empty_database import lay
from tests.storage.conftest import new_database, postgresql
from tests.storage.test_migrations import written
from tests.test_cli import bot

__all__ = ["postgresql"]
PAGE = Path(__file__).resolve().parents[1] / "docs" / "operations.md"
PROGRAM = "e6de795"
"""The version whose databases are upgraded; both have rows of T1, and reports of U1."""
PERSON = "U0123ABCD"


class Command(NamedTuple):
    """A line of the page, the database it is about, and what the page says that it prints."""

    database: str
    line: str
    printed: str


def commands() -> list[Command]:
    found = []
    for database, block in re.findall(
        r"^```console (\w+)\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL
    ):
        for command in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, printed = command.partition("\n")
            found.append(Command(database, line, printed))
    return found


@pytest.fixture
def addresses(postgresql: str, tmp_path: Path) -> dict[str, str]:
    """Databases of an earlier version, and an empty one, by their names on the page."""
    with sqlite3.connect(tmp_path / "xero-bot.sqlite3") as connection:
        connection.executescript(written(PROGRAM, "sqlite").replace("'U1'", f"'{PERSON}'"))
    connection.close()
    old = new_database(postgresql)
    with psycopg.connect(old) as server:
        server.execute(written(PROGRAM, "postgresql").replace("'U1'", f"'{PERSON}'").encode())
        server.execute("UPDATE escalations SET status = 'resolved'")
        server.execute("UPDATE jobs SET state = 'done'")
    return {
        "sqlite": "sqlite:///xero-bot.sqlite3",
        "postgresql": old,
        "empty": new_database(postgresql),
    }


def run(command: Command, folder: Path, address: str) -> str:
    words = shlex.split(command.line)
    if words[:3] == ["python", "-m", "bot"]:
        done = bot(*words[3:], cwd=folder, DATABASE_URL=address)
        assert done.returncode == 0, done.stderr
        return done.stdout
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": address}
    shell = ["bash", "-ec", command.line]
    return subprocess.run(
        shell, check=True, cwd=folder, env=environment, capture_output=True, text=True
    ).stdout


def test_run_in_their_order_and_print_what_the_page_says(
    addresses: dict[str, str], tmp_path: Path
) -> None:
    ran = commands()
    for command in ran:
        printed = run(command, tmp_path, addresses[command.database])
        pattern = re.escape(command.printed).replace("…\\\n", "(.*\n)*").replace("…", ".+")
        assert re.fullmatch(pattern, printed), (command.line, printed)
    assert {word for c in ran for word in shlex.split(c.line)[3:4] if " -m bot " in c.line} == {
        "migrate", "backup", "move-database", "export", "forget"
    }  # fmt: skip
    made = [*tmp_path.glob("*.sqlite3"), *tmp_path.glob("*.dump")]
    assert {stat.S_IMODE(file.stat().st_mode) for file in made} == {0o600}
    with psycopg.connect(addresses["empty"]) as server:
        assert server.execute("SELECT count(*) FROM escalations").fetchone() == (2,)
    with psycopg.connect(addresses["postgresql"]) as server:
        words = server.execute(
            "SELECT DISTINCT text FROM interactions WHERE requester = %s", [PERSON]
        )
        assert words.fetchall() == [("",)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lay(tmp_path / "xero-bot.sqlite3")
    return tmp_path


class TestABackup:
    def test_is_no_other_file_overwritten(self, folder: Path) -> None:
        (folder / "letter").write_text("dear all")
        done = bot("backup", "letter", cwd=folder)
        assert (done.returncode, done.stderr) == (
            2,
            "backup: letter cannot be created (File exists)\n",
        )
        assert (folder / "letter").read_text() == "dear all"

    def test_needs_a_database(self, tmp_path: Path) -> None:
        done = bot("backup", "copy", cwd=tmp_path)
        assert (done.returncode, [*tmp_path.iterdir()]) == (2, [])
        assert done.stderr.startswith("DATABASE_URL: there is no database at")

    def test_of_postgresql_is_made_by_its_own_program(self, folder: Path) -> None:
        done = bot("backup", "copy", cwd=folder, DATABASE_URL="postgresql://bot@127.0.0.1:1/bot")
        assert done.returncode == 2
        assert "use pg_dump" in done.stderr

    def test_has_what_was_committed_while_a_bot_writes(self, folder: Path) -> None:
        with closing(sqlite3.connect(folder / "xero-bot.sqlite3")) as writing:
            writing.execute("PRAGMA journal_mode=WAL")
            writing.execute("INSERT INTO cursors VALUES ('T1', 'a', '1')")
            writing.commit()
            writing.execute("INSERT INTO cursors VALUES ('T1', 'b', '2')")
            assert bot("backup", "copy", cwd=folder).returncode == 0
        with closing(sqlite3.connect(folder / "copy")) as copy:
            assert copy.execute("SELECT name FROM cursors").fetchall() == [("a",)]


class TestWhileABotRunsOnTheFile:
    @pytest.mark.parametrize("words", [["migrate"], ["move-database", "xero-bot.sqlite3"]])
    def test_is_refused_what_would_lose_rows(self, folder: Path, words: list[str]) -> None:
        target = {"DATABASE_URL": "postgresql://bot@127.0.0.1:1/bot"} if words[1:] else {}
        with only_process(f"sqlite:///{folder}/xero-bot.sqlite3"):
            done = bot(*words, cwd=folder, **target)
        assert done.returncode == 2
        assert "is in use by another process of the bot" in done.stderr


class TestTheMove:
    def test_is_to_postgresql(self, folder: Path) -> None:
        done = bot("move-database", "xero-bot.sqlite3", cwd=folder)
        assert done.returncode == 2
        assert done.stderr.startswith("DATABASE_URL: names a SQLite database (allowed: the Postgre")


class TestForgettingAPerson:
    def test_deletes_with_yes_only_and_says_what_is_left(self, folder: Path) -> None:
        with closing(sqlite3.connect(folder / "xero-bot.sqlite3")) as database:
            database.executescript(ROWS)
        shown = bot("forget", "--person", PERSON, cwd=folder)
        assert shown.returncode == 0
        assert "interactions: 1 row to delete" in shown.stdout
        assert "Nothing was deleted" in shown.stdout
        assert texts(folder) == [("theirs",), ("waits",)]
        done = bot("forget", "--person", PERSON, "--yes", cwd=folder)
        assert done.returncode == 1
        assert "interactions: 1 row deleted" in done.stdout
        assert (
            "Not yet: 1 row, until the escalation is closed and no job waits; run this again then."
            in done.stdout
        )
        assert texts(folder) == [("",), ("waits",)]

    def test_without_words_says_so(self, folder: Path) -> None:
        done = bot("forget", "--person", "U404", cwd=folder)
        assert (done.returncode, done.stdout) == (0, "There are no words of U404.\n")
        assert bot("forget", "--person", "alice", cwd=folder).returncode == 2


ROWS = f"""
INSERT INTO interactions (token, team, channel, ts, requester, text, door, private, created_at)
  VALUES ('a', 'T1', 'C1', '17.01', '{PERSON}', 'theirs', 'ask', FALSE, 0),
         ('b', 'T1', 'C1', '17.02', '{PERSON}', 'waits', 'ask', FALSE, 0);
INSERT INTO jobs (team, kind, subject, state, attempts, unsure, due_at, created_at)
  VALUES ('T1', 'post_reply', 2, 'waiting', 0, FALSE, 0, 0);
"""


def texts(folder: Path) -> list[Any]:
    with closing(sqlite3.connect(folder / "xero-bot.sqlite3")) as database:
        return database.execute("SELECT text FROM interactions ORDER BY id").fetchall()
