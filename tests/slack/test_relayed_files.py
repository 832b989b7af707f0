"""Files go with the messages that are copied between the two threads, once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.jobs import JobKind
from bot.domain.relays import RelayKind
from bot.domain.uploads import MAX_COPY_BYTES, UploadOutcome
from bot.slack.views import file_wording, ids, requester_wording, support_wording, wording
from bot.slack.views.relay_files import MAX_FILES
from bot.storage.tables import jobs
from slack_sandbox import PATIENCE, Failure, Message
from tests.reading import shows
from tests.slack.escalated_case import Case, escalated
from tests.slack_harness import AUTHORISED, QUICK, Office, office, over_http, words_of

STEPS = {"name": "steps.png", "content": b"picture"}
LOG = {"name": "till.log", "content": "ERROR 7"}
Json = dict[str, Any]


async def answer(case: Case, text: str, *files: Json) -> str:
    """Bob's reply under the card, sent to the requester; its ts."""
    shop = case.shop
    thread = case.card.ts
    ts = await shop.ws.say(shop.bob, shop.escalations, text, thread_ts=thread, files=[*files])
    await shop.ws.shortcut(shop.bob, shop.escalations, ts, ids.SHORTCUT_SEND)
    return ts


async def write(case: Case, text: str, *files: Json) -> str:
    """Alice's message in her thread; its ts."""
    shop = case.shop
    return await shop.ws.say(shop.alice, shop.support, text, thread_ts=case.ts, files=[*files])


async def answers(case: Case, count: int = 1) -> list[Message]:
    await case.shop.ws.until(lambda: len(case.shop.replies_to(case.ts)) == 2 + count)
    return case.shop.replies_to(case.ts)[2:]


async def copied(case: Case) -> Message:
    """The copy of what Alice wrote."""
    introduction = support_wording.COPIED[RelayKind.MESSAGE]

    def found() -> list[Message]:
        return [m for m in case.under_the_card if shows(m, introduction)]

    await case.shop.ws.until(lambda: bool(found()))
    return found()[0]


def assert_missing(copy: Message, outcome: UploadOutcome, name: str) -> None:
    """The copy for support says why the file of this name is not there."""
    reason = file_wording.FILE_REASONS[outcome]
    assert shows(copy, support_wording.FILE_MISSING.replace("{reason}", reason), name=name)


def images(message: Message) -> list[str]:
    return [b["slack_file"]["id"] for b in message.blocks if b["type"] == "image"]


def uploads(case: Case) -> dict[str, bytes]:
    return {file.id: file.content for file in case.shop.ws.files.uploaded}


class TestAnAnswer:
    async def test_shows_its_picture_to_the_shop_once_slack_has_scanned_it(
        self, http_case: Case
    ) -> None:
        case = http_case
        case.shop.ws.files.scans = 2
        await answer(case, "Press the button marked red", STEPS)
        (sent,) = await answers(case)
        assert "Press the button marked red" in words_of(sent)
        assert [uploads(case)[file] for file in images(sent)] == [b"picture"]
        (file,) = case.shop.ws.files.uploaded
        assert file.channels == {case.shop.support}

    async def test_shares_other_files_by_their_links(self, http_case: Case) -> None:
        names = ("till.log", "till.pdf", "till.HEIC")
        await answer(http_case, "", *(LOG | {"name": name} for name in names))
        (sent,) = await answers(http_case)
        assert images(sent) == []
        assert sent.unfurls, "Slack shows the file below the link"
        assert [uploads(http_case)[file["id"]] for file in sent.files] == [b"ERROR 7"] * 3
        assert [name for name in names if name not in words_of(sent)] == []

    async def test_links_a_picture_that_slack_refuses_as_an_image(self, http_case: Case) -> None:
        shop = http_case.shop
        shop.ws.api.fail_next("chat.postMessage", Failure.error("invalid_blocks"))
        await answer(http_case, "See this", STEPS)
        (sent,) = await answers(http_case)
        assert (images(sent), len(sent.files)) == ([], 1)

    async def test_goes_once_though_the_outcome_of_its_post_is_unknown(
        self, http_case: Case
    ) -> None:
        shop = http_case.shop
        shop.ws.api.fail_next("chat.postMessage", Failure.reset(after=True))
        await answer(http_case, "See this", STEPS)
        await answers(http_case)
        await shop.ws.settled()
        assert len(shop.replies_to(http_case.ts)) == 3
        assert len(uploads(http_case)) == 1

    async def test_is_shown_by_the_next_process_without_another_upload(
        self, tmp_path: Path
    ) -> None:
        async with office(tmp_path, timings=replace(QUICK, poll=0.2)) as shop:
            case = await escalated(shop)
            posts = len(shop.ws.transcript.calls("chat.postMessage"))
            shop.ws.api.fail_next("chat.postMessage", Failure.rate_limited(retry_after=1))
            await answer(case, "See this", STEPS)
            await shop.ws.until(lambda: len(shop.ws.transcript.calls("chat.postMessage")) > posts)
            await shop.restart()
            (sent,) = await answers(case)
            assert images(sent) == [*uploads(case)]
            assert len(shop.ws.transcript.calls("files.completeUploadExternal")) == 1

    async def test_leaves_at_most_an_unseen_file_where_an_upload_is_cut(
        self, http_case: Case
    ) -> None:
        shop = http_case.shop
        shop.ws.api.fail_next("files.completeUploadExternal", Failure.reset(after=True))
        await answer(http_case, "See this", STEPS)
        (sent,) = await answers(http_case)
        orphans = [f for f in shop.ws.files.uploaded if f.id not in images(sent)]
        assert [orphan.channels for orphan in orphans] == [set()]

    async def test_of_nothing_or_of_a_deleted_file_is_refused(self, http_case: Case) -> None:
        shop, thread = http_case.shop, http_case.card.ts
        given: tuple[list[Json], ...] = ([], [STEPS])
        for files in given:
            ts = await shop.ws.say(shop.bob, shop.escalations, " ", thread_ts=thread, files=files)
            for file in shop.ws.message(shop.escalations, ts).files:
                shop.ws.files.remove(file["id"])
            await shop.ws.shortcut(shop.bob, shop.escalations, ts, ids.SHORTCUT_SEND)
        await shop.ws.until(lambda: len(shop.ws.ephemerals(shop.bob)) == len(given))
        refused = support_wording.SEND_EMPTY
        assert all(shows(whisper, refused) for whisper in shop.ws.ephemerals(shop.bob))


