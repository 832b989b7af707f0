"""The start while Slack cannot be reached, and at a wrong address."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.app import StoppedError, running_bot
from bot.domain.errors import UserError
from bot.server import serve_http
from bot.settings import Settings
from bot.slack.client import identity
from bot.slack.client.web_client import SlackClient, session_of
from bot.stopping import Stop
from slack_sandbox import PATIENCE, Failure, SlackSandbox
from tests.slack_harness import AUTHORISED, QUICK, Office, office


def settings_of(ws: SlackSandbox, folder: Path, **given: Any) -> Settings:
    usual = {
        "slack_bot_token": ws.bot_token,
        "slack_signing_secret": ws.signing_secret,
        "slack_api_url": ws.api_url,
        "escalation_channel": "C0CARDS",
        "database_url": f"sqlite:///{folder}/bot.sqlite3",
    }
    return Settings(_env_file=None, **usual | given)


@asynccontextmanager
async def answering(body: str, status: int = 200) -> AsyncIterator[str]:
    """Yields the address of a server that answers every request like that."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(text=body, status=status, content_type="application/json")

    application = web.Application()
    application.router.add_route("*", "/{anything:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}/api"
    finally:
        await runner.cleanup()


async def refusal(settings: Settings) -> str:
    with pytest.raises(UserError) as caught:
        async with asyncio.timeout(PATIENCE), running_bot(settings, timings=QUICK):
            raise AssertionError("it started")
    return str(caught.value)


class TestWhileSlackIsAway:
    async def test_it_waits_and_says_so(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        for failure in (
            Failure.server_error(),
            Failure.rate_limited(retry_after=0),
            Failure.reset(),
            Failure.error("team_added_to_org"),
        ):
            caplog.clear()
            shop.ws.api.fail_next("auth.test", failure, times=3)
            await shop.restart()
            waits = [line for line in caplog.messages if "not ready; asked again in" in line]
            assert len(waits) == 3, failure
            assert waits[0].startswith("Slack is away: ")
        await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))

    async def test_a_call_that_hangs_does_not_hold_it_up_for_long(self, tmp_path: Path) -> None:
        async with SlackSandbox() as ws:
            ws.api.fail_next("auth.test", Failure.slow(300))
            async with (
                asyncio.timeout(PATIENCE),
                running_bot(settings_of(ws, tmp_path), timings=replace(QUICK, call=0.5)),
            ):
                pass
            assert len(ws.transcript.calls("auth.test")) == 2

    async def test_a_lost_connection_is_blamed_on_no_setting(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        async with session_of(QUICK) as session:
            client = SlackClient("xoxb-1", f"http://127.0.0.1:{port}/", session, QUICK)
            asking = asyncio.create_task(identity.who_we_are(client, QUICK, is_slack=True))
            while "asked again" not in caplog.text:
                await asyncio.sleep(0.01)
            asking.cancel()
            await asyncio.wait({asking})
        assert "Slack is away: auth.test: ClientConnectorError" in caplog.text
        assert "SLACK_API_URL" not in caplog.text

    async def test_health_is_answered_and_slack_asked_to_deliver_again(
        self, tmp_path: Path
    ) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = int(free.getsockname()[1])
        stop = Stop()
        async with SlackSandbox() as ws, aiohttp.ClientSession() as session:
            ws.api.fail_next("auth.test", Failure.slow(300))
            serving = asyncio.create_task(serve_http(settings_of(ws, tmp_path, port=port), stop))
            base = f"http://127.0.0.1:{port}"
            await ws.until(lambda: bool(ws.transcript.calls("auth.test")))
            seen = {}
            for method, path in (
                ("GET", "/healthz"),
                ("GET", "/readyz"),
                ("POST", "/slack/events"),
            ):
                async with session.request(method, base + path) as answer:
                    seen[path] = (answer.status, (await answer.text()).strip())
            stop.set()
            with pytest.raises(StoppedError):
                await asyncio.wait_for(serving, PATIENCE)
        assert seen == {
            "/healthz": (200, "ok"),
            "/readyz": (503, "not ready: start"),
            "/slack/events": (503, "not ready: start"),
        }


class TestAnAddressThatIsNotSlacks:
    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ('{"ok": true}', 200),
            ("[]", 200),
            ('["ok"]', 200),
            ('"ok"', 200),
            ('{"detail": "Not Found"}', 404),
            ("not JSON", 200),
            ("<html>", 404),
            ('{"error": "not found"}', 404),
            ('{"error": "Unauthorized"}', 401),
            ('{"error": "forbidden"}', 403),
            ('{"error": "method not allowed"}', 405),
            (
                '{"ok": true, "team_id": "T1", "user_id": "U1", "url": "https://kauri.slack.com/"}',
                404,
            ),
            ('{"ok": false, "error": "not_found"}', 404),
            ('{"ok": false, "error": "not_found"}', 200),
            ('{"ok": false, "error": "unknown_method"}', 200),
            ('{"ok": false, "error": "Not Found"}', 200),
            ('{"ok": false, "error": 404}', 200),
            ('{"error": "internal_error"}', 200),
        ],
    )
    async def test_is_blamed_and_not_the_token(
        self, tmp_path: Path, body: str, status: int
    ) -> None:
        async with SlackSandbox() as ws, answering(body, status) as address:
            error = await refusal(settings_of(ws, tmp_path, slack_api_url=address))
        assert error.startswith("SLACK_API_URL: ")
        assert "auth.test" in error
        assert f"there is no Web API of Slack at {address}/" in error

    async def test_is_blamed_where_nobody_listens(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            address = f"http://127.0.0.1:{free.getsockname()[1]}/"
        async with SlackSandbox() as ws:
            error = await refusal(settings_of(ws, tmp_path, slack_api_url=address))
        assert error.startswith("SLACK_API_URL: auth.test: ClientConnectorError")

    async def test_may_lack_the_last_slash(self, tmp_path: Path) -> None:
        async with office(tmp_path) as shop:
            assert shop.ws.api_url.endswith("/")
            await shop.restart(
                slack_api_url=settings_of(
                    shop.ws, tmp_path, slack_api_url=shop.ws.api_url[:-1]
                ).slack_api_url
            )
            await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))


