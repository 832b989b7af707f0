"""The channels for cards and operators: lost, back again, with another id."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.sandbox import Message
from tests.office import Office, office, said


async def alert_in(shop: Office, channel: str, words: str) -> Message:
    await shop.ws.until(lambda: any(words in said(message) for message in shop.ws.messages(channel)))
    return next(message for message in shop.ws.messages(channel) if words in said(message))


class TestTheChannelForCards:
    @pytest.mark.parametrize("kind", ["channel_archive", "group_archive"])
    async def test_that_is_archived_is_told_to_the_operators(self, tmp_path: Path, kind: str) -> None:
        async with office(tmp_path) as shop:
            operators = shop.ws.add_channel("operators")
            await shop.restart(operators_channel=operators)
            shop.ws.archive(shop.escalations)
            await shop.ws.tell({"type": kind, "channel": shop.escalations, "user": shop.alice, "event_ts": "1.1"})
            told = await alert_in(shop, operators, "ESCALATION_CHANNEL")
            assert f"<#{shop.escalations}>" in said(told) or shop.escalations in said(told)
            assert "archived" in said(told)

    @pytest.mark.parametrize("kind", ["member_left_channel", "channel_left", "group_left"])
    async def test_that_the_bot_was_removed_from_is_told_to_the_operators(self, tmp_path: Path, kind: str) -> None:
        async with office(tmp_path) as shop:
            operators = shop.ws.add_channel("operators")
            await shop.restart(operators_channel=operators)
            shop.ws.leave(shop.escalations, shop.ws.bot_user_id)
            await shop.ws.tell(
                {"type": kind, "channel": shop.escalations, "user": shop.ws.bot_user_id, "event_ts": "1.1"}
            )
            assert "/invite" in said(await alert_in(shop, operators, "ESCALATION_CHANNEL"))

    async def test_that_somebody_else_leaves_is_nothing(self, tmp_path: Path) -> None:
        async with office(tmp_path) as shop:
            calls = len(shop.ws.calls("conversations.info"))
            event = {"type": "member_left_channel", "channel": shop.escalations, "user": shop.alice}
            await shop.ws.tell({**event, "event_ts": "1.1"})
            await shop.ws.tell({"type": "channel_archive", "channel": shop.support, "event_ts": "1.1"})
            await shop.ws.settled()
            assert len(shop.ws.calls("conversations.info")) == calls

    async def test_that_the_bot_is_not_in_is_named_in_the_log_at_the_start(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with office(tmp_path) as shop:
            shop.ws.leave(shop.escalations, shop.ws.bot_user_id)
            calls = len(shop.ws.calls("conversations.info"))
            await shop.restart()
            await shop.ws.until(lambda: len(shop.ws.calls("conversations.info")) > calls)
            await shop.restart()
        lines = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
        assert any(f"ESCALATION_CHANNEL: the bot is not in {shop.escalations}" in line for line in lines)