class TestAMessageOfTheShop:
    async def test_shows_its_picture_to_support_until_it_is_taken_out_or_the_message_deleted(
        self, http_case: Case
    ) -> None:
        shop = http_case.shop
        ts = await write(http_case, "", STEPS, LOG)
        copy = await copied(http_case)
        assert [uploads(http_case)[file] for file in images(copy)] == [b"picture"]
        assert copy.effective_mentions == []
        picture = shop.ws.message(shop.support, ts).files[0]["id"]
        await shop.ws.edit(shop.alice, shop.support, ts, without_files=[picture])
        await shop.ws.until(
            lambda: (
                images(shop.ws.message(copy.channel, copy.ts)) == []
                and [*uploads(http_case).values()] == [b"ERROR 7"]
            )
        )
        await shop.ws.delete(shop.alice, shop.support, ts)
        await shop.ws.until(lambda: http_case.under_the_card == [] and not uploads(http_case))

    async def test_loses_the_picture_that_somebody_deletes(self, http_case: Case) -> None:
        shop = http_case.shop
        ts = await write(http_case, "Look", STEPS)
        copy = await copied(http_case)
        was: Json = {"type": "message", "user": shop.alice, "text": "Look", "ts": ts}
        was |= {"thread_ts": http_case.ts}
        picture = shop.ws.message(shop.support, ts).files[0]["id"]
        now = was | {"files": [{"id": picture, "mode": "tombstone"}]}
        change: Json = {"type": "message", "subtype": "message_changed", "channel": shop.support}
        change |= {"message": now, "previous_message": was, "channel_type": "channel"}
        await shop.ws.events.send(change | {"ts": "1999999999.000100", "hidden": True})
        await shop.ws.until(lambda: images(shop.ws.message(copy.channel, copy.ts)) == [])

    async def test_says_how_many_files_do_not_fit(self, http_case: Case) -> None:
        many = [{"name": f"{number}.log", "content": "x"} for number in range(MAX_FILES + 2)]
        await write(http_case, "Look", *many)
        copy = await copied(http_case)
        assert len(copy.files) == MAX_FILES
        assert shows(copy, file_wording.FILES_MORE[1], count="2")


