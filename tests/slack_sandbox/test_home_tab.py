from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import Refused, SlackSandbox, View

from .bot_server import BotServer

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


COLOURS = [{"text": plain("Red"), "value": "r"}, {"text": plain("Blue"), "value": "b"}]
HOME: Json = {
    "type": "home",
    "callback_id": "home",
    "blocks": [
        {
            "type": "actions",
            "block_id": "row",
            "elements": [
                {"type": "button", "action_id": "open", "value": "7", "text": plain("Open")},
                {"type": "static_select", "action_id": "colour", "options": COLOURS},
                {"type": "static_select", "action_id": "other", "options": COLOURS},
            ],
        }
    ],
}
MODAL: Json = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("T"),
    "submit": plain("OK"),
    "blocks": [
        {
            "type": "input",
            "block_id": "why",
            "label": plain("Why"),
            "element": {"type": "plain_text_input", "action_id": "a"},
        }
    ],
}


async def published(ws: SlackSandbox, client: AsyncWebClient, user: str) -> View:
    await client.views_publish(user_id=user, view=HOME)
    home = ws.home(user)
    assert home is not None
    return home


async def test_a_click_in_the_home_tab_names_the_view_and_has_no_response_url(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    home = await published(ws, client, alice)
    await ws.click(alice, home, "open")
    payload = bot.received[-1].payload
    assert (payload["type"], payload["user"]["id"]) == ("block_actions", alice)
    assert payload["container"] == {"type": "view", "view_id": home.id}
    assert (payload["view"]["id"], payload["view"]["type"]) == (home.id, "home")
    assert (payload["view"]["callback_id"], payload["view"]["hash"]) == ("home", home.hash)
    assert (payload["actions"][0]["action_id"], payload["actions"][0]["value"]) == ("open", "7")
    assert payload["trigger_id"]
    assert payload.keys().isdisjoint({"response_url", "channel", "message"})


async def test_a_modal_opens_from_the_home_tab_and_leaves_it_as_it_was(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    home = await published(ws, client, alice)
    await ws.click(alice, home, "open")
    await client.views_open(trigger_id=bot.received[-1].payload["trigger_id"], view=MODAL)
    assert await ws.submit(alice, {"why": "because"}) == {}
    payload = bot.received[-1].payload
    assert (payload["type"], payload["view"]["callback_id"]) == ("view_submission", "form")
    assert payload["view"]["root_view_id"] == payload["view"]["id"] != home.id
    assert (ws.modal(alice), ws.home(alice)) == (None, home)


async def test_what_was_chosen_in_the_home_tab_stays_chosen(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    await published(ws, client, alice)
    for action_id, value in (("colour", "b"), ("other", "r"), ("open", None)):
        home = ws.home(alice)
        assert home is not None
        await ws.click(alice, home, action_id, value)
    values = bot.received[-1].payload["view"]["state"]["values"]["row"]
    assert [values[name]["selected_option"] for name in ("colour", "other")] == [
        COLOURS[1],
        COLOURS[0],
    ]


async def test_nobody_clicks_in_another_persons_home_tab(
    ws: SlackSandbox, client: AsyncWebClient, alice: str
) -> None:
    home = await published(ws, client, alice)
    with pytest.raises(Refused):
        await ws.click(ws.add_user("Bob"), home, "open")


async def test_opening_the_home_tab_tells_what_was_published_and_needs_no_scope(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    ws.api.scopes.discard("im:history")
    await ws.open_home(alice)
    home = await published(ws, client, alice)
    await ws.open_home(alice)
    first, second = bot.events("app_home_opened")
    assert "view" not in first
    assert (second["view"]["id"], second["tab"]) == (home.id, "home")


async def test_a_home_tab_is_published_only_over_the_one_that_was_meant(
    ws: SlackSandbox, client: AsyncWebClient, alice: str
) -> None:
    home = await published(ws, client, alice)
    await client.views_publish(user_id=alice, view=HOME, hash=home.hash)
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_publish(user_id=alice, view=HOME, hash=home.hash)
