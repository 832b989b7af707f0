"""A database from before: what is in it goes on."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage import migrations
from bot.storage.database import connect, ping
from bot.storage.escalations import EscalationStore
from bot.storage.interactions import InteractionStore
from bot.storage.jobs import JobStore
from tests.storage.conftest import KINDS

SECRET = "xoxb" + "-1234567890-abcdefghijklmnop"
OLD = (
    f"""INSERT INTO interactions (token, team, channel, ts, requester, text, door, private, created_at)
        VALUES ('t', 'T1', 'C1', '1.0', 'U1', 'Invoice could not be found, {SECRET}, a@example.com', 'ask', FALSE, 5)""",
    f"""INSERT INTO escalations (interaction_id, requester, status, details, card_channel, card_ts, note_ts, created_at)
        VALUES (1, 'U1', 'open', '{{"error": "{SECRET}", "store": "a@example.com"}}', 'C9', '2.0', '3.0', 7)""",
    """INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, created_at)
        VALUES ('announce', 1, 'done', 1, FALSE, 8, 8)""",
)


def address_of(engine: AsyncEngine) -> str:
    return engine.url.set(drivername=engine.url.get_backend_name()).render_as_string(hide_password=False)


@pytest.fixture
async def empty(database: AsyncEngine) -> str:
    async with database.begin() as connection:
        for table in ("told", "alerts", "cursors", "tickets", "relays", "changes", "jobs", "escalations", "votes"):
            await connection.execute(text(f"DROP TABLE {table}"))
        for table in ("interactions", "schema_version"):
            await connection.execute(text(f"DROP TABLE {table}"))
    return address_of(database)


@pytest.fixture
async def upgraded(empty: str, monkeypatch: pytest.MonkeyPatch) -> AsyncEngine:
    with monkeypatch.context() as then:
        then.setattr(migrations, "_STEPS", migrations._STEPS[:1])
        first = await connect(empty)
        async with first.begin() as connection:
            for statement in OLD:
                await connection.exec_driver_sql(statement)
        await first.dispose()
    return await connect(empty)


class TestAnEscalationFromBefore:
    async def test_has_a_history_a_place_and_its_jobs(self, upgraded: AsyncEngine) -> None:
        store = EscalationStore(upgraded)
        found = await store.get(1)
        (opened,) = await store.history(1)
        assert (found.version, opened.actor, opened.at) == (1, "U1", 7)
        assert found.note is not None
        assert (found.note.channel, found.note.ts, found.note.thread) == ("C1", "3.0", "1.0")
        due = await JobStore(upgraded).take(KINDS, 9, 60)
        assert sorted(job.kind for job in due) == ["announce", "remind"]
        await upgraded.dispose()

    async def test_has_its_secrets_taken_out(self, upgraded: AsyncEngine) -> None:
        kept = await InteractionStore(upgraded).get(1)
        details = (await EscalationStore(upgraded).get(1)).details
        assert SECRET not in f"{kept} {details}"
        assert "a@example.com" not in kept.report.text
        assert details.store == "a@example.com"
        await upgraded.dispose()


class TestAnEmptyDatabase:
    async def test_is_made_by_four_processes_at_once(self, empty: str) -> None:
        engines = await asyncio.gather(*(connect(empty) for _ in range(4)))
        for engine in engines:
            await ping(engine)
            await engine.dispose()
