"""Opening, filling in and submitting a modal."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import Refused, SlackSandbox

from .bot_server import BotServer
from .conftest import Clock
from .view_builders import MENU, Json, field, modal, open_modal, plain, refused


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
async def test_a_wrong_answer_is_an_error_and_the_modal_stays(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str, answer: Json
) -> None:
    await open_modal(ws, bot, client, alice, modal(field("b", {"type": "plain_text_input"})))
    bot.next_answer(200, answer)
    assert await ws.submit(alice, {"b": "x"}) == {"*": "invalid_response"}
    assert ws.modal(alice) is not None
    assert [t.kind for t in ws.client_errors] == ["invalid_response"]


@pytest.mark.usefixtures("impatient")
async def test_a_late_answer_to_a_form_is_an_error(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    await open_modal(ws, bot, client, alice, modal())
    bot.next_hangs()
    assert await ws.submit(alice) == {"*": "operation_timeout"}
    assert ws.modal(alice) is not None
