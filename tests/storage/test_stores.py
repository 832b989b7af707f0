"""What the stores promise, on either database."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.escalations import Details
from bot.domain.reports import Door, Interaction, Report
from bot.storage.database import connect, ping
from bot.storage.store import InteractionStore
from bot.storage.tables import metadata, now, votes
from tests.storage.conftest import Stores

REPORT = Report("T1", "C1", "17.01", "U1", "Invoice could not be found", Door.CHANNEL)


class TestInteractions:
    async def test_a_report_is_kept_once_with_its_job(self, stores: Stores) -> None:
        kept = await stores.interactions.begin(REPORT, "reply")
        assert kept is not None
        assert await stores.interactions.begin(REPORT, "reply") is None
        assert await stores.interactions.get(kept.id) == kept
        assert await stores.interactions.named(kept.token) == kept
        assert await stores.interactions.named("another") is None
        taken = await stores.jobs.take(10, 60)
        assert [(job.kind, job.subject) for job in taken] == [("reply", kept.id)]

    async def test_of_sixteen_deliveries_at_once_one_is_kept(self, stores: Stores) -> None:
        kept = await asyncio.gather(*(stores.interactions.begin(REPORT, "reply") for _ in range(16)))
        assert len([interaction for interaction in kept if interaction]) == 1

    async def test_the_same_ts_in_another_channel_or_team_is_another_report(self, stores: Stores) -> None:
        for team, channel in (("T1", "C1"), ("T1", "C2"), ("T2", "C1")):
            assert (
                await stores.interactions.begin(Report(team, channel, "17.01", "U1", "x", Door.ASK), None) is not None
            )

    async def test_it_is_found_by_its_message(self, stores: Stores) -> None:
        kept = await stores.interactions.begin(REPORT, None)
        assert await stores.interactions.find("T1", "C1", "17.01") == kept
        assert await stores.interactions.find("T1", "C1", "17.02") is None

    async def test_reply_question_and_choice_are_kept(self, stores: Stores) -> None:
        kept = await stores.interactions.begin(REPORT, None)
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


class TestEscalations:
    @pytest.fixture
    async def interaction(self, stores: Stores) -> Interaction:
        kept = await stores.interactions.begin(REPORT, None)
        assert kept is not None
        return kept

    async def test_of_sixteen_people_one_opens_it(self, stores: Stores, interaction: Interaction) -> None:
        store = stores.escalations
        asks = [
            store.open(interaction.id, f"U{n}", Details(error="e", store=f"store {n}"), "announce") for n in range(16)
        ]
        results = await asyncio.gather(*asks)
        assert sum(made for _, made in results) == 1
        assert len({escalation.id for escalation, _ in results}) == 1
        winner = next(escalation for escalation, made in results if made)
        assert await store.of(interaction.id) == winner
        assert len(await stores.jobs.take(50, 60)) == 1

    async def test_card_and_note_are_kept(self, stores: Stores, interaction: Interaction) -> None:
        store = stores.escalations
        opened, _ = await store.open(interaction.id, "U1", Details(error="e", store="s"), "announce")
        await store.carded(opened.id, "C9", "18.01")
        await store.noted(opened.id, "18.02")
        found = await store.get(opened.id)
        assert (found.card_channel, found.card_ts, found.note_ts) == ("C9", "18.01", "18.02")
        assert found.details == Details(error="e", store="s")


class TestJobs:
    async def test_a_taken_job_is_nobody_elses(self, stores: Stores) -> None:
        store = stores.jobs
        for subject in range(8):
            await store.add("reply", subject)
        hands = await asyncio.gather(*(store.take(3, 60) for _ in range(8)))
        taken = [job.subject for hand in hands for job in hand]
        assert sorted(taken) == list(range(8))

    async def test_it_is_kept_once_for_a_subject(self, stores: Stores) -> None:
        store = stores.jobs
        assert await store.add("share", 1) is True
        assert await store.add("share", 1) is False
        assert await store.add("reply", 1) is True

    async def test_a_lease_that_ran_out_makes_it_due_and_unsure(self, stores: Stores) -> None:
        store = stores.jobs
        await store.add("reply", 1)
        (first,) = await store.take(1, 60)
        assert await store.take(1, 60) == []
        await stores.pass_an_hour()
        (second,) = await store.take(1, 60)
        assert (first.unsure, second.unsure, second.attempts) == (False, True, 2)
        await store.finish(first)
        await stores.pass_an_hour()
        assert len(await store.take(1, 60)) == 1, "who lost the lease cannot finish the job"

    async def test_a_postponed_one_is_due_later_and_remembers_doubt(self, stores: Stores) -> None:
        store = stores.jobs
        await store.add("reply", 1)
        (job,) = await store.take(1, 60)
        await store.postpone(job, 60, "Slack is away", unsure=True)
        assert await store.take(1, 60) == []
        await stores.pass_an_hour()
        (again,) = await store.take(1, 60)
        await store.postpone(again, 0, "429", unsure=False)
        (third,) = await store.take(1, 60)
        assert (again.unsure, third.unsure) == (True, True)

    @pytest.mark.parametrize("how", ["finish", "give_up"])
    async def test_a_finished_or_hopeless_one_is_never_taken(self, stores: Stores, how: str) -> None:
        store = stores.jobs
        await store.add("reply", 1)
        (job,) = await store.take(1, 60)
        await (store.finish(job) if how == "finish" else store.give_up(job, "the channel is gone"))
        await stores.pass_an_hour()
        assert await store.take(1, 60) == []


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

    async def test_opens_for_two_at_once(self, database: AsyncEngine) -> None:
        address = database.url.set(drivername=database.url.get_backend_name()).render_as_string(hide_password=False)
        engines = await asyncio.gather(*(connect(address) for _ in range(4)))
        for engine in engines:
            await ping(engine)
            await engine.dispose()

    async def test_tells_the_time_in_seconds(self, database: AsyncEngine) -> None:
        async with database.connect() as connection:
            seconds = (await connection.execute(select(now()))).scalar_one()
        assert seconds > 1_700_000_000

    async def test_keeps_one_vote_a_person_that_may_change(self, database: AsyncEngine) -> None:
        store = InteractionStore(database)
        kept = await store.begin(REPORT, None)
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
