"""A database of an earlier version: it loses nothing, and its jobs are done."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, inspect, make_url, select, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.domain.errors import UserError
from bot.domain.escalations import Details
from bot.domain.jobs import JobKind
from bot.storage import migrations
from bot.storage.database import DRIVERS, connect, engine_on
from bot.storage.escalations import EscalationStore
from bot.storage.existing import connect_existing
from bot.storage.interactions import InteractionStore
from bot.storage.jobs import JobStore
from bot.storage.migrations import OLDEST_PROGRAM
from bot.storage.tables import jobs, metadata
from bot.storage.workspace_rows import adopt_rows
from slack_sandbox import PATIENCE
from tests.empty_database import apart
from tests.shipped import AUTHORISED_TITLE
from tests.slack_harness import AUTHORISED, Office, office, words_of
from tests.storage.conftest import KINDS, emptied, new_database
from tests.storage.schema import schema_of

VERSIONS = Path(migrations.__file__).parent / "versions"
OLD = Path(__file__).with_name("old_databases")
KILLED = "76c196b"
"""This version left the database of a killed bot, not statements; see `test_upgrade`."""
PROGRAMS = sorted({file.name.split(".")[0] for file in OLD.glob("*.sql")} - {KILLED})
SECRET = "xoxb" + "-1234567890-abcdefghijklmnop"
WITH_A_LIFE = ("6af9dff", "912af75", "e6de795")
"""Versions whose first escalation is claimed; open ones get a new card, and reminders."""
WITH_REMINDERS = ("912af75", "e6de795")
WITHOUT_TOKEN = ("64c0260", "b0ee9d8")


def same(value: Any) -> Any:
    return value


def listed(joined: str | None) -> str | None:
    return None if joined is None else json.dumps(joined.split())


def link_ts(joined: str | None) -> str | None:
    return joined.split()[1] if joined else None


TABLES_TODAY = {"told": "reply_articles"}
TODAY: dict[tuple[str, str], tuple[str, Callable[[Any], Any]]] = {
    ("tickets", "number"): ("key", str),
    ("interactions", "asks_about"): ("quoted_message_ts", same),
    ("interactions", "attached"): ("attachment_text", same),
    ("interactions", "reads"): ("file_results", same),
    ("interactions", "files"): ("files", listed),
    ("interactions", "omitted"): ("suppressed_articles", listed),
    ("interactions", "earlier"): ("linked_reply_ts", link_ts),
    ("escalations", "omitted"): ("suppressed_articles", listed),
}
"""Columns that are called otherwise today, and what their values have become."""
REDACTED = {("interactions", "text"), ("escalations", "details")}
pytestmark = [
    pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index"),
    pytest.mark.filterwarnings(
        "ignore:autogenerate skipping metadata-specified expression-based index"
    ),
]


def written(program: str, dialect: str) -> str:
    return (OLD / f"{program}.{dialect}.sql").read_text(encoding="utf-8")


Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Upgraded:
    """A database that `program` left behind, after the first start of today's program."""

    program: str
    address: str
    before: Rows
    after: Rows


def params(programs: Sequence[str]) -> list[Any]:
    return [
        pytest.param((program, dialect), id=f"{dialect}-{program}")
        for dialect in ("sqlite", "postgresql")
        for program in programs
    ]


@pytest.fixture(scope="module", params=params([*PROGRAMS, KILLED]))
def upgraded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Upgraded]:
    """Migrated once: no test changes what another one looks at."""
    program, dialect = request.param
    if dialect == "sqlite":
        address = sqlite_with(written(program, dialect), tmp_path_factory.mktemp(program))
        yield apart(first_start(program, address))
        return
    address = request.getfixturevalue("old_postgresql")
    with psycopg.connect(address) as connection:
        connection.execute(written(program, dialect).encode())
    try:
        yield apart(first_start(program, address))
    finally:
        apart(emptied(address))


@pytest.fixture(scope="module")
def old_postgresql(postgresql: str) -> str:
    """The address of a database without tables, for those of `upgraded`."""
    return new_database(postgresql)


async def first_start(program: str, address: str) -> Upgraded:
    before = await rows_at(address)
    await start(address)
    return Upgraded(program, address, before, await rows_at(address))


