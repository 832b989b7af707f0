"""Channels for cards and operators that are archived, left, or get another id."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.escalations import Details, Note
from bot.domain.jobs import JobKind
from bot.domain.relays import RelayKind
from bot.domain.reports import Report, Trigger
from bot.slack.views import operator_wording, support_wording
from bot.storage.channel_moves import ChannelStore
from bot.storage.database import connect
from bot.storage.escalations import EscalationStore
from bot.storage.interactions import InteractionStore
from bot.storage.relays import RelayStore
from slack_sandbox import PATIENCE, Message
from tests.builders import thread_message
from tests.slack_harness import AUTHORISED, QUICK, Office, buttons, office, words_of
from tests.storage.conftest import clear, database, postgresql

__all__ = ["clear", "database", "postgresql"]


async def alert_in(shop: Office, channel: str, words: str) -> Message:
    await shop.ws.until(
        lambda: any(words in words_of(message) for message in shop.ws.messages(channel))
    )
    return next(message for message in shop.ws.messages(channel) if words in words_of(message))


class TestTheChannelForCards:
    @pytest.mark.parametrize("kind", ["channel_archive", "group_archive"])
    async def test_that_is_archived_alerts_the_operators(self, tmp_path: Path, kind: str) -> None:
        async with office(tmp_path) as shop:
            operators = shop.ws.add_channel("operators")
            await shop.restart(operators_channel=operators)
            shop.ws.directory.archive(shop.escalations)
            await shop.ws.events.send(
                {"type": kind, "channel": shop.escalations, "user": shop.alice, "event_ts": "1.1"}
            )
            alert = await alert_in(shop, operators, "ESCALATION_CHANNEL")
            assert shop.escalations in words_of(alert)
            assert "archived" in words_of(alert)

    @pytest.mark.parametrize("kind", ["member_left_channel", "channel_left", "group_left"])
    async def test_that_the_bot_was_removed_from_alerts_the_operators(
        self, tmp_path: Path, kind: str
    ) -> None:
        async with office(tmp_path) as shop:
            operators = shop.ws.add_channel("operators")
            await shop.restart(operators_channel=operators)
            shop.ws.directory.leave(shop.escalations, shop.ws.bot_user_id)
            await shop.ws.events.send(
                {
                    "type": kind,
                    "channel": shop.escalations,
                    "user": shop.ws.bot_user_id,
                    "event_ts": "1.1",
                }
            )
            assert "/invite" in words_of(await alert_in(shop, operators, "ESCALATION_CHANNEL"))

    async def test_that_somebody_else_leaves_is_nothing(self, tmp_path: Path) -> None:
        async with office(tmp_path) as shop:
            await shop.ws.until(lambda: bool(shop.ws.transcript.calls("conversations.info")))
            calls = len(shop.ws.transcript.calls("conversations.info"))
            event = {"type": "member_left_channel", "channel": shop.escalations, "user": shop.alice}
            await shop.ws.events.send({**event, "event_ts": "1.1"})
            await shop.ws.events.send(
                {"type": "channel_archive", "channel": shop.support, "event_ts": "1.1"}
            )
            await shop.ws.settled()
            assert len(shop.ws.transcript.calls("conversations.info")) == calls

    async def test_that_the_bot_is_not_in_is_named_in_the_log_at_the_start(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with office(tmp_path) as shop:
            shop.ws.directory.leave(shop.escalations, shop.ws.bot_user_id)
            calls = len(shop.ws.transcript.calls("conversations.info"))
            await shop.restart()
            await shop.ws.until(lambda: len(shop.ws.transcript.calls("conversations.info")) > calls)
            await shop.restart()
        lines = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
        assert any(
            f"ESCALATION_CHANNEL: the bot is not in {shop.escalations}" in line for line in lines
        )


class TestAChannelThatGetsAnotherId:
    async def test_is_followed_reported_and_remembered(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with office(tmp_path) as shop:
            operators = shop.ws.add_channel("operators")
            await shop.restart(operators_channel=operators)
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            old, new = shop.escalations, shop.ws.add_channel("shared cards", [shop.bob])
            event = {
                "type": "channel_id_changed",
                "old_channel_id": old,
                "new_channel_id": new,
                "event_ts": "1.1",
            }
            await shop.ws.events.send(event)
            shop.ws.directory.leave(old, shop.ws.bot_user_id)
            alert = await alert_in(shop, operators, "ESCALATION_CHANNEL")
            assert f"the channel {old} is {new} now" in words_of(alert)
            assert operator_wording.FAILED_JOBS[JobKind.ALERT_CHANNEL_MOVED] in words_of(alert)
            assert operator_wording.FAILED_JOBS[JobKind.CHECK_CHANNELS] not in "".join(
                map(words_of, shop.ws.messages(operators))
            )
            await shop.escalate(shop.alice, await shop.reply_to(ts))
            await shop.ws.until(lambda: len(shop.ws.messages(new)) == 1)
            await shop.restart()
            assert f"ESCALATION_CHANNEL: channel {old} has the new id {new}" in caplog.text
            await shop.ws.click(shop.bob, shop.ws.messages(new)[0], "claim")
            await shop.ws.until(
                lambda: support_wording.RESOLVE in buttons(shop.ws.messages(new)[0])
            )

    async def test_is_followed_where_another_instance_heard_of_it(self, tmp_path: Path) -> None:
        async with office(tmp_path, timings=replace(QUICK, channel_look=0.05)) as shop:
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            old, new = shop.escalations, shop.ws.add_channel("shared cards", [shop.bob])
            database = await connect(f"sqlite:///{tmp_path}/bot.sqlite3")
            await ChannelStore(database, shop.ws.team_id).move(old, new)
            await database.dispose()
            async with asyncio.timeout(PATIENCE):
                while not shop.bot.client.moved:
                    await asyncio.sleep(0.01)
            shop.ws.directory.leave(old, shop.ws.bot_user_id)
            await shop.escalate(shop.alice, await shop.reply_to(ts))
            await shop.ws.until(lambda: len(shop.ws.messages(new)) == 1)

    async def test_and_then_is_archived_alerts_the_operators(self, tmp_path: Path) -> None:
        async with office(tmp_path) as shop:
            operators = shop.ws.add_channel("operators")
            await shop.restart(operators_channel=operators)
            old, new = shop.escalations, shop.ws.add_channel("shared cards", [shop.bob])
            shop.ws.directory.archive(new)
            event = {
                "type": "channel_id_changed",
                "old_channel_id": old,
                "new_channel_id": new,
                "event_ts": "1.1",
            }
            await shop.ws.events.send(event)
            await alert_in(
                shop, operators, operator_wording.FAILED_JOBS[JobKind.ALERT_CHANNEL_MOVED]
            )
            await shop.ws.events.send(
                {"type": "channel_archive", "channel": new, "user": shop.alice, "event_ts": "1.2"}
            )
            alert = await alert_in(
                shop, operators, operator_wording.FAILED_JOBS[JobKind.CHECK_CHANNELS]
            )
            assert f"the channel {new} is archived" in words_of(alert)

    async def test_twice_goes_where_it_is_now(self, database: AsyncEngine) -> None:
        store = ChannelStore(database, "T1")
        await store.move("C0A", "C0B")
        await store.move("C0B", "C0C")
        assert await store.moves() == {"C0A": "C0C", "C0B": "C0C"}
        await store.move("C0C", "C0A")
        assert await store.moves() == {"C0B": "C0A", "C0C": "C0A"}

    async def test_takes_what_is_kept_with_it(self, database: AsyncEngine) -> None:
        interactions, escalations = (
            InteractionStore(database, "T1"),
            EscalationStore(database, "T1"),
        )
        report = Report("T1", "C0OLD", "17.1", "U1", "text", Trigger.HEARD)
        other = replace(report, channel="C0OTHER")
        mine, theirs = await interactions.insert(report), await interactions.insert(other)
        assert mine is not None
        assert theirs is not None
        made, _ = await escalations.open(mine.id, "U1", Details(error="e", store="s"), ())
        await escalations.set_card(made.id, "C0OLD", "18.1")
        await escalations.set_note(made.id, Note("C0OLD", "19.1", "17.1"))
        store = ChannelStore(database, "T1")
        for _ in range(2):
            await store.move("C0OLD", "C0NEW")
        assert await interactions.by_key("C0OLD", "17.1") is None
        assert (await interactions.get(mine.id)).report.channel == "C0NEW"
        assert (await interactions.get(theirs.id)).report.channel == "C0OTHER"
        assert (await escalations.by_card("C0NEW", "18.1")) is not None
        assert (await escalations.get(made.id)).note == Note("C0NEW", "19.1", "17.1")
        assert await store.moves() == {"C0OLD": "C0NEW"}

    async def test_whose_message_came_under_the_new_id_already_keeps_both(
        self, database: AsyncEngine
    ) -> None:
        interactions = InteractionStore(database, "T1")
        report = Report("T1", "C0OLD", "17.1", "U1", "text", Trigger.HEARD)
        for kept in (report, replace(report, channel="C0NEW")):
            await interactions.insert(kept)
        await ChannelStore(database, "T1").move("C0OLD", "C0NEW")
        assert await interactions.by_key("C0OLD", "17.1") is not None
        assert await interactions.by_key("C0NEW", "17.1") is not None

    async def test_takes_the_messages_with_it_that_were_copied_from_it(
        self, database: AsyncEngine
    ) -> None:
        report = Report("T1", "C0OLD", "17.1", "U1", "text", Trigger.HEARD)
        made = await InteractionStore(database, "T1").insert(report)
        assert made is not None
        details = Details(error="e", store="s")
        opened, _ = await EscalationStore(database, "T1").open(made.id, "U1", details, ())
        relays, message = RelayStore(database, "T1"), thread_message(card=("C0OLD", "17.1"))
        assert await relays.insert(opened.id, RelayKind.MESSAGE, message)
        await relays.mark_sent(await relays.get(1), ("C0OLD", "20.1"))
        await ChannelStore(database, "T1").move("C0OLD", "C0NEW")
        now = replace(message, channel="C0NEW", text="corrected", edited="21.1")
        assert not await relays.insert(opened.id, RelayKind.MESSAGE, now)
        assert await relays.edit(now)
        assert (await relays.get(1)).copy == ("C0NEW", "20.1")
