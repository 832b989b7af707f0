from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import Refused, SlackSandbox

from .bot_server import BotServer
from .conftest import Clock

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(action_id: str = "go", value: str = "1", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "value": value, "text": plain("Go")} | more


MENU: Json = {
    "type": "static_select",
    "action_id": "pick",
    "options": [{"text": plain("Red"), "value": "r"}, {"text": plain("Blue"), "value": "b"}],
}


def modal(*blocks: Json, **more: Any) -> Json:
    shown = blocks or ({"type": "section", "text": plain("x")},)
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("T"),
        "submit": plain("OK"),
        "blocks": list(shown),
    } | more


def field(block_id: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain("L"),
        "element": {"action_id": "a"} | element,
    } | more


async def open_modal(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, user: str, view: Json
) -> None:
    await ws.global_shortcut(user, "start")
    await client.views_open(trigger_id=bot.received[-1].payload["trigger_id"], view=view)


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    error: str = caught.value.response["error"]
    return error


async def test_a_trigger_opens_one_modal_within_three_seconds(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, clock: Clock, alice: str
) -> None:
    await ws.global_shortcut(alice, "a")
    await ws.global_shortcut(alice, "b")
    first, second = [r.payload["trigger_id"] for r in bot.received]
    clock.seconds = 3
    await client.views_open(trigger_id=first, view=modal())
    assert (
        await refused(client.views_open(trigger_id=first, view=modal())) == "exchanged_trigger_id"
    )
    clock.seconds = 3.1
    assert await refused(client.views_open(trigger_id=second, view=modal())) == "expired_trigger_id"
    assert (
        await refused(client.views_open(trigger_id="1.2.x", view=modal())) == "invalid_trigger_id"
    )