def sqlite_with(statements: str, folder: Path) -> str:
    """The address of a file that has them, made in memory: each would wait for the disk."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(statements)
    (folder / "bot.sqlite3").write_bytes(connection.serialize())
    connection.close()
    return f"sqlite:///{folder}/bot.sqlite3"


async def rows_of(engine: AsyncEngine) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    async with engine.connect() as connection:
        return await connection.run_sync(_rows)


def _rows(sync: Any) -> dict[str, list[dict[str, Any]]]:
    found = {
        name: sync.execute(text(f"SELECT * FROM {name}")).mappings()
        for name in inspect(sync).get_table_names()
    }
    return {
        name: sorted(map(dict, rows), key=lambda row: [*row.values()][:2])
        for name, rows in found.items()
    }


async def rows_at(address: str) -> dict[str, list[dict[str, Any]]]:
    url = make_url(address)
    engine = create_async_engine(url.set(drivername=DRIVERS[url.get_backend_name()]))
    try:
        return await rows_of(engine)
    finally:
        await engine.dispose()


async def start(address: str) -> None:
    """What a start does to a database."""
    engine = await connect(address)
    await adopt_rows(engine, "T1")
    await engine.dispose()


@pytest.fixture
async def engine(upgraded: Upgraded) -> AsyncIterator[AsyncEngine]:
    made = engine_on(upgraded.address)
    yield made
    await made.dispose()


class TestADatabaseOfAnEarlierVersion:
    async def test_is_changed_by_the_first_start_only(self, upgraded: Upgraded) -> None:
        before = await rows_at(upgraded.address)
        await start(upgraded.address)
        assert await rows_at(upgraded.address) == before

    def test_keeps_every_row(self, upgraded: Upgraded) -> None:
        before, after = upgraded.before, upgraded.after
        teams = {row["team"] for rows in after.values() for row in rows if "team" in row}
        assert teams == {"T1"}
        for table in before.keys() - {
            "jobs",
            "schema_version",
            "alembic_version",
            "oldest_program",
        }:
            for was, now in zip(before[table], after[TABLES_TODAY.get(table, table)], strict=True):
                for column, value in was.items():
                    if (table, column) not in REDACTED:
                        name, today = TODAY.get((table, column), (column, same))
                        assert now[name] == today(value)
        shops = [row["shop"] for table in ("interactions", "escalations") for row in after[table]]
        assert set(shops) == {None}, "they are the requester's"
        assert SECRET not in str(after)
        assert "shop@example.com" not in str(after["interactions"])
        asked = "shop@example.com" in str(before["escalations"])
        assert ("shop@example.com" in str(after["escalations"])) == asked, "support needs it"

    @pytest.mark.parametrize("upgraded", params(PROGRAMS), indirect=True)
    async def test_goes_on_with_each_job_once_and_knows_its_buttons(
        self, engine: AsyncEngine, upgraded: Upgraded
    ) -> None:
        program = upgraded.program
        store = JobStore(engine, "T1")
        taken = [job for _ in range(3) for job in await store.claim(KINDS, 50, 60)]
        expected = {
            (JobKind.POST_REPLY, 2),
            (JobKind.POST_REPLY, 3),
            (JobKind.SHARE_REPLY, 3),
            (JobKind.PUBLISH_ESCALATION, 2),
        }
        if program in WITH_A_LIFE:
            expected.add((JobKind.RELAY_MESSAGE, 1))
        if program not in WITH_REMINDERS:
            expected.add((JobKind.REMIND_CLAIM, 2))
        if program not in WITH_A_LIFE:
            expected |= {(JobKind.PUBLISH_ESCALATION, 1), (JobKind.REMIND_CLAIM, 1)}
        assert sorted((job.kind, job.subject_id) for job in taken) == sorted(expected)
        assert {(job.kind, job.subject_id) for job in taken if job.may_have_run} == {
            (JobKind.POST_REPLY, 3),
            (JobKind.SHARE_REPLY, 3),
        }
        assert [job.subject_id for job in await store.failed()] == [99]
        interactions = InteractionStore(engine, "T1")
        tokens = (
            ["1", "4"] if program.startswith(WITHOUT_TOKEN) else ["first-token", "fourth-token"]
        )
        found = [await interactions.by_token(token) for token in tokens]
        assert [interaction and interaction.id for interaction in found] == [1, 4]
        escalations = EscalationStore(engine, "T1")
        escalation, opened = await escalations.get(1), (await escalations.history(1))[0]
        assert escalation.note is not None
        assert (escalation.note.channel, escalation.note.thread) == ("C1", "1700000031.000100")
        assert (opened.actor, opened.at) == ("U1", 1_700_000_040)

    @pytest.mark.parametrize("upgraded", params([KILLED]), indirect=True)
    async def test_has_links_and_files_as_they_were(self, engine: AsyncEngine) -> None:
        interactions = InteractionStore(engine, "T1")
        linking = await interactions.by_key("C2", "1700000001.000500")
        assert linking is not None
        assert linking.linked_reply == ("C1", "1700000000.000200", "1700000000.000100")
        with_file = await interactions.by_key("C1", "1700000001.000700")
        assert with_file is not None
        assert with_file.report.files == ("F1",)
        assert [result.name for result in with_file.file_results] == ["pos.log"]

    async def test_has_the_tables_that_the_program_says(self, engine: AsyncEngine) -> None:
        async with engine.begin() as connection:
            schema = await connection.run_sync(_written_schema)
            if schema not in _COMPARED:
                _COMPARED[schema] = await connection.run_sync(_differences)
        assert [
            found for found in _COMPARED[schema] if not _is_sqlites_way(found, engine.dialect.name)
        ] == []


_COMPARED: dict[str, list[Any]] = {}
"""What Alembic finds, by schema: half of these programs' databases end with the same one."""


