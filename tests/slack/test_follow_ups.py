"""What a shop writes after an answer, through Slack."""

from __future__ import annotations

from bot.domain.article_text import plain_text
from bot.domain.verdicts import Intent
from bot.slack.views import follow_up_wording as words
from bot.slack.views import ids, wording
from slack_sandbox import Message
from tests.reading import shows
from tests.shipped import ARTICLES
from tests.slack_harness import (
    AUTHORISED,
    NOT_FOUND,
    Office,
    buttons,
    over_http,
    words_in,
    words_of,
)

ARTICLE = ARTICLES["payments-only-against-authorised"]


async def answered(shop: Office) -> tuple[str, Message]:
    """Alice's error has its answer. Returns the thread and the answer."""
    thread = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
    return thread, await shop.reply_to(thread)


async def next_reply(shop: Office, thread: str, channel: str | None = None) -> Message:
    await shop.ws.until(lambda: len(shop.replies_to(thread, channel)) == 2)
    return shop.replies_to(thread, channel)[1]


def quotes(message: Message, text: str | None) -> bool:
    """Whether a text of an article is to be read there; names on the screen are set apart."""
    assert text
    return _close(plain_text(text, {})) in _close(words_of(message))


def _close(text: str) -> str:
    return "".join(text.split())


async def asked(shop: Office, text: str, thread: str | None = None) -> Message:
    """The reply to a mention in the thread of an answer; None: of a new one."""
    if thread is None:
        thread, _ = await answered(shop)
    before = len(shop.replies_to(thread))
    await shop.ws.say(
        shop.alice, shop.support, f"<@{shop.ws.bot_user_id}> {text}", thread_ts=thread
    )
    await shop.ws.until(lambda: len(shop.replies_to(thread)) > before)
    return shop.replies_to(thread)[before]


async def stays_quiet(shop: Office, thread: str, replies: int = 1) -> None:
    """Whatever came in is handled, and the thread has no more replies than before."""
    other = await shop.ws.say(shop.bob, shop.support, "Xero: Document could not be found")
    await shop.reply_to(other)
    await shop.ws.settled()
    assert len(shop.replies_to(thread)) == replies