class TestAFileThatStays:
    async def test_is_named_to_its_sender_without_the_scope(self, http_case: Case) -> None:
        shop = http_case.shop
        shop.ws.api.scopes.discard("files:write")
        await write(http_case, "Look", STEPS)
        await shop.whisper_to(shop.alice, requester_wording.FILES_STAY)
        copy = await copied(http_case)
        assert_missing(copy, UploadOutcome.REFUSED, "steps.png")
        assert shows(copy, support_wording.COPIED_LINK)
        await answer(http_case, "Press A", STEPS)
        await shop.whisper_to(shop.bob, support_wording.FILES_STAY)
        (sent,) = await answers(http_case)
        assert "Press A" in words_of(sent)
        assert shows(sent, requester_wording.FILE_MISSING)
        assert shows(sent, file_wording.FILE_REASONS[UploadOutcome.REFUSED], name="steps.png")

    async def test_is_named_with_the_reason(self, http_case: Case) -> None:
        shop = http_case.shop
        large = {"name": "film.mp4", "size": MAX_COPY_BYTES + 1}
        await write(http_case, "Look", large, {"name": "sheet", "mode": "external"})
        copy = await copied(http_case)
        whisper = await shop.whisper_to(shop.alice, requester_wording.FILES_STAY)
        reasons = {"film.mp4": UploadOutcome.LARGE, "sheet": UploadOutcome.EXTERNAL}
        for name, outcome in reasons.items():
            assert_missing(copy, outcome, name)
            assert shows(whisper, file_wording.FILE_REASONS[outcome], name=name)
        assert "Look" in words_of(copy)

    async def test_sends_the_words_once_though_slack_limits_its_naming(
        self, http_case: Case
    ) -> None:
        shop = http_case.shop
        shop.ws.api.scopes.discard("files:write")
        shop.ws.api.fail_next("chat.postEphemeral", Failure.rate_limited(1))
        await answer(http_case, "Press A", STEPS)
        await shop.whisper_to(shop.bob, support_wording.FILES_STAY)
        await shop.ws.settled()
        assert len(await answers(http_case)) == 1

    async def test_is_named_when_it_was_deleted_meanwhile(self, http_case: Case) -> None:
        shop = http_case.shop
        shop.ws.api.fail_next("files.info", Failure.error("file_deleted"), times=2)
        await write(http_case, "Look", STEPS)
        copy = await copied(http_case)
        assert shows(copy, file_wording.FILE_REASONS[UploadOutcome.GONE])

    async def test_does_not_keep_its_words_back_for_ever(self, http_case: Case) -> None:
        shop = http_case.shop
        shop.ws.api.fail_next("upload", Failure.server_error(), times=9)
        await write(http_case, "Look", STEPS)
        assert_missing(await copied(http_case), UploadOutcome.SLOW, "steps.png")


class TestAFileForAnotherCompany:
    @pytest.fixture
    def shared(self, http_case: Case) -> Case:
        """The shop's channel has somebody of another company in it."""
        ws = http_case.shop.ws
        ws.directory.join(http_case.shop.support, ws.add_user("Guest", team_id="T0OTHER"))
        return http_case

    async def test_goes_only_once_the_agent_confirms_it(self, shared: Case) -> None:
        shop = shared.shop
        ts = await answer(shared, "See this", STEPS)
        modal = await shop.modal(shop.bob)
        assert shows(modal, support_wording.FILES_ASK)
        assert (len(shop.replies_to(shared.ts)), uploads(shared)) == (2, {})
        await shop.ws.close_modal(shop.bob)
        await shop.ws.shortcut(shop.bob, shop.escalations, ts, ids.SHORTCUT_SEND)
        await shop.modal(shop.bob)
        await shop.restart()
        assert await shop.ws.submit(shop.bob, {}) == {}
        (sent,) = await answers(shared)
        assert len(images(sent)) == 1

    async def test_is_not_confirmed_by_somebody_who_is_no_longer_a_responder(
        self, shared: Case
    ) -> None:
        shop = shared.shop
        await answer(shared, "See this", STEPS)
        await shop.modal(shop.bob)
        await shop.restart(responders=(shop.alice,))
        await shop.ws.submit(shop.bob, {})
        assert shows(shop.ws.modal(shop.bob), wording.NOT_A_RESPONDER)
        await shop.ws.settled()
        assert (len(shop.replies_to(shared.ts)), uploads(shared)) == (2, {})

    async def test_is_asked_about_where_slack_does_not_answer(self, http_case: Case) -> None:
        shop = http_case.shop
        shop.ws.api.fail_next("conversations.info", Failure.server_error())
        await answer(http_case, "See this", STEPS)
        assert shows(await shop.modal(shop.bob), support_wording.FILES_ASK)

    async def test_stays_where_nobody_is_asked(self, http_case: Case) -> None:
        shop = http_case.shop
        guest = shop.ws.add_user("Guest", team_id="T0OTHER")
        shop.ws.directory.join(shop.escalations, guest)
        await write(http_case, "Look", STEPS)
        copy = await copied(http_case)
        assert_missing(copy, UploadOutcome.SHARED, "steps.png")
        assert uploads(http_case) == {}


@over_http
async def test_a_file_for_support_is_not_uploaded_before_there_is_a_card(shop: Office) -> None:
    ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
    reply = await shop.reply_to(ts)
    shop.ws.api.fail_next("chat.postMessage", Failure.error("is_archived"))
    await shop.escalate(shop.alice, reply)
    await shop.ws.until(lambda: len(shop.replies_to(ts)) == 2)
    await shop.ws.say(shop.alice, shop.support, "Look", thread_ts=ts, files=[STEPS])
    tried = (jobs.c.kind == JobKind.RELAY_MESSAGE, jobs.c.attempts > 0, jobs.c.lease.is_(None))
    ended: object = None
    async with asyncio.timeout(PATIENCE):
        while ended is None:
            async with shop.bot.stores.database.begin() as connection:
                ended = (await connection.execute(select(jobs.c.id).where(*tried))).one_or_none()
    assert shop.ws.files.uploaded == []
