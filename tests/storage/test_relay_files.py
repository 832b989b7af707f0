"""Relays of files and of reply boxes, and those that are held, on either database."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.domain.escalations import Details, Escalation
from bot.domain.jobs import JobKind
from bot.domain.relays import RelayKind
from bot.domain.uploads import Upload, UploadOutcome
from tests.builders import judged, thread_message
from tests.storage.conftest import Stores
from tests.storage.test_stores import REPORT

PICTURES = replace(thread_message(), files=("F1", "F2"))
COPIED = Upload("F1", UploadOutcome.COPIED, "F9")
LARGE = Upload("F2", UploadOutcome.LARGE)


@pytest.fixture
async def opened(stores: Stores) -> Escalation:
    kept = await stores.interactions.insert_with_job(REPORT, judged(), 60)
    assert kept is not None
    escalation, _ = await stores.escalations.open(kept.id, "U1", Details(error="e", store="s"), ())
    return escalation


class TestUploads:
    async def test_are_kept_one_after_the_other(self, stores: Stores, opened: Escalation) -> None:
        await stores.relays.insert(opened.id, RelayKind.ANSWER, PICTURES)
        relay = await stores.relays.get(1)
        assert relay.files_left == ("F1", "F2")
        relay = await stores.relays.add_upload(relay, COPIED)
        assert relay.files_left == ("F2",)
        relay = await stores.relays.add_upload(relay, LARGE)
        assert (relay.uploads, relay.files_left) == ((COPIED, LARGE), ())
        assert await stores.relays.get(1) == relay

    async def test_of_one_file_by_two_attempts_at_once_are_one(
        self, stores: Stores, opened: Escalation
    ) -> None:
        await stores.relays.insert(opened.id, RelayKind.ANSWER, PICTURES)
        relay = await stores.relays.get(1)
        made = [replace(COPIED, copy=f"F9{number}") for number in range(4)]
        kept = await asyncio.gather(*(stores.relays.add_upload(relay, one) for one in made))
        assert len({one.uploads for one in kept}) == 1
        assert len(kept[0].uploads) == 1

    async def test_of_a_file_that_was_taken_out_are_to_be_removed(
        self, stores: Stores, opened: Escalation
    ) -> None:
        await stores.relays.insert(opened.id, RelayKind.ANSWER, PICTURES)
        await stores.relays.add_upload(await stores.relays.get(1), COPIED)
        assert await stores.relays.edit(replace(PICTURES, files=("F2",), edited="20.0"))
        await stores.relays.edit(replace(PICTURES, files=("F2",), edited="21.0"))
        assert (await stores.relays.get(1)).revision == 2
        relay = await stores.relays.get(1)
        assert (relay.revision, relay.uploads_to_remove, relay.uploads_shown) == (2, (COPIED,), ())


class TestAHeldRelay:
    async def test_has_its_job_once_it_is_released(
        self, stores: Stores, opened: Escalation
    ) -> None:
        await stores.relays.insert(opened.id, RelayKind.ANSWER, PICTURES, held=True)
        where = PICTURES.channel, PICTURES.ts
        jobs = await stores.claim()
        assert JobKind.RELAY_MESSAGE not in {job.kind for job in jobs}
        assert await stores.relays.is_held(*where)
        released = await asyncio.gather(*(stores.relays.release(*where) for _ in range(3)))
        assert sorted(released) == [False, False, True]
        assert [job.kind for job in await stores.claim()] == [JobKind.RELAY_MESSAGE]
        assert not await stores.relays.is_held(*where)

    async def test_that_was_deleted_is_not_released(
        self, stores: Stores, opened: Escalation
    ) -> None:
        await stores.relays.insert(opened.id, RelayKind.ANSWER, PICTURES, held=True)
        await stores.relays.delete(PICTURES.channel, PICTURES.ts)
        assert not await stores.relays.release(PICTURES.channel, PICTURES.ts)


async def test_what_is_typed_in_a_box_empties_it_before_the_requester_has_it(
    stores: Stores, opened: Escalation
) -> None:
    for job in await stores.claim():
        await stores.jobs.finish(job)
    await stores.relays.insert(opened.id, RelayKind.BOX, thread_message())
    assert await stores.relays.count(opened.id, RelayKind.BOX) == 1
    kinds = {job.kind for job in await stores.claim()}
    assert {JobKind.RELAY_MESSAGE, JobKind.PUBLISH_ESCALATION} <= kinds
