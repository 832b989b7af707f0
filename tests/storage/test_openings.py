"""The store of what people open in replies, and what votes do to a reply, on either database."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from bot.domain.attachments import FileText, ReadOutcome
from bot.domain.escalations import Details
from bot.domain.feedback import Vote
from bot.domain.jobs import JobKind
from bot.domain.openings import OpeningCount, total
from bot.domain.replies import Posted
from bot.domain.reports import Interaction, Opening, Report, Trigger
from bot.domain.verdicts import Judgement
from bot.storage.openings import OpeningStore
from bot.storage.tables import openings
from tests.builders import article, judged, knowledge
from tests.storage.conftest import Stores

REPORT = Report("T1", "C1", "17.01", "U1", "Invoice could not be found", Trigger.HEARD, "17.01")
ARTICLE, OTHER = "invoice-not-found", "account-not-found"
PAID, VOIDED = Opening(ARTICLE, "paid", "U2"), Opening(ARTICLE, "voided", "U3")


@pytest.fixture
def opened(stores: Stores) -> OpeningStore:
    return OpeningStore(stores.database, "T1")


async def answered(stores: Stores, ts: str = "17.01", **given: object) -> Interaction:
    report = replace(REPORT, key=ts, message_ts=ts, **given)  # type: ignore[arg-type]
    kept = await stores.interactions.insert(report, judged(ARTICLE, OTHER))
    assert kept is not None
    return kept


async def edited(
    stores: Stores, kept: Interaction, judgement: Judgement | None, **given: object
) -> Interaction:
    report = replace(kept.report, text="new", edited="18.01", **given)  # type: ignore[arg-type]
    assert await stores.interactions.edit(kept, report, judgement, JobKind.UPDATE_REPLY)
    return await stores.interactions.get(kept.id)


async def kinds(stores: Stores) -> list[JobKind]:
    return [job.kind for job in await stores.claim()]


async def rows(stores: Stores) -> int:
    async with stores.database.connect() as connection:
        count = select(func.count()).select_from(openings)
        return int((await connection.execute(count)).scalar_one())


class TestAnOpening:
    async def test_is_kept_with_the_job_that_updates_the_reply(
        self, stores: Stores, opened: OpeningStore
    ) -> None:
        kept = await answered(stores)
        assert kept.opening is None
        assert await opened.save(kept, PAID)
        assert (await stores.interactions.get(kept.id)).opening == PAID
        assert await kinds(stores) == [JobKind.UPDATE_REPLY]

    async def test_of_what_is_open_already_changes_nothing(
        self, stores: Stores, opened: OpeningStore
    ) -> None:
        kept = await answered(stores)
        await opened.save(kept, PAID)
        await stores.claim()
        assert await opened.save(kept, replace(PAID, user="U9"))
        assert (await stores.interactions.get(kept.id)).opening == PAID
        assert await opened.counts() == {(ARTICLE, "paid"): OpeningCount(1, 1)}

    async def test_at_once_by_sixteen_people_is_kept_once(
        self, stores: Stores, opened: OpeningStore
    ) -> None:
        kept = await answered(stores)
        people = [replace(PAID, user=f"U{number}") for number in range(16)]
        assert all(await asyncio.gather(*(opened.save(kept, one) for one in people)))
        assert await rows(stores) == 1

    async def test_at_different_causes_at_once_is_kept_each_and_the_last_one_counts(
        self, stores: Stores, opened: OpeningStore
    ) -> None:
        kept = await answered(stores)
        await asyncio.gather(opened.save(kept, PAID), opened.save(kept, VOIDED))
        now = (await stores.interactions.get(kept.id)).opening
        assert now in {PAID, VOIDED}
        counts = await opened.counts()
        assert {key: count.times for key, count in counts.items()} == {
            (ARTICLE, "paid"): 1,
            (ARTICLE, "voided"): 1,
        }
        assert sum(count.reports for count in counts.values()) == 1

    async def test_after_an_edit_is_refused(self, stores: Stores, opened: OpeningStore) -> None:
        kept = await answered(stores)
        await edited(stores, kept, judged(ARTICLE))
        assert not await opened.save(kept, PAID)
        assert not await opened.redraw(kept, "https://one")
        assert await rows(stores) == 0

    async def test_has_an_ephemeral_reply_drawn_at_the_newest_address_even_if_it_is_open_there(
        self, stores: Stores, opened: OpeningStore
    ) -> None:
        kept = await answered(stores, private=True)
        for url in ("https://one", "https://two"):
            assert await opened.save(kept, PAID, url)
            assert await kinds(stores) == [JobKind.UPDATE_REPLY]
            for job in await stores.claim():
                await stores.jobs.finish(job)
            assert (await stores.interactions.get(kept.id)).ephemeral_url == url
            await stores.pass_time(120)
        assert await rows(stores) == 1

    async def test_before_the_reply_is_marked_as_posted_has_it_updated_then(
        self, stores: Stores, opened: OpeningStore
    ) -> None:
        kept = await answered(stores)
        await opened.save(kept, PAID)
        for job in await stores.claim():
            await stores.jobs.finish(job)
        await stores.interactions.mark_replied(kept, Posted("17.99", "digest"))
        assert await kinds(stores) == [JobKind.UPDATE_REPLY]

    async def test_keeps_its_report_from_being_dropped(
        self, stores: Stores, opened: OpeningStore
    ) -> None:
        kept = await answered(stores)
        await opened.save(kept, PAID)
        await stores.interactions.drop(kept)
        assert (await stores.interactions.get(kept.id)).opening == PAID


class TestAnEdit:
    async def test_that_keeps_the_article_keeps_what_was_opened(
        self, stores: Stores, opened: OpeningStore
    ) -> None:
        kept = await answered(stores)
        await opened.save(kept, PAID)
        assert (await edited(stores, kept, judged(OTHER, ARTICLE))).opening == PAID

    async def test_to_another_answer_forgets_what_was_opened_but_not_that_it_was(
        self, stores: Stores, opened: OpeningStore
    ) -> None:
        kept = await answered(stores)
        await opened.save(kept, PAID)
        assert (await edited(stores, kept, judged(OTHER))).opening is None
        assert await opened.counts() == {(ARTICLE, "paid"): OpeningCount(1, 0)}

    @pytest.mark.parametrize(("found", "stays"), [(ARTICLE, True), (OTHER, False)])
    async def test_of_files_forgets_it_once_they_are_read(
        self, stores: Stores, opened: OpeningStore, found: str, stays: bool
    ) -> None:
        kept = await answered(stores)
        await opened.save(kept, PAID)
        unread = await edited(stores, kept, None, files=("F1",))
        assert unread.opening == PAID
        results = (FileText("till.txt", ReadOutcome.READ),)
        read = replace(unread, file_results=results, judgement=judged(found))
        await stores.interactions.save_files(read)
        assert ((await stores.interactions.get(kept.id)).opening == PAID) is stays

    async def test_leaves_what_was_opened_when_it_was_escalated(
        self, stores: Stores, opened: OpeningStore
    ) -> None:
        kept = await answered(stores)
        await opened.save(kept, PAID)
        await stores.escalations.open(kept.id, "U1", Details(error="e", store="s"), ())
        await opened.save(kept, VOIDED)
        assert (await stores.interactions.get(kept.id)).opening == VOIDED
        await edited(stores, kept, judged(OTHER))
        assert (await stores.interactions.escalated(kept.id)).opening == PAID


class TestCounts:
    async def test_are_of_one_workspace_and_say_what_was_opened_last(
        self, stores: Stores, opened: OpeningStore
    ) -> None:
        first, second = await answered(stores), await answered(stores, "17.02")
        for opening in (PAID, VOIDED, PAID):
            await opened.save(first, opening)
        await opened.save(second, VOIDED)
        assert await opened.counts() == {
            (ARTICLE, "paid"): OpeningCount(2, 1),
            (ARTICLE, "voided"): OpeningCount(2, 1),
        }
        assert await OpeningStore(stores.database, "T2").counts() == {}

    def test_of_a_merged_article_are_added_up(self) -> None:
        known = knowledge(article(ARTICLE, formerly=[OTHER]))
        counts = {
            (ARTICLE, "paid"): OpeningCount(2, 1),
            (OTHER, "paid"): OpeningCount(3, 2),
            (OTHER, "draft"): OpeningCount(1, 0),
        }
        assert total([counts, {(ARTICLE, "paid"): OpeningCount(1, 1)}], known) == {
            (ARTICLE, "paid"): OpeningCount(6, 4),
            (ARTICLE, "draft"): OpeningCount(1, 0),
        }


class TestAVoteThatItDidNotHelp:
    async def test_has_the_reply_updated_and_so_has_taking_it_back(self, stores: Stores) -> None:
        kept = await answered(stores)
        await stores.votes.save(kept.id, Vote("U1", helped=True))
        assert await kinds(stores) == []
        for helped in (False, True):
            await stores.votes.save(kept.id, Vote("U1", helped=helped))
            assert await stores.votes.is_unhelpful(kept.id) is not helped
            (job,) = await stores.claim()
            assert job.kind is JobKind.UPDATE_REPLY
            await stores.jobs.finish(job)

    async def test_is_not_taken_back_by_somebody_else(self, stores: Stores) -> None:
        kept = await answered(stores)
        await stores.votes.save(kept.id, Vote("U1", helped=False))
        await stores.votes.save(kept.id, Vote("U2", helped=True))
        assert await stores.votes.is_unhelpful(kept.id)

    async def test_keeps_the_address_of_an_ephemeral_reply(self, stores: Stores) -> None:
        kept = await answered(stores, private=True)
        await stores.votes.save(kept.id, Vote("U1", helped=False), "https://one")
        assert (await stores.interactions.get(kept.id)).ephemeral_url == "https://one"

    async def test_before_the_reply_is_marked_as_posted_has_it_updated_then(
        self, stores: Stores
    ) -> None:
        kept = await answered(stores)
        await stores.votes.save(kept.id, Vote("U1", helped=False))
        for job in await stores.claim():
            await stores.jobs.finish(job)
        await stores.interactions.mark_replied(kept, Posted("17.99", "digest"))
        assert await kinds(stores) == [JobKind.UPDATE_REPLY]
