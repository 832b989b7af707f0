"""The commands of docs/operations.md, run in their order, on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
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
from slack_sandbox import PATIENCE
from tests.empty_database import lay
from tests.forked import fork
from tests.slack_harness import AUTHORISED, NOT_FOUND, Office, office
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


def commands(section: str = "", of: str = r"\w+") -> list[Command]:
    """Returns the commands of a section, or of all, about one database, or about any."""
    page, found = PAGE.read_text(), []
    if section:
        page = page.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    for database, block in re.findall(
        rf"^```console ({of})\n(.*?)^```", page, re.MULTILINE | re.DOTALL
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


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
async def test_a_restore_posts_nothing_twice_loses_nothing_and_repeats_no_number(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    address = f"sqlite:///{tmp_path}/xero-bot.sqlite3"
    if database == "postgresql":
        address = new_database(request.getfixturevalue("postgresql"))
    backing_up, *restoring = commands("Backup and restore", database)
    async with office(tmp_path, database_url=address) as shop:
        before = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.reply_to(before)
        await backed_up(shop, backing_up, tmp_path)
        since = await shop.ws.say(shop.bob, shop.support, NOT_FOUND)
        await shop.escalate(shop.bob, await shop.reply_to(since))
        await shop.ws.until(lambda: len(shop.replies_to(since)) == 2)
        await shop.running.aclose()
        shop.ws.events.hold()
        missed = await shop.ws.say(shop.alice, shop.support, NOT_FOUND)
        shop.ws.events.give_up()
        for command in restoring:
            await run_aside(command, tmp_path, address)
        await shop.restart()
        await shop.escalate(shop.alice, await shop.reply_to(missed))
        await shop.ws.until(lambda: len(shop.replies_to(missed)) == 2)
        await shop.running.aclose()
        assert [len(shop.replies_to(ts)) for ts in (before, since, missed)] == [1, 2, 2]
        cards = [m.text for m in shop.ws.messages(shop.escalations) if not m.is_reply]
        assert ["ESC-1:" in cards[0], "ESC-2:" in cards[1]] == [True, True], cards


async def backed_up(shop: Office, command: Command, folder: Path) -> None:
    """Make the backup once the time of the last event is stored."""
    async with asyncio.timeout(PATIENCE):
        while await shop.bot.stores.event_cursor.read() is None:
            await asyncio.sleep(0.01)
    await run_aside(command, folder, shop.settings.database_url)


async def run_aside(command: Command, folder: Path, address: str) -> None:
    """Run a command in a process of its own, beside the local Slack of this one."""
    words = shlex.split(command.line)
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": address}
    if words[:3] == ["python", "-m", "bot"]:
        process = await fork("bot", *words[3:], cwd=folder, env=environment)
        _, errors = await process.communicate()
        assert process.returncode == 0, errors
        return
    shell = await asyncio.create_subprocess_exec(
        "bash", "-ec", command.line, cwd=folder, env=environment
    )
    assert await shell.wait() == 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lay(tmp_path / "xero-bot.sqlite3")
    return tmp_path


class TestMigrate:
    def test_makes_no_database_in_a_wrong_folder(self, tmp_path: Path) -> None:
        done = bot("migrate", cwd=tmp_path)
        assert (done.returncode, done.stdout, [*tmp_path.iterdir()]) == (2, "", [])
        assert done.stderr.startswith(
            f"DATABASE_URL: there is no database at {tmp_path}/xero-bot.sqlite3; run this in the folder"
        )


class TestABackup:
    def test_is_no_other_file_overwritten(self, folder: Path) -> None:
        (folder / "letter").write_text("dear all")
        done = bot("backup", "letter", cwd=folder)
        assert done.returncode == 2
        sentence = (
            r"backup: letter exists and is kept; name another file, such as letter-\d{8}-\d{4}\n"
        )
        assert re.fullmatch(sentence, done.stderr)
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

    def test_of_a_file_that_is_not_there_is_refused_by_its_name(self, tmp_path: Path) -> None:
        done = bot("move-database", "xerobot.sqlite3", cwd=tmp_path, DATABASE_URL=ELSEWHERE)
        assert (done.returncode, [*tmp_path.iterdir()]) == (2, [])
        assert done.stderr.startswith(f"move-database: there is no file {tmp_path}/xerobot.sqlite3")

    def test_of_an_old_file_says_how_to_upgrade_that_one(self, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "old.sqlite3")) as connection:
            connection.executescript(written(PROGRAM, "sqlite"))
        done = bot("move-database", "old.sqlite3", cwd=tmp_path, DATABASE_URL=ELSEWHERE)
        assert done.returncode == 2
        found = re.fullmatch(
            r"move-database: .* upgrade it first: DATABASE_URL=(\S+) python -m bot migrate\n",
            done.stderr,
        )
        assert found, done.stderr
        assert bot("migrate", cwd=tmp_path, DATABASE_URL=found[1]).returncode == 0


ELSEWHERE = "postgresql://bot@127.0.0.1:1/bot"


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
