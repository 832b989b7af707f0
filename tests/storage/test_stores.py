"""What the stores promise, on either database."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.escalations import Details, Resolution, Step, Verb
from bot.domain.reports import Door, Report
from bot.storage.database import connect
from bot.storage.interactions import InteractionStore
from bot.storage.tables import metadata, now, votes
from tests.storage.conftest import Stores

DAY = 86_400
REPORT = Report("T1", "C1", "17.01", "U1", "Invoice could not be found", Door.CHANNEL)


class TestInteractions:
    async def test_a_report_is_kept_once_with_its_job(self, stores: Stores) -> None:
        begun = await stores.interactions.begin_with(REPORT, "reply", 60)
        assert begun is not None
        kept, job = begun
        assert await stores.interactions.begin_with(REPORT, "reply", 60) is None
        assert await stores.interactions.get(kept.id) == kept
        assert await stores.interactions.named(kept.token) == kept
        assert await stores.interactions.named("another") is None
        assert (job.kind, job.subject, job.attempts, job.unsure) == ("reply", kept.id, 1, False)
        assert await stores.jobs.holds(job)
        assert await stores.take() == [], "it is ours already"
        await stores.pass_time(61)
        (left,) = await stores.take()
        assert (left.id, left.unsure) == (job.id, True), "the process that began it is taken for dead"

    async def test_of_sixteen_deliveries_at_once_one_is_kept(self, stores: Stores) -> None:
        kept = await asyncio.gather(*(stores.interactions.begin_with(REPORT, "reply", 60) for _ in range(16)))
        assert len([interaction for interaction in kept if interaction]) == 1

    async def test_the_same_ts_in_another_channel_or_team_is_another_report(self, stores: Stores) -> None:
        for team, channel in (("T1", "C1"), ("T1", "C2"), ("T2", "C1")):
            assert await stores.interactions.begin(Report(team, channel, "17.01", "U1", "x", Door.ASK)) is not None

    async def test_it_is_found_by_its_message(self, stores: Stores) -> None:
        kept = await stores.interactions.begin(REPORT)
        assert await stores.interactions.find("T1", "C1", "17.01") == kept
        assert await stores.interactions.find("T1", "C1", "17.02") is None

    async def test_reply_question_and_choice_are_kept(self, stores: Stores) -> None:
        kept = await stores.interactions.begin(REPORT)
        assert kept is not None
        await stores.interactions.read(kept.id, "what the thread says")
        await stores.interactions.replied(kept.id, "17.99")
        await stores.interactions.choose(kept.id, "document-not-found")
        await stores.interactions.choose(kept.id, "invoice-not-found")
        found = await stores.interactions.get(kept.id)
        assert (found.report.text, found.reply_ts, found.article_id) == (
            "what the thread says",
            "17.99",
            "invoice-not-found",
        )

    async def test_one_that_is_not_there_is_a_key_error(self, stores: Stores) -> None:
        with pytest.raises(KeyError):
            await stores.interactions.get(404)


class TestForgetting:
    async def test_deletes_texts_that_are_old_and_keeps_that_they_were_answered(self, stores: Stores) -> None:
        old = await stores.interactions.begin(REPORT)
        await stores.pass_time(90 * DAY)
        young = await stores.interactions.begin(replace(REPORT, ts="17.02"))
        assert old is not None
        assert young is not None
        assert await stores.interactions.forget(90.5) == 0
        await stores.pass_time(DAY)
        assert await stores.interactions.forget(90.5) == 1
        assert (await stores.interactions.get(old.id)).report.text == ""
        assert await stores.interactions.named(old.token) is None
        assert await stores.interactions.begin(REPORT) is None
        assert await stores.interactions.named(young.token) == young
        assert await stores.interactions.forget(90.5) == 0

    async def test_spares_what_an_unresolved_escalation_needs(self, stores: Stores) -> None:
        kept = await stores.interactions.begin(REPORT)
        assert kept is not None
        details = Details(error="secret words", store="Ponsonby", tried="everything")
        opened, _ = await stores.escalations.open(kept.id, "U1", details, ())
        await stores.escalations.relay(opened.id, "18.5", "U2", "an answer", ())
        await stores.pass_time(400 * DAY)
        assert await stores.interactions.forget(90) == 0
        await stores.escalations.change(opened.id, Step(Verb.RESOLVE, "U2"), (), Resolution(cause="a cause"))
        await stores.pass_time(89 * DAY)
        assert await stores.interactions.forget(90) == 0
        await stores.pass_time(2 * DAY)
        assert await stores.interactions.forget(90) == 1
        blank = await stores.escalations.get(opened.id)
        assert (blank.details, blank.resolution) == (Details(error="", store=""), None)
        assert (await stores.escalations.relayed(1))[0].text == ""
        assert [change.verb for change in await stores.escalations.history(opened.id)] == [Verb.OPEN, Verb.RESOLVE]


class TestTheDatabase:
    async def test_has_the_columns_that_the_tables_say(self, database: AsyncEngine) -> None:
        async with database.connect() as connection:
            found = await connection.run_sync(
                lambda sync: {
                    table: {column["name"]: column["nullable"] for column in inspect(sync).get_columns(table)}
                    for table in inspect(sync).get_table_names()
                }
            )
        said = {
            table.name: {column.name: bool(column.nullable) for column in table.columns}
            for table in metadata.sorted_tables
        }
        assert {name: columns for name, columns in found.items() if name != "schema_version"} == said

    async def test_tells_the_time_in_seconds(self, database: AsyncEngine) -> None:
        async with database.connect() as connection:
            seconds = (await connection.execute(select(now()))).scalar_one()
        assert seconds > 1_700_000_000

    async def test_keeps_one_vote_a_person_that_may_change(self, database: AsyncEngine) -> None:
        store = InteractionStore(database)
        kept = await store.begin(REPORT)
        assert kept is not None
        for voter, helped in (("U1", True), ("U2", True), ("U1", False)):
            await store.vote(kept.id, voter, helped=helped)
        async with database.connect() as connection:
            rows = (await connection.execute(select(votes.c.voter, votes.c.helped).order_by(votes.c.voter))).all()
        assert [tuple(row) for row in rows] == [("U1", False), ("U2", True)]


class TestSQLite:
    async def test_survives_a_power_cut_and_lets_readers_read(self, tmp_path: Path) -> None:
        engine = await connect(f"sqlite:///{tmp_path}/bot.sqlite3")
        async with engine.connect() as connection:
            synchronous = (await connection.execute(text("PRAGMA synchronous"))).scalar_one()
            journal = (await connection.execute(text("PRAGMA journal_mode"))).scalar_one()
        await engine.dispose()
        assert (synchronous, journal) == (2, "wal")
