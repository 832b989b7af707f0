"""The causes of an error as buttons: what somebody opens, everybody sees, once, and it lasts."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial

import pytest

from bot.domain.escalation_labels import OPENED_AT
from bot.domain.escalations import XeroStatus
from bot.domain.openings import OpeningCount
from bot.domain.reports import NO_CAUSE
from bot.domain.verdicts import Judgement, article_ids
from bot.slack.views import ids, wording
from slack_sandbox import Failure, Message
from tests.builders import article
from tests.reading import shows
from tests.shipped import ARTICLES, AUTHORISED_TITLE, title_of
from tests.slack.test_doors import DESCRIPTION, no_url_is_kept
from tests.slack_harness import AUTHORISED, NOT_FOUND, Office, buttons, over_http, words_of

ARTICLE = ARTICLES["payments-only-against-authorised"]
TWO_ERRORS = f"Xero: {AUTHORISED}\nXero: {NOT_FOUND}"


def action(cause_id: str) -> str:
    return f"{ids.ACTION_SHOW_CAUSE}.{cause_id}"


def is_open(reply: Message, cause_id: str, user: str = "") -> bool:
    """Whether a reply shows a cause of `ARTICLE`, and who chose it."""
    cause = ARTICLE.cause(cause_id)
    assert cause is not None
    assert cause.label is not None
    chosen = not user or shows(reply, wording.OPENED_BY, user=user, cause=cause.label)
    return cause.reason in words_of(reply) and chosen and cause.label not in buttons(reply)


class Branches:
    """A reply in the channel, and what people press under it."""

    def __init__(self, shop: Office, reply: Message) -> None:
        self.shop = shop
        self.reply = reply

    @property
    def now(self) -> Message:
        return self.shop.ws.message(self.reply.channel, self.reply.ts)

    async def press(self, person: str, cause_id: str, message: Message | None = None) -> None:
        await self.shop.ws.click(person, message or self.now, action(cause_id))

    async def open(self, person: str, cause_id: str) -> None:
        await self.press(person, cause_id)
        await self.shop.ws.until(lambda: is_open(self.now, cause_id, person))

    async def counts(self) -> dict[str, OpeningCount]:
        """By cause."""
        found = await self.shop.bot.stores.openings.counts()
        return {cause: count for (_, cause), count in found.items()}

    def updates(self) -> int:
        calls = self.shop.ws.transcript.calls("chat.update")
        return [call["ts"] for call in calls].count(self.reply.ts)


async def answered(shop: Office, text: str = AUTHORISED) -> Branches:
    return Branches(shop, await shop.reply_to(await shop.ws.say(shop.alice, shop.support, text)))


@pytest.fixture
async def branches(http_shop: Office) -> Branches:
    return await answered(http_shop)


class TestAPress:
    @over_http
    async def test_shows_that_cause_in_the_same_reply_and_who_chose_it(self, shop: Office) -> None:
        branches = await answered(shop)
        assert is_open(branches.now, "draft")
        await branches.open(shop.bob, "paid")
        assert AUTHORISED_TITLE in words_of(branches.now)
        await branches.open(shop.alice, "draft")
        await shop.ws.settled()
        assert len(shop.replies_to(branches.reply.thread_ts or "")) == 1
        assert await branches.counts() == {"paid": OpeningCount(1, 0), "draft": OpeningCount(1, 1)}

    async def test_lasts_over_a_restart(self, branches: Branches) -> None:
        shop = branches.shop
        await branches.open(shop.alice, "paid")
        await shop.restart()
        await branches.open(shop.alice, "voided")
        assert (await branches.counts())["paid"] == OpeningCount(1, 0)

    async def test_twice_counts_once(self, branches: Branches) -> None:
        shop = branches.shop
        await asyncio.gather(*(branches.press(shop.alice, "paid", branches.reply) for _ in "12"))
        await shop.ws.until(lambda: is_open(branches.now, "paid", shop.alice))
        await branches.press(shop.bob, "paid", branches.reply)
        await shop.ws.settled()
        assert is_open(branches.now, "paid", shop.alice), "who chose it first"
        assert await branches.counts() == {"paid": OpeningCount(1, 1)}
        assert branches.updates() == 1

    async def test_by_two_people_at_different_causes_at_once_shows_one_and_counts_both(
        self, branches: Branches
    ) -> None:
        shop, shown = branches.shop, branches.reply
        await asyncio.gather(
            branches.press(shop.alice, "paid", shown), branches.press(shop.bob, "voided", shown)
        )
        interaction = await shop.interactions.by_key(shop.support, branches.reply.thread_ts or "")
        assert interaction is not None
        last = interaction.opening
        assert last is not None
        await shop.ws.until(lambda: is_open(branches.now, last.cause_id, last.user))
        await shop.ws.settled()
        assert is_open(branches.now, last.cause_id, last.user)
        counts = await branches.counts()
        assert {cause: count.times for cause, count in counts.items()} == {"paid": 1, "voided": 1}

    async def test_during_an_update_is_shown_after_it(self, branches: Branches) -> None:
        shop = branches.shop
        shop.ws.api.fail_next("chat.update", Failure.slow(0.3))
        await branches.press(shop.alice, "paid", branches.reply)
        await shop.ws.until(lambda: branches.updates() == 1)
        await branches.press(shop.bob, "voided", branches.reply)
        await shop.ws.until(lambda: is_open(branches.now, "voided", shop.bob))
        await shop.ws.settled()
        assert is_open(branches.now, "voided", shop.bob)

    async def test_is_shown_though_slack_stumbles(self, branches: Branches) -> None:
        shop = branches.shop
        for failure in (Failure.server_error(), Failure.reset(after=True)):
            shop.ws.api.fail_next("chat.update", failure)
        await branches.open(shop.alice, "paid")

    async def test_of_what_is_shown_already_or_is_not_in_the_answer_changes_nothing(
        self, branches: Branches
    ) -> None:
        shop = branches.shop
        await branches.press(shop.alice, "paid", await forged(branches, f"{ARTICLE.id} draft"))
        for number, what in enumerate(("invoice-not-found usual", f"{ARTICLE.id} nothing"), 1):
            await branches.press(shop.alice, "paid", await forged(branches, what))
            await shop.ws.until(partial(sees, shop, shop.alice, wording.NOT_IN_ANSWER, number))
        await branches.press(
            shop.alice, "paid", await forged(branches, f"{ARTICLE.id} paid", "stranger")
        )
        await shop.whisper_to(shop.alice, wording.FORGOTTEN)
        await shop.ws.settled()
        assert await branches.counts() == {}
        assert branches.updates() == 0


def sees(shop: Office, person: str, sentence: str, times: int) -> bool:
    return [shows(one, sentence) for one in shop.ws.ephemerals(person)].count(True) == times


async def token_of(branches: Branches) -> str:
    shop = branches.shop
    interaction = await shop.interactions.by_key(shop.support, branches.reply.thread_ts or "")
    assert interaction is not None
    return interaction.token


async def forged(branches: Branches, what: str, token: str = "") -> Message:
    """Returns the reply with another value on its button for *Paid*."""
    token, shown = token or await token_of(branches), branches.reply
    row = next(block for block in shown.blocks if block.get("block_id") == "causes")
    button = next(one for one in row["elements"] if one["action_id"] == action("paid"))
    button["value"] = f"{token} {what}"
    return shown


def header(reply: Message) -> str:
    return next(str(b["text"]["text"]) for b in reply.blocks if b["type"] == "header")


class TestAnotherErrorOfTheMessage:
    async def test_opens_by_the_same_button_is_not_called_the_first_and_that_comes_back(
        self, http_shop: Office
    ) -> None:
        branches = await answered(http_shop, TWO_ERRORS)
        shop, first = http_shop, title_of("invoice-not-found")
        assert header(branches.now) == first
        assert shows(branches.now, wording.SEVERAL_FIRST, count="2")
        await branches.press(shop.alice, ARTICLE.id)
        await shop.ws.until(lambda: header(branches.now) == AUTHORISED_TITLE)
        assert is_open(branches.now, "draft")
        assert not shows(branches.now, wording.SEVERAL_FIRST, count="2")
        assert shows(branches.now, wording.SEVERAL, count="2")
        await branches.press(shop.bob, "invoice-not-found")
        await shop.ws.until(lambda: header(branches.now) == first)

    async def test_is_no_choice_of_a_cause_but_what_a_vote_is_about(
        self, http_shop: Office
    ) -> None:
        branches, shop = await answered(http_shop, TWO_ERRORS), http_shop
        await branches.press(shop.alice, ARTICLE.id)
        await shop.ws.until(lambda: header(branches.now) == AUTHORISED_TITLE)
        assert not is_open(branches.now, "draft", shop.alice)
        assert await branches.counts() == {NO_CAUSE: OpeningCount(1, 1)}
        await shop.ws.click(shop.alice, branches.now, "escalate")
        assert "initial_option" not in (await shop.all_fields(shop.alice))["xero_status"]
        await vote(branches, shop.bob, "yes")
        await shop.whisper_to(shop.bob, wording.THANKS)
        assert set(await shop.votes.ratings()) == {ARTICLE.id}


class TestAnArticleThatWasPicked:
    async def test_opens_at_its_causes_too(self, http_shop: Office) -> None:
        shop = http_shop
        branches = await answered(shop, f"<@{shop.ws.bot_user_id}> {DESCRIPTION}")
        await shop.ws.click(shop.alice, branches.reply, "pick_article.1")
        await shop.ws.until(lambda: is_open(branches.now, "draft"))
        await branches.open(shop.bob, "paid")
        assert await branches.counts() == {"paid": OpeningCount(1, 1)}


class TestAnEdit:
    async def test_keeps_what_was_opened_until_the_error_is_another_one(
        self, branches: Branches
    ) -> None:
        shop, before = branches.shop, branches.reply
        await branches.open(shop.bob, "paid")
        await edited(branches, f"Ref 4711, Xero: {AUTHORISED}")
        assert is_open(branches.now, "paid", shop.bob)
        await edited(branches, f"Xero: {NOT_FOUND}")
        assert title_of("invoice-not-found") in words_of(branches.now)
        await branches.press(shop.bob, "paid", before)
        await shop.whisper_to(shop.bob, wording.NOT_IN_ANSWER)
        await edited(branches, AUTHORISED)
        assert is_open(branches.now, "draft"), "also when the first one returns"
        assert await branches.counts() == {"paid": OpeningCount(1, 0)}


async def edited(branches: Branches, text: str) -> None:
    """Edit the message, and wait until the reply is up to date."""
    shop, ts = branches.shop, branches.reply.thread_ts or ""
    await shop.ws.edit(shop.alice, shop.support, ts, text)
    await shop.ws.settled()
    interaction = await shop.interactions.by_key(shop.support, ts)
    assert interaction is not None
    assert interaction.judgement is not None
    title = title_of(article_ids(interaction.judgement.verdict)[0])
    await shop.ws.until(lambda: title in words_of(branches.now))
    await shop.ws.settled()


class TestAPrivateReply:
    async def private(self, shop: Office) -> Message:
        reply = await shop.ws.command(shop.alice, shop.support, "/xero-error", AUTHORISED)
        assert reply is not None
        return reply

    @over_http
    async def test_is_drawn_again_where_it_is_and_shared_as_it_is_open(self, shop: Office) -> None:
        reply = await self.private(shop)
        for cause_id in ("voided", "paid"):
            await shop.ws.click(shop.alice, shop.ws.ephemerals(shop.alice)[0], action(cause_id))
            await shop.ws.until(
                partial(lambda now: is_open(shop.ws.ephemerals(shop.alice)[0], now), cause_id)
            )
        assert reply.ephemeral_to == shop.alice
        assert shop.ws.messages(shop.support) == []
        await no_url_is_kept(shop)
        await shop.ws.click(shop.alice, shop.ws.ephemerals(shop.alice)[0], "share")
        await shop.ws.until(lambda: bool(shop.ws.messages(shop.support)))
        assert is_open(shop.ws.messages(shop.support)[0], "paid", shop.alice)

    @over_http
    async def test_whose_address_has_expired_keeps_the_choice_and_the_next_press_shows_it(
        self, shop: Office
    ) -> None:
        reply = await self.private(shop)
        shop.ws.api.fail_next("response_url", Failure.error("expired_url"))
        await shop.ws.click(shop.alice, reply, action("paid"))
        await no_url_is_kept(shop)
        await shop.ws.click(shop.alice, reply, action("paid"))
        await shop.ws.until(lambda: is_open(shop.ws.ephemerals(shop.alice)[0], "paid", shop.alice))
        counts = await shop.bot.stores.openings.counts()
        assert counts == {(ARTICLE.id, "paid"): OpeningCount(1, 1)}

    @over_http
    async def test_once_shared_is_updated_in_the_channel_and_where_it_was_private(
        self, shop: Office
    ) -> None:
        reply = await self.private(shop)
        await shop.ws.click(shop.alice, reply, "share")
        await shop.whisper_to(shop.alice, wording.SHARED)
        private = shop.ws.ephemerals(shop.alice)[0]
        await shop.ws.click(shop.alice, private, action("paid"))
        await shop.ws.until(lambda: is_open(shop.ws.messages(shop.support)[0], "paid", shop.alice))
        await shop.ws.until(lambda: is_open(shop.ws.ephemerals(shop.alice)[0], "paid", shop.alice))
        assert shows(shop.ws.ephemerals(shop.alice)[0], wording.SHARED)
        await no_url_is_kept(shop)


class TestTheEscalation:
    async def test_forms_card_and_handover_have_the_cause_that_was_chosen(
        self, branches: Branches
    ) -> None:
        shop = branches.shop

        async def status_in_form() -> object:
            await shop.ws.click(shop.alice, branches.now, "escalate")
            field = (await shop.all_fields(shop.alice))["xero_status"]
            await shop.ws.close_modal(shop.alice)
            return field.get("initial_option", {}).get("value")

        assert await status_in_form() is None
        await branches.open(shop.alice, "voided")
        assert await status_in_form() == XeroStatus.VOIDED
        await shop.escalate(shop.alice, branches.now)
        await shop.card()
        await shop.ws.settled()
        escalation = await shop.bot.stores.escalations.get(1)
        assert escalation.details.xero_status is XeroStatus.VOIDED, "in the short form too"
        voided = ARTICLE.cause("voided")
        assert voided is not None
        await shop.ws.until(
            lambda: (
                f"{OPENED_AT.format(title=AUTHORISED_TITLE, cause=voided.label)} ({ARTICLE.id})"
                in words_of(shop.ws.messages(shop.escalations)[0])
            )
        )

    async def test_leaves_presses_their_effect_and_votes_none(self, branches: Branches) -> None:
        shop = branches.shop
        await shop.escalate(shop.alice, branches.reply)
        await shop.ws.until(lambda: style(branches.now) == "gone")
        await shop.ws.settled()
        updates = branches.updates()
        await vote(branches, shop.alice, "no")
        await shop.modal(shop.alice)
        await shop.ws.settled()
        assert (style(branches.now), branches.updates()) == ("gone", updates)
        await branches.open(shop.bob, "paid")
        assert wording.ESCALATE not in buttons(branches.now)


async def vote(branches: Branches, person: str, side: str) -> None:
    await branches.shop.ws.click(person, branches.now, f"{ids.ACTION_FEEDBACK}.{side}")


def style(reply: Message) -> str | None:
    """Returns the style of *Escalate*; "gone" if the reply has no such button."""
    rows = [block for block in reply.blocks if block["type"] == "actions"]
    found = [one for row in rows for one in row["elements"] if one["action_id"] == "escalate"]
    return found[0].get("style") if found else "gone"


class TestAVoteThatItDidNotHelp:
    async def test_makes_escalate_the_first_choice_until_it_helped_after_all(
        self, branches: Branches
    ) -> None:
        shop = branches.shop
        assert style(branches.now) is None
        await vote(branches, shop.alice, "no")
        await shop.ws.until(lambda: style(branches.now) == "primary")
        await vote(branches, shop.bob, "yes")
        await shop.whisper_to(shop.bob, wording.THANKS)
        await shop.ws.settled()
        assert style(branches.now) == "primary", "it did not help Alice"
        await vote(branches, shop.alice, "yes")
        await shop.ws.until(lambda: style(branches.now) is None)

    async def test_is_shown_in_a_private_reply(self, http_shop: Office) -> None:
        shop = http_shop
        reply = await shop.ws.command(shop.alice, shop.support, "/xero-error", AUTHORISED)
        assert reply is not None
        await shop.ws.click(shop.alice, reply, f"{ids.ACTION_FEEDBACK}.no")
        await shop.ws.until(lambda: style(shop.ws.ephemerals(shop.alice)[0]) == "primary")
        await no_url_is_kept(shop)


class TestAReplyOfAnEarlierVersion:
    async def test_opens_votes_and_escalates_by_its_old_buttons(self, branches: Branches) -> None:
        shop, reply = branches.shop, branches.reply
        await written_before_causes(branches)
        token = await token_of(branches)
        foot = next(block for block in reply.blocks if block.get("block_id") == "foot")
        assert {f"{token} {ARTICLE.id}", token} <= {one["value"] for one in foot["elements"]}
        await shop.ws.click(shop.alice, reply, "read_all.1")
        await shop.modal(shop.alice)
        await shop.ws.close_modal(shop.alice)
        await vote(branches, shop.alice, "no")
        await shop.ws.until(lambda: style(branches.now) == "primary")
        assert shows(branches.now, "The sales summary was not sent.")
        await shop.ws.close_modal(shop.alice)
        await shop.escalate(shop.alice, branches.now)
        assert not shows(await shop.card(), OPENED_AT)


async def written_before_causes(branches: Branches) -> None:
    """Give the stored answer an article of the old form, of one cause."""
    shop = branches.shop
    interaction = await shop.interactions.by_key(shop.support, branches.reply.thread_ts or "")
    assert interaction is not None
    assert interaction.judgement is not None
    old = {ARTICLE.id: article(ARTICLE.id, title=AUTHORISED_TITLE)}
    await shop.interactions.save_files(
        replace(interaction, judgement=Judgement(interaction.judgement.verdict, old))
    )
    await shop.ws.settled()
