"""Notices of what somebody waits for, once and in order."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.errors import GaveUpError, TryLaterError, UnsureError
from bot.domain.escalations import HELPDESK, Step, Verb
from bot.domain.jobs import JobKind
from bot.domain.relays import ThreadMessage
from tests.builders import thread_message
from tests.service_harness import DETAILS, MINUTE, ServiceHarness

RESOLVED = "notice resolve requester"
UNANSWERED = "notice remind requester"
IN_THREAD = ThreadMessage("C1", "17.01", "20.5", "U1", "")
REOPENED = ["notice reopen requester", "notice reopen responder"]


def notices(harness: ServiceHarness) -> list[str]:
    return [what for what in harness.up if what.startswith("notice")]


async def change(harness: ServiceHarness, number: int, *verbs: Verb) -> None:
    for verb in verbs:
        actor = "U2" if verb in {Verb.CLAIM, Verb.RESOLVE} else "U1"
        assert await harness.escalation_service.change(number, Step(verb, actor))


class TestANotice:
    async def test_of_each_change_is_posted_once(self, harness: ServiceHarness) -> None:
        number = await harness.escalate()
        for verb in (Verb.CLAIM, Verb.RESOLVE, Verb.REOPEN, Verb.WITHDRAW):
            await change(harness, number, verb)
            await harness.work()
        await harness.escalations.publish(number)
        await harness.work()
        assert notices(harness) == [RESOLVED, *REOPENED, "notice withdraw responder"]

    async def test_is_posted_in_order_though_several_changes_came_at_once(
        self, harness: ServiceHarness
    ) -> None:
        number = await harness.escalate()
        await change(harness, number, Verb.CLAIM, Verb.RESOLVE, Verb.REOPEN)
        await harness.work()
        assert notices(harness) == [RESOLVED, *REOPENED]

    async def test_of_a_resolution_follows_the_answer_that_was_sent_before(
        self, harness: ServiceHarness
    ) -> None:
        number = await harness.escalate()
        await change(harness, number, Verb.CLAIM)
        found = await harness.escalations.get(number)
        card = (found.card_channel or "", found.card_ts or "")
        post, failures = harness.poster.post_copy, [TryLaterError("Slack is slow", 3.0)]

        async def slow(*given: object) -> tuple[str, str]:
            if failures:
                raise failures.pop()
            return await post(*given)  # type: ignore[arg-type]

        harness.poster.post_copy = slow  # type: ignore[method-assign,assignment]
        await harness.relaying.send(card, thread_message(text="Retry.", card=card))
        await change(harness, number, Verb.RESOLVE)
        await harness.work_for(MINUTE)
        assert harness.up.index("answer Retry.") < harness.up.index(RESOLVED)

    async def test_of_a_resolution_does_not_wait_for_an_answer_that_cannot_be_sent(
        self, harness: ServiceHarness
    ) -> None:
        number = await harness.escalate()
        await change(harness, number, Verb.CLAIM)
        found = await harness.escalations.get(number)
        card = (found.card_channel or "", found.card_ts or "")

        async def never(*_: object) -> tuple[str, str]:
            raise TryLaterError("Slack is away")

        harness.poster.post_copy = never  # type: ignore[method-assign,assignment]
        await harness.relaying.send(card, thread_message(text="Retry.", card=card))
        await change(harness, number, Verb.RESOLVE)
        await harness.work_for(MINUTE)
        assert notices(harness) == [RESOLVED]

    async def test_of_an_unknown_outcome_is_tried_again_under_its_key(
        self, harness: ServiceHarness
    ) -> None:
        number = await harness.escalate()
        await change(harness, number, Verb.CLAIM)
        await harness.work()
        post = harness.poster.notice
        failures = [UnsureError("reset", 1.0)]

        async def unsure(*given: object) -> None:
            if failures:
                raise failures.pop()
            await post(*given)  # type: ignore[arg-type]

        harness.poster.notice = unsure  # type: ignore[method-assign,assignment]
        await change(harness, number, Verb.RESOLVE)
        await harness.work_for(MINUTE)
        assert [put for put in harness.poster.up if put[0] == RESOLVED] == [(RESOLVED, 1, True)]

    async def test_waits_for_the_card_that_it_is_posted_under(
        self, harness: ServiceHarness
    ) -> None:
        await harness.ask()
        opened, _ = await harness.escalation_service.open(1, "U1", DETAILS)
        harness.poster.failures = [UnsureError("reset", 1.0)]
        await change(harness, opened.id, Verb.WITHDRAW)
        await harness.work_for(MINUTE)
        withdrawn = harness.up.index("notice withdraw responder")
        assert harness.up.index("card") < withdrawn

    async def test_of_what_was_solved_in_zendesk_is_for_support_too(
        self, harness: ServiceHarness
    ) -> None:
        number = await harness.escalate()
        await harness.escalations.change(
            number, Step(Verb.RESOLVE, HELPDESK), (JobKind.POST_NOTICES,)
        )
        await harness.work()
        assert notices(harness) == [RESOLVED, "notice resolve responder"]

    async def test_reaches_support_though_the_thread_of_the_shop_is_gone(
        self, harness: ServiceHarness
    ) -> None:
        number = await harness.escalate()
        await change(harness, number, Verb.CLAIM, Verb.RESOLVE)
        await harness.work()
        post = harness.poster.notice

        async def gone(*given: object) -> None:
            if str(given[2]) == "requester":
                raise GaveUpError("not_in_channel")
            await post(*given)  # type: ignore[arg-type]

        harness.poster.notice = gone  # type: ignore[method-assign,assignment]
        await change(harness, number, Verb.REOPEN)
        await harness.work()
        assert notices(harness) == [RESOLVED, "notice reopen responder"]

    async def test_is_posted_once_though_a_late_process_stores_an_earlier_one(
        self, harness: ServiceHarness
    ) -> None:
        number = await harness.escalate()
        for verb in (Verb.CLAIM, Verb.RESOLVE, Verb.REOPEN):
            await change(harness, number, verb)
        await harness.work()
        await harness.escalations.set_noticed(number, 3)
        await change(harness, number, Verb.WITHDRAW)
        await harness.work()
        assert notices(harness) == [RESOLVED, *REOPENED, "notice withdraw responder"]


class TestAnEscalationThatNobodyAnswers:
    async def test_tells_its_requester_once_after_the_reminder_of_the_last_level(
        self, harness: ServiceHarness
    ) -> None:
        await harness.escalate()
        await harness.work_for(16 * MINUTE)
        assert notices(harness) == []
        await harness.work_for(15 * MINUTE)
        assert notices(harness) == [UNANSWERED]
        await harness.work_for(240 * MINUTE)
        assert len([what for what in harness.up if what.startswith("remind")]) > 3
        assert notices(harness) == [UNANSWERED]

    async def test_tells_nothing_where_somebody_claims_before_the_notice_is_posted(
        self, harness: ServiceHarness
    ) -> None:
        number = await harness.escalate()
        await harness.work_for(29 * MINUTE)
        claims = harness.escalations.remind

        async def claimed(escalation_id: int, version: int) -> bool:
            done = await claims(escalation_id, version)
            await change(harness, number, Verb.CLAIM)
            return done

        harness.escalations.remind = claimed  # type: ignore[method-assign]
        await harness.work_for(5 * MINUTE)
        assert "remind 2" in harness.up
        assert notices(harness) == []

    async def test_tells_nothing_after_an_answer_that_the_shop_asked_on(
        self, harness: ServiceHarness
    ) -> None:
        await harness.escalate()
        await harness.relaying.take(replace(IN_THREAD, sender="U2", text="Press Retry"))
        await harness.relaying.take(replace(IN_THREAD, ts="30.5", text="Still failing"))
        await harness.work_for(60 * MINUTE)
        assert "remind 2" in harness.up
        assert notices(harness) == []

    async def test_tells_it_again_where_a_claim_was_given_back_and_nobody_followed(
        self, harness: ServiceHarness
    ) -> None:
        number = await harness.escalate()
        await harness.work_for(31 * MINUTE)
        await change(harness, number, Verb.CLAIM, Verb.RELEASE)
        await harness.work_for(31 * MINUTE)
        assert notices(harness) == [UNANSWERED, UNANSWERED]
