"""Rows by their workspace: two bots of two workspaces may share a database."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import Index, Table, UniqueConstraint, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.domain.escalations import Details, Escalation, Step, Ticket, Verb
from bot.domain.feedback import Vote
from bot.domain.jobs import JobKind
from bot.domain.reports import Report, Trigger
from bot.storage.channel_moves import ChannelStore
from bot.storage.escalations import EscalationStore
from bot.storage.interactions import InteractionStore
from bot.storage.jobs import JobStore
from bot.storage.tables import ABOUT_TABLES, alerts, cursors, jobs, metadata
from bot.storage.tickets import TicketStore
from bot.storage.votes import VoteStore
from bot.storage.workspace_rows import adopt_rows, teams_in
from tests.builders import judged

OURS = [table for table in metadata.sorted_tables if table not in ABOUT_TABLES]
DETAILS = Details(error="e", store="s")


def keys_of(table: Table) -> list[list[str]]:
    """Returns the columns of each key and index, except primary keys of one number."""
    indexes = [[*index.expressions] for index in table.indexes if isinstance(index, Index)]
    unique = [[*key.columns] for key in table.constraints if isinstance(key, UniqueConstraint)]
    keys = [[*table.primary_key.columns], *indexes, *unique]
    names = [[str(getattr(column, "name", column)) for column in key] for key in keys]
    return [key for key in names if key != ["id"]]


def test_every_table_and_every_key_has_the_workspace_first() -> None:
    assert [table.name for table in OURS if table.c.team.nullable] == []
    assert [(table.name, key) for table in OURS for key in keys_of(table) if key[0] != "team"] == []
    assert [table.name for table in OURS if not keys_of(table)] == []


class TestTwoWorkspaces:
    async def test_see_nothing_of_each_other(self, database: AsyncEngine) -> None:
        kept = {team: await escalated(database, team) for team in ("T1", "T2")}
        for team, escalation in kept.items():
            interactions = InteractionStore(database, team)
            escalations = EscalationStore(database, team)
            found = await interactions.by_key("C1", "17.01")
            assert found is not None
            assert (found.id, found.report.team) == (escalation.interaction_id, team)
            assert await escalations.by_card("C9", "18.01") == await escalations.for_interaction(
                found.id
            )
            assert await interactions.most_asked(9) == ["invoice-not-found"]
            assert len(await VoteStore(database, team).complaints(9)) == 1
            tickets = await TicketStore(database, team).by_keys(["4711"])
            assert tickets["4711"].escalation_id == escalation.id
            (other,) = (one for one in kept.values() if one != escalation)
            with pytest.raises(KeyError):
                await escalations.get(other.id)
            with pytest.raises(KeyError):
                await interactions.get(other.interaction_id)
            assert await escalations.change(other.id, Step(Verb.CLAIM, "U2"), ()) is None

    async def test_do_their_own_jobs_only(self, database: AsyncEngine) -> None:
        stores = {team: JobStore(database, team) for team in ("T1", "T2")}
        for store in stores.values():
            await store.enqueue(JobKind.DELETE_OLD_TEXTS, 0)
        assert await teams_in(database) == ["T1", "T2"]
        taken = [await store.claim([*JobKind], 9, 60) for store in stores.values()]
        assert [[job.subject_id for job in found] for found in taken] == [[0], [0]]
        (failed,) = taken[0]
        await stores["T1"].fail(failed, "a reason")
        assert len(await stores["T1"].failed()) == 1
        assert await stores["T2"].failed() == []
        assert await stores["T2"].requeue_failed() == 0
        assert await stores["T2"].claim([*JobKind], 9, 60) == [], "whose job failed alerts"

    async def test_read_their_help_desks_and_move_their_channels_apart(
        self, database: AsyncEngine
    ) -> None:
        for team in ("T1", "T2"):
            await escalated(database, team)
            await TicketStore(database, team).set_cursor(f"read by {team}")
        assert await TicketStore(database, "T1").cursor() == "read by T1"
        await ChannelStore(database, "T1").move("C9", "C99")
        assert await ChannelStore(database, "T2").moves() == {}
        assert await EscalationStore(database, "T1").by_card("C99", "18.01") is not None
        assert await EscalationStore(database, "T2").by_card("C9", "18.01") is not None

    async def test_forget_their_own_texts_only(self, database: AsyncEngine) -> None:
        for team in ("T1", "T2"):
            escalation = await escalated(database, team)
            store = EscalationStore(database, team)
            await store.change(escalation.id, Step(Verb.RESOLVE, "U2"), ())
        assert await InteractionStore(database, "T1").forget(-1) == 1
        left = await EscalationStore(database, "T2").by_card("C9", "18.01")
        assert left is not None
        assert left.details == DETAILS


class TestNumbers:
    async def test_count_the_escalations_of_each_workspace(self, database: AsyncEngine) -> None:
        names = [(await escalated(database, "T1", f"17.{n}")).name for n in range(3)]
        others = [(await escalated(database, "T2", f"17.{n}")).name for n in range(2)]
        assert names == ["ESC-1", "ESC-2", "ESC-3"]
        assert others == ["ESC-1", "ESC-2"]

    async def test_have_no_gap_where_two_people_ask_at_once(self, database: AsyncEngine) -> None:
        first = await escalated(database, "T1")
        store = EscalationStore(database, "T1")
        again = await asyncio.gather(
            *(store.open(first.interaction_id, f"U{n}", DETAILS, ()) for n in range(8))
        )
        assert {(found.name, made) for found, made in again} == {("ESC-1", False)}
        assert (await escalated(database, "T1", "17.02")).name == "ESC-2"

    async def test_are_given_once_by_processes_at_once(self, database: AsyncEngine) -> None:
        """Two engines have no connection in common, as two processes have."""
        if database.dialect.name != "postgresql":
            pytest.skip("SQLite has one process")
        engines = [database, create_async_engine(database.url)]
        reports = [f"17.{n:02}" for n in range(20)]
        kept = [await reported(database, "T1", ts) for ts in reports]
        stores = [EscalationStore(engines[n % 2], "T1") for n in range(20)]
        made = await asyncio.gather(
            *(
                store.open(number, "U1", DETAILS, ())
                for store, number in zip(stores, kept, strict=True)
            )
        )
        assert sorted(found.number for found, _ in made) == list(range(1, 21))
        await engines[1].dispose()


class TestRowsFromBefore:
    async def test_get_the_workspace_that_is_installed(self, database: AsyncEngine) -> None:
        async with database.begin() as connection:
            await connection.execute(
                insert(cursors).values(team="", name="help desk", value="read so far")
            )
            await connection.execute(insert(alerts).values(team="", cause="mail: no", at=1))
            await connection.execute(insert(jobs).values(**_JOB_FROM_BEFORE))
        await JobStore(database, "T2").enqueue(JobKind.DELETE_OLD_TEXTS, 0)
        for team in ("T1", "T2"):
            await adopt_rows(database, team)
        assert await TicketStore(database, "T1").cursor() == "read so far"
        (job,) = await JobStore(database, "T1").claim([*JobKind], 9, 60)
        assert (job.id, job.attempts) == (1, 3)
        async with database.connect() as connection:
            found = await connection.execute(select(alerts.c.team))
            assert found.scalars().all() == ["T1"]


_JOB_FROM_BEFORE: dict[str, Any] = {
    "team": "",
    "kind": JobKind.DELETE_OLD_TEXTS,
    "subject": 0,
    "state": "waiting",
    "attempts": 2,
    "unsure": False,
    "due_at": 0,
    "created_at": 0,
}


async def reported(database: AsyncEngine, team: str, ts: str = "17.01") -> int:
    report = Report(team, "C1", ts, "U1", "Invoice could not be found", Trigger.HEARD, ts)
    kept = await InteractionStore(database, team).insert(report, judged("invoice-not-found"))
    assert kept is not None
    return kept.id


async def escalated(database: AsyncEngine, team: str, ts: str = "17.01") -> Escalation:
    """Returns an escalation with card, vote and ticket, with the same ids in every workspace."""
    number = await reported(database, team, ts)
    store = EscalationStore(database, team)
    made, _ = await store.open(number, "U1", DETAILS, ())
    await store.set_card(made.id, "C9", f"18.{ts[3:]}")
    await VoteStore(database, team).save(number, Vote("U1", helped=False, words="no"))
    await TicketStore(database, team).save(Ticket(made.id, f"47{10 + int(ts[3:])}", 1, "now"))
    return await store.get(made.id)
