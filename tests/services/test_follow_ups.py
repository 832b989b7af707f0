"""What a message after an answer costs, and in which conversation it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.domain.reports import Report, Trigger
from bot.domain.verdicts import FollowUp, Intent
from tests.articles_once import shipped_articles
from tests.service_harness import DETAILS, MINUTE, REPORT, ServiceHarness

THANKS = replace(
    REPORT, key="17.02", message_ts="17.02", thread_ts="17.01", text="thanks, that worked"
)
DIRECT = replace(REPORT, channel="D1", trigger=Trigger.ADDRESSED)


@contextmanager
def statements(harness: ServiceHarness) -> Iterator[list[str]]:
    """The statements that are executed meanwhile."""
    found: list[str] = []

    def hear(*given: object) -> None:
        found.append(str(given[2]))

    event.listen(harness.database.sync_engine, "before_cursor_execute", hear)
    yield found
    event.remove(harness.database.sync_engine, "before_cursor_execute", hear)


async def verdict(harness: ServiceHarness, report: Report) -> FollowUp | None:
    """The follow-up that a report is stored as; None if it is not, or as something else."""
    kept = await harness.interactions.by_key(report.channel, report.key)
    found = kept.judgement.verdict if kept and kept.judgement else None
    return found if isinstance(found, FollowUp) else None


async def test_a_message_that_is_no_reply_costs_no_statement(harness: ServiceHarness) -> None:
    with statements(harness) as executed:
        assert not await harness.triage.take(replace(THANKS, thread_ts=None))
    assert executed == []


@pytest.mark.parametrize(("text", "lookups"), [("see you at 3", 0), ("thanks", 1)])
async def test_a_reply_in_a_thread_without_an_answer_costs_one_look_at_most(
    harness: ServiceHarness, text: str, lookups: int
) -> None:
    with statements(harness) as executed:
        assert not await harness.triage.take(replace(THANKS, text=text))
    assert len([one for one in executed if one.startswith("SELECT")]) == lookups


async def test_thanks_are_about_the_answer_of_their_thread(harness: ServiceHarness) -> None:
    assert await harness.triage.take(REPORT)
    assert await harness.triage.take(THANKS)
    first = await harness.interactions.by_key("C1", "17.01")
    found = await verdict(harness, THANKS)
    assert first is not None
    assert found is not None
    assert (found.intent, found.answered, found.token) == (Intent.THANKS, first.id, first.token)


async def test_what_somebody_else_writes_is_not_stored(harness: ServiceHarness) -> None:
    await harness.triage.take(REPORT)
    assert not await harness.triage.take(replace(THANKS, user="U2"))


async def test_a_person_is_asked_for_about_the_last_report(harness: ServiceHarness) -> None:
    await harness.triage.take(REPORT)
    asked = replace(THANKS, trigger=Trigger.ADDRESSED)
    await harness.triage.take(replace(asked, text="Xero says: Gizmo must be a valid widget"))
    person = replace(asked, key="17.03", message_ts="17.03", text="get me a person")
    await harness.triage.take(person)
    last = await harness.interactions.by_key("C1", "17.02")
    found = await verdict(harness, person)
    assert last is not None
    assert found is not None
    assert (found.answered, found.token) == (last.id, last.token)


async def test_redelivered_thanks_are_stored_once(harness: ServiceHarness) -> None:
    await harness.triage.take(REPORT)
    assert await harness.triage.take(THANKS)
    assert not await harness.triage.take(THANKS)
    await harness.work_for(MINUTE)
    assert [what for what, *_ in harness.poster.up] == ["reply", "reply"]


async def test_of_two_messages_at_once_one_is_answered(harness: ServiceHarness) -> None:
    await harness.triage.take(REPORT)
    again = replace(THANKS, key="17.03", message_ts="17.03", text="cheers")
    judgement = await harness.triage._follow_ups.judge(THANKS)
    for report in (THANKS, again):
        assert await harness.interactions.insert_with_job(report, judgement, lease_seconds=0.0)
    await harness.work_for(MINUTE)
    assert [what for what, *_ in harness.poster.up] == ["reply", "reply"]
    assert await harness.interactions.by_key("C1", "17.03") is None


async def test_the_last_answer_in_a_direct_message_is_meant_for_a_day(
    harness: ServiceHarness,
) -> None:
    await harness.triage.take(DIRECT)
    soon = replace(DIRECT, key="18.01", message_ts="18.01", text="still the same")
    harness.now = 3_600.0
    await harness.triage.take(soon)
    assert await verdict(harness, soon) is not None
    late = replace(soon, key="19.01", message_ts="19.01")
    harness.now = 100_000.0
    await harness.triage.take(late)
    assert await verdict(harness, late) is None


async def test_in_a_direct_thread_that_is_with_support_only_errors_are_answered(
    harness: ServiceHarness,
) -> None:
    await harness.triage.take(DIRECT)
    first = await harness.interactions.by_key("D1", "17.01")
    assert first is not None
    await harness.escalation_service.open(first.id, "U1", DETAILS, "")
    reply = replace(DIRECT, key="17.02", message_ts="17.02", thread_ts="17.01")
    assert not await harness.triage.take(replace(reply, text="it is the Newtown till"))
    assert not await harness.triage.take(replace(reply, text="thanks"))
    assert await harness.triage.take(replace(reply, text="Xero: Invoice could not be found"))


async def test_a_description_of_an_error_is_no_follow_up_without_an_answer(tmp_path: Path) -> None:
    async with ServiceHarness(tmp_path, knowledge=shipped_articles()) as harness:
        asked = replace(REPORT, trigger=Trigger.ADDRESSED)
        described = [
            phrase
            for article in harness.recogniser.knowledge.values()
            for phrase in article.phrases
        ][::50]  # judging all five thousand takes sixteen seconds
        taken = [
            phrase
            for phrase in described
            if isinstance(
                (await harness.triage._follow_ups.judge(replace(asked, text=phrase))).verdict,
                FollowUp,
            )
        ]
        assert len(taken) <= len(described) / 30, taken
