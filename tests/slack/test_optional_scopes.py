"""The bot without an optional scope: it does all except what the table in `scopes.py` names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.slack.client.scopes import OPTIONAL, OptionalScope
from bot.slack.views import file_wording, wording
from slack_sandbox import Failure
from tests.shipped import AUTHORISED_TITLE
from tests.slack_harness import AUTHORISED, Office, office, words_of

TITLE = AUTHORISED_TITLE
LOG = {"name": "pos.log", "content": f"ERROR Xero: {AUTHORISED}", "mode": "snippet"}


@pytest.fixture(params=OPTIONAL, ids=lambda optional: optional.scope)
async def short_of_one(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Office]:
    """The bot in a workspace whose admin declined one scope."""
    async with office(tmp_path) as shop:
        declined: OptionalScope = request.param
        shop.ws.api.scopes.discard(declined.scope)
        yield shop


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as made:
        yield made


class TestWithoutAnyOneOfThem:
    async def test_a_report_with_a_file_is_answered_escalated_claimed_and_resolved(
        self, short_of_one: Office
    ) -> None:
        shop = short_of_one
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED, files=[LOG])
        reply = await shop.reply_to(ts)
        assert TITLE in words_of(reply)
        assert await shop.escalate(shop.alice, reply) == {}
        card = await shop.card()
        await shop.ws.click(shop.bob, card, "claim")
        await shop.ws.until(lambda: "resolve" in action_ids(shop, card.ts))
        await shop.ws.click(shop.bob, shop.ws.message(shop.escalations, card.ts), "resolve")
        await shop.modal(shop.bob)
        assert await shop.ws.submit(shop.bob, {"helped": "Approved it."}) == {}
        await shop.ws.until(lambda: "reopen" in action_ids(shop, card.ts))


def action_ids(shop: Office, ts: str) -> set[str]:
    blocks = shop.ws.message(shop.escalations, ts).blocks
    return {
        str(element.get("action_id")) for block in blocks for element in block.get("elements") or []
    }


class TestWithoutFilesRead:
    async def test_a_file_that_somebody_asks_about_is_named_as_unread(self, shop: Office) -> None:
        shop.ws.api.scopes.discard("files:read")
        im = shop.ws.open_im(shop.alice)
        ts = await shop.ws.say(shop.alice, im, "", files=[LOG])
        assert file_wording.UNREAD_TITLE in words_of(await shop.reply_to(ts, im))


class TestWithoutReactionsWrite:
    async def test_a_file_is_read_without_the_eyes(self, shop: Office) -> None:
        shop.ws.api.scopes.discard("reactions:write")
        ts = await shop.ws.say(shop.alice, shop.support, "", files=[LOG])
        assert TITLE in words_of(await shop.reply_to(ts))
        assert shop.ws.message(shop.support, ts).reactions == []


class TestWithoutUsergroupsRead:
    async def test_people_who_are_named_may_claim_and_members_of_a_group_get_a_sentence(
        self, tmp_path: Path
    ) -> None:
        async with office(tmp_path) as shop:
            shop.ws.api.scopes.discard("usergroups:read")
            carol = shop.ws.add_user("Carol")
            shop.ws.directory.join(shop.escalations, carol)
            group = shop.ws.directory.add_usergroup("support", [carol])
            await shop.restart(responders=(shop.bob, group))
            reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
            await shop.escalate(shop.alice, reply)
            card = await shop.card()
            await shop.ws.click(carol, card, "claim")
            await shop.whisper_to(carol, wording.CANNOT_CHECK)
            await shop.ws.click(shop.bob, card, "claim")
            await shop.ws.until(lambda: "resolve" in action_ids(shop, card.ts))


class TestWithoutUsersRead:
    async def test_support_sees_their_own_at_home_and_all_by_the_command(
        self, shop: Office
    ) -> None:
        shop.ws.api.scopes.discard("users:read")
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        await shop.escalate(shop.alice, reply)
        await shop.card()
        await shop.ws.open_home(shop.bob)
        home = await shop.ws.until(lambda: shop.ws.home(shop.bob))
        assert home is not None
        assert "Ponsonby" not in str(home.blocks)
        listed = await shop.ws.command(shop.bob, shop.support, "/xero-error", "open")
        assert listed is not None
        assert "Ponsonby" in words_of(listed)


class TestGroupDirectMessages:
    async def test_are_answered_like_a_channel(self, shop: Office) -> None:
        group = shop.ws.directory.open_group_dm([shop.alice, shop.bob])
        assert TITLE in words_of(
            await shop.reply_to(await shop.ws.say(shop.alice, group, AUTHORISED), group)
        )

    async def test_are_unheard_without_their_history(self, shop: Office) -> None:
        shop.ws.api.scopes.discard("mpim:history")
        group = shop.ws.directory.open_group_dm([shop.alice, shop.bob])
        ts = await shop.ws.say(shop.alice, group, AUTHORISED)
        await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        assert shop.replies_to(ts, group) == []

    @pytest.mark.parametrize("declined", ["mpim:read", "mpim:history"])
    async def test_have_their_shortcut_answered_all_the_same(
        self, shop: Office, declined: str
    ) -> None:
        shop.ws.api.scopes.discard(declined)
        shop.ws.events.hold()
        group = shop.ws.directory.open_group_dm([shop.alice, shop.bob])
        ts = await shop.ws.say(shop.alice, group, AUTHORISED)
        await shop.ws.shortcut(shop.alice, group, ts, "explain_xero_error")
        if declined == "mpim:read":
            await shop.whisper_to(shop.alice, TITLE)
        else:
            assert TITLE in words_of(await shop.reply_to(ts, group))

    async def test_have_nothing_shared_where_slack_does_not_tell_who_is_in(
        self, shop: Office
    ) -> None:
        shop.ws.api.scopes.discard("mpim:read")
        group = shop.ws.directory.open_group_dm([shop.alice, shop.bob])
        reply = await shop.ws.command(shop.alice, group, "/xero-error", AUTHORISED)
        assert reply is not None
        await shop.ws.click(shop.alice, reply, "share")
        await shop.whisper_to(shop.alice, wording.SHARE_UNSURE)


class TestWhereSlackIsThrottling:
    async def test_the_shortcut_is_answered_to_its_asker(self, shop: Office) -> None:
        shop.ws.events.hold()
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        # the check of the channels in the settings may be the first to ask
        shop.ws.api.fail_next("conversations.info", Failure.rate_limited(30), times=2)
        await shop.ws.shortcut(shop.bob, shop.support, ts, "explain_xero_error")
        await shop.whisper_to(shop.bob, TITLE)