@over_http
class TestInTheThreadOfAnAnswer:
    async def test_thanks_get_a_word_and_a_tap_that_is_a_vote(self, shop: Office) -> None:
        thread, _ = await answered(shop)
        await shop.ws.say(shop.alice, shop.support, "cheers, that worked", thread_ts=thread)
        reply = await next_reply(shop, thread)
        assert shows(reply, words.THANKS_ASK)
        assert buttons(reply) == [words.SOLVED]
        await shop.ws.click(shop.alice, reply, "feedback")
        await shop.whisper_to(shop.alice, wording.THANKS)
        first = await shop.interactions.by_key(shop.support, thread)
        assert first is not None
        assert [vote.helped for vote in await shop.votes.for_interaction(first.id)] == [True]

    async def test_what_did_not_work_gets_the_other_causes_to_open_above_and_a_person_last(
        self, shop: Office
    ) -> None:
        thread, answer = await answered(shop)
        await shop.ws.say(shop.alice, shop.support, "thanks but still the same", thread_ts=thread)
        reply = await next_reply(shop, thread)
        assert shows(reply, words.SENTENCES[Intent.NOT_SOLVED])
        assert shows(reply, words.OPENS_ABOVE)
        assert ARTICLE.look is not None
        assert quotes(reply, ARTICLE.look.where)
        others = [plain_text(one.label or "", {}) for one in ARTICLE.causes if not one.usual]
        assert buttons(reply) == [*others, wording.MORE, wording.ESCALATE]
        first = await shop.interactions.by_key(shop.support, thread)
        assert first is not None
        assert f"{first.token} {ARTICLE.id} {ARTICLE.causes[1].id}" in str(reply.blocks)
        voided = ARTICLE.cause("voided")
        assert voided is not None
        await shop.ws.click(shop.alice, reply, f"{ids.ACTION_SHOW_CAUSE}.voided")
        await shop.ws.until(lambda: quotes(shop.replies_to(thread)[0], voided.reason))
        assert shop.replies_to(thread)[0].ts == answer.ts
        assert shop.replies_to(thread)[1].blocks == reply.blocks

    async def test_what_is_asked_is_about_the_cause_that_was_opened(self, shop: Office) -> None:
        thread, answer = await answered(shop)
        paid = ARTICLE.cause("paid")
        assert paid is not None
        await shop.ws.click(shop.alice, answer, f"{ids.ACTION_SHOW_CAUSE}.paid")
        await shop.ws.until(lambda: quotes(shop.replies_to(thread)[0], paid.reason))
        await shop.ws.say(shop.alice, shop.support, "still the same", thread_ts=thread)
        offered = buttons(await next_reply(shop, thread))
        assert plain_text(ARTICLE.usual.label or "", {}) in offered
        assert plain_text(paid.label or "", {}) not in offered
        text = f"<@{shop.ws.bot_user_id}> show me how"
        await shop.ws.say(shop.alice, shop.support, text, thread_ts=thread)
        await shop.ws.until(lambda: len(shop.replies_to(thread)) == 3)
        assert all(quotes(shop.replies_to(thread)[2], step.do) for step in paid.action)

    async def test_an_article_with_one_cause_gets_a_person_as_the_first_choice(
        self, shop: Office
    ) -> None:
        only = next(one for one in ARTICLES.values() if len(one.causes) == 1)
        text = only.examples.match[0].text
        thread = await shop.ws.say(shop.alice, shop.support, f"Xero: {text}")
        await shop.reply_to(thread)
        await shop.ws.say(shop.alice, shop.support, "still the same", thread_ts=thread)
        reply = await next_reply(shop, thread)
        assert shows(reply, words.NOTHING_NEXT)
        assert buttons(reply) == [wording.ESCALATE]
        assert "primary" in str(reply.blocks)

    async def test_what_was_read_gets_the_reason_and_the_steps_of_its_cause(
        self, shop: Office
    ) -> None:
        thread, _ = await answered(shop)
        await shop.ws.say(shop.alice, shop.support, "it's paid", thread_ts=thread)
        reply = await next_reply(shop, thread)
        paid = ARTICLE.cause("paid")
        assert paid is not None
        assert shows(reply, words.SENTENCES[Intent.READ])
        assert quotes(reply, paid.reason)
        assert all(quotes(reply, step.do) for step in paid.action)
        assert quotes(reply, f"{wording.ACTION} {wording.IF}: {paid.check}")
        assert quotes(reply, paid.done)
        assert paid.who is not None
        assert quotes(reply, ARTICLES.names.who[paid.who])
        assert buttons(reply) == [wording.SHOW_HOW, wording.MORE, wording.ESCALATE]

    async def test_the_question_what_was_read_may_be_answered_in_words_once(
        self, shop: Office
    ) -> None:
        thread, _ = await answered(shop)
        await shop.ws.say(shop.alice, shop.support, "still the same", thread_ts=thread)
        await next_reply(shop, thread)
        await shop.ws.say(shop.alice, shop.support, "Voided", thread_ts=thread)
        await shop.ws.until(lambda: len(shop.replies_to(thread)) == 3)
        assert shows(shop.replies_to(thread)[2], words.SENTENCES[Intent.READ])
        await shop.ws.say(shop.alice, shop.support, "Paid", thread_ts=thread)
        await stays_quiet(shop, thread, replies=3)

    async def test_why_after_what_was_read_is_about_that_cause(self, shop: Office) -> None:
        thread, _ = await answered(shop)
        await shop.ws.say(shop.alice, shop.support, "it's voided", thread_ts=thread)
        await next_reply(shop, thread)
        text = f"<@{shop.ws.bot_user_id}> why?"
        await shop.ws.say(shop.alice, shop.support, text, thread_ts=thread)
        await shop.ws.until(lambda: len(shop.replies_to(thread)) == 3)
        voided = ARTICLE.cause("voided")
        assert voided is not None
        assert quotes(shop.replies_to(thread)[2], voided.reason)

    async def test_only_one_message_is_answered_without_a_mention(self, shop: Office) -> None:
        thread, _ = await answered(shop)
        await shop.ws.say(shop.alice, shop.support, "still the same", thread_ts=thread)
        await next_reply(shop, thread)
        await shop.ws.say(shop.alice, shop.support, "still the same!", thread_ts=thread)
        await stays_quiet(shop, thread, replies=2)
        await shop.ws.say(
            shop.alice, shop.support, f"<@{shop.ws.bot_user_id}> still!", thread_ts=thread
        )
        await shop.ws.until(lambda: len(shop.replies_to(thread)) == 3)

    async def test_what_another_person_writes_is_left_alone_and_so_is_all_after_it(
        self, shop: Office
    ) -> None:
        thread, _ = await answered(shop)
        await shop.ws.say(shop.bob, shop.support, "thanks", thread_ts=thread)
        await shop.ws.say(shop.bob, shop.support, "have a look at Drafts", thread_ts=thread)
        ts = await shop.ws.say(shop.alice, shop.support, "still the same", thread_ts=thread)
        await stays_quiet(shop, thread)
        assert await shop.interactions.by_key(shop.support, ts) is None

    async def test_nothing_is_answered_once_support_has_it(self, shop: Office) -> None:
        thread, reply = await answered(shop)
        await shop.escalate(shop.alice, reply)
        await shop.ws.until(lambda: len(shop.replies_to(thread)) == 2)
        await shop.ws.say(shop.alice, shop.support, "still the same", thread_ts=thread)
        await stays_quiet(shop, thread, replies=2)

    async def test_talk_between_people_is_left_alone(self, shop: Office) -> None:
        thread, _ = await answered(shop)
        for text in ("ok", "brb customer", "I'll ask Priya", "Deb did you do it"):
            await shop.ws.say(shop.alice, shop.support, text, thread_ts=thread)
        await stays_quiet(shop, thread)

    async def test_an_error_is_answered_whatever_else_is_in_the_message(self, shop: Office) -> None:
        thread, _ = await answered(shop)
        text = f"thanks that worked! but now: {NOT_FOUND}"
        await shop.ws.say(shop.alice, shop.support, text, thread_ts=thread)
        assert "Invoice could not be found" in words_of(await next_reply(shop, thread))

    async def test_an_edit_changes_the_reply_and_a_deletion_removes_it(self, shop: Office) -> None:
        thread, _ = await answered(shop)
        ts = await shop.ws.say(shop.alice, shop.support, "thanks", thread_ts=thread)
        await next_reply(shop, thread)
        await shop.ws.edit(shop.alice, shop.support, ts, "why though?")
        await shop.ws.until(lambda: shows(shop.replies_to(thread)[1], words.SENTENCES[Intent.WHY]))
        await shop.ws.delete(shop.alice, shop.support, ts)
        await shop.ws.until(lambda: len(shop.replies_to(thread)) == 1)


