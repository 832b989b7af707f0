"""Pushing, updating and closing modals; the Home tab."""

from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import SlackSandbox

from .bot_server import BotServer
from .view_builders import MENU, button, modal, open_modal, plain, refused


async def test_a_click_in_a_modal_pushes_at_most_to_three(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    view = modal({"type": "actions", "block_id": "row", "elements": [button(), MENU]})
    await open_modal(ws, bot, client, alice, view)
    errors: list[str] = []
    for _ in range(3):
        shown = ws.modal(alice)
        assert shown is not None
        await ws.click(alice, shown, "go")
        trigger_id = bot.received[-1].payload["trigger_id"]
        if len(ws.modals(alice)) < 3:
            await client.views_push(trigger_id=trigger_id, view=view)
        else:
            errors.append(await refused(client.views_push(trigger_id=trigger_id, view=view)))
    assert errors == ["push_limit_reached"]
    payload = bot.received[-1].payload
    assert payload["container"] == {"type": "view", "view_id": payload["view"]["id"]}
    assert payload["view"]["root_view_id"] == ws.modals(alice)[0].id
    assert payload["view"]["previous_view_id"] == ws.modals(alice)[1].id


async def test_what_was_chosen_in_a_modal_stays_chosen(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    await open_modal(
        ws, bot, client, alice, modal({"type": "actions", "block_id": "row", "elements": [MENU]})
    )
    shown = ws.modal(alice)
    assert shown is not None
    await ws.click(alice, shown, "pick", "b")
    assert bot.received[-1].payload["actions"][0]["selected_option"]["value"] == "b"
    await ws.submit(alice)
    chosen = bot.received[-1].payload["view"]["state"]["values"]["row"]["pick"]
    assert chosen["selected_option"]["value"] == "b"


async def test_a_push_needs_a_trigger_from_a_modal(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    await open_modal(ws, bot, client, alice, modal())
    await ws.global_shortcut(alice, "again")
    trigger_id = bot.received[-1].payload["trigger_id"]
    assert (
        await refused(client.views_push(trigger_id=trigger_id, view=modal()))
        == "invalid_trigger_id"
    )


async def test_an_update_is_by_id_external_id_and_hash(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    await open_modal(ws, bot, client, alice, modal(external_id="form-1"))
    shown = ws.modal(alice)
    assert shown is not None
    await client.views_update(
        view_id=shown.id, hash=shown.hash, view=modal(external_id="form-1", title=plain("2"))
    )
    stale = client.views_update(view_id=shown.id, hash=shown.hash, view=modal())
    assert await refused(stale) == "hash_conflict"
    await client.views_update(external_id="form-1", view=modal(title=plain("3")))
    now = ws.modal(alice)
    assert now is not None
    assert (now.title, now.id) == ("3", shown.id)
    assert await refused(client.views_update(view_id="V404", view=modal())) == "not_found"


async def test_an_external_id_is_given_once(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    await open_modal(ws, bot, client, alice, modal(external_id="form-1"))
    await ws.global_shortcut(ws.add_user("Olga"), "start")
    trigger_id = bot.received[-1].payload["trigger_id"]
    call = client.views_open(trigger_id=trigger_id, view=modal(external_id="form-1"))
    assert await refused(call) == "duplicate_external_id"


@pytest.mark.parametrize("notified", [True, False])
async def test_closing_is_sent_only_if_asked_for(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str, notified: bool
) -> None:
    await open_modal(ws, bot, client, alice, modal(notify_on_close=notified))
    await ws.close_modal(alice)
    assert ws.modal(alice) is None
    assert (bot.received[-1].payload["type"] == "view_closed") is notified


async def test_a_guests_form_names_the_workspace_of_the_app(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient
) -> None:
    guest = ws.add_user("Gus", team_id="T0OTHER")
    await open_modal(ws, bot, client, guest, modal())
    await ws.submit(guest)
    payload = bot.received[-1].payload
    assert (payload["team"]["id"], payload["user"]["team_id"]) == ("T0OTHER", "T0OTHER")
    assert payload["view"]["app_installed_team_id"] == ws.team_id


async def test_a_choice_on_a_stale_screen_does_not_bring_the_old_modal_back(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    menu = {"type": "actions", "block_id": "row", "elements": [MENU]}
    await open_modal(ws, bot, client, alice, modal(menu))
    stale = ws.modal(alice)
    assert stale is not None
    await client.views_update(view_id=stale.id, view=modal(menu, title=plain("New")))
    await ws.click(alice, stale, "pick", "r")
    shown = ws.modal(alice)
    assert shown is not None
    assert (shown.title, shown.chosen["row"]["pick"]["selected_option"]) == (
        "New",
        MENU["options"][0],
    )


async def test_a_home_tab_is_published_and_opened(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    await ws.open_home(alice)
    assert bot.events("app_home_opened")[0]["user"] == alice
    view = {"type": "home", "blocks": [{"type": "actions", "elements": [button()]}]}
    await client.views_publish(user_id=alice, view=view)
    home = ws.home(alice)
    assert home is not None
    await ws.click(alice, home, "go")
    assert bot.received[-1].payload["view"]["type"] == "home"