class TestScopes:
    async def test_that_are_missing_are_named_and_the_app_is_to_be_reinstalled(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO, logger="bot.slack.client.identity")
        async with office(tmp_path) as shop:
            assert not caplog.records
            shop.ws.api.scopes.difference_update({"chat:write", "files:read"})
            await shop.restart()
        lines = [(record.levelno, record.getMessage()) for record in caplog.records]
        assert [level for level, _ in lines] == [logging.ERROR, logging.INFO]
        assert lines[0][1].startswith(
            "scope chat:write is missing: the bot needs it; reinstall the app"
        )
        assert lines[1][1].startswith(
            "scope files:read was declined (Attached files and screenshots): The reply says"
        )


class TestATokenThatIsRefused:
    @pytest.mark.parametrize("status", [200, 401])
    async def test_is_named_whatever_the_status(self, tmp_path: Path, status: int) -> None:
        async with (
            SlackSandbox() as ws,
            answering('{"ok": false, "error": "invalid_auth"}', status) as address,
        ):
            error = await refusal(settings_of(ws, tmp_path, slack_api_url=address))
        assert error.startswith("SLACK_BOT_TOKEN: Slack refused auth.test: invalid_auth; ")

    async def test_ends_the_start_and_is_named(self, tmp_path: Path) -> None:
        async with SlackSandbox() as ws:
            ws.api.revoke_token()
            error = await refusal(settings_of(ws, tmp_path))
        assert error.startswith(
            "SLACK_BOT_TOKEN: Slack refused auth.test: token_revoked; the token was revoked"
        )


def test_waits_grow_and_end_at_a_minute() -> None:
    waits = QUICK.start_waits()
    assert [round(next(waits), 2) for _ in range(12)][-2:] == [51.2, 60.0]
