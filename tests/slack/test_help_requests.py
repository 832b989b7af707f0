"""A person from anywhere: the shortcut, the Home tab and /xero-error escalate."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.domain.escalations import Status, Verb
from bot.domain.jobs import JobKind
from bot.domain.relays import RelayKind
from bot.domain.reports import Report, Trigger
from bot.slack.client.web_client import SlackClient
from bot.slack.views import ids, requester_wording, support_wording, wording
from bot.storage.job_rows import WAITING
from bot.storage.relays import RelayStore
from bot.storage.tables import jobs
from slack_sandbox import PATIENCE, Failure, Message
from tests.reading import shows
from tests.shipped import AUTHORISED_TITLE
from tests.slack.payload_samples import Payload, changed, deliver, samples_about
from tests.slack_harness import (
    AUTHORISED,
    NOT_FOUND,
    Office,
    buttons,
    elements,
    over_http,
    words_of,
)

CHATTER = "the till says no again, Xero this time"
HELP = "get_help"


async def help_with(shop: Office, user: str, ts: str, channel: str | None = None) -> Any:
    """Choose the shortcut on a message; returns the form."""
    await shop.ws.shortcut(user, channel or shop.support, ts, HELP)
    return await shop.modal(user)


async def sent(shop: Office, user: str, **answers: str) -> Message:
    """Submit the form; returns the card."""
    assert await shop.ws.submit(user, {"store": "Ponsonby", **answers}) == {}
    return await shop.card()


async def note_to(shop: Office, user: str) -> Message:
    """The first direct message of the bot to a person."""
    im = shop.ws.open_im(user)
    await shop.ws.until(lambda: bool(shop.ws.messages(im)))
    return shop.ws.messages(im)[0]


async def no_reply_waits(shop: Office) -> None:
    """Wait until the jobs that post replies are done."""
    of_replies = (jobs.c.kind == JobKind.POST_REPLY, jobs.c.state == WAITING)
    waiting = select(func.count()).select_from(jobs).where(*of_replies)
    count = 1
    async with asyncio.timeout(PATIENCE):
        while count:
            async with shop.bot.stores.database.begin() as connection:
                count = (await connection.execute(waiting)).scalar_one()


def error_in(form: Any) -> str | None:
    error: str | None = elements(form)["error"].get("initial_value")
    return error


class TestTheShortcut:
    @over_http
    async def test_opens_the_form_about_the_message_and_notes_it_in_its_thread(
        self, shop: Office
    ) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, CHATTER)
        assert error_in(await help_with(shop, shop.bob, ts)) == CHATTER
        card = await sent(shop, shop.bob)
        assert CHATTER in words_of(card)
        assert any(f"p{ts.replace('.', '')}" in link for link in card.links)
        note = await shop.reply_to(ts)
        assert shows(note, requester_wording.NOTES[Verb.OPEN], user=f"<@{shop.bob}>", name="ESC-1")
        await shop.ws.settled()
        assert len(shop.replies_to(ts)) == 1, "nobody asked for an answer"

    @over_http
    async def test_names_the_article_of_an_error_on_the_card(self, shop: Office) -> None:
        paste = "Woocommerce plug-in: the document could not be found"
        ts = await shop.ws.say(shop.alice, shop.support, paste)
        await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        assert shop.replies_to(ts) == [], "other software may say this too"
        await help_with(shop, shop.alice, ts)
        assert "(document-not-found)" in words_of(await sent(shop, shop.alice))

    @over_http
    async def test_of_a_message_that_was_escalated_says_so(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, CHATTER)
        await help_with(shop, shop.alice, ts)
        await sent(shop, shop.alice)
        await shop.ws.settled()
        await shop.ws.shortcut(shop.bob, shop.support, ts, HELP)
        await shop.whisper_to(
            shop.bob, requester_wording.ALREADY_ESCALATED, name="ESC-1", user=shop.alice
        )
        await shop.ws.shortcut(shop.alice, shop.support, ts, HELP)
        await shop.whisper_to(shop.alice, requester_wording.ALREADY_YOURS, name="ESC-1")
        assert shop.ws.modal(shop.bob) is None

    @over_http
    async def test_of_two_people_at_once_makes_one_escalation(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, CHATTER)
        for user in (shop.alice, shop.bob):
            await help_with(shop, user, ts)
        forms = [shop.ws.submit(user, {"store": "Ponsonby"}) for user in (shop.alice, shop.bob)]
        assert await asyncio.gather(*forms) == [{}, {}]
        await shop.card()
        await shop.ws.settled()
        seen = [view for user in (shop.alice, shop.bob) if (view := shop.ws.modal(user))]
        assert [view.title for view in seen] == [requester_wording.ESCALATED_TITLE]
        assert len(shop.ws.messages(shop.escalations)) == 1

    @over_http
    async def test_where_the_bot_is_not_a_member_notes_it_in_a_direct_message(
        self, shop: Office
    ) -> None:
        tills = shop.ws.add_channel("tills", [shop.alice, shop.bob], bot_is_member=False)
        ts = await shop.ws.say(shop.alice, tills, AUTHORISED)
        assert error_in(await help_with(shop, shop.alice, ts, tills)) == AUTHORISED
        card = await sent(shop, shop.alice)
        assert shows(card, support_wording.CARD_PRIVATE)
        assert AUTHORISED_TITLE in words_of(card)
        note = await note_to(shop, shop.alice)
        assert shows(note, requester_wording.NOTES[Verb.OPEN], name="ESC-1")
        await shop.ws.settled()
        await shop.ws.shortcut(shop.bob, tills, ts, HELP)
        await shop.whisper_to(shop.bob, requester_wording.ALREADY_ESCALATED, name="ESC-1")

    @over_http
    async def test_asks_privately_if_slack_does_not_say_where_the_bot_is(
        self, shop: Office
    ) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, CHATTER)
        await shop.ws.until(lambda: bool(shop.ws.transcript.calls("conversations.info")))
        shop.ws.api.fail_next("conversations.info", Failure.error("fatal_error"))
        await help_with(shop, shop.alice, ts)
        assert shows(await sent(shop, shop.alice), support_wording.CARD_PRIVATE)
        assert shows(await note_to(shop, shop.alice), requester_wording.NOTES[Verb.OPEN])
        assert shop.replies_to(ts) == []

    @over_http
    async def test_asks_privately_where_the_operator_wants_private_replies(
        self, shop: Office, tmp_path: Path
    ) -> None:
        rules = tmp_path / "rules.yaml"
        rules.write_text(f"channels:\n  {shop.support}: {{replies: private}}\n")
        await shop.restart(channels_file=rules)
        ts = await shop.ws.say(shop.alice, shop.support, CHATTER)
        await help_with(shop, shop.bob, ts)
        assert shows(await sent(shop, shop.bob), support_wording.CARD_PRIVATE)
        assert shows(await note_to(shop, shop.bob), requester_wording.NOTES[Verb.OPEN])

    @over_http
    async def test_escalates_the_answer_of_a_message_and_of_the_reply_itself(
        self, shop: Office
    ) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        reply = await shop.reply_to(ts)
        assert error_in(await help_with(shop, shop.alice, ts)) == AUTHORISED
        assert error_in(await help_with(shop, shop.bob, reply.ts)) == AUTHORISED
        await sent(shop, shop.bob)
        await shop.ws.until(
            lambda: shows(shop.replies_to(ts)[0], requester_wording.ESCALATED_AS, name="ESC-1")
        )
        assert wording.ESCALATE not in buttons(shop.replies_to(ts)[0])

    @over_http
    async def test_of_what_was_written_after_an_answer_escalates_the_answer(
        self, shop: Office
    ) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.reply_to(ts)
        again = await shop.ws.say(shop.alice, shop.support, "still the same", thread_ts=ts)
        await shop.ws.until(lambda: len(shop.replies_to(ts)) == 2)
        assert error_in(await help_with(shop, shop.alice, again)) == AUTHORISED
        assert AUTHORISED_TITLE in words_of(await sent(shop, shop.alice))

    @over_http
    async def test_in_a_thread_that_support_has_adds_the_message_and_is_no_answer_if_support_chose(
        self, shop: Office
    ) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, CHATTER)
        carol = shop.ws.add_user("Carol")
        shop.ws.directory.join(shop.support, carol)
        mine = await shop.ws.say(shop.bob, shop.support, "and mine too", thread_ts=ts)
        hers = await shop.ws.say(carol, shop.support, "and hers", thread_ts=ts)
        await help_with(shop, shop.alice, ts)
        card = await sent(shop, shop.alice)
        await shop.reply_to(ts)

        def under_the_card() -> list[Message]:
            return shop.ws.thread(shop.escalations, card.ts)[1:]

        await shop.ws.shortcut(shop.bob, shop.support, mine, HELP)
        await shop.whisper_to(shop.bob, requester_wording.JOINED, name="ESC-1")
        await shop.ws.until(lambda: len(under_the_card()) == 1)
        assert "and mine too" in words_of(under_the_card()[0])
        await shop.ws.shortcut(shop.bob, shop.support, hers, HELP)
        await shop.ws.until(lambda: len(under_the_card()) == 2)
        copied = support_wording.COPIED[RelayKind.MESSAGE]
        assert shows(under_the_card()[1], copied, name="Carol")

    @over_http
    async def test_in_such_a_thread_is_not_acknowledged_if_nothing_can_be_stored(
        self, shop: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def failing(*_: object) -> None:
            raise OSError("the disk is full")

        ts = await shop.ws.say(shop.alice, shop.support, CHATTER)
        other = await shop.ws.say(shop.bob, shop.support, "and mine too", thread_ts=ts)
        await help_with(shop, shop.alice, ts)
        await sent(shop, shop.alice)
        await shop.reply_to(ts)
        monkeypatch.setattr(RelayStore, "insert", failing)
        await shop.ws.shortcut(shop.bob, shop.support, other, HELP)
        assert [trouble.user for trouble in shop.ws.client_errors] == [shop.bob]
        await shop.whisper_to(shop.bob, wording.OUR_FAULT)

    @over_http
    async def test_on_a_post_of_the_bot_without_an_error_says_where_to_choose_it(
        self, shop: Office
    ) -> None:
        client: SlackClient = shop.bot.client
        posted = await client.chat_postMessage(channel=shop.support, text="Hello")
        await shop.ws.shortcut(shop.alice, shop.support, posted["ts"], HELP)
        await shop.whisper_to(shop.alice, requester_wording.HELP_WHERE)

    @over_http
    async def test_leaves_an_edit_of_the_message_without_an_answer(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, CHATTER)
        await help_with(shop, shop.alice, ts)
        await sent(shop, shop.alice)
        await shop.reply_to(ts)
        await shop.ws.edit(shop.alice, shop.support, ts, f"{CHATTER}, at Albany as well")
        await no_reply_waits(shop)
        assert len(shop.replies_to(ts)) == 1

    @over_http
    async def test_shows_no_secret_of_the_message(self, shop: Office) -> None:
        secret = "4111 1111" + " 1111 1111"
        ts = await shop.ws.say(shop.alice, shop.support, f"{CHATTER} {secret}")
        assert secret not in (error_in(await help_with(shop, shop.bob, ts)) or "")


class TestTheHomeTab:
    async def test_has_a_button_that_gets_a_person_and_says_where_the_answer_will_be(
        self, shop: Office
    ) -> None:
        await shop.ws.open_home(shop.alice)
        await shop.ws.until(lambda: shop.ws.home(shop.alice) is not None)
        home: Any = shop.ws.home(shop.alice)
        assert shows(home.blocks, requester_wording.GET_HELP)
        await shop.ws.click(shop.alice, home, ids.ACTION_GET_HELP)
        assert error_in(await shop.modal(shop.alice)) is None
        card = await sent(shop, shop.alice, error=AUTHORISED)
        assert AUTHORISED_TITLE in words_of(card)
        assert shows(card, support_wording.CARD_PRIVATE)
        assert shows(await note_to(shop, shop.alice), requester_wording.NOTES[Verb.OPEN])
        seen: Any = shop.ws.modal(shop.alice)
        assert shows(seen.blocks, requester_wording.ESCALATED_PRIVATELY, name="ESC-1")


class TestTheCommand:
    @over_http
    async def test_escalates_what_is_written_after_it(self, shop: Office) -> None:
        text = f"Escalate Invoice INV-7: {NOT_FOUND}"
        assert await shop.ws.command(shop.alice, shop.support, "/xero-error", text) is None
        assert error_in(await shop.modal(shop.alice)) == f"Invoice INV-7: {NOT_FOUND}"
        card = words_of(await sent(shop, shop.alice))
        assert "INV-7" in card
        assert shows(await note_to(shop, shop.alice), requester_wording.NOTES[Verb.OPEN])
        assert shop.ws.messages(shop.support) == []

    @over_http
    async def test_understands_who_wants_a_person(self, shop: Office) -> None:
        for text in ("escalate", "human", "person", "Help me", "I want to talk to a human"):
            assert await shop.ws.command(shop.alice, shop.support, "/xero-error", text) is None
            assert error_in(await shop.modal(shop.alice)) is None, text
            await shop.ws.close_modal(shop.alice)

    @over_http
    async def test_knows_the_shop_of_the_last_form(self, shop: Office) -> None:
        for shown in (None, "Ponsonby"):
            await shop.ws.command(shop.alice, shop.support, "/xero-error", "escalate it broke")
            form = await shop.modal(shop.alice)
            assert elements(form)["store"].get("initial_value") == shown
            assert await shop.ws.submit(shop.alice, {"store": "Ponsonby"}) == {}
            await shop.ws.close_modal(shop.alice)
        await shop.ws.until(lambda: len(shop.ws.messages(shop.escalations)) == 2)

    @over_http
    async def test_shows_all_fields_with_what_was_typed(self, shop: Office) -> None:
        await shop.ws.command(shop.alice, shop.support, "/xero-error", "escalate")
        await shop.modal(shop.alice)
        given = await shop.all_fields(shop.alice, error="Invoice # INV-82 / 83 must be unique")
        assert given["record"]["initial_value"] == "INV-82, INV-83"
        await sent(shop, shop.alice, callback="021 555 1234")


class TestAFormThatIsSentAgain:
    """Slack, or a person after an error, may send the same form twice."""

    @over_http
    async def test_makes_one_escalation_and_none_if_it_is_about_nothing_of_ours(
        self, shop: Office
    ) -> None:
        form = form_of(shop)
        strange = changed(form, ("view", "private_metadata"), '{"report": {"key": 1}}')
        assert await deliver(shop, strange) == 200
        await shop.ws.settled()
        assert shop.ws.messages(shop.escalations) == []
        for _ in range(2):
            assert await deliver(shop, form) == 200

        def cards() -> int:
            return sum(not message.is_reply for message in shop.ws.messages(shop.escalations))

        await shop.ws.until(lambda: cards() == 1)
        await shop.ws.settled()
        assert cards() == 1

    @over_http
    async def test_continues_where_a_crash_has_stored_the_report_alone(self, shop: Office) -> None:
        form = form_of(shop)
        where: Any = json.loads(form["view"]["private_metadata"])["report"]
        report = Report(
            shop.ws.team_id,
            where["channel"],
            where["key"],
            shop.bob,
            "said",
            Trigger.HEARD,
            where["message_ts"],
        )
        kept = await shop.interactions.insert(report)
        assert kept is not None
        assert await deliver(shop, form) == 200
        found = await shop.bot.stores.escalations.for_interaction(kept.id)
        assert found is not None
        assert found.status is Status.OPEN


def form_of(shop: Office) -> Payload:
    """A form about a message that has no answer."""
    forms = [p for p in samples_about(shop, "t") if p.get("type") == "view_submission"]
    (made,) = [form for form in forms if "report" in form["view"]["private_metadata"]]
    return made