def _written_schema(sync: Connection) -> str:
    if sync.dialect.name == "postgresql":
        # but the next numbers, which no table's form depends on
        return str([line for line in schema_of(sync) if line[0] != "sequence"])
    made = sync.execute(text("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")).scalars()
    # Alembic writes keys in any order, a line each
    return str(sorted(sorted(line.strip(" \t,") for line in sql.splitlines()) for sql in made))


def _differences(sync: Connection) -> list[Any]:
    options = {"compare_server_default": sync.dialect.name == "postgresql"}  # as in env.py
    return list(compare_metadata(MigrationContext.configure(sync, opts=options), metadata))


def _is_sqlites_way(difference: Any, dialect: str) -> bool:
    """Its numbered keys are never NULL in any case."""
    return dialect == "sqlite" and [
        (kind, table, column) for kind, _, table, column, *_ in difference
    ] == [("modify_nullable", "schema_version", "step")]


@pytest.mark.parametrize("program", ["60a49f1", "e6de795"])
class TestTheBot:
    """Of eight programs one without a claimed escalation and one with: their jobs differ.

    Once migrated, the others' rows differ from these in tokens, and in votes and articles that no
    job reads.
    """

    async def test_does_the_jobs_that_were_left_and_answers(
        self, program: str, tmp_path: Path
    ) -> None:
        async with office(tmp_path) as shop:
            left = await moved_in(written(program, "sqlite"), shop)
            (tmp_path / "old").mkdir()
            await shop.restart(database_url=sqlite_with(left, tmp_path / "old"))
            expected = {
                (JobKind.POST_REPLY, 2),
                (JobKind.POST_REPLY, 3),
                (JobKind.SHARE_REPLY, 3),
                (JobKind.PUBLISH_ESCALATION, 1),
                (JobKind.PUBLISH_ESCALATION, 2),
            }
            if program in WITH_A_LIFE:
                expected.add((JobKind.RELAY_MESSAGE, 1))
            states = await ended(expected, shop.settings.database_url)
            assert [job for job, state in states.items() if state == "given up"] == [
                (JobKind.POST_REPLY, 99)
            ]
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            assert AUTHORISED_TITLE in words_of(await shop.reply_to(ts))


