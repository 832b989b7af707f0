"""Reports from the bot's database: failed jobs and feedback."""

from collections.abc import Iterable
from datetime import UTC, datetime

from bot.cli.console import out
from bot.domain import openings
from bot.domain.feedback import total
from bot.domain.jobs import FailedJob
from bot.domain.knowledge import KnowledgeBase
from bot.settings import Settings

MAX_COMPLAINTS = 200
"""The newest comments of a workspace that are printed."""


async def print_failed_jobs(settings: Settings, *, retry: bool) -> None:
    """Print the failed jobs of all workspaces, and requeue them if `retry`.

    Those that are tried again by themselves follow, with the time of the next attempt.
    """
    from bot.databases import open_stores  # noqa: PLC0415 - a faster start

    async with open_stores(settings) as workspaces:
        failed = [job for stores in workspaces for job in await stores.jobs.failed()]
        _print_jobs(failed)
        if retry:
            count = sum([await one.jobs.requeue_failed() for one in workspaces])
            out.print(f"Requeued {count} failed {'job' if count == 1 else 'jobs'}.")
        elif not failed:
            out.print("No failed jobs.")
        if retried := [job for stores in workspaces for job in await stores.jobs.retried()]:
            out.print("Tried again by themselves, with the time of the next attempt:")
            _print_jobs(retried)


def _print_jobs(jobs: Iterable[FailedJob]) -> None:
    for job in jobs:
        at = f"{datetime.fromtimestamp(job.at, UTC):%Y-%m-%d %H:%M} UTC"
        line = f"{at}  job {job.id}  {job.kind} {job.subject_id}: {job.reason}"
        out.print(line, markup=False, soft_wrap=True)


async def print_feedback(settings: Settings, knowledge: KnowledgeBase) -> None:
    """Print how often each article helped, the comments, and how often each cause was opened."""
    from bot.cli.terminal import feedback_lines  # noqa: PLC0415
    from bot.databases import open_stores  # noqa: PLC0415 - a faster start

    async with open_stores(settings) as workspaces:
        ratings = total([await one.votes.ratings() for one in workspaces], knowledge)
        complaints = [
            vote for one in workspaces for vote in await one.votes.complaints(MAX_COMPLAINTS)
        ]
        opened = openings.total([await one.openings.counts() for one in workspaces], knowledge)
    for line in feedback_lines(ratings, complaints, opened):
        out.print(line, markup=False, soft_wrap=True)
