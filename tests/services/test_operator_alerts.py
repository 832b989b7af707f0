"""Alerts to the operators while their channel takes none."""

from __future__ import annotations

import pytest

from bot.domain.errors import GaveUpError, TryLaterError, UnsureError
from bot.domain.jobs import JobKind
from bot.services.operator_alerts import NO_ALERTS
from tests.service_harness import DETAILS, MINUTE, ServiceHarness

HOUR = 60 * MINUTE
ARCHIVED = "the channel C2 is archived"


async def lose_the_channel(harness: ServiceHarness) -> int:
    """Escalate while the channel of cards and alerts is archived. Returns the job of the card."""

    async def refuse(*_: object) -> None:
        raise GaveUpError(ARCHIVED)

    await harness.ask()
    harness.poster.card = harness.poster.alert = refuse  # type: ignore[method-assign, assignment]
    made, _ = await harness.escalation_service.open(1, "U1", DETAILS)
    await harness.work()
    job: int = (await harness.job(JobKind.PUBLISH_ESCALATION, made.id)).id
    return job


async def look(harness: ServiceHarness, every: float, times: int) -> None:
    """Let time pass, in seconds, and run what is due after each of these waits only.

    Jobs that are refused are tried again each minute, which would take long.
    """
    for _ in range(times):
        harness.now += every
        await harness.work()


def errors(caplog: pytest.LogCaptureFixture) -> int:
    lines = [record for record in caplog.records if record.levelname == "ERROR"]
    assert all(NO_ALERTS.format(reason=ARCHIVED) in record.getMessage() for record in lines)
    return len(lines)


async def test_are_errors_in_the_log_at_once_and_then_about_every_hour(
    harness: ServiceHarness, caplog: pytest.LogCaptureFixture
) -> None:
    await lose_the_channel(harness)
    assert errors(caplog) == 1
    await look(harness, 8 * MINUTE, times=5)
    assert errors(caplog) == 1
    for hour in range(1, 3):
        await look(harness, 6 * MINUTE, times=10)
        assert hour + 1 <= errors(caplog) <= hour + 2, "none of Prometheus's hours is without one"


async def test_are_sent_by_email_once_a_day(harness: ServiceHarness) -> None:
    card = await lose_the_channel(harness)
    reminder: int = (await harness.job(JobKind.REMIND_CLAIM, 1)).id
    await harness.work_for(20 * MINUTE)
    assert harness.emailed == [(card, ARCHIVED), (reminder, ARCHIVED)]
    await look(harness, 4 * HOUR, times=5)
    assert harness.emailed == [(card, ARCHIVED), (reminder, ARCHIVED)]
    await look(harness, 5 * HOUR, times=1)
    assert harness.emailed == [(card, ARCHIVED), (reminder, ARCHIVED)] * 2


async def test_are_sent_by_email_again_until_the_server_takes_them(harness: ServiceHarness) -> None:
    harness.email_failures = [TryLaterError("no server"), GaveUpError("no such recipient")]
    job = await lose_the_channel(harness)
    await harness.work_for(14 * MINUTE)
    assert harness.email_failures == []
    assert harness.emailed == [(job, ARCHIVED)]


async def test_that_may_have_arrived_by_email_are_not_sent_twice(harness: ServiceHarness) -> None:
    harness.email_failures = [UnsureError("the connection broke")]
    await lose_the_channel(harness)
    await harness.work_for(14 * MINUTE)
    assert (harness.email_failures, harness.emailed) == ([], [])


async def test_are_not_sent_by_email_while_slack_is_away_for_a_moment(
    harness: ServiceHarness,
) -> None:
    harness.poster.failures = [None, GaveUpError(ARCHIVED), None, None, TryLaterError("away")]
    await harness.escalate()
    await harness.work_for(MINUTE)
    assert "alert" in harness.up
    assert harness.emailed == []


async def test_are_sent_by_email_if_slack_takes_none_for_minutes(
    harness: ServiceHarness, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: object) -> None:
        raise TryLaterError("away")

    harness.poster.alert = fail  # type: ignore[method-assign, assignment]
    harness.poster.failures = [None, GaveUpError(ARCHIVED)]
    await harness.escalate()
    await harness.work_for(MINUTE)
    assert harness.emailed == []
    await harness.work_for(4 * MINUTE)
    assert [reason for _, reason in harness.emailed] == ["away"]
    assert NO_ALERTS.format(reason="away") in caplog.text
