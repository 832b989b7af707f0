"""Inputs in messages and files in forms, on the page."""

from __future__ import annotations

from base64 import b64encode

from slack_sdk.web.async_client import AsyncWebClient

from .bot_server import BotServer
from .page_browser import Scene
from .test_message_inputs import BOX, FILES, ROW
from .view_builders import modal, open_modal


async def test_what_is_typed_in_a_message_goes_with_the_click(
    scene: Scene, bot: BotServer, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel=scene.support, text="card", blocks=[BOX, ROW])
    browser = await scene.browser()
    (card,) = await browser.messages(scene.support)
    where = {"channel": scene.support, "ts": card["ts"], "block": "row", "action": "go"}
    assert (await browser.do("click", **where, value="1", typed={"box.1": "Press A"}))["ok"]
    assert bot.received[-1].payload["state"]["values"]["box.1"]["a"]["value"] == "Press A"
    refused = await browser.do("click", **where, value="1", typed={"box.1": "far too long"})
    assert not refused["ok"]


async def test_a_file_chosen_in_a_form_arrives_as_its_bytes(
    scene: Scene, bot: BotServer, client: AsyncWebClient
) -> None:
    await open_modal(scene.ws, bot, client, scene.hana, modal(FILES))
    browser = await scene.browser()
    (view,) = browser.state["modals"]
    data = b64encode(b"bytes").decode()
    file = {"name": "shot.png", "mimetype": "image/png", "size": 5, "base64": data}
    sent = await browser.do("submit", view=view["id"], answers={"files": [file]})
    assert (sent["ok"], sent["errors"]) == (True, {})
    values = bot.received[-1].payload["view"]["state"]["values"]
    stored = scene.ws.files.get(values["files"]["a"]["files"][0]["id"])
    assert stored is not None
    assert stored.content == b"bytes"
