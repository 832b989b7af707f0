from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import PATIENCE, SlackSandbox

Connect = Callable[[], Awaitable["Listener"]]


class Listener:
    """One Socket Mode connection: writes down the envelopes and acks those that are left to it."""

    def __init__(self, ws: SlackSandbox) -> None:
        web = AsyncWebClient(base_url=ws.api_url, retry_handlers=[])
        self.client = SocketModeClient(app_token=ws.app_token, web_client=web, ping_interval=60)
        self.client.socket_mode_request_listeners.append(self._take)
        self.requests: list[SocketModeRequest] = []
        self.ignored = 0
        self.payload: dict[str, Any] | None = None

    async def _take(self, client: Any, request: SocketModeRequest) -> None:
        self.requests.append(request)
        if self.ignored:
            self.ignored -= 1
            return
        await client.send_socket_mode_response(
            SocketModeResponse(request.envelope_id, self.payload)
        )


@pytest.fixture
async def connect(ws: SlackSandbox) -> AsyncIterator[Connect]:
    listeners: list[Listener] = []

    async def one_more() -> Listener:
        listener = Listener(ws)
        listeners.append(listener)
        await listener.client.connect()  # type: ignore[no-untyped-call]
        await ws.until(lambda: ws.events.open_sockets >= len(listeners))
        return listener

    yield one_more
    for listener in listeners:
        await listener.client.close()  # type: ignore[no-untyped-call]


async def test_only_the_app_token_opens_connections(
    ws: SlackSandbox, client: AsyncWebClient
) -> None:
    for token, error in ((ws.bot_token, "not_allowed_token_type"), ("xapp-wrong", "invalid_auth")):
        with pytest.raises(SlackApiError) as caught:
            await client.apps_connections_open(app_token=token)
        assert caught.value.response["error"] == error


