"""Deletion of one person's words on request: all of theirs, and of nobody else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.escalations import Step, Verb
from bot.domain.jobs import NOTHING, JobKind, needing_texts
from bot.domain.relays import RelayKind
from bot.storage.escalations import EscalationStore
from bot.storage.forgetting import forget_words, words_of
from bot.storage.interactions import InteractionStore
from bot.storage.jobs import JobStore
from bot.storage.relays import RelayStore
from bot.storage.tables import metadata
from tests.builders import judged, thread_message
from tests.storage.conftest import KINDS
from tests.storage.test_export import kept
from tests.storage.test_privacy import CANARY, REPORT, is_somewhere, resolved

__all__ = ["kept"]
NEEDED_BY = needing_texts([])


async def everything(database: AsyncEngine) -> str:
    async with database.connect() as connection:
        return str(
            [(await connection.execute(select(table))).all() for table in metadata.sorted_tables]
        )


@pytest.mark.parametrize(
    ("person", "gone"),
    [
        ("U1", ["pasted by U1", "form of U1", "U1 elsewhere"]),
        ("U2", ["pasted by U2", "exported by U2"]),
        ("U9", ["answer of U9", "cause by U9"]),
    ],
)
async def test_deletes_the_words_of_a_person_in_every_workspace_and_of_nobody_else(
    kept: AsyncEngine, person: str, gone: list[str]
) -> None:
    words = ["pasted by U1", "form of U1", "U1 elsewhere", "pasted by U2", "exported by U2"]
    words += ["answer of U9", "cause by U9"]
    await forget_words(kept, person, NOTHING)
    left = await everything(kept)
    assert [text for text in words if text not in left] == gone
    assert await words_of(kept, person, NOTHING) == []


async def test_leaves_no_trace_in_the_files(database: AsyncEngine, tmp_path: Path) -> None:
    await resolved(database, CANARY)
    for person in ("U1", "U2", "U9"):
        await forget_words(database, person, NOTHING)
    assert not await is_somewhere(CANARY, database, tmp_path)


async def test_leaves_ids_times_and_the_number_of_rows(kept: AsyncEngine) -> None:
    await forget_words(kept, "U1", NOTHING)
    first = await InteractionStore(kept, "T1").get(1)
    assert (first.report.user, first.report.channel, first.report.text) == ("U1", "C1", "")
    assert await InteractionStore(kept, "T1").insert(REPORT, judged("a")) is None, "answered once"


async def test_counts_before_it_deletes(kept: AsyncEngine) -> None:
    before = await everything(kept)
    assert {
        (table.table, table.rows, table.needed) for table in await words_of(kept, "U1", NOTHING)
    } == {
        ("interactions", 2, 0),
        ("escalations", 1, 0),
    }
    assert await everything(kept) == before


async def test_leaves_what_an_open_escalation_or_a_job_needs_until_then(
    database: AsyncEngine,
) -> None:
    escalation = await resolved(database, CANARY)
    escalations, jobs = EscalationStore(database, "T1"), JobStore(database, "T1")
    await jobs.enqueue(JobKind.DELETE_OLD_TEXTS, 0)
    await escalations.change(escalation.id, Step(Verb.REOPEN, "U1"), ())
    for _ in range(2):
        await forget_words(database, "U1", NEEDED_BY)
        assert CANARY in (await InteractionStore(database, "T1").get(1)).report.text
        assert {table.table: table.needed for table in await words_of(database, "U1", NEEDED_BY)}[
            "interactions"
        ] == 1
        await escalations.change(escalation.id, Step(Verb.WITHDRAW, "U1"), ())
        await jobs.enqueue(JobKind.UPDATE_REPLY, 1)
    for job in await jobs.claim(KINDS, 9, 60):
        await jobs.finish(job)
    await forget_words(database, "U1", NEEDED_BY)
    assert await words_of(database, "U1", NEEDED_BY) == []


async def test_that_were_deleted_do_not_come_back_with_an_edit(database: AsyncEngine) -> None:
    escalation = await resolved(database, CANARY)
    message = thread_message("U9", CANARY, "19.5")
    relays = RelayStore(database, "T1")
    await EscalationStore(database, "T1").change(escalation.id, Step(Verb.REOPEN, "U1"), ())
    await relays.insert(escalation.id, RelayKind.ANSWER, message)
    await EscalationStore(database, "T1").change(escalation.id, Step(Verb.WITHDRAW, "U1"), ())
    for person in ("U1", "U2", "U9"):
        await forget_words(database, person, NOTHING)
    interactions = InteractionStore(database, "T1")
    report = replace(REPORT, text=CANARY, edited="99.9")
    kept_one = await interactions.get(1)
    assert not await interactions.edit(kept_one, report, None, JobKind.UPDATE_REPLY)
    assert not await relays.edit(replace(message, edited="1900000000.5"))
    assert not await is_somewhere(CANARY, database, None)
