"""Files of relayed messages: each is copied once, whatever happens to the post that shows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.errors import GaveUpError, TryLaterError, UnsureError
from bot.domain.relays import ThreadMessage
from bot.domain.uploads import Upload, UploadOutcome
from tests.builders import thread_message
from tests.service_harness import MINUTE, REPORT, ServiceHarness
from tests.services.test_relaying import escalated

PICTURE = ThreadMessage(REPORT.channel, "17.01", "20.5", "U1", "", ("F1", "F2"))


def posted(harness: ServiceHarness) -> list[str]:
    words = ("upload", "message", "answer", "update", "remove", "tell sender")
    return [what.strip() for what in harness.up if what.startswith(words)]


async def test_a_picture_alone_is_copied_with_its_files_first(harness: ServiceHarness) -> None:
    await escalated(harness)
    await harness.relaying.take(PICTURE)
    await harness.work()
    assert posted(harness) == ["upload F1", "upload F2", "message"]


async def test_an_upload_is_kept_though_the_outcome_of_the_post_is_unknown(
    harness: ServiceHarness,
) -> None:
    await escalated(harness)
    harness.poster.failures = [None, None, UnsureError("reset", 1.0)]
    await harness.relaying.take(PICTURE)
    await harness.work_for(MINUTE)
    assert posted(harness) == ["upload F1", "upload F2", "message"]
    assert next(what for what in harness.poster.up if what[0].startswith("message"))[2]


async def test_what_is_uploaded_is_not_uploaded_again_where_another_file_fails(
    harness: ServiceHarness,
) -> None:
    await escalated(harness)
    harness.poster.failures = [None, TryLaterError("slow", 1.0)]
    await harness.relaying.take(PICTURE)
    await harness.work_for(MINUTE)
    assert posted(harness) == ["upload F1", "upload F2", "message"]


async def test_a_file_waits_for_a_card_that_is_out_of_reach(harness: ServiceHarness) -> None:
    await escalated(harness)
    harness.poster.failures = [GaveUpError("channel_not_found")]
    await harness.relaying.take(PICTURE)
    await harness.work_for(10 * MINUTE)
    assert posted(harness) == ["upload F1", "upload F2", "message"]


async def test_two_attempts_at_once_show_the_same_upload(harness: ServiceHarness) -> None:
    await escalated(harness)
    await harness.relaying.take(PICTURE)
    relay = await harness.relays.get(1)
    upload = Upload("F1", UploadOutcome.COPIED, "F1-copy")
    kept = await harness.relays.add_upload(relay, upload)
    again = await harness.relays.add_upload(relay, replace(upload, copy="F1-orphan"))
    assert [one.copy for one in kept.uploads] == ["F1-copy"]
    assert kept.uploads == again.uploads


@pytest.mark.parametrize("outcome", [UploadOutcome.REFUSED, UploadOutcome.LARGE])
async def test_the_sender_hears_that_files_stay(
    harness: ServiceHarness, outcome: UploadOutcome
) -> None:
    await escalated(harness)
    harness.poster.outcomes = {"F1": outcome}
    await harness.relaying.take(PICTURE)
    await harness.work()
    assert posted(harness) == ["upload F1", "upload F2", "message", "tell sender"]


async def test_a_file_that_is_removed_leaves_the_copy_and_slack(harness: ServiceHarness) -> None:
    await escalated(harness)
    await harness.relaying.take(PICTURE)
    await harness.work()
    await harness.relaying.edit(replace(PICTURE, files=("F2",), edited="21.0"))
    await harness.work()
    await harness.relaying.delete(PICTURE.channel, PICTURE.ts, PICTURE)
    await harness.work()
    assert posted(harness)[3:] == [
        "update",
        "remove F1-copy",
        "remove copy",
        "remove F1-copy",
        "remove F2-copy",
    ]


async def test_files_for_another_company_wait_until_they_are_confirmed(
    harness: ServiceHarness,
) -> None:
    _, card = await escalated(harness)
    harness.poster.is_external = True
    answer = replace(thread_message("U2", "See this", card=card), files=("F1",))
    assert await harness.relaying.send(card, answer)
    await harness.relaying.edit(replace(answer, text="See that", edited="21.0"))
    await harness.work()
    assert (posted(harness), await harness.relaying.is_held(answer)) == ([], True)
    assert await harness.relaying.confirm(answer.channel, answer.ts)
    assert not await harness.relaying.confirm(answer.channel, answer.ts)
    await harness.work()
    assert posted(harness) == ["upload F1", "answer See that"]


async def test_what_has_no_files_waits_for_nobody(harness: ServiceHarness) -> None:
    _, card = await escalated(harness)
    harness.poster.is_external = True
    await harness.relaying.send(card, thread_message("U2", "Press A", card=card))
    await harness.work()
    assert posted(harness) == ["answer Press A"]


async def test_an_edit_of_the_escalated_message_copies_no_file(harness: ServiceHarness) -> None:
    await escalated(harness)
    edited = replace(PICTURE, ts=REPORT.key, text="INV-99 could not be found", edited="21.0")
    await harness.relaying.report_edited("INV-71 could not be found", edited)
    await harness.work()
    assert [what for what in harness.up if what.startswith(("report", "upload"))] == [
        "report INV-71 → INV-99"
    ]
