"""Inputs in messages, what is typed in a view that is clicked, and files in forms."""

from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import Message, Refused, SlackSandbox

from .bot_server import BotServer
from .view_builders import Json, button, field, modal, open_modal, refused

BOX = field("box.1", {"type": "plain_text_input", "multiline": True, "max_length": 10})
ROW: Json = {"type": "actions", "block_id": "row", "elements": [button()]}
FILES = field("files", {"type": "file_input", "max_files": 1, "filetypes": ["png"]}, optional=True)
SHOT: Json = {"name": "shot.png", "content": b"bytes"}


@pytest.fixture
async def card(ws: SlackSandbox, client: AsyncWebClient, channel: str) -> Message:
    sent = await client.chat_postMessage(channel=channel, text="card", blocks=[BOX, ROW])
    return ws.message(channel, sent["ts"])


@pytest.mark.parametrize("typed", [None, "Press A"])
async def test_a_click_in_a_message_carries_what_is_typed_in_it(
    ws: SlackSandbox, bot: BotServer, alice: str, card: Message, typed: str | None
) -> None:
    await ws.click(alice, card, "go", typed={"box.1": typed})
    entry = {"type": "plain_text_input", "value": typed}
    assert bot.received[-1].payload["state"] == {"values": {"box.1": {"a": entry}}}


@pytest.mark.parametrize("typed", [{"box.2": "x"}, {"box.1": "far too long"}])
async def test_what_the_client_would_not_accept_is_refused(
    ws: SlackSandbox, alice: str, card: Message, typed: dict[str, str]
) -> None:
    with pytest.raises(Refused):
        await ws.click(alice, card, "go", typed=typed)


async def test_a_click_in_a_form_carries_what_is_typed_which_an_update_keeps(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    text = field("text", {"type": "plain_text_input", "initial_value": "first"})
    await open_modal(ws, bot, client, alice, modal(text, ROW))
    (view,) = filter(None, [ws.modal(alice)])
    await ws.click(alice, view, "go", typed={"text": "typed"})
    sent = bot.received[-1].payload["view"]
    assert sent["state"]["values"]["text"]["a"]["value"] == "typed"
    more = field("more", {"type": "plain_text_input"}, optional=True)
    await client.views_update(view_id=view.id, hash=sent["hash"], view=modal(text, more))
    assert await ws.submit(alice, {}) == {}
    values = bot.received[-1].payload["view"]["state"]["values"]
    assert (values["text"]["a"]["value"], values["more"]["a"]["value"]) == ("typed", None)


async def test_a_click_in_a_form_with_an_answer_to_nothing_is_refused(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    await open_modal(ws, bot, client, alice, modal(ROW))
    (view,) = filter(None, [ws.modal(alice)])
    with pytest.raises(Refused):
        await ws.click(alice, view, "go", typed={"text": "typed"})


async def test_a_form_carries_files_that_the_bot_may_read(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    await open_modal(ws, bot, client, alice, modal(FILES))
    assert await ws.submit(alice, {"files": [SHOT]}) == {}
    entry = bot.received[-1].payload["view"]["state"]["values"]["files"]["a"]
    (file,) = entry["files"]
    assert (entry["type"], file["name"], file["mimetype"]) == (
        "file_input",
        "shot.png",
        "image/png",
    )
    info = (await client.files_info(file=file["id"]))["file"]
    assert (info["channels"], info["user"]) == ([], alice)


async def test_a_form_without_files_has_an_empty_list(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    await open_modal(ws, bot, client, alice, modal(FILES))
    await ws.submit(alice, {})
    values = bot.received[-1].payload["view"]["state"]["values"]
    assert values == {"files": {"a": {"type": "file_input", "files": []}}}


@pytest.mark.parametrize("files", [[SHOT, SHOT], [{"name": "a.exe", "content": b"x"}]])
async def test_files_that_the_field_does_not_take_are_refused(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str, files: list[Json]
) -> None:
    await open_modal(ws, bot, client, alice, modal(FILES))
    with pytest.raises(Refused):
        await ws.submit(alice, {"files": files})


async def test_a_form_that_takes_files_needs_the_scope(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    ws.api.scopes.discard("files:read")
    assert await refused(open_modal(ws, bot, client, alice, modal(FILES))) == "missing_scope"
