"""Buttons and forms that an older program posted, with their ids written out."""

from __future__ import annotations

import json

from bot.domain.escalations import Escalation, Status
from bot.slack.views import ids
from tests.slack.payload_samples import Payload, changed, deliver, samples_about
from tests.slack_harness import Office

NAMES = {
    "COMMAND": "/xero-error",
    "SHORTCUT_EXPLAIN": "explain_xero_error",
    "SHORTCUT_HELP": "get_help",
    "SHORTCUT_SEND": "send_to_requester",
    "ACTION_ESCALATE": "escalate",
    "ACTION_GET_HELP": "help_from_home",
    "ACTION_MORE_DETAILS": "more_details",
    "ACTION_FEEDBACK": "feedback",
    "ACTION_SHARE": "share",
    "ACTION_PICK": "pick_article",
    "BLOCK_PICKS": "picks",
    "ACTION_READ_ALL": "read_all",
    "ACTION_AREA": "choose_area",
    "ACTION_AREA_PAGE": "area_page",
    "ACTION_OPEN_PAGE": "open_page",
    "ACTION_HOME_PAGE": "home_page",
    "ACTION_OPEN_ARTICLE": "open_article",
    "ACTION_CLAIM": "claim",
    "ACTION_RELEASE": "release",
    "ACTION_RESOLVE": "resolve",
    "ACTION_WITHDRAW": "withdraw",
    "ACTION_REOPEN": "reopen",
    "BLOCK_DECIDE": "decide",
    "VIEW_FEEDBACK": "feedback",
    "VIEW_PASTE": "paste",
    "VIEW_ESCALATE": "escalation",
    "VIEW_RESOLVE": "resolution",
    "EVENT_REPLY": "xero_bot_reply",
}


def test_no_name_in_slack_changes() -> None:
    assert {name: value for name, value in vars(ids).items() if name in NAMES} == NAMES


def form(shop: Office, callback_id: str, carried: str) -> Payload:
    """Submit a form with the private_metadata that it was opened with."""
    sent = [p for p in samples_about(shop, "t") if p.get("type") == "view_submission"]
    made, *_ = [p for p in sent if p["view"]["callback_id"] == callback_id]
    return changed(made, ("view", "private_metadata"), carried)


def click(shop: Office, action_id: str, block_id: str, value: str) -> Payload:
    pressed = [p for p in samples_about(shop, "t") if "actions" in p]
    (made,) = [p for p in pressed if p["actions"][0]["action_id"] == action_id]
    made = changed(made, ("actions", 0, "block_id"), block_id)
    return changed(made, ("actions", 0, "value"), value)


async def new_token(shop: Office) -> str:
    ts = await shop.ws.say(shop.alice, shop.support, "Invoice could not be found")
    await shop.reply_to(ts)
    found = await shop.interactions.by_key(shop.support, ts)
    assert found is not None
    return found.token


async def escalated(shop: Office, token: str) -> Escalation:
    interaction = await shop.interactions.by_token(token)
    assert interaction is not None
    found = await shop.bot.stores.escalations.for_interaction(interaction.id)
    assert found is not None
    return found


class TestAFormThatWasOpen:
    async def test_to_escalate_calls_a_person_and_one_to_resolve_ends_it_once_claimed(
        self, http_shop: Office
    ) -> None:
        token = await new_token(http_shop)
        opened = json.dumps({"token": token, "url": ""})
        seen = json.dumps({"token": token, "seen": 2})
        for sent, status in (
            (form(http_shop, "escalation", opened), Status.OPEN),
            (click(http_shop, "claim", "decide.1", token), Status.CLAIMED),
            (form(http_shop, "resolution", seen), Status.RESOLVED),
        ):
            assert await deliver(http_shop, sent) == 200
            assert (await escalated(http_shop, token)).status is status

    async def test_to_say_why_keeps_the_reason(self, http_shop: Office) -> None:
        token = await new_token(http_shop)
        assert await deliver(http_shop, form(http_shop, "feedback", token)) == 200
        interaction = await http_shop.interactions.by_token(token)
        assert interaction is not None
        (vote,) = await http_shop.votes.for_interaction(interaction.id)
        assert (vote.helped, vote.words) == (False, "said")

    async def test_to_paste_into_is_answered(self, http_shop: Office) -> None:
        gone = f"{http_shop.ws.api_url.removesuffix('api/')}response/R1"
        carried = json.dumps({"channel": http_shop.support, "url": gone})
        assert await deliver(http_shop, form(http_shop, "paste", carried)) == 200
        im = http_shop.ws.open_im(http_shop.bob)
        await http_shop.ws.until(lambda: bool(http_shop.ws.messages(im)))


class TestAPick:
    async def test_of_what_was_suggested_is_kept(self, http_shop: Office) -> None:
        text = f"<@{http_shop.ws.bot_user_id}> payment refused, invoice is a draft or paid already"
        ts = await http_shop.ws.say(http_shop.alice, http_shop.support, text)
        await http_shop.reply_to(ts)
        asked = await http_shop.interactions.by_key(http_shop.support, ts)
        assert asked is not None
        value = f"{asked.token} payments-only-against-authorised"
        sent = click(http_shop, "pick_article.0", "picks", value)
        assert await deliver(http_shop, sent) == 200
        picked = await http_shop.interactions.get(asked.id)
        assert picked.article_id == "payments-only-against-authorised"
