"""Publishing an escalation's state to Slack, despite failures."""

from __future__ import annotations

from bot.domain.errors import GaveUpError, TryLaterError
from bot.domain.escalations import Resolution, Step, Verb
from bot.domain.jobs import JobKind
from tests.service_harness import DETAILS, MINUTE, REPORT, ServiceHarness


class TestAChange:
    async def test_is_shown_on_card_note_and_reply(self, harness: ServiceHarness) -> None:
        number = await harness.escalate()
        harness.poster.up.clear()
        await harness.escalation_service.change(number, Step(Verb.CLAIM, "U2"))
        await harness.work()
        assert harness.up == ["card", "note", "mark"]

    async def test_that_comes_while_the_one_before_is_shown_is_shown_after_it(
        self, harness: ServiceHarness
    ) -> None:
        number = await harness.escalate()
        harness.poster.up.clear()
        card = harness.poster.card
        between: list[bool] = []

        async def slowly(*given: object) -> tuple[str, str]:
            if not between:
                between.append(True)
                await harness.escalation_service.change(number, Step(Verb.RESOLVE, "U2"))
            return await card(*given)  # type: ignore[arg-type]

        harness.poster.card = slowly  # type: ignore[method-assign,assignment]
        await harness.escalation_service.change(number, Step(Verb.CLAIM, "U2"))
        await harness.work()
        shown = [what for what in harness.up if not what.startswith("notice")]
        assert shown == ["card", "note", "mark"] * 2
        assert (await harness.job(JobKind.PUBLISH_ESCALATION, number)).state == "done"

    async def test_is_shown_though_the_thread_is_gone(self, harness: ServiceHarness) -> None:
        number = await harness.escalate()
        harness.poster.up.clear()
        harness.poster.failures = [
            None,
            GaveUpError("the bot was removed"),
            GaveUpError("the reply was deleted"),
        ]
        await harness.escalation_service.change(number, Step(Verb.CLAIM, "U2"))
        await harness.work()
        assert harness.up == ["card"]
        assert (await harness.job(JobKind.PUBLISH_ESCALATION, number)).state == "done"

    async def test_secrets_are_not_kept(self, harness: ServiceHarness) -> None:
        number = await harness.escalate()
        secret = "xoxb" + "-1234567890-abcdefghijkl"
        await harness.escalation_service.change(
            number, Step(Verb.RESOLVE, "U2"), Resolution(cause=secret, helped=f"took {secret} out")
        )
        made = (await harness.escalations.get(number)).resolution
        assert made is not None
        assert secret not in f"{made}"


class TestACardThatIsRefused:
    async def test_is_retried_for_ever_and_the_requester_gets_one_note(
        self, harness: ServiceHarness
    ) -> None:
        harness.poster.failures = [
            None,
            GaveUpError("archived"),
            None,
            None,
            None,
            *[GaveUpError("archived")] * 9,
        ]
        number = await harness.escalate()
        assert harness.up == ["reply", "note", "mark", "alert"], (
            "the operators are told once as well"
        )
        await harness.work_for(30 * MINUTE)
        assert harness.up == ["reply", "note", "mark", "alert"]
        await harness.work_for(30 * MINUTE)
        later = [what for what in harness.up[4:] if what in {"card", "note", "mark"}]
        assert later[:3] == ["card", "note", "mark"], "reminders may come in between"
        assert (await harness.escalations.get(number)).card_ts is not None


class TestOpening:
    async def test_stores_the_form_without_secrets(self, harness: ServiceHarness) -> None:
        await harness.triage.take(REPORT)
        secret = "4111 1111" + " 1111 1111"
        details = DETAILS.model_copy(update={"tried": f"call me on 021 555 0199; card {secret}"})
        made, _ = await harness.escalation_service.open(1, "U1", details)
        assert "021 555 0199" in made.details.tried
        assert secret not in made.details.tried

    async def test_is_tried_again_when_slack_is_away(self, harness: ServiceHarness) -> None:
        harness.poster.failures = [None, TryLaterError("429", 30.0)]
        await harness.escalate()
        assert harness.up == ["reply"]
        await harness.work_for(MINUTE)
        assert harness.up == ["reply", "card", "note", "mark"]
