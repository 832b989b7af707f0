"""A token that Slack refuses: the jobs that wait, the alerts, and the recovery."""

from __future__ import annotations

import logging
from pathlib import Path

import aiohttp
import pytest

from bot.slack.client.token_state import TokenState
from bot.slack.views import operator_wording
from slack_sandbox import Message
from tests.reading import shows
from tests.slack_harness import AUTHORISED, Office, office, words_of


async def readiness(shop: Office) -> tuple[int, str]:
    address = str(shop.ws.request_url).removesuffix("/slack/events") + "/readyz"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.text()


def alerts(shop: Office) -> list[Message]:
    return [
        message
        for message in shop.ws.messages(shop.escalations)
        if shows(message, operator_wording.UNAUTHORISED)
    ]


class TestARevokedToken:
    async def test_loses_nothing_and_all_work_continues_when_it_is_valid_again(
        self, tmp_path: Path
    ) -> None:
        async with office(tmp_path) as shop:
            first = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
            await shop.ws.click(shop.alice, first, "escalate")
            await shop.modal(shop.alice)
            shop.ws.api.revoke_token()
            await shop.ws.submit(shop.alice, {"store": "Ponsonby"})
            ts = await shop.ws.say(shop.bob, shop.support, "Document could not be found")
            await shop.ws.until(lambda: len(shop.ws.transcript.calls("auth.test")) > 2)
            assert shop.replies_to(ts) == []
            shop.ws.api.revoke_token(revoked=False)
            await shop.ws.until(
                lambda: (
                    len(shop.replies_to(ts)) == 1 and len(shop.ws.messages(shop.escalations)) == 2
                )
            )
            assert len(alerts(shop)) == 1, "the operators hear of it once"
            assert any(
                "ESC-1" in words_of(message) for message in shop.ws.messages(shop.escalations)
            )

    async def test_is_checked_at_intervals_logged_once_and_once_more_when_it_is_good_again(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO, logger="bot")
        async with office(tmp_path) as shop:
            shop.ws.api.revoke_token()
            for number in range(5):
                await shop.ws.say(
                    shop.alice, shop.support, f"Xero: Invoice # INV-{number} must be unique"
                )
            await shop.ws.until(lambda: len(shop.ws.transcript.calls("auth.test")) > 3)
            assert len(shop.ws.transcript.calls("chat.postMessage")) <= 5
            shop.ws.api.revoke_token(revoked=False)
            await shop.ws.until(lambda: len(alerts(shop)) == 1)
        lines = [
            (r.levelno, r.getMessage())
            for r in caplog.records
            if "SLACK_BOT_TOKEN" in r.getMessage()
        ]
        assert [level for level, _ in lines] == [logging.ERROR, logging.INFO]
        assert "token_revoked; the token was revoked; reinstall the app" in lines[0][1]
        assert not [r for r in caplog.records if r.levelno == logging.WARNING]

    async def test_makes_the_bot_not_ready_until_it_is_good_again(self, tmp_path: Path) -> None:
        async with office(tmp_path) as shop:
            assert await readiness(shop) == (200, "ready\n")
            asked = len(shop.ws.transcript.calls("auth.test"))
            shop.ws.api.revoke_token()
            await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            await shop.ws.until(lambda: len(shop.ws.transcript.calls("auth.test")) > asked)
            assert await readiness(shop) == (503, "not ready: token\n")
            shop.ws.api.revoke_token(revoked=False)
            await shop.ws.until(lambda: bool(alerts(shop)))
            assert await readiness(shop) == (200, "ready\n")


class TestAnEvent:
    @pytest.mark.parametrize("kind", ["tokens_revoked", "app_uninstalled"])
    async def test_that_revokes_the_token_takes_effect_at_once(
        self, shop: Office, kind: str
    ) -> None:
        tokens = {"oauth": [], "bot": [shop.ws.bot_user_id]}
        shop.ws.api.revoke_token()
        await shop.ws.events.send({"type": kind, "tokens": tokens, "event_ts": "1.1"})
        assert not shop.bot.client.token_state.is_good
        assert not shop.ws.transcript.calls("chat.postMessage"), "it was not found out by failing"

    async def test_about_other_tokens_changes_nothing(self, http_shop: Office) -> None:
        theirs = {"oauth": ["U1"]}
        for tokens in (theirs | {"bot": ["USOMEBODY"]}, theirs, None, {"bot": None}):
            await http_shop.ws.events.send(
                {"type": "tokens_revoked", "tokens": tokens, "event_ts": "1.1"}
            )
            assert http_shop.bot.client.token_state.is_good, tokens


class TestTheState:
    def test_says_when_the_token_was_last_good(self) -> None:
        now = 10.0
        state = TokenState(lambda: now)
        assert (state.is_good, state.good_at) == (False, None), "nobody has asked yet"
        state.accept()
        now = 20.0
        state.refuse("token_revoked")
        now = 30.0
        state.refuse("token_revoked")
        assert (state.is_good, state.good_at, state.refused_since) == (False, 10.0, 20.0)
        state.accept()
        assert (state.is_good, state.good_at, state.code) == (True, 30.0, "")
