"""What `python -m bot jobs` prints of jobs that fail, for good or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.reports import print_failed_jobs
from bot.domain.errors import GaveUpError
from bot.domain.jobs import JobKind
from tests.service_harness import REPORT, ServiceHarness
from tests.slack_harness import GivenSettings


async def listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    settings = GivenSettings(database_url=f"sqlite:///{folder}/bot.sqlite3")
    await print_failed_jobs(settings, retry=False)
    return capsys.readouterr().out.splitlines()


async def test_jobs_that_are_tried_again_are_listed_with_the_time_of_the_next_attempt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with ServiceHarness(tmp_path) as harness:
        harness.poster.failures = [None, *[GaveUpError("the channel C2 is archived")] * 9]
        number = await harness.escalate()
        job = await harness.job(JobKind.PUBLISH_ESCALATION, number)
        heading, *lines = (await listed(tmp_path, capsys))[1:]
        assert heading.startswith("Tried again")
        assert lines[0].startswith(f"1970-01-01 00:05 UTC  job {job.id}  publish_escalation 1: ")
        assert lines[0].endswith("the channel C2 is archived")
        harness.poster.failures = []
        await harness.work_for(600)
        assert await listed(tmp_path, capsys) == ["No failed jobs."]


async def test_a_job_that_failed_for_good_is_not_among_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with ServiceHarness(tmp_path) as harness:
        harness.poster.failures = [GaveUpError("restricted_action")]
        async with harness.working(harness.tasks):
            assert await harness.triage.take(REPORT)
        await harness.work()
        (line,) = await listed(tmp_path, capsys)
    assert line.endswith("post_reply 1: restricted_action")
