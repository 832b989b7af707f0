"""The shop of an escalation: on cards and lists, in the form, and hidden from other shops."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.slack.views import wording
from slack_sandbox import Message
from tests.reading import shows
from tests.slack_harness import AUTHORISED, Office, over_http, words_in, words_of

pytestmark = over_http
CANARY = "Takapuna-Canary"


async def with_shops(shop: Office, directory: Path) -> tuple[str, str, str]:
    """Returns the channels of Ponsonby (with Alice) and Albany (also with Carol), and Carol."""
    carol = shop.ws.add_user("Carol")
    ponsonby = shop.ws.add_channel("ponsonby", [shop.alice])
    albany = shop.ws.add_channel("albany", [shop.alice, carol])
    rules = f"channels:\n  {ponsonby}: {{shop: Ponsonby}}\n  {albany}: {{shop: Albany}}\n"
    path = directory / "rules.yaml"
    path.write_text(f"{rules}shops: [Newmarket, St. Lukes]\n")
    await shop.restart(channels_file=path)
    return ponsonby, albany, carol


async def asked(shop: Office, user: str, paste: str, channel: str | None = None) -> Message:
    """The bot's reply."""
    channel = channel or shop.support
    return await shop.reply_to(await shop.ws.say(user, channel, paste), channel)


async def filled_in(shop: Office, user: str, reply: Message) -> str | None:
    """The store in the form that the button opens."""
    await shop.ws.click(user, reply, "escalate")
    view = await shop.modal(user)
    (store,) = (block["element"] for block in view.blocks if block.get("block_id") == "store")
    await shop.ws.close_modal(user)
    name: str | None = store.get("initial_value")
    return name


async def sent(shop: Office, user: str, reply: Message, **answers: str) -> Message:
    """Submit a form as it was prefilled, except these answers; returns the card."""
    before = len(shop.ws.messages(shop.escalations))
    await shop.ws.click(user, reply, "escalate")
    await shop.modal(user)
    assert await shop.ws.submit(user, answers) == {}
    await shop.ws.until(lambda: len(shop.ws.messages(shop.escalations)) > before)
    await shop.ws.settled()
    return shop.ws.messages(shop.escalations)[before]


async def open_list(shop: Office, user: str) -> str:
    reply = await shop.ws.command(user, shop.support, "/xero-error", "open")
    assert reply is not None
    return words_of(reply)


async def home_of(shop: Office, user: str) -> str:
    await shop.ws.open_home(user)
    await shop.ws.until(lambda: shop.ws.home(user) is not None)
    tab: Any = shop.ws.home(user)
    return " ".join(words_in(tab.blocks))


class TestTheForm:
    async def test_knows_the_channels_shop_or_else_the_one_that_the_paste_begins_with(
        self, shop: Office, tmp_path: Path
    ) -> None:
        ponsonby, _, _ = await with_shops(shop, tmp_path)
        reply = await asked(shop, shop.alice, f"Newmarket: {AUTHORISED}", ponsonby)
        assert await filled_in(shop, shop.alice, reply) == "Ponsonby"
        reply = await asked(shop, shop.alice, f"*st lukes*: {AUTHORISED}")
        assert await filled_in(shop, shop.alice, reply) == "St. Lukes"

    async def test_knows_what_its_writer_wrote_the_last_time(
        self, shop: Office, tmp_path: Path
    ) -> None:
        await with_shops(shop, tmp_path)
        reply = await asked(shop, shop.alice, f"Newmarket: {AUTHORISED}")
        card = await sent(shop, shop.alice, reply, store="Mount Eden")
        assert shows(card, "Mount Eden")
        im = shop.ws.open_im(shop.alice)
        again = await asked(shop, shop.alice, AUTHORISED, im)
        assert await filled_in(shop, shop.alice, again) == "Mount Eden"

    async def test_is_empty_where_nobody_knows(self, shop: Office) -> None:
        reply = await asked(shop, shop.alice, f"Newmarket: {AUTHORISED}")
        assert await filled_in(shop, shop.alice, reply) is None