async def moved_in(statements: str, shop: Office) -> str:
    """The same statements with this workspace's ids, and with messages that are there."""
    private = shop.ws.open_im(shop.bob)
    channels = {"C1": shop.support, "C9": shop.escalations, "D1": private}
    ids = channels | {"T1": shop.ws.team_id, "U1": shop.alice, "U2": shop.bob, "U9": shop.bob}
    of_second = {"21": "D1", "41": "C9", "55": "C9"}
    for ts in sorted(set(re.findall(r"'(17000000\d\d\.000100)'", statements))):
        channel = channels[of_second.get(ts[8:10], "C1")]
        ids[ts] = str(
            (await shop.bot.client.chat_postMessage(channel=channel, text="from before"))["ts"]
        )
    return re.sub(r"'([\w.]+)'", lambda quoted: f"'{ids.get(quoted[1], quoted[1])}'", statements)


async def ended(awaited: set[tuple[JobKind, int]], address: str) -> dict[tuple[str, int], str]:
    """The states of all jobs, by kind and subject, once none of these waits."""
    engine = await connect(address)
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                async with engine.connect() as connection:
                    rows = (await connection.execute(select(jobs))).all()
                states = {(row.kind, row.subject): row.state for row in rows}
                if not any(states[job] == "waiting" for job in awaited):
                    return states
                await asyncio.sleep(0.02)
    finally:
        await engine.dispose()


