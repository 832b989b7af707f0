"""The export: all that is stored about a person, and nothing about anybody else."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.escalations import Details, Resolution, Step, Ticket, Verb
from bot.domain.feedback import Vote
from bot.domain.jobs import JobKind
from bot.domain.relays import RelayKind
from bot.domain.reports import Report, Trigger
from bot.storage.escalations import EscalationStore
from bot.storage.export import rows_about_person, rows_of_conversation
from bot.storage.interactions import InteractionStore
from bot.storage.jobs import JobStore
from bot.storage.relays import RelayStore
from bot.storage.tickets import TicketStore
from bot.storage.votes import VoteStore
from tests.builders import judged, thread_message

REPORT = Report("T1", "C1", "17.01", "U1", "pasted by U1", Trigger.HEARD, "17.01")


@pytest.fixture
async def kept(database: AsyncEngine) -> AsyncEngine:
    """Returns reports of U1 (voted on by U2, resolved by U9), of U2, and of another workspace."""
    interactions, escalations = InteractionStore(database, "T1"), EscalationStore(database, "T1")
    first = await interactions.insert(REPORT, judged("invoice-not-found", quote="pasted by U1"))
    assert first is not None
    await interactions.insert(
        replace(REPORT, channel="C2", user="U2", text="pasted by U2"), judged("a")
    )
    await VoteStore(database, "T1").save(first.id, Vote("U2", helped=False, words="exported by U2"))
    made, _ = await escalations.open(first.id, "U1", Details(error="form of U1", store="s"), ())
    await escalations.change(made.id, Step(Verb.CLAIM, "U9"), ())
    await RelayStore(database, "T1").insert(
        made.id, RelayKind.ANSWER, thread_message("U9", "answer of U9")
    )
    resolution = Resolution(cause="cause by U9")
    await escalations.change(made.id, Step(Verb.RESOLVE, "U9"), (), resolution)
    await TicketStore(database, "T1").save(Ticket(made.id, "4711", 1, "now"))
    other = InteractionStore(database, "T2")
    await other.insert(replace(REPORT, team="T2", text="U1 elsewhere"), judged("a"))
    for team in ("T1", "T2"):
        await JobStore(database, team).enqueue(JobKind.DELETE_OLD_TEXTS, 0)
    return database


async def about(person: str, database: AsyncEngine) -> list[dict[str, Any]]:
    return [row async for row in rows_about_person(database, person)]


class TestAboutAPerson:
    async def test_has_their_words_and_ids_in_every_workspace(self, kept: AsyncEngine) -> None:
        rows = await about("U1", kept)
        exported = json.dumps(rows)
        for words in ("pasted by U1", "form of U1", "U1 elsewhere"):
            assert words in exported
        assert {(row["team"], row["table"]) for row in rows} == {
            ("T1", "interactions"),
            ("T1", "reply_articles"),
            ("T1", "escalations"),
            ("T1", "changes"),
            ("T1", "tickets"),
            ("T2", "interactions"),
            ("T2", "reply_articles"),
        }

    @pytest.mark.parametrize("person", ["U1", "U2", "U9"])
    async def test_has_nothing_of_others(self, kept: AsyncEngine, person: str) -> None:
        exported = json.dumps(await about(person, kept))
        assert person in exported
        for other in {"U1", "U2", "U9"} - {person}:
            assert not re.search(rf"(?<![\w-]){other}(?![\w-])", exported)  # a token may hold it

    async def test_of_support_has_what_they_wrote(self, kept: AsyncEngine) -> None:
        exported = json.dumps(await about("U9", kept))
        assert "answer of U9" in exported
        assert "cause by U9" in exported

    async def test_of_an_unknown_person_is_empty(self, kept: AsyncEngine) -> None:
        assert await about("U404", kept) == []


class TestOfAConversation:
    async def test_has_all_rows_of_its_reports(self, kept: AsyncEngine) -> None:
        rows = [row async for row in rows_of_conversation(kept, "C1", "17.01")]
        exported = json.dumps(rows)
        for words in ("pasted by U1", "exported by U2", "answer of U9", "cause by U9"):
            assert words in exported
        assert "pasted by U2" not in exported

    async def test_can_be_of_all_reports_in_a_channel(self, kept: AsyncEngine) -> None:
        exported = json.dumps([row async for row in rows_of_conversation(kept, "C2")])
        assert "pasted by U2" in exported
        assert "pasted by U1" not in exported
        assert [row async for row in rows_of_conversation(kept, "C2", "1.0")] == []
