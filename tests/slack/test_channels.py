"""Rules that an operator sets for a channel, or for people of another workspace."""

from __future__ import annotations

from pathlib import Path

from bot.domain.escalations import Status
from bot.slack.views import wording
from tests.reading import shows, shows_status
from tests.shipped import ARTICLES, AUTHORISED_TITLE
from tests.slack_harness import AUTHORISED, NOT_FOUND, Office, buttons, over_http, words_of

TITLE = AUTHORISED_TITLE


class TestAChannel:
    async def test_of_mentions_is_answered_when_the_bot_is_named_and_an_ignored_one_never(
        self, closed_shop: Office, tmp_path: Path
    ) -> None:
        shop = closed_shop
        ignored, channel = (
            shop.ws.add_channel(name, [shop.alice, shop.bob]) for name in ("ignored", "mentions")
        )
        rules = f"channels:\n  {ignored}: {{listen: never}}\n  {channel}: {{listen: mentions}}\n"
        await with_rules(shop, tmp_path, rules)
        mention = f"<@{shop.ws.bot_user_id}> {AUTHORISED}"
        quiet = await shop.ws.say(shop.alice, ignored, mention)
        ts = await shop.ws.say(shop.alice, channel, AUTHORISED)
        named = await shop.ws.say(shop.bob, channel, mention)
        assert TITLE in words_of(await shop.reply_to(named, channel))
        await settled(shop)
        assert shop.replies_to(ts, channel) == []
        assert shop.replies_to(quiet, ignored) == []

    async def test_is_listened_to_beside_the_support_channels(
        self, closed_shop: Office, tmp_path: Path
    ) -> None:
        shop = closed_shop
        channel = await ruled(shop, tmp_path, "listen: always", support_channels=(shop.support,))
        ts = await shop.ws.say(shop.alice, channel, AUTHORISED)
        assert TITLE in words_of(await shop.reply_to(ts, channel))

    async def test_with_private_replies_answers_only_the_asker_who_may_share(
        self, closed_shop: Office, tmp_path: Path
    ) -> None:
        shop = closed_shop
        channel = await ruled(shop, tmp_path, "replies: private")
        ts = await shop.ws.say(shop.alice, channel, f"{AUTHORISED} INV-1")
        reply = await shop.whisper_to(shop.alice, TITLE)
        assert shop.replies_to(ts, channel) == []
        assert buttons(reply)[-3:] == [wording.MORE, wording.SHARE, wording.ESCALATE]
        await shop.ws.click(shop.alice, reply, "share")
        shared = await shop.reply_to(ts, channel)
        assert shows(shared, wording.SHARED_BY, user=shop.alice)

    async def test_with_private_replies_answers_again_when_the_message_is_edited(
        self, closed_shop: Office, tmp_path: Path
    ) -> None:
        shop = closed_shop
        channel = await ruled(shop, tmp_path, "replies: private")
        ts = await shop.ws.say(shop.alice, channel, AUTHORISED)
        await shop.whisper_to(shop.alice, TITLE)
        await shop.ws.edit(shop.alice, channel, ts, NOT_FOUND)
        await shop.whisper_to(shop.alice, "Invoice could not be found")
        await shop.ws.edit(shop.alice, channel, ts, "never mind")
        await settled(shop)
        assert len(shop.ws.ephemerals(shop.alice)) == 2

    async def test_with_private_replies_still_brings_a_person(
        self, closed_shop: Office, tmp_path: Path
    ) -> None:
        shop = closed_shop
        channel = await ruled(shop, tmp_path, "replies: private")
        await shop.ws.say(shop.alice, channel, AUTHORISED)
        await shop.escalate(shop.alice, await shop.whisper_to(shop.alice, TITLE))
        assert "ESC-1" in words_of(await shop.card())
        im = shop.ws.open_im(shop.alice)
        await shop.ws.until(lambda: bool(shop.ws.messages(im)))
        assert "ESC-1" in words_of(shop.ws.messages(im)[0])

    async def test_reads_the_apps_it_names(self, closed_shop: Office, tmp_path: Path) -> None:
        shop = closed_shop
        channel = await ruled(shop, tmp_path, "bots: [B0CLICKPOS]")
        field = {"title": "Xero says", "value": AUTHORISED, "short": False}
        ts = await shop.ws.say(
            shop.alice,
            channel,
            "",
            subtype="bot_message",
            bot_id="B0CLICKPOS",
            attachments=[{"fields": [field]}],
        )
        other = await shop.ws.say(
            shop.alice, channel, AUTHORISED, subtype="bot_message", bot_id="B0OTHER"
        )
        elsewhere = await shop.ws.say(
            shop.alice, shop.support, AUTHORISED, subtype="bot_message", bot_id="B0CLICKPOS"
        )
        assert TITLE in words_of(await shop.reply_to(ts, channel))
        await settled(shop)
        assert shop.replies_to(other, channel) == []
        assert shop.replies_to(elsewhere) == []

    async def test_has_its_cards_in_a_channel_of_its_own(
        self, closed_shop: Office, tmp_path: Path
    ) -> None:
        shop = closed_shop
        carol = shop.ws.add_user("Carol")
        cards = shop.ws.add_channel("franchise-escalations", [carol])
        channel = await ruled(shop, tmp_path, f"escalations: {cards}")
        ts = await shop.ws.say(shop.alice, channel, AUTHORISED)
        await shop.escalate(shop.alice, await shop.reply_to(ts, channel))
        await shop.ws.until(lambda: bool(shop.ws.messages(cards)))
        assert shop.ws.messages(shop.escalations) == []
        await shop.ws.click(carol, shop.ws.messages(cards)[0], "claim")
        await shop.ws.until(lambda: shows_status(shop.ws.messages(cards)[0], Status.CLAIMED))
        quiet = await shop.ws.say(carol, cards, AUTHORISED)
        await settled(shop)
        assert shop.replies_to(quiet, cards) == []

    async def test_shows_its_escalations_to_its_own_support(
        self, closed_shop: Office, tmp_path: Path
    ) -> None:
        shop = closed_shop
        carol = shop.ws.add_user("Carol")
        cards = shop.ws.add_channel("franchise-escalations", [carol])
        channel = await ruled(shop, tmp_path, f"escalations: {cards}")
        for person, where in ((shop.alice, shop.support), (shop.bob, channel)):
            ts = await shop.ws.say(person, where, AUTHORISED)
            await shop.escalate(person, await shop.reply_to(ts, where))
        await shop.ws.until(
            lambda: bool(shop.ws.messages(cards) and shop.ws.messages(shop.escalations))
        )
        await shop.ws.settled()
        seen = await shop.ws.command(carol, channel, "/xero-error", "open")
        assert seen is not None
        assert "ESC-2" in words_of(seen)
        assert "ESC-1" not in words_of(seen)
        card = shop.ws.messages(shop.escalations)[0]
        await shop.ws.invite(carol, shop.support)
        await shop.ws.click(shop.bob, card, "claim")
        await shop.ws.until(
            lambda: shows_status(shop.ws.messages(shop.escalations)[0], Status.CLAIMED)
        )

    async def test_with_private_replies_has_the_shortcut_answer_privately(
        self, closed_shop: Office, tmp_path: Path
    ) -> None:
        shop = closed_shop
        channel = await ruled(shop, tmp_path, "listen: never")
        ts = await shop.ws.say(shop.alice, channel, AUTHORISED)
        await shop.ws.shortcut(shop.bob, channel, ts, "explain_xero_error")
        await shop.whisper_to(shop.bob, TITLE)
        assert shop.replies_to(ts, channel) == []

    async def test_is_greeted_only_where_the_operator_wants_that(
        self, closed_shop: Office, tmp_path: Path
    ) -> None:
        shop = closed_shop
        greeted = shop.ws.add_channel("greeted", [shop.alice], bot_is_member=False)
        quiet = shop.ws.add_channel("quiet", [shop.alice], bot_is_member=False)
        await with_rules(shop, tmp_path, f"channels:\n  {greeted}:\n    greeting: on\n")
        await shop.ws.invite(shop.ws.bot_user_id, quiet)
        await shop.ws.invite(shop.ws.bot_user_id, greeted)
        await shop.ws.until(lambda: bool(shop.ws.messages(greeted)))
        greeting = shop.ws.messages(greeted)[0]
        assert shows(greeting, wording.GREETING)
        assert ARTICLES.names.read_first in words_of(greeting)
        assert shop.ws.messages(quiet) == []


