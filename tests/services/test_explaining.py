"""The job that explains a message: who sees the answer, and what a second attempt does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.errors import ThrottledError
from bot.domain.jobs import JobKind
from bot.domain.replies import PrivateNotice
from bot.domain.reports import Trigger
from tests.builders import attempt
from tests.service_harness import REPORT, ServiceHarness

ASKED = replace(REPORT, key="click 1", trigger=Trigger.ADDRESSED, private=True)
URL = "https://hooks.slack.test/1"
HINT = f"notify {PrivateNotice.NOT_A_MEMBER}"


class TestAMessageToExplain:
    async def test_is_answered_in_its_thread_once_though_the_job_runs_again(
        self, harness: ServiceHarness
    ) -> None:
        await harness.explaining.take(ASKED, URL)
        await harness.work()
        await harness.jobs.enqueue(JobKind.EXPLAIN_MESSAGE, 1)
        await harness.work()
        assert harness.up == ["reply"]

    @pytest.mark.parametrize("is_in_channel", [False, None])
    async def test_is_answered_privately_once_though_the_job_runs_again(
        self, harness: ServiceHarness, is_in_channel: bool | None
    ) -> None:
        harness.poster.is_in_channel = is_in_channel
        await harness.explaining.take(ASKED, URL)
        await harness.work()
        await harness.jobs.enqueue(JobKind.EXPLAIN_MESSAGE, 1)
        await harness.work()
        assert harness.up[0] == "reply privately"
        assert harness.up[1:] == ([HINT] if is_in_channel is False else [])

    async def test_is_answered_privately_though_the_bot_is_invited_before_the_second_attempt(
        self, harness: ServiceHarness
    ) -> None:
        """Its buttons belong to the private reply, which may have been shown."""
        harness.poster.is_in_channel = None
        harness.poster.failures = [ThrottledError("too many", 1.0)]
        await harness.explaining.take(ASKED, URL)
        await harness.work()
        harness.poster.is_in_channel = True
        await harness.work_for(2.0)
        assert harness.up == ["reply privately"]

    async def test_is_answered_once_though_the_reason_why_privately_is_refused(
        self, harness: ServiceHarness
    ) -> None:
        harness.poster.is_in_channel = False
        harness.poster.failures = [None, ThrottledError("too many", 1.0)]
        await harness.explaining.take(ASKED, URL)
        await harness.work_for(60.0)
        assert harness.up == ["reply privately"]

    async def test_is_answered_privately_while_another_reply_to_it_is_on_its_way(
        self, harness: ServiceHarness
    ) -> None:
        await harness.triage.take(REPORT)
        await harness.explaining.take(ASKED, URL)
        await harness.explaining.explain(2, attempt())
        assert harness.up == ["reply privately"]