async def test_a_faulty_view_is_refused_with_sentences_and_keeps_the_trigger(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    await ws.global_shortcut(alice, "a")
    trigger_id = bot.received[0].payload["trigger_id"]
    with pytest.raises(SlackApiError) as caught:
        await client.views_open(trigger_id=trigger_id, view=modal(title=plain("x" * 25)))
    assert caught.value.response["error"] == "invalid_arguments"
    sentence = "25 characters, at most 24 are allowed [json-pointer:/view/title/text]"
    assert caught.value.response["response_metadata"]["messages"] == [f"[ERROR] {sentence}"]
    await client.views_open(trigger_id=trigger_id, view=modal())
    shown = ws.modal(alice)
    assert shown is not None
    assert (shown.title, shown.callback_id) == ("T", "form")


FIELDS: list[tuple[Json, Any, Json]] = [
    ({"type": "plain_text_input"}, "hello", {"value": "hello"}),
    ({"type": "email_text_input"}, "a@b.co", {"value": "a@b.co"}),
    ({"type": "url_text_input"}, "https://a.b", {"value": "https://a.b"}),
    ({"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}, "7", {"value": "7"}),
    (MENU, "r", {"selected_option": MENU["options"][0]}),
    (MENU, "Blue", {"selected_option": MENU["options"][1]}),
    ({**MENU, "type": "radio_buttons"}, "b", {"selected_option": MENU["options"][1]}),
    ({**MENU, "type": "checkboxes"}, ["r", "b"], {"selected_options": MENU["options"]}),
    ({**MENU, "type": "multi_static_select"}, "r", {"selected_options": MENU["options"][:1]}),
    ({"type": "datepicker"}, "2026-02-28", {"selected_date": "2026-02-28"}),
    ({"type": "timepicker"}, "09:30", {"selected_time": "09:30"}),
    ({"type": "users_select"}, "U1", {"selected_user": "U1"}),
    ({"type": "multi_users_select"}, ["U1"], {"selected_users": ["U1"]}),
    ({"type": "channels_select"}, "C1", {"selected_channel": "C1"}),
]


@pytest.mark.parametrize(
    ("element", "answer", "entry"),
    FIELDS,
    ids=[f"{i}-{r[0]['type']}" for i, r in enumerate(FIELDS)],
)
async def test_a_submission_carries_what_was_filled_in(
    ws: SlackSandbox,
    bot: BotServer,
    client: AsyncWebClient,
    element: Json,
    answer: Any,
    entry: Json,
) -> None:
    alice = ws.add_user("Alice")
    view = modal(field("b", element | {"action_id": "a"}), private_metadata="secret")
    await open_modal(ws, bot, client, alice, view)
    assert await ws.submit(alice, {"b": answer}) == {}
    payload = bot.received[-1].payload
    assert (payload["type"], payload["view"]["callback_id"]) == ("view_submission", "form")
    assert payload["view"]["private_metadata"] == "secret"
    assert payload["view"]["state"]["values"] == {"b": {"a": {"type": element["type"]} | entry}}
    assert ws.modal(alice) is None


@pytest.mark.parametrize(
    ("element", "answer"),
    [
        ({"type": "plain_text_input"}, ""),
        ({"type": "plain_text_input", "max_length": 3}, "long"),
        ({"type": "plain_text_input", "min_length": 3}, "x"),
        ({"type": "email_text_input"}, "nobody"),
        ({"type": "url_text_input"}, "nowhere"),
        ({"type": "number_input", "is_decimal_allowed": True}, "many"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "3"}, "4"),
        ({"type": "datepicker"}, "2026-02-30"),
        (MENU, "green"),
        (MENU, None),
        ({**MENU, "type": "checkboxes"}, []),
    ],
)
async def test_the_client_refuses_what_slacks_would(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str, element: Json, answer: Any
) -> None:
    await open_modal(ws, bot, client, alice, modal(field("b", element)))
    before = len(bot.received)
    with pytest.raises(Refused):
        await ws.submit(alice, {"b": answer})
    assert len(bot.received) == before
    assert ws.modal(alice) is not None


async def test_a_field_that_is_not_there_cannot_be_filled(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    with pytest.raises(Refused):
        await ws.submit(alice, {})
    await open_modal(ws, bot, client, alice, modal(field("b", {"type": "plain_text_input"})))
    with pytest.raises(Refused, match="no input c, only b"):
        await ws.submit(alice, {"b": "x", "c": "y"})


async def test_initial_values_and_empty_optional_inputs_are_sent(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    first = field("first", {"type": "plain_text_input", "initial_value": "old"})
    second = field("second", {"type": "plain_text_input"}, optional=True)
    third = field("third", MENU | {"initial_option": MENU["options"][1], "action_id": "a"})
    await open_modal(ws, bot, client, alice, modal(first, second, third))
    assert await ws.submit(alice) == {}
    values = bot.received[-1].payload["view"]["state"]["values"]
    assert (values["first"]["a"]["value"], values["second"]["a"]["value"]) == ("old", None)
    assert values["third"]["a"]["selected_option"]["value"] == "b"


async def test_errors_stay_under_their_fields(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    await open_modal(ws, bot, client, alice, modal(field("b", {"type": "plain_text_input"})))
    bot.next_answer(200, {"response_action": "errors", "errors": {"b": "Too short"}})
    assert await ws.submit(alice, {"b": "x"}) == {"b": "Too short"}
    assert ws.modal(alice) is not None


async def test_an_answer_may_update_push_or_clear(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    await open_modal(ws, bot, client, alice, modal())
    titles = []
    for action in ("update", "push", "push"):
        bot.next_answer(200, {"response_action": action, "view": modal(title=plain(action))})
        assert await ws.submit(alice) == {}
        titles.append([view.title for view in ws.modals(alice)])
    assert titles == [["update"], ["update", "push"], ["update", "push", "push"]]
    bot.next_answer(200, {"response_action": "push", "view": modal()})
    assert await ws.submit(alice) == {"*": "invalid_response"}
    assert ws.client_errors[-1].detail == "push_limit_reached"
    assert await ws.submit(alice) == {}
    assert len(ws.modals(alice)) == 2
    bot.next_answer(200, {"response_action": "clear"})
    assert await ws.submit(alice) == {}
    assert ws.modal(alice) is None


BAD_ANSWERS = [
    {"response_action": "errors", "errors": {"nothing": "x"}},
    {"response_action": "errors", "errors": {}},
    {
        "response_action": "update",
        "view": {"type": "modal", "title": plain("T"), "blocks": [{"type": "banner"}]},
    },
    {"response_action": "dance"},
]


@pytest.mark.parametrize("answer", BAD_ANSWERS)
async def test_a_wrong_answer_is_trouble_and_the_modal_stays(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str, answer: Json
) -> None:
    await open_modal(ws, bot, client, alice, modal(field("b", {"type": "plain_text_input"})))
    bot.next_answer(200, answer)
    assert await ws.submit(alice, {"b": "x"}) == {"*": "invalid_response"}
    assert ws.modal(alice) is not None
    assert [t.kind for t in ws.client_errors] == ["invalid_response"]


@pytest.mark.usefixtures("impatient")
async def test_a_late_answer_to_a_form_is_trouble(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    await open_modal(ws, bot, client, alice, modal())
    bot.next_hangs()
    assert await ws.submit(alice) == {"*": "operation_timeout"}
    assert ws.modal(alice) is not None


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


@pytest.mark.parametrize("told", [True, False])
async def test_closing_is_told_only_when_asked(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str, told: bool
) -> None:
    await open_modal(ws, bot, client, alice, modal(notify_on_close=told))
    await ws.close_modal(alice)
    assert ws.modal(alice) is None
    assert (bot.received[-1].payload["type"] == "view_closed") is told


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
