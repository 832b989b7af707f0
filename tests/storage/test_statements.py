"""Statements that every reply needs: built once, as building one costs as much as running it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import event

from bot.domain.replies import Posted
from bot.domain.reports import Report, Trigger
from tests.builders import judged
from tests.storage.conftest import KINDS, Stores

REPORT = Report("T1", "C1", "17.01", "U1", "Invoice could not be found", Trigger.HEARD, "17.01")
ARTICLE = "invoice-not-found"


async def reply(stores: Stores, ts: str) -> None:
    """What the stores do for a report, from its request to the end of its job."""
    report = replace(REPORT, key=ts, message_ts=ts)
    jobs = list(await stores.jobs.claim(KINDS, 50, 60))
    with stores.jobs.listening(jobs.extend):
        kept = await stores.interactions.insert_with_job(report, judged(ARTICLE), 60)
    assert kept is not None
    await stores.interactions.prior_answers(kept, {ARTICLE}, 600)
    await stores.interactions.mark_replied(kept, Posted("18.01", "digest"))
    assert len(jobs) == 1
    await stores.jobs.finish(jobs[0])


async def test_a_second_reply_builds_no_statement(stores: Stores) -> None:
    run: list[object] = []

    def executed(_connection: object, statement: object, *_: object) -> None:
        run.append(statement)

    await reply(stores, "1.1")  # stores the article's version too
    event.listen(stores.database.sync_engine, "before_execute", executed)
    try:
        await reply(stores, "1.2")
        first = tuple(run)
        await reply(stores, "1.3")
    finally:
        event.remove(stores.database.sync_engine, "before_execute", executed)
    second = run[len(first) :]
    built = [type(new).__name__ for old, new in zip(first, second, strict=True) if old is not new]
    assert built == []
    assert len(second) > 5
