"""The time of the last event, and the messages and threads that the bot follows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.escalations import Details, Note, Step, Verb
from bot.domain.relays import RelayKind
from bot.domain.reports import Report, Trigger
from bot.storage.escalations import EscalationStore
from bot.storage.event_cursor import EventCursor
from bot.storage.followed_messages import FollowedMessages, FollowedThread
from bot.storage.interactions import InteractionStore
from bot.storage.relays import RelayStore
from bot.storage.tickets import TicketStore
from tests.builders import thread_message

NOW = 1_700_000_000.0
REPORT = Report("T1", "C1", f"{NOW:.6f}", "U1", "text", Trigger.HEARD, f"{NOW:.6f}")
IN_THREAD = replace(REPORT, key="1700000001.000000", message_ts="1700000001.000000")
IN_THREAD = replace(IN_THREAD, thread_ts="1600000000.000000")


class TestTheTimeOfTheLastEvent:
    async def test_is_none_before_the_first(self, database: AsyncEngine) -> None:
        assert await EventCursor(database, "T1").read() is None

    @pytest.mark.parametrize("earlier", [NOW - 1, 9.5, 999_999_999.0])
    async def test_never_goes_back_whichever_instance_stores_it(
        self, database: AsyncEngine, earlier: float
    ) -> None:
        one, other = EventCursor(database, "T1"), EventCursor(database, "T1")
        await one.advance(earlier)
        await other.advance(NOW + 0.000001)
        await one.advance(NOW)
        assert await one.read() == NOW + 0.000001

    async def test_is_one_for_each_workspace_and_not_that_of_tickets(
        self, database: AsyncEngine
    ) -> None:
        await EventCursor(database, "T1").advance(NOW)
        assert await EventCursor(database, "T2").read() is None
        assert await TicketStore(database, "T1").cursor() == ""


class TestMessagesThatAreFollowed:
    async def test_are_reports_since_a_time_that_nobody_deleted(
        self, database: AsyncEngine
    ) -> None:
        store, followed = InteractionStore(database, "T1"), FollowedMessages(database, "T1")
        await store.insert(REPORT)
        await store.insert(IN_THREAD)
        await store.insert(replace(REPORT, channel="C2"))
        await store.insert(replace(REPORT, key="shortcut", message_ts="1700000002.000000"))
        await InteractionStore(database, "T2").insert(replace(REPORT, team="T2", key="17.1"))
        deleted = await store.insert(replace(REPORT, key="1700000003.0", message_ts="1700000003.0"))
        assert deleted is not None
        await store.delete(deleted.id)
        assert await followed.reported("C1", REPORT.key) == {
            REPORT.key: REPORT.key,
            IN_THREAD.key: "1600000000.000000",
            "1700000002.000000": "1700000002.000000",
        }
        assert await followed.reported("C1", "1700000002.500000") == {}
        assert await followed.is_reported("C1", REPORT.key)
        assert not await followed.is_reported("C1", "1700000002.000000")

    async def test_are_those_that_were_copied_from_the_thread_of_an_escalation(
        self, database: AsyncEngine
    ) -> None:
        reported = await InteractionStore(database, "T1").insert(REPORT)
        assert reported is not None
        escalations, relays = EscalationStore(database, "T1"), RelayStore(database, "T1")
        opened, _ = await escalations.open(reported.id, "U1", Details(error="e", store="s"), ())
        await escalations.set_note(opened.id, Note("C1", "1700000004.0", REPORT.key))
        for ts in ("1700000005.0", "1700000006.0", "1600000000.0"):
            message = replace(thread_message(card=("C1", REPORT.key)), ts=ts)
            await relays.insert(opened.id, RelayKind.MESSAGE, message)
        await relays.delete("C1", "1700000006.0")
        followed = FollowedMessages(database, "T1")
        assert await followed.threads(NOW) == [FollowedThread("C1", REPORT.key)]
        assert await followed.relayed("C1", REPORT.key, REPORT.key) == {"1700000005.0"}
        assert await followed.relayed("C1", "17.1", REPORT.key) == frozenset()
        for kind, key in ((RelayKind.REPORT, "1700000005.0/1700000006.0"), (RelayKind.BOX, "a")):
            message = replace(thread_message(card=("C1", REPORT.key)), ts=key)
            assert await relays.insert(opened.id, kind, message)
        assert await followed.relayed("C1", REPORT.key, REPORT.key) == {"1700000005.0"}
        answer = replace(thread_message(card=("C9", "1700000004.5")), ts="1700000007.0")
        await escalations.set_card(opened.id, "C9", "1700000004.5")
        await relays.insert(opened.id, RelayKind.ANSWER, answer)
        assert FollowedThread("C9", "1700000004.5") in await followed.threads(NOW)
        assert await followed.relayed("C9", "1700000004.5", REPORT.key) == {"1700000007.0"}

    async def test_are_in_the_threads_of_open_and_recently_closed_escalations(
        self, database: AsyncEngine
    ) -> None:
        reported = await InteractionStore(database, "T1").insert(REPORT)
        assert reported is not None
        escalations, followed = EscalationStore(database, "T1"), FollowedMessages(database, "T1")
        opened, _ = await escalations.open(reported.id, "U1", Details(error="e", store="s"), ())
        assert await followed.threads(NOW) == []
        await escalations.set_note(opened.id, Note("C1", "1700000004.0", REPORT.key))
        in_a_century = NOW + 3_000_000_000
        assert await followed.threads(in_a_century) == [FollowedThread("C1", REPORT.key)]
        assert await escalations.change(opened.id, Step(Verb.WITHDRAW, "U1"), ())
        assert await followed.threads(in_a_century) == []
        assert await followed.threads(NOW) == [FollowedThread("C1", REPORT.key)]