class TestAGuest:
    @over_http
    async def test_is_answered_and_may_escalate(self, shop: Office) -> None:
        mia = await guest(shop)
        reply = await shop.reply_to(await shop.ws.say(mia, shop.support, AUTHORISED))
        await shop.escalate(mia, reply)
        assert "ESC-1" in words_of(await shop.card())

    async def test_of_a_workspace_of_mentions_must_name_the_bot_and_of_an_ignored_one_is_not_heard(
        self, closed_shop: Office, tmp_path: Path
    ) -> None:
        shop = closed_shop
        await with_rules(shop, tmp_path, "guests:\n  T0GUESTS: mentions\n  T0QUIET: never\n")
        mia, zoe = await guest(shop), await guest(shop, "T0QUIET")
        mention = f"<@{shop.ws.bot_user_id}>"
        quiet = await shop.ws.say(zoe, shop.support, f"{mention} {AUTHORISED}")
        ts = await shop.ws.say(mia, shop.support, AUTHORISED)
        named = await shop.ws.say(mia, shop.support, f"{mention} {NOT_FOUND}")
        await shop.reply_to(named)
        await settled(shop)
        assert shop.replies_to(ts) == []
        assert shop.replies_to(quiet) == []


async def guest(shop: Office, team: str = "T0GUESTS") -> str:
    made = shop.ws.add_user("Mia", team_id=team)
    await shop.ws.invite(made, shop.support)
    return made


async def ruled(shop: Office, directory: Path, rule: str, **settings: object) -> str:
    """Returns a channel with its own rule."""
    channel = shop.ws.add_channel("franchise", [shop.alice, shop.bob])
    await with_rules(shop, directory, f"channels:\n  {channel}:\n    {rule}\n", **settings)
    return channel


async def with_rules(shop: Office, directory: Path, text: str, **settings: object) -> None:
    path = directory / "rules.yaml"
    path.write_text(text)
    await shop.restart(channels_file=path, **settings)


async def settled(shop: Office) -> None:
    """Wait until everything before is handled: a later message of somebody else is answered."""
    dora = shop.ws.add_user("Dora")
    await shop.ws.invite(dora, shop.support)
    await shop.reply_to(await shop.ws.say(dora, shop.support, "Xero: Document could not be found"))
    await shop.ws.settled()
