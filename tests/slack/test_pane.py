"""The assistant pane: prompts of what is asked the most, and the same answers."""

from __future__ import annotations

from bot.sandbox import Failure
from tests.office import AUTHORISED, NOT_FOUND, Office, said

TITLE = "The invoice is not approved in Xero yet"


class TestThePane:
    async def test_suggests_what_was_asked_the_most(self, shop: Office) -> None:
        for person, error in (
            (shop.alice, NOT_FOUND),
            (shop.bob, NOT_FOUND),
            (shop.alice, "Xero: The document could not be found"),
        ):
            await shop.reply_to(await shop.ws.say(person, shop.support, error))
        carol = shop.ws.add_user("Carol")
        im, thread = shop.ws.open_im(carol), await shop.ws.open_pane(carol)
        await shop.ws.until(lambda: bool(shop.ws.prompts(im, thread)))
        first, *others = shop.ws.prompts(im, thread)
        assert first["title"] == "The payment arrived before its sales invoice was in Xero"
        assert len(others) == 3
        await shop.ws.say(carol, im, first["message"], thread_ts=thread)
        assert first["title"] in said(await shop.reply_to(thread, im))

    async def test_answers_what_is_said_and_follows_edits_and_deletions(self, shop: Office) -> None:
        im, thread = shop.ws.open_im(shop.alice), await shop.ws.open_pane(shop.alice)
        ts = await shop.ws.say(shop.alice, im, AUTHORISED, thread_ts=thread)
        assert TITLE in said(await shop.reply_to(thread, im))
        await shop.ws.edit(shop.alice, im, ts, NOT_FOUND)
        await shop.ws.until(lambda: "Invoice could not be found" in said(shop.replies_to(thread, im)[0]))
        await shop.ws.delete(shop.alice, im, ts)
        await shop.ws.until(lambda: shop.replies_to(thread, im) == [])

    async def test_always_says_something_to_a_question(self, shop: Office) -> None:
        im, thread = shop.ws.open_im(shop.alice), await shop.ws.open_pane(shop.alice)
        await shop.ws.say(shop.alice, im, "the printer eats paper", thread_ts=thread)
        assert "I do not know this error yet" in said(await shop.reply_to(thread, im))

    async def test_stands_a_change_of_channel_and_prompts_that_slack_refuses(self, shop: Office) -> None:
        shop.ws.fail_next("assistant.threads.setSuggestedPrompts", Failure.error("channel_not_found"))
        im, thread = shop.ws.open_im(shop.alice), await shop.ws.open_pane(shop.alice)
        await shop.ws.change_pane_context(shop.alice, thread, shop.support)
        await shop.ws.say(shop.alice, im, AUTHORISED, thread_ts=thread)
        assert TITLE in said(await shop.reply_to(thread, im))
        assert shop.ws.calls("chat.update") == []
