"""Events of what the bot itself did: ignored by Bolt's rule, although Bolt does not see events."""

from __future__ import annotations

from itertools import product
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware import IgnoringSelfEvents
from slack_bolt.request import BoltRequest

from bot.slack.context import ListenerContext
from bot.slack.event_routes import is_caused_by
from bot.slack.requests import event
from tests.slack_harness import Office

BOT, BOT_ID, PERSON = "UBOT", "BBOT", "UPERSON"
WHO = AuthorizeResult(enterprise_id=None, team_id="T1", bot_user_id=BOT, bot_id=BOT_ID)
TYPES = (
    "message",
    "app_mention",
    "channel_archive",
    "member_joined_channel",
    "member_left_channel",
)
SENDERS: tuple[dict[str, Any], ...] = (
    {},
    {"user": BOT},
    {"user": PERSON},
    {"user": {"id": BOT}},
    {"user": None, "bot_id": BOT_ID},
    {"bot_id": "BOTHER"},
    {"user": PERSON, "bot_id": BOT_ID},
    {"user_id": BOT},
    {"message": {"user": BOT}},
    {"message": {"user": PERSON}, "previous_message": {"user": BOT}},
    {"previous_message": {"user": BOT}},
    {"message": {"bot_id": BOT_ID}},
)
CASES = [{"type": kind, **sender} for kind, sender in product(TYPES, SENDERS)]
OUTSIDE: tuple[dict[str, Any], ...] = ({}, {"user_id": BOT}, {"user": PERSON})
"""What is around an event."""


def is_ours_to_bolt(payload: dict[str, Any]) -> bool:
    request = BoltRequest(body=payload, mode="socket_mode")
    request.context["authorize_result"] = WHO
    passed: list[bool] = []
    IgnoringSelfEvents().process(
        req=request,
        resp=None,  # type: ignore[arg-type]
        next=lambda: passed.append(True),  # type: ignore[arg-type, return-value]
    )
    return not passed


def test_is_what_bolt_takes_for_our_own() -> None:
    payloads = [
        {"type": "event_callback", "event": event, **outside}
        for event, outside in product(CASES, OUTSIDE)
    ]
    ours = [payload for payload in payloads if is_ours_to_bolt(payload)]
    assert len(ours) not in {0, len(payloads)}
    assert [payload for payload in payloads if is_caused_by(BOT, BOT_ID, payload)] == ours


def test_a_bot_without_an_id_is_not_every_app() -> None:
    payload = {"type": "event_callback", "event": {"type": "message", "bot_id": "", "user": ""}}
    assert not is_caused_by("", "", payload)


async def test_no_listener_sees_it_and_a_failed_one_is_sent_again(http_shop: Office) -> None:
    dispatcher, bot_user = http_shop.bot.dispatcher, http_shop.ws.bot_user_id
    heard: list[str] = []

    async def fail(user: str, _: ListenerContext) -> None:
        heard.append(user)
        raise ValueError

    dispatcher.keep(event("team_join"), lambda payload: str(payload["event"]["user"]), fail)
    statuses = [
        (await dispatcher.answer({"type": "event_callback", "event": one})).status
        for one in ({"type": "team_join", "user": user} for user in (PERSON, bot_user))
    ]
    assert (statuses, heard) == ([500, 200], [PERSON])
