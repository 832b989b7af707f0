"""The Messages tab: prompts of frequent errors, and an answer in each message's thread."""

from __future__ import annotations

from bot.slack.views import ids, wording
from slack_sandbox import Failure
from tests.reading import shows
from tests.shipped import ARTICLES, AUTHORISED_TITLE, title_of
from tests.slack_harness import AUTHORISED, NOT_FOUND, Office, over_http, words_of

TITLE = AUTHORISED_TITLE
PAID_FIRST = title_of("invoice-not-found")
SET_PROMPTS = "assistant.threads.setSuggestedPrompts"


async def prompts(shop: Office, person: str) -> list[dict[str, str]]:
    """Open the tab; returns the prompts that the bot sets."""
    im = await shop.ws.open_messages(person)
    await shop.ws.until(lambda: bool(shop.ws.agent.prompts(im)))
    return shop.ws.agent.prompts(im)


class TestOpeningIt:
    async def test_suggests_what_was_asked_the_most(self, shop: Office) -> None:
        for person, error in (
            (shop.alice, NOT_FOUND),
            (shop.bob, NOT_FOUND),
            (shop.alice, "Xero: The document could not be found"),
        ):
            await shop.reply_to(await shop.ws.say(person, shop.support, error))
        carol = shop.ws.add_user("Carol")
        first, *others = await prompts(shop, carol)
        assert first["title"] == PAID_FIRST
        assert len(others) == 3
        im = shop.ws.open_im(carol)
        ts = await shop.ws.say(carol, im, first["message"])
        assert first["title"] in words_of(await shop.reply_to(ts, im))

    @over_http
    async def test_suggests_a_situation_without_a_message_in_the_words_of_a_shop(
        self, shop: Office
    ) -> None:
        silent = next(one for one in ARTICLES.values() if not one.messages)
        im = shop.ws.open_im(shop.alice)
        ts = await shop.ws.say(shop.alice, im, silent.phrases[0])
        reply = await shop.reply_to(ts, im)
        await shop.ws.click(shop.alice, reply, f"{ids.ACTION_PICK}.1")
        await shop.ws.until(lambda: wording.PICKED in words_of(shop.replies_to(ts, im)[0]))
        first, *_ = await prompts(shop, shop.ws.add_user("Carol"))
        assert first == {"title": title_of(silent.id), "message": silent.phrases[0]}

    async def test_suggests_again_each_time(self, http_shop: Office) -> None:
        await prompts(http_shop, http_shop.alice)
        im = http_shop.ws.open_im(http_shop.alice)
        await http_shop.reply_to(await http_shop.ws.say(http_shop.alice, im, AUTHORISED), im)
        assert http_shop.ws.agent.prompts(im) == []
        assert len(await prompts(http_shop, http_shop.alice)) == 4

    async def test_publishes_no_home_tab_names_no_thread_and_the_home_tab_sets_no_prompts(
        self, http_shop: Office
    ) -> None:
        await prompts(http_shop, http_shop.alice)
        (call,) = http_shop.ws.transcript.calls(SET_PROMPTS)
        assert "thread_ts" not in call, "Slack would ignore it"
        assert [exchange.ignored for exchange in http_shop.ws.transcript if exchange.ignored] == []
        assert http_shop.ws.transcript.calls("views.publish") == []
        await http_shop.ws.open_home(http_shop.bob)
        await http_shop.ws.until(lambda: http_shop.ws.home(http_shop.bob) is not None)
        assert len(http_shop.ws.transcript.calls(SET_PROMPTS)) == 1

    @over_http
    async def test_is_not_harmed_by_prompts_that_slack_refuses(self, shop: Office) -> None:
        shop.ws.api.fail_next(SET_PROMPTS, Failure.error("channel_not_found"))
        im = await shop.ws.open_messages(shop.alice)
        ts = await shop.ws.say(shop.alice, im, AUTHORISED)
        assert TITLE in words_of(await shop.reply_to(ts, im))


class TestTalkingInIt:
    @over_http
    async def test_each_message_has_a_thread_of_its_own_with_the_answer(self, shop: Office) -> None:
        im = await shop.ws.open_messages(shop.alice)
        first, second = [
            await shop.ws.say(shop.alice, im, error) for error in (AUTHORISED, NOT_FOUND)
        ]
        assert TITLE in words_of(await shop.reply_to(first, im))
        assert "Invoice could not be found" in words_of(await shop.reply_to(second, im))
        assert [len(shop.replies_to(ts, im)) for ts in (first, second)] == [1, 1]

    @over_http
    async def test_what_was_answered_in_a_channel_a_moment_ago_is_answered_in_full(
        self, shop: Office
    ) -> None:
        await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        first, *_ = await prompts(shop, shop.alice)
        im = shop.ws.open_im(shop.alice)
        for text in (first["message"], first["message"], AUTHORISED):
            answer = words_of(await shop.reply_to(await shop.ws.say(shop.alice, im, text), im))
            assert shows(answer, wording.REASON)
            assert not shows(answer, wording.ANSWERED_EARLIER)

    @over_http
    async def test_follows_edits_and_deletions(self, shop: Office) -> None:
        im = await shop.ws.open_messages(shop.alice)
        ts = await shop.ws.say(shop.alice, im, AUTHORISED)
        assert TITLE in words_of(await shop.reply_to(ts, im))
        await shop.ws.edit(shop.alice, im, ts, NOT_FOUND)
        await shop.ws.until(
            lambda: "Invoice could not be found" in words_of(shop.replies_to(ts, im)[0])
        )
        await shop.ws.delete(shop.alice, im, ts)
        await shop.ws.until(lambda: shop.replies_to(ts, im) == [])

    @over_http
    async def test_always_says_something_to_a_question(self, shop: Office) -> None:
        im = await shop.ws.open_messages(shop.alice)
        ts = await shop.ws.say(shop.alice, im, "the printer eats paper")
        assert shows(await shop.reply_to(ts, im), wording.UNKNOWN_TITLE)


@over_http
class TestAnAppThatIsStillAnAssistant:
    """An app with an old manifest: Slack opens a pane whose first message is the app's own."""

    async def test_is_answered_in_the_thread_of_its_pane(self, shop: Office) -> None:
        im = shop.ws.open_im(shop.alice)
        root = await shop.ws.say(
            shop.ws.bot_user_id,
            im,
            "New Assistant Thread",
            subtype="assistant_app_thread",
            bot_id=shop.ws.bot_id,
        )
        started = {"user_id": shop.alice, "context": {}, "channel_id": im, "thread_ts": root}
        event = {"type": "assistant_thread_started", "assistant_thread": started, "event_ts": root}
        payload = shop.ws.transcript.delivered("message")[-1].request | {
            "event_id": "Ev0PANE",
            "event": event,
        }
        assert await shop.ws.events.redeliver(payload) == 200
        ts = await shop.ws.say(shop.alice, im, AUTHORISED, thread_ts=root)
        await shop.ws.until(lambda: len(shop.ws.thread(im, root)) == 3)
        assert TITLE in words_of(shop.ws.thread(im, root)[-1])
        assert ts == shop.ws.thread(im, root)[1].ts