class TestTheShopOfAnEscalation:
    async def test_is_on_card_and_lists_as_the_operator_spells_it(
        self, shop: Office, tmp_path: Path
    ) -> None:
        await with_shops(shop, tmp_path)
        reply = await asked(shop, shop.alice, f"Newmarket: {AUTHORISED}")
        card = await sent(shop, shop.alice, reply, store="ST LUKES")
        for seen in (
            words_of(card),
            await open_list(shop, shop.bob),
            await open_list(shop, shop.alice),
            await home_of(shop, shop.alice),
        ):
            assert "St. Lukes" in seen
            assert "ST LUKES" not in seen

    async def test_is_the_requester_in_lists_where_an_old_form_is_forgotten(
        self, shop: Office
    ) -> None:
        await sent(shop, shop.alice, await asked(shop, shop.alice, AUTHORISED), store="Albany")
        async with shop.bot.stores.database.begin() as connection:
            cleared = (
                """UPDATE escalations SET shop = NULL, details = '{"error": "", "store": ""}'"""
            )
            await connection.exec_driver_sql(cleared)
        assert f"<@{shop.alice}>" in await open_list(shop, shop.bob)


class TestAColleagueOfAnotherShop:
    async def test_sees_it_in_no_list_and_finds_nothing_of_it_by_asking_with_its_words(
        self, shop: Office, tmp_path: Path
    ) -> None:
        _, albany, carol = await with_shops(shop, tmp_path)
        await sent(shop, shop.alice, await asked(shop, shop.alice, AUTHORISED), store=CANARY)
        assert CANARY in await open_list(shop, shop.alice)
        for user in (carol, shop.alice):
            seen = await open_list(shop, user) + await home_of(shop, user)
            assert (CANARY in seen) is (user == shop.alice)
        for words, kept in ((CANARY, "ESC-1"), ("ESC-1", CANARY), ("list ESC-1", CANARY)):
            reply = await shop.ws.command(carol, albany, "/xero-error", words)
            assert reply is not None
            assert kept not in words_of(reply)

    async def test_of_the_same_channel_sees_only_their_own(
        self, shop: Office, tmp_path: Path
    ) -> None:
        _, albany, carol = await with_shops(shop, tmp_path)
        await sent(shop, shop.alice, await asked(shop, shop.alice, AUTHORISED, albany))
        assert "ESC-1" not in await open_list(shop, carol) + await home_of(shop, carol)

    async def test_who_escalates_the_same_answer_finds_no_shop_of_the_first_ones_forms(
        self, shop: Office
    ) -> None:
        first = await asked(shop, shop.alice, AUTHORISED)
        await sent(shop, shop.alice, first, store=CANARY)
        second = await asked(shop, shop.alice, "Xero: Account could not be found")
        carol = shop.ws.add_user("Carol")
        await shop.ws.invite(carol, shop.support)
        assert await filled_in(shop, shop.alice, second) == CANARY
        assert await filled_in(shop, carol, second) is None

    async def test_who_sees_a_shared_answer_finds_no_shop_of_words_they_never_saw(
        self, shop: Office, tmp_path: Path
    ) -> None:
        await with_shops(shop, tmp_path)
        text = f"Newmarket: {AUTHORISED}"
        private = await shop.ws.command(shop.alice, shop.support, "/xero-error", text)
        assert private is not None
        await shop.ws.click(shop.alice, private, "share")
        await shop.ws.until(lambda: bool(shop.ws.messages(shop.support)))
        (shared,) = shop.ws.messages(shop.support)
        assert await filled_in(shop, shop.alice, shared) == "Newmarket"
        assert await filled_in(shop, shop.bob, shared) is None

    async def test_is_not_linked_to_what_somebody_asked_for_the_other_shop(
        self, shop: Office, tmp_path: Path
    ) -> None:
        """Alice works for both; a link would show Albany that Ponsonby had the error too."""
        ponsonby, albany, _ = await with_shops(shop, tmp_path)
        await asked(shop, shop.alice, AUTHORISED, ponsonby)
        assert not shows(
            await asked(shop, shop.alice, AUTHORISED, albany), wording.ANSWERED_EARLIER
        )
        again = await asked(shop, shop.alice, AUTHORISED, albany)
        assert shows(again, wording.ANSWERED_EARLIER)