async def test_a_link_is_good_for_one_connection(
    ws: SlackSandbox, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    url = (await client.apps_connections_open(app_token=ws.app_token))["url"]
    assert url.startswith("ws://127.0.0.1:")
    async with http.ws_connect(url) as socket:
        hello = await socket.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["connection_info"] == {"app_id": ws.app_id}
    async with http.get(url.replace("ws://", "http://")) as response:
        assert response.status == 403


async def test_a_message_travels_in_an_envelope(
    ws: SlackSandbox, connect: Connect, alice: str, channel: str
) -> None:
    listener = await connect()
    ts = await ws.say(alice, channel, "hello")
    (request,) = listener.requests
    assert request.type == "events_api"
    assert request.payload["event"]["ts"] == ts
    assert (request.retry_attempt, request.accepts_response_payload) == (0, False)
    assert ws.transcript.delivered("message")[0].status == 200


async def test_a_command_is_answered_in_its_ack(
    ws: SlackSandbox, connect: Connect, alice: str, channel: str
) -> None:
    listener = await connect()
    listener.payload = {"text": "hi"}
    message = await ws.command(alice, channel, "/x", "y")
    assert message is not None
    assert (message.text, message.ephemeral_to) == ("hi", alice)
    assert (listener.requests[0].type, listener.requests[0].payload["text"]) == (
        "slash_commands",
        "y",
    )
    assert listener.requests[0].accepts_response_payload is True


async def test_an_interaction_is_an_envelope_of_its_own_type(
    ws: SlackSandbox, connect: Connect, alice: str
) -> None:
    listener = await connect()
    await ws.global_shortcut(alice, "start")
    assert (listener.requests[0].type, listener.requests[0].payload["type"]) == (
        "interactive",
        "shortcut",
    )


@pytest.mark.usefixtures("impatient")
async def test_an_envelope_without_ack_comes_again(
    ws: SlackSandbox, connect: Connect, alice: str, channel: str
) -> None:
    listener = await connect()
    listener.ignored = 2
    await ws.say(alice, channel, "hello")
    await ws.settled()
    retries = [(r.retry_attempt, r.retry_reason) for r in listener.requests]
    assert retries == [(0, ""), (1, "timeout"), (2, "timeout")]
    assert len({r.envelope_id for r in listener.requests}) == 3
    assert len({r.payload["event_id"] for r in listener.requests}) == 1


@pytest.mark.usefixtures("impatient")
async def test_a_command_without_ack_is_an_error_and_is_not_retried(
    ws: SlackSandbox, connect: Connect, alice: str, channel: str
) -> None:
    listener = await connect()
    listener.ignored = 1
    assert await ws.command(alice, channel, "/x") is None
    assert [t.kind for t in ws.client_errors] == ["operation_timeout"]
    assert len(listener.requests) == 1


async def test_each_envelope_goes_to_one_of_the_connections(
    ws: SlackSandbox, connect: Connect, alice: str, channel: str
) -> None:
    first, second = await connect(), await connect()
    for number in range(4):
        await ws.say(alice, channel, str(number))
    assert (len(first.requests), len(second.requests)) == (2, 2)


async def test_the_bot_comes_back_after_a_disconnect(
    ws: SlackSandbox, connect: Connect, alice: str, channel: str
) -> None:
    listener = await connect()
    await ws.events.disconnect_sockets("refresh_requested")
    await ws.until(
        lambda: (
            len(ws.transcript.calls("apps.connections.open")) == 2 and ws.events.open_sockets == 1
        )
    )
    await ws.say(alice, channel, "still there?")
    assert [r.payload["event"]["text"] for r in listener.requests] == ["still there?"]


async def test_an_event_comes_to_a_bot_that_was_away() -> None:
    async with SlackSandbox(clock=1 / 100) as ws:
        alice = ws.add_user("Alice")
        channel = ws.add_channel("general", [alice])
        before, after = Listener(ws), Listener(ws)
        await before.client.connect()  # type: ignore[no-untyped-call]
        await ws.until(lambda: ws.events.open_sockets == 1)
        await before.client.close()  # type: ignore[no-untyped-call]
        await ws.until(lambda: ws.events.open_sockets == 0)
        await ws.say(alice, channel, "nobody hears this")
        await after.client.connect()  # type: ignore[no-untyped-call]
        try:
            await ws.until(lambda: len(after.requests) == 1)
        finally:
            await after.client.close()  # type: ignore[no-untyped-call]
        assert before.requests == []
        assert after.requests[0].retry_attempt in {1, 2, 3}


async def test_a_warning_leaves_the_connection_open(
    ws: SlackSandbox, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    url = (await client.apps_connections_open(app_token=ws.app_token))["url"]
    async with http.ws_connect(url) as socket:
        await socket.receive_json()
        await ws.events.disconnect_sockets("warning")
        message = await socket.receive_json()
        assert (message["type"], message["reason"]) == ("disconnect", "warning")
        assert ws.events.open_sockets == 1


async def test_a_warned_connection_is_closed_after_the_last_ack(
    ws: SlackSandbox, client: AsyncWebClient, http: aiohttp.ClientSession, alice: str, channel: str
) -> None:
    ws.events.socket_warning = 0.02
    url = (await client.apps_connections_open(app_token=ws.app_token))["url"]
    async with http.ws_connect(url) as socket:
        await socket.receive_json()
        saying = asyncio.create_task(ws.say(alice, channel, "hello"))
        envelope = await socket.receive_json()
        await ws.events.disconnect_sockets("warning")
        assert (await socket.receive_json())["type"] == "disconnect"
        await ws.until(lambda: ws.events.open_sockets == 0)
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        await saying
        assert ws.transcript.delivered("message")[0].status == 200
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_an_ack_that_never_comes_because_the_connection_broke_is_a_failed_connection(
    ws: SlackSandbox, client: AsyncWebClient, http: aiohttp.ClientSession, alice: str, channel: str
) -> None:
    url = (await client.apps_connections_open(app_token=ws.app_token))["url"]
    async with http.ws_connect(url) as socket:
        await socket.receive_json()
        saying = asyncio.create_task(ws.say(alice, channel, "hello"))
        await socket.receive_json()
    await saying
    assert ws.transcript.delivered("message")[0].answer == "connection_failed"


async def test_the_eleventh_connection_is_one_too_many(
    ws: SlackSandbox, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    async with asyncio.timeout(PATIENCE):
        sockets = []
        for _ in range(11):
            url = (await client.apps_connections_open(app_token=ws.app_token))["url"]
            sockets.append(await http.ws_connect(url))
        answers = [await socket.receive_json() for socket in sockets]
        assert [answer["type"] for answer in answers] == ["hello"] * 10 + ["disconnect"]
        assert answers[10]["reason"] == "too_many_websockets"
        for socket in sockets:
            await socket.close()


async def test_nonsense_on_a_socket_is_ignored(
    ws: SlackSandbox, client: AsyncWebClient, http: aiohttp.ClientSession, alice: str
) -> None:
    url = (await client.apps_connections_open(app_token=ws.app_token))["url"]
    async with http.ws_connect(url) as socket:
        await socket.receive_json()
        for nonsense in ("", "[]", "{}", '{"envelope_id": "unknown"}'):
            await socket.send_str(nonsense)
        await ws.until(lambda: any(e.name == "ack" for e in ws.transcript))
        assert ws.events.open_sockets == 1


async def test_a_real_bolt_app_works_over_socket_mode(
    ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
) -> None:
    app = AsyncApp(client=client, signing_secret=ws.signing_secret)

    @app.event("message")
    async def on_message(say: Any) -> None:
        await say("heard")

    handler = AsyncSocketModeHandler(app, ws.app_token, web_client=client)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await ws.say(alice, channel, "hello")
    await ws.until(lambda: [m.text for m in ws.messages(channel)] == ["hello", "heard"])
    await ws.settled()
    await handler.close_async()  # type: ignore[no-untyped-call]
