"""The proxy of the environment: all that goes to Slack goes through it, and nothing local does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.domain.uploads import UploadOutcome
from bot.slack.client.downloads import Hosts
from bot.slack.client.file_copies import FileCopies
from bot.slack.client.web_client import SlackClient
from slack_sandbox import SlackSandbox
from tests.shipped import AUTHORISED_TITLE
from tests.slack_harness import AUTHORISED, QUICK, office, words_of

NOWHERE = "http://127.0.0.1:9"


class Proxy:
    """Passes requests on, and records their paths."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self.url = ""
        self.paths: list[str] = []

    async def answer(self, request: web.Request) -> web.Response:
        self.paths.append(request.url.path)
        body, headers = await request.read(), request.headers.copy()
        async with self._session.request(
            request.method, request.url, data=body, headers=headers
        ) as answer:
            kind = answer.headers.get("Content-Type", "")
            return web.Response(
                body=await answer.read(), status=answer.status, headers={"Content-Type": kind}
            )


@asynccontextmanager
async def proxy(session: aiohttp.ClientSession) -> AsyncIterator[Proxy]:
    made, application = Proxy(session), web.Application()
    application.router.add_route("*", "/{path:.*}", made.answer)
    async with TestServer(application) as server:
        made.url = str(server.make_url(""))
        yield made


async def test_a_file_is_fetched_and_uploaded_through_it() -> None:
    async with SlackSandbox() as ws, aiohttp.ClientSession() as session, proxy(session) as made:
        client = SlackClient(ws.bot_token, ws.api_url, session, QUICK)
        client.proxy = made.url
        alice = ws.add_user("Alice")
        channel = ws.add_channel("support", [alice])
        ts = await ws.say(alice, channel, "", files=[{"name": "till.txt", "content": AUTHORISED}])
        file = str(ws.message(channel, ts).files[0]["id"])
        copied = await FileCopies(client, session, Hosts.of(ws.api_url), QUICK).copy(file, 1)
        assert copied.outcome is UploadOutcome.COPIED
        assert len([path for path in made.paths if not path.startswith("/api/")]) == 2


@pytest.mark.parametrize("socket_mode", [True, False])
async def test_a_local_workspace_is_reached_without_it(
    socket_mode: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", NOWHERE)
    async with office(tmp_path, socket_mode=socket_mode) as shop:
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        assert AUTHORISED_TITLE in words_of(reply)
