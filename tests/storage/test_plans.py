"""Query plans: edits, deletions and clicks look up their rows by an index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.jobs import JobKind
from bot.domain.replies import Posted
from bot.domain.reports import Interaction, Report, Trigger
from bot.storage.escalations import EscalationStore
from bot.storage.interactions import InteractionStore
from tests.builders import judged

REPORT = Report("T1", "C1", "17.01", "U1", "text", Trigger.HEARD, "17.01")
Statement = tuple[str, Any]


@contextmanager
def heard(engine: AsyncEngine) -> Iterator[list[Statement]]:
    """The statements that are executed meanwhile, with their parameters."""
    found: list[Statement] = []

    def hear(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.split(maxsplit=1)[0] in {"SELECT", "UPDATE", "DELETE"}:
            found.append((statement, parameters))

    event.listen(engine.sync_engine, "before_cursor_execute", hear)
    yield found
    event.remove(engine.sync_engine, "before_cursor_execute", hear)


async def scans(engine: AsyncEngine, statements: list[Statement]) -> list[str]:
    """Returns the plans of those that scan a table."""
    plans = await plans_of(engine, statements)
    return [plan for plan in plans if "SCAN " in plan or "Seq Scan" in plan]


async def plans_of(engine: AsyncEngine, statements: list[Statement]) -> list[str]:
    """Returns each with its plan."""
    explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
    found = []
    async with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # small tables are scanned because that is faster; now only where there is no index
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
        for statement, parameters in statements:
            rows = await connection.exec_driver_sql(f"{explain} {statement}", parameters)
            plan = "\n".join(str(row) for row in rows)
            found.append(f"{statement}\n{plan}")
    return found


@pytest.fixture
async def linked(database: AsyncEngine) -> Interaction:
    """A report that was answered, and to whose reply another one's links."""
    store = InteractionStore(database, "T1")
    first = await store.insert(REPORT, judged("a"))
    other = await store.insert(replace(REPORT, key="18.01", message_ts="18.01"), judged("a"))
    assert first is not None
    assert other is not None
    await store.mark_replied(first, Posted("17.99"))
    await store.save_suppression(replace(other, linked_reply=("C1", "17.99", "17.01")))
    return first


async def test_an_edit_is_looked_up_by_an_index(database: AsyncEngine, linked: Interaction) -> None:
    store = InteractionStore(database, "T1")
    edit = replace(REPORT, text="another", edited="19.01")
    with heard(database) as statements:
        assert await store.by_key("C1", "17.01") is not None
        assert await store.edit(linked, edit, judged("b"), JobKind.UPDATE_REPLY)
    assert any("linked_reply_ts" in statement for statement, _ in statements)
    assert await scans(database, statements) == []


async def test_what_came_before_in_a_thread_is_looked_up_by_an_index(
    database: AsyncEngine, linked: Interaction
) -> None:
    store = InteractionStore(database, "T1")
    reply = replace(REPORT, key="17.02", message_ts="17.02", thread_ts="17.01")
    with heard(database) as statements:
        assert [one.interaction.id for one in await store.earlier(reply, 86_400.0)] == [linked.id]
    assert await scans(database, statements) == []


async def test_a_deletion_is_looked_up_by_an_index(
    database: AsyncEngine, linked: Interaction
) -> None:
    store = InteractionStore(database, "T1")
    with heard(database) as statements:
        await store.save_deletion("C1", "17.01")
        assert await store.for_message("C1", "17.01") != []
        assert await store.delete(linked.id)
    assert any("linked_reply_ts" in statement for statement, _ in statements)
    assert await scans(database, statements) == []


async def test_a_press_on_a_card_is_looked_up_by_an_index(database: AsyncEngine) -> None:
    with heard(database) as statements:
        assert await EscalationStore(database, "T1").by_card("C9", "18.01") is None
    assert await scans(database, statements) == []
