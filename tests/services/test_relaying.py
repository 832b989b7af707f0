"""Relaying: what is written in one of the two threads reaches the other, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.cases import Case
from bot.domain.errors import GaveUpError, TryLaterError, UnsureError
from bot.domain.escalations import Note, Step, Verb
from bot.domain.jobs import Attempt
from bot.domain.relays import Relay, RelayKind, ThreadMessage
from tests.builders import attempt, thread_message
from tests.service_harness import DETAILS, MINUTE, REPORT, ServiceHarness

MESSAGE = ThreadMessage(REPORT.channel, "17.01", "20.5", "U1", "Still failing")
"""What the shop writes in the thread of its report."""


async def escalated(harness: ServiceHarness) -> tuple[int, tuple[str, str]]:
    """An escalation and the position of its card."""
    number = await harness.escalate()
    found = await harness.escalations.get(number)
    harness.poster.up.clear()
    return number, (found.card_channel or "", found.card_ts or "")


def copies(harness: ServiceHarness) -> list[str]:
    shown = ("answer", "message", "thread_answer", "update ", "remove copy", "mention")
    return [what for what in harness.up if what.startswith(shown)]


def written_later(harness: ServiceHarness) -> ThreadMessage:
    """A message of a minute from now."""
    return replace(MESSAGE, ts=f"{harness.now + 60:.6f}")


async def copied_perhaps(harness: ServiceHarness) -> None:
    """Take the message, whose copy may have been posted: the connection broke."""
    await escalated(harness)
    harness.poster.failures = [UnsureError("reset", 1.0)]
    await harness.relaying.take(MESSAGE)
    await harness.work()


class TestAnAnswer:
    async def test_is_sent_once_though_it_was_marked_twice(self, harness: ServiceHarness) -> None:
        number, card = await escalated(harness)
        harness.poster.failures = [UnsureError("reset", 1.0)]
        first = await harness.relaying.send(card, thread_message("U2", "Please retry.", card=card))
        second = await harness.relaying.send(card, thread_message("U3", "Please retry.", card=card))
        assert (first, second) == (True, False)
        await harness.work_for(MINUTE)
        assert [put for put in harness.poster.up if put[0].startswith("answer")] == [
            ("answer Please retry.", 1, True)
        ]
        assert (await harness.escalations.history(number))[-1].actor == "U2"

    async def test_under_no_card_is_not_sent(self, harness: ServiceHarness) -> None:
        await escalated(harness)
        assert await harness.relaying.send(("C9", "99.9"), thread_message()) is None

    async def test_that_cannot_be_sent_alerts_the_operators(self, harness: ServiceHarness) -> None:
        _, card = await escalated(harness)
        harness.poster.failures = [GaveUpError("channel_not_found")]
        await harness.relaying.send(card, thread_message(card=card))
        await harness.work()
        assert harness.up[-1] == "alert"

    async def test_follows_a_correction_and_a_deletion(self, harness: ServiceHarness) -> None:
        _, card = await escalated(harness)
        sent = thread_message("U2", "Press A", card=card)
        await harness.relaying.send(card, sent)
        await harness.work()
        await harness.relaying.edit(replace(sent, text="Press B", edited="21.0"))
        await harness.relaying.edit(replace(sent, text="Press A", edited="20.0"))
        await harness.work()
        await harness.relaying.delete(sent.channel, sent.ts, sent)
        await harness.work()
        assert copies(harness) == ["answer Press A", "update Press B", "remove copy"]


class TestAMessageOfTheShop:
    async def test_is_copied_once_though_it_came_twice(self, harness: ServiceHarness) -> None:
        number, _ = await escalated(harness)
        for _ in range(2):
            assert await harness.relaying.take(MESSAGE)
        await harness.work()
        assert copies(harness) == ["message Still failing"]
        assert (await harness.escalations.history(number))[-1].verb is Verb.WRITE

    async def test_in_another_thread_is_not_copied(self, harness: ServiceHarness) -> None:
        await escalated(harness)
        assert not await harness.relaying.take(replace(MESSAGE, thread="18.01"))
        await harness.work()
        assert copies(harness) == []

    async def test_waits_for_a_card_that_is_not_there_yet(self, harness: ServiceHarness) -> None:
        await harness.ask()
        opened, _ = await harness.escalation_service.open(1, "U1", DETAILS)
        assert await harness.relaying.take(MESSAGE)
        await harness.work_for(MINUTE)
        assert copies(harness) == ["message Still failing"]
        assert opened.card_ts is None

    async def test_is_copied_without_its_secrets(self, harness: ServiceHarness) -> None:
        await escalated(harness)
        token = "xoxb" + "-1234567890-abcdefghijklmnop"
        await harness.relaying.take(replace(MESSAGE, text=f"it says {token}"))
        await harness.work()
        assert token not in "".join(copies(harness))

    async def test_that_was_deleted_before_it_arrived_is_not_copied(
        self, harness: ServiceHarness
    ) -> None:
        await escalated(harness)
        late = written_later(harness)
        await harness.relaying.delete(late.channel, late.ts, late)
        assert await harness.relaying.take(late)
        await harness.work()
        assert copies(harness) == []

    async def test_is_copied_as_edited_where_the_edit_comes_first(
        self, harness: ServiceHarness
    ) -> None:
        await escalated(harness)
        late = written_later(harness)
        await harness.relaying.edit(
            replace(late, text="It works", edited=f"{harness.now + 70:.6f}")
        )
        await harness.relaying.take(late)
        await harness.work()
        assert copies(harness) == ["message It works"]

    @pytest.mark.parametrize("gone", [False, True])
    async def test_that_comes_while_its_edit_or_deletion_is_stored_follows_it(
        self, harness: ServiceHarness, monkeypatch: pytest.MonkeyPatch, gone: bool
    ) -> None:
        number, _ = await escalated(harness)
        late = replace(MESSAGE, ts=f"{harness.now + 60:.6f}")

        async def found(*_: str, **__: str | None) -> int:
            await harness.relays.insert(number, RelayKind.MESSAGE, late)
            return number

        monkeypatch.setattr(harness.relays, "escalation_of_thread", found)
        if gone:
            await harness.relaying.delete(late.channel, late.ts, late)
        else:
            later = f"{harness.now + 70:.6f}"
            await harness.relaying.edit(replace(late, text="It works", edited=later))
        await harness.work()
        assert copies(harness) == ([] if gone else ["message It works"])

    async def test_from_before_the_escalation_is_not_copied_when_it_is_edited(
        self, harness: ServiceHarness
    ) -> None:
        harness.now = 1_000.0
        await escalated(harness)
        await harness.relaying.edit(replace(MESSAGE, ts="900.0", text="old", edited="1001.0"))
        await harness.work()
        assert copies(harness) == []

    async def test_that_was_edited_back_keeps_its_text_where_the_edits_come_in_reverse(
        self, harness: ServiceHarness
    ) -> None:
        await escalated(harness)
        await harness.relaying.take(MESSAGE)
        await harness.work()
        await harness.relaying.edit(replace(MESSAGE, edited="22.0"))
        await harness.relaying.edit(replace(MESSAGE, text="It works", edited="21.0"))
        await harness.work()
        assert copies(harness) == ["message Still failing"]

    async def test_that_is_edited_while_its_copy_is_uncertain_shows_the_edit(
        self, harness: ServiceHarness
    ) -> None:
        await copied_perhaps(harness)
        await harness.relaying.edit(replace(MESSAGE, text="It works", edited="21.0"))
        await harness.work_for(MINUTE)
        assert copies(harness)[-1] == "update It works"

    async def test_that_is_deleted_while_its_copy_is_uncertain_leaves_no_copy(
        self, harness: ServiceHarness
    ) -> None:
        await copied_perhaps(harness)
        await harness.relaying.delete(MESSAGE.channel, MESSAGE.ts, MESSAGE)
        await harness.work_for(MINUTE)
        assert copies(harness) == ["remove copy"]


class TestADeletedCard:
    async def test_is_posted_again_and_gets_the_copy(self, harness: ServiceHarness) -> None:
        await escalated(harness)
        harness.poster.failures = [GaveUpError("thread_not_found", "thread_not_found")]
        await harness.relaying.take(MESSAGE)
        await harness.work_for(MINUTE)
        assert harness.up.index("card") < harness.up.index("message Still failing")
        assert "alert" not in harness.up

    async def test_loses_no_mention(self, harness: ServiceHarness) -> None:
        await escalated(harness)
        await harness.relaying.take(MESSAGE)
        await harness.work()
        harness.poster.failures = [GaveUpError("thread_not_found", "thread_not_found")]
        await harness.work_for(6 * MINUTE)
        assert copies(harness)[-1] == "mention"

    async def test_in_an_archived_channel_alerts_the_operators_and_is_tried_again(
        self, harness: ServiceHarness
    ) -> None:
        await escalated(harness)
        harness.poster.failures = [GaveUpError("is_archived", "is_archived")]
        await harness.relaying.take(MESSAGE)
        await harness.work()
        assert "alert" in harness.up
        await harness.work_for(6 * MINUTE)
        assert "message Still failing" in copies(harness)


class TestTheMention:
    async def test_comes_once_after_five_quiet_minutes(self, harness: ServiceHarness) -> None:
        await escalated(harness)
        await harness.relaying.take(MESSAGE)
        await harness.work_for(4 * MINUTE)
        await harness.relaying.take(replace(MESSAGE, ts="20.6"))
        await harness.work_for(4 * MINUTE)
        assert "mention" not in harness.up
        await harness.work_for(60 * MINUTE)
        assert [put for put in harness.poster.up if put[0] == "mention"] == [("mention", 2, False)]

    async def test_does_not_come_where_support_has_answered(self, harness: ServiceHarness) -> None:
        number, _ = await escalated(harness)
        await harness.relaying.take(MESSAGE)
        await harness.work()
        await harness.relaying.take(replace(MESSAGE, ts="20.6", sender="U2", text="Press A"))
        await harness.work_for(60 * MINUTE)
        assert copies(harness) == ["message Still failing", "thread_answer Press A"]
        history = await harness.escalations.history(number)
        assert Verb.ANSWER in {change.verb for change in history}

    async def test_comes_for_a_closed_escalation_too(self, harness: ServiceHarness) -> None:
        number, _ = await escalated(harness)
        for verb in (Verb.CLAIM, Verb.RESOLVE):
            await harness.escalation_service.change(number, Step(verb, "U2"))
        await harness.relaying.take(MESSAGE)
        await harness.work_for(6 * MINUTE)
        assert copies(harness) == ["message Still failing", "mention"]

    async def test_comes_for_a_message_whose_copy_is_posted_after_a_later_one(
        self, harness: ServiceHarness
    ) -> None:
        await escalated(harness)
        harness.poster.failures = [TryLaterError("away", 20 * MINUTE)]
        await harness.relaying.take(MESSAGE)
        await harness.work()
        await harness.relaying.take(replace(MESSAGE, ts="20.6", text="And now"))
        await harness.work_for(10 * MINUTE)
        assert copies(harness) == ["message And now", "mention"]
        await harness.work_for(20 * MINUTE)
        assert copies(harness)[2:] == ["message Still failing", "mention"]

    async def test_of_an_unknown_outcome_is_found_though_a_message_was_deleted_since(
        self, harness: ServiceHarness, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await escalated(harness)
        last: list[int] = []

        async def unsure(_: Case, relays: Sequence[Relay], __: Attempt) -> None:
            last.append(relays[-1].id)
            if len(last) == 1:
                raise UnsureError("reset", MINUTE)

        monkeypatch.setattr(harness.poster, "mention", unsure)
        later = replace(MESSAGE, ts="20.6", text="And now")
        for message in (MESSAGE, later):
            await harness.relaying.take(message)
        await harness.work_for(5.5 * MINUTE)
        await harness.relaying.delete(later.channel, later.ts, later)
        await harness.work_for(5 * MINUTE)
        assert last == [2, 2]

    async def test_does_not_come_for_what_was_deleted(self, harness: ServiceHarness) -> None:
        await escalated(harness)
        await harness.relaying.take(MESSAGE)
        await harness.work()
        await harness.relaying.delete(MESSAGE.channel, MESSAGE.ts, MESSAGE)
        await harness.work_for(10 * MINUTE)
        assert "mention" not in copies(harness)


class TestAnEditOfTheReport:
    async def test_shows_no_password_that_was_changed(self, harness: ServiceHarness) -> None:
        await escalated(harness)
        before = "Login password: hunter2xyz fails for INV-71"
        after = "Login password: hunter3abc fails for INV-99"
        edited = replace(MESSAGE, ts=REPORT.key, text=after, edited="21.0")
        await harness.relaying.report_edited(before, edited)
        await harness.work()
        assert [what for what in harness.up if what.startswith("report")] == [
            "report INV-71 → INV-99"
        ]


async def test_a_copy_shows_the_last_edit_though_a_late_process_sends_an_earlier_one(
    harness: ServiceHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    await escalated(harness)
    await harness.relaying.take(MESSAGE)
    await harness.work()
    update = harness.poster.update_copy
    late: list[Relay] = []

    async def overtaken(case: Case, relay: Relay) -> None:
        if not late:
            late.append(relay)
            await harness.relaying.edit(replace(MESSAGE, text="third", edited="22.0"))
            await harness.relaying.copy(relay.id, attempt())
        await update(case, relay)

    monkeypatch.setattr(harness.poster, "update_copy", overtaken)
    await harness.relaying.edit(replace(MESSAGE, text="second", edited="21.0"))
    await harness.work()
    assert copies(harness)[-1] == "update third"


class TestANoteThatWasNeverPosted:
    UNDER_ANOTHER_POST = ThreadMessage("D1", "9.9", "20.5", "U1", "thanks", may_follow_note=True)

    async def test_of_a_closed_escalation_takes_no_messages(self, harness: ServiceHarness) -> None:
        await harness.ask()
        opened, _ = await harness.escalation_service.open(1, "U1", DETAILS)
        assert await harness.relaying.take(self.UNDER_ANOTHER_POST)
        await harness.escalation_service.change(opened.id, Step(Verb.WITHDRAW, "U1"))
        assert not await harness.relaying.take(replace(self.UNDER_ANOTHER_POST, ts="20.6"))

    async def test_takes_no_edit_of_a_message_from_before_the_escalation(
        self, harness: ServiceHarness
    ) -> None:
        harness.now = 1_000.0
        await harness.ask()
        await harness.escalation_service.open(1, "U1", DETAILS)
        old = replace(self.UNDER_ANOTHER_POST, ts="900.0", text="old", edited="1001.0")
        await harness.relaying.edit(old)
        await harness.work()
        assert copies(harness) == []

    async def test_takes_no_message_whose_deletion_came_first(
        self, harness: ServiceHarness
    ) -> None:
        await harness.ask()
        await harness.escalation_service.open(1, "U1", DETAILS)
        late = replace(self.UNDER_ANOTHER_POST, ts=f"{harness.now + 60:.6f}")
        await harness.relaying.delete(late.channel, late.ts, late)
        assert await harness.relaying.take(late)
        await harness.work_for(MINUTE)
        assert copies(harness) == []

    async def test_loses_no_message_while_its_position_is_stored(
        self, harness: ServiceHarness, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await harness.ask()
        opened, _ = await harness.escalation_service.open(1, "U1", DETAILS)
        message, find = self.UNDER_ANOTHER_POST, harness.relays.escalation_of_thread

        async def overtaken(*given: Any, **named: Any) -> int | None:
            found = await find(*given, **named)
            note = Note(message.channel, message.thread, None)
            await harness.escalations.set_note(opened.id, note)
            return found

        monkeypatch.setattr(harness.relays, "escalation_of_thread", overtaken)
        assert await harness.relaying.take(message)
