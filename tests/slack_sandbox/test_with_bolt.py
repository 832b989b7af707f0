from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import SlackSandbox

FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Why?"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "why",
            "label": {"type": "plain_text", "text": "Why?"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}
GO = {
    "type": "actions",
    "elements": [
        {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    ],
}


def listening(ws: SlackSandbox, client: AsyncWebClient) -> AsyncApp:
    app = AsyncApp(client=client, signing_secret=ws.signing_secret)

    @app.event("message")
    async def on_message(event: dict[str, Any], say: Any) -> None:
        if "subtype" not in event:
            await say(text="Shall I?", blocks=[GO], thread_ts=event["ts"])

    @app.action("go")
    async def on_go(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("form")
    async def on_form(ack: Any, view: dict[str, Any]) -> None:
        short = len(view["state"]["values"]["why"]["text"]["value"]) < 3
        await (ack(response_action="errors", errors={"why": "Longer, please"}) if short else ack())

    @app.command("/ask")
    async def on_ask(ack: Any, respond: Any) -> None:
        await ack("one moment")
        await respond("here it is")

    return app


@pytest.fixture
async def app(ws: SlackSandbox, client: AsyncWebClient) -> AsyncIterator[AsyncApp]:
    bolt = listening(ws, client)
    runner = web.AppRunner(bolt.web_app("/slack/events"), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    ws.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    yield bolt
    await ws.settled()
    await runner.cleanup()


@pytest.mark.usefixtures("app")
async def test_a_conversation_from_message_to_form(
    ws: SlackSandbox, alice: str, channel: str
) -> None:
    ts = await ws.say(alice, channel, "it failed")
    await ws.until(lambda: len(ws.thread(channel, ts)) == 2)
    _, reply = ws.thread(channel, ts)
    await ws.click(alice, reply, "go")
    await ws.until(lambda: ws.modal(alice))
    assert await ws.submit(alice, {"why": "x"}) == {"why": "Longer, please"}
    assert await ws.submit(alice, {"why": "because"}) == {}
    assert ws.modal(alice) is None
    assert list(ws.client_errors) == []


@pytest.mark.usefixtures("app")
async def test_a_command_with_a_second_answer(ws: SlackSandbox, alice: str, channel: str) -> None:
    first = await ws.command(alice, channel, "/ask")
    assert first is not None
    # the ack and the response_url race, as they do at Slack
    await ws.until(lambda: {m.text for m in ws.ephemerals(alice)} == {"one moment", "here it is"})


@pytest.mark.usefixtures("app")
async def test_bolt_refuses_bad_signatures(ws: SlackSandbox) -> None:
    body = '{"type":"event_callback","event":{"type":"message"}}'
    headers = {"Content-Type": "application/json"}
    for bad in (
        ws.events.signed_headers(body, secret="no"),
        ws.events.signed_headers(body, timestamp="1000000000"),
    ):
        status, _ = await ws.events.send_raw(body, headers | bad)
        assert status == 401


@pytest.mark.usefixtures("app")
async def test_bolt_echoes_the_url_challenge(ws: SlackSandbox) -> None:
    assert await ws.events.verify_url() is True


@pytest.mark.usefixtures("app")
async def test_an_unheard_event_is_a_404_that_slack_retries(ws: SlackSandbox, alice: str) -> None:
    await ws.open_home(alice)
    await ws.settled()
    assert [e.status for e in ws.transcript.delivered("app_home_opened")] == [404] * 4
