"""Posts of a job that fails temporarily after one of them: none is posted twice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import ThrottledError
from bot.domain.escalations import Step, Verb
from bot.domain.relays import RelayKind
from bot.domain.uploads import UploadOutcome
from tests.builders import thread_message
from tests.service_harness import MINUTE, ServiceHarness


def failing_once(post: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """The function, whose first call Slack limits."""
    failures = [ThrottledError("Slack limits it", 3.0)]

    async def limited(*given: Any) -> Any:
        if failures:
            raise failures.pop()
        return await post(*given)

    return limited


def unkeyed(harness: ServiceHarness, post: str) -> int:
    """How often something was posted without a look for an earlier post."""
    return sum(not again for what, _, again in harness.poster.up if what == post)


async def test_what_is_typed_is_shown_once_though_the_shop_gets_it_later(
    harness: ServiceHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await harness.escalate()
    monkeypatch.setattr(harness.poster, "post_copy", failing_once(harness.poster.post_copy))
    await harness.relaying.send_typed(number, thread_message(text="Press A"))
    await harness.work_for(MINUTE)
    assert f"{RelayKind.BOX} Press A" in harness.up
    assert unkeyed(harness, "show Press A") == 1


async def test_a_copy_is_posted_once_though_its_sender_hears_later_of_a_file(
    harness: ServiceHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await harness.escalate()
    found = await harness.escalations.get(number)
    card = (found.card_channel or "", found.card_ts or "")
    harness.poster.outcomes = {"F1": UploadOutcome.LARGE}
    files = harness.relaying._files
    monkeypatch.setattr(files, "tell_sender", failing_once(files.tell_sender))
    sent = replace(thread_message(text="Press A", card=card), files=("F1",))
    await harness.relaying.send(card, sent)
    await harness.work_for(MINUTE)
    assert "tell sender" in harness.up
    assert unkeyed(harness, "answer Press A") == 1


async def test_the_shop_hears_once_that_it_is_reopened_though_support_hears_later(
    harness: ServiceHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await harness.escalate()
    for verb in (Verb.CLAIM, Verb.RESOLVE):
        assert await harness.escalation_service.change(number, Step(verb, "U2"))
    await harness.work()
    post, failures = harness.poster.notice, [None, ThrottledError("Slack limits it", 3.0)]

    async def limited(*given: Any) -> None:
        if failures and (failure := failures.pop(0)):
            raise failure
        await post(*given)

    monkeypatch.setattr(harness.poster, "notice", limited)
    assert await harness.escalation_service.change(number, Step(Verb.REOPEN, "U1"))
    await harness.work_for(MINUTE)
    assert "notice reopen responder" in harness.up
    assert unkeyed(harness, "notice reopen requester") == 1