@pytest.fixture(scope="module")
def of_guests(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an upgraded database: a report is a guest's, another was reported twice."""
    left = (
        written(KILLED, "sqlite")
        + "UPDATE interactions SET team = 'T9' WHERE id = 4;"
        + "INSERT INTO interactions (token, team, channel, ts, requester, text, door, private, created_at)"
        " SELECT 'again', 'T9', channel, ts, 'U7', '', 'ask', 1, 0 FROM interactions WHERE id = 1;"
    )
    address = sqlite_with(left, tmp_path_factory.mktemp("guests"))
    apart(start(address))
    return address


class TestRowsOfAnotherWorkspace:
    """Reports of guests in a shared channel had the guest's workspace, not the installed one."""

    async def test_are_the_installed_ones_and_their_buttons_work(self, of_guests: str) -> None:
        engine = engine_on(of_guests)
        async with engine.connect() as connection:
            token = (await connection.execute(_TOKEN, {"id": 4})).scalar_one()
        found = await InteractionStore(engine, "T1").by_token(str(token))
        assert found is not None
        assert found.judgement is not None
        assert (await EscalationStore(engine, "T1").get(1)).name == "ESC-1"
        made, _ = await EscalationStore(engine, "T1").open(4, "U1", DETAILS, ())
        assert made.name == "ESC-3"
        await engine.dispose()

    async def test_of_a_message_that_was_reported_twice_are_both_there(
        self, of_guests: str
    ) -> None:
        engine = engine_on(of_guests)
        found = await InteractionStore(engine, "T1").by_key("C1", "1700000000.000100")
        assert found is not None
        assert found.id == 1
        assert await InteractionStore(engine, "T1").by_token("again") is not None
        await engine.dispose()


DETAILS = Details(error="e", store="s")
_TOKEN = text("SELECT token FROM interactions WHERE id = :id")


class TestAReportsMessage:
    async def test_is_distinguished_from_a_trigger_in_older_rows(
        self, changeable: AsyncEngine
    ) -> None:
        """Rows as older programs wrote them: the form of `ts` says whether there is a message."""
        step = import_module("bot.storage.migrations.versions.0010_message_ts")
        message, trigger = "1700000000.000100", "13345224609.738474920.8088930838d88f008e0"
        async with changeable.begin() as connection:
            await connection.execute(text("ALTER TABLE interactions DROP COLUMN message_ts"))
            for number, ts in enumerate(
                (message, trigger, "13345224609.738474920.808893"), start=1
            ):
                await connection.execute(_INTERACTION, {"id": number, "ts": ts})
            await connection.execute(text("UPDATE interactions SET private = TRUE"))
            await connection.execute(_INTERACTION, {"id": 4, "ts": "1.4"})
            await connection.run_sync(_again, step.upgrade)
            found = await connection.execute(
                text("SELECT message_ts FROM interactions ORDER BY id")
            )
            assert list(found.scalars()) == [message, None, None, "1.4"]


class TestWithdrawn:
    async def test_is_distinguished_from_resolved_by_the_last_step(
        self, database: AsyncEngine
    ) -> None:
        """Rows as older programs wrote them: both are resolved."""
        step = import_module("bot.storage.migrations.versions.0007_withdrawn")
        verbs = {
            1: ["open", "claim", "resolve"],
            2: ["open", "withdraw"],
            3: ["open", "claim", "withdraw", "relay", "remind"],
            4: ["open", "withdraw", "reopen", "claim", "resolve", "relay"],
            5: ["open"],
        }
        async with database.begin() as connection:
            for number, history in verbs.items():
                await connection.execute(_INTERACTION, {"id": number, "ts": f"1.{number}"})
                status = "open" if history == ["open"] else "resolved"
                await connection.execute(_ESCALATION, {"id": number, "status": status})
                rows = [
                    {"id": number, "number": n, "verb": verb}
                    for n, verb in enumerate(history, start=1)
                ]
                await connection.execute(_CHANGE, rows)
            await connection.run_sync(_again, step.upgrade)
            found = await connection.execute(text("SELECT id, status FROM escalations ORDER BY id"))
            assert [tuple(row) for row in found] == [
                (1, "resolved"), (2, "withdrawn"), (3, "withdrawn"), (4, "resolved"), (5, "open")
            ]  # fmt: skip


_INTERACTION = text(
    "INSERT INTO interactions (token, team, channel, ts, requester, text, door, private, created_at, forgotten, files,"
    " quoted_message_ts, attachment_text, file_results, suppressed_articles, edited, revision, deleted, shown)"
    " VALUES (:ts, 'T1', 'C1', :ts, 'U1', '', 'ask', FALSE, 0, FALSE, '[]', '', '', '[]', '[]', '', 0, FALSE, '')"
)
_ESCALATION = text(
    "INSERT INTO escalations (team, number, interaction_id, requester, status, details, created_at, version, changed_at)"
    " VALUES ('T1', :id, :id, 'U1', :status, '{}', 0, 1, 0)"
)
_CHANGE = text(
    "INSERT INTO changes (team, escalation_id, number, verb, actor, at)"
    " VALUES ('T1', :id, :number, :verb, 'U1', 0)"
)


def _again(sync: Any, upgrade: Any) -> None:
    with Operations.context(MigrationContext.configure(sync)):
        upgrade()


class TestANewerDatabase:
    async def test_is_left_as_it_is(
        self, changeable: AsyncEngine, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with changeable.begin() as connection:
            await connection.execute(
                text("UPDATE alembic_version SET version_num = 'of next year'")
            )
        again = await connect(address_of(changeable))
        assert await _version(again) == "of next year"
        assert "database: made by a newer version of the bot (revision of next year)" in caplog.text
        await again.dispose()

    async def test_that_needs_a_newer_program_is_refused_in_words(
        self, changeable: AsyncEngine
    ) -> None:
        async with changeable.begin() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
            await connection.execute(text("UPDATE oldest_program SET revision = '9998'"))
        before = await rows_of(changeable)
        for opened in (connect, connect_existing):
            with pytest.raises(UserError) as caught:
                await opened(address_of(changeable))
            assert "programs before revision 9998 cannot use it" in str(caught.value)
            assert "Start the newer version, or restore the backup" in str(caught.value)
        assert await rows_of(changeable) == before


async def _version(engine: AsyncEngine) -> str:
    async with engine.connect() as connection:
        return str(
            (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one()
        )


def address_of(engine: AsyncEngine) -> str:
    return engine.url.set(drivername=engine.url.get_backend_name()).render_as_string(
        hide_password=False
    )


class TestProgramsThatMayRunBesideThisOne:
    """The database names the oldest: no later revision takes from it what it uses."""

    def test_lose_no_table_and_no_column_and_must_fill_in_no_new_one(self) -> None:
        """A revision that does this sets `oldest_program` to itself, and OLDEST_PROGRAM too."""
        for file in sorted(VERSIONS.glob("[0-9]*.py")):
            if file.name[:4] > OLDEST_PROGRAM:
                source = file.read_text(encoding="utf-8")
                assert not re.search(r"\b(drop|alter|rename)_\w+\(|batch\.", source), file.name