@over_http
class TestAMention:
    async def test_for_a_person_opens_the_form_of_the_answered_error(self, shop: Office) -> None:
        reply = await asked(shop, "I want to talk to a human")
        assert shows(reply, words.SENTENCES[Intent.PERSON])
        await shop.ws.click(shop.alice, reply, "escalate")
        assert AUTHORISED in str((await shop.modal(shop.alice)).body)

    async def test_for_a_person_says_who_has_it_once_it_is_escalated(self, shop: Office) -> None:
        thread, reply = await answered(shop)
        await shop.escalate(shop.alice, reply)
        await shop.ws.until(lambda: len(shop.replies_to(thread)) == 2)
        text = f"<@{shop.ws.bot_user_id}> get me a person"
        await shop.ws.say(shop.alice, shop.support, text, thread_ts=thread)
        await shop.ws.until(lambda: len(shop.replies_to(thread)) == 3)
        reply = shop.replies_to(thread)[2]
        assert shows(reply, words.WITH_SUPPORT, name="ESC-1")
        assert buttons(reply) == []

    async def test_where_something_is_gets_its_step_or_a_person(self, shop: Office) -> None:
        thread, _ = await answered(shop)
        reply = await asked(shop, "where is Accounts recievable?", thread)
        assert shows(reply, words.STEP, number=1)
        assert quotes(reply, ARTICLE.steps[0].do)
        assert not quotes(reply, ARTICLE.steps[1].do)
        elsewhere = await asked(shop, "where is the chart of accounts?", thread)
        assert shows(elsewhere, words.STEP_ELSEWHERE)
        assert "Chart of accounts" in words_of(elsewhere)
        unknown = await asked(shop, "where is the flux capacitor?", thread)
        assert shows(unknown, words.NOT_FOUND)
        assert buttons(unknown) == [wording.ESCALATE]

    async def test_where_something_of_another_cause_is_names_that_cause_and_shows_how(
        self, shop: Office
    ) -> None:
        reply = await asked(shop, "where is Remove and Redo?")
        paid = ARTICLE.cause("paid")
        assert paid is not None
        assert shows(reply, words.STEP_OF_CAUSE, number=3, cause=paid.label)
        assert quotes(reply, paid.action[2].do)
        assert buttons(reply) == [wording.SHOW_HOW, wording.MORE, wording.ESCALATE]
        (button,) = [
            element
            for block in reply.blocks
            if block["type"] == "actions"
            for element in block["elements"]
            if element["text"]["text"] == wording.SHOW_HOW
        ]
        await shop.ws.click(shop.alice, reply, button["action_id"])
        (procedure,) = paid.procedures
        body = _close(" ".join(words_in((await shop.modal(shop.alice)).body)))
        # what names the button reads differently in a modal
        plain_steps = [step.do for step in procedure.steps if "*Escalate*" not in step.do]
        assert all(_close(plain_text(step, {})) in body for step in plain_steps)

    async def test_gets_the_part_of_the_article_that_it_is_about(self, shop: Office) -> None:
        thread, _ = await answered(shop)
        how = await asked(shop, "show me how", thread)
        assert all(quotes(how, step.do) for step in ARTICLE.usual.action)
        others = [step for one in ARTICLE.causes if not one.usual for step in one.action]
        assert not any(quotes(how, step.do) for step in others)
        why = await asked(shop, "why did that happen", thread)
        assert quotes(why, ARTICLE.usual.reason)
        assert buttons(why) == [wording.MORE]
        safe = await asked(shop, "is it safe to approve it?", thread)
        (risk,) = [step.risk for step in ARTICLE.usual.action if step.risk]
        assert quotes(safe, risk)
        assert ARTICLE.usual.who is not None
        assert shows(safe, words.WHO, who=ARTICLES.names.who[ARTICLE.usual.who])
        assert words.STATUS_PAGE in words_of(await asked(shop, "is Xero down?", thread))

    async def test_whether_it_is_safe_gets_the_risks_of_procedures_too(self, shop: Office) -> None:
        thread, _ = await answered(shop)
        await shop.ws.say(shop.alice, shop.support, "it's paid", thread_ts=thread)
        await next_reply(shop, thread)
        reply = await asked(shop, "is it safe?", thread)
        paid = ARTICLE.cause("paid")
        assert paid is not None
        (procedure,) = paid.procedures
        risks = [step.risk for step in procedure.steps if step.risk]
        assert len(risks) > 1
        assert all(quotes(reply, risk) for risk in risks)

    async def test_for_a_person_needs_no_answer_before(self, shop: Office) -> None:
        ts = await shop.ws.say(
            shop.alice, shop.support, f"<@{shop.ws.bot_user_id}> can I talk to somebody?"
        )
        reply = await shop.reply_to(ts)
        assert shows(reply, words.SENTENCES[Intent.PERSON])
        await shop.ws.click(shop.alice, reply, "escalate")
        assert "can I talk to somebody?" not in str((await shop.modal(shop.alice)).body)
        await shop.escalate(shop.alice, reply, error="the till is dead")
        assert "the till is dead" in words_of(await shop.card())

    async def test_of_a_problem_is_no_follow_up_without_an_answer(self, shop: Office) -> None:
        text = f"<@{shop.ws.bot_user_id}> the printer still eats paper"
        ts = await shop.ws.say(shop.alice, shop.support, text)
        reply = await shop.reply_to(ts)
        assert shows(reply, wording.UNKNOWN_TITLE)
        assert ARTICLES.names.read_first in words_of(reply)


@over_http
class TestADirectMessage:
    async def test_is_about_the_last_answer_there(self, shop: Office) -> None:
        im = shop.ws.open_im(shop.alice)
        await shop.reply_to(await shop.ws.say(shop.alice, im, AUTHORISED), im)
        reply = await shop.reply_to(await shop.ws.say(shop.alice, im, "still not working"), im)
        assert shows(reply, words.SENTENCES[Intent.NOT_SOLVED])

    async def test_that_says_hello_gets_what_the_bot_can_do(self, shop: Office) -> None:
        im = shop.ws.open_im(shop.alice)
        reply = await shop.reply_to(await shop.ws.say(shop.alice, im, "hi"), im)
        assert shows(reply, words.SENTENCES[Intent.GREETING])
        assert ARTICLES.names.read_first in words_of(reply)
