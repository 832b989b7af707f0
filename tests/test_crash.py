"""A short run of `make crash`: a storm of three seconds loses and doubles nothing."""

from __future__ import annotations

import asyncio
import random
import signal
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from slack_sandbox import PATIENCE, Failure
from tests.crash.__main__ import main
from tests.crash.backlog import Row
from tests.crash.client import Client
from tests.crash.count import escalations
from tests.crash.pastes import Paste
from tests.crash.report import WITHOUT
from tests.crash.shop import Shop
from tests.crash.take_over import Runs, TakeOver
from tests.crash.threads import PDF
from tests.slack.escalated_case import escalated
from tests.slack_harness import AUTHORISED, Office
from tests.storage.server import programs

if TYPE_CHECKING:
    from tests.crash.world import World

WELL = (
    "crash: replies lost 0 doubled 0, answers stale 0, deletions left over 0, files unread 0, "
    + ", ".join(f"{kind} lost 0 doubled 0" for kind in ("escalations", "e-mails", "reminders"))
    + ", relays to support lost 0 doubled 0, relays to requesters lost 0 doubled 0, "
    "relayed edits stale 0, relayed deletions left over 0, "
    "relayed files lost 0 doubled 0, notices lost 0 doubled 0, "
    "mentions lost 0 doubled 0, private replies lost 0, secrets leaked 0, openings lost 0 doubled 0, recovered lost 0 doubled 0"
)


# what a storm leaves behind is no fault of a test's
@pytest.mark.filterwarnings("default")
def test_nothing_is_lost_or_doubled_when_processes_are_killed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SECONDS", "3")
    at_the_end = signal.getsignal(signal.SIGTERM)
    try:
        # in this process, as another one and its fork server would import everything again
        with pytest.raises(SystemExit) as end:
            main()
    finally:
        signal.signal(signal.SIGTERM, at_the_end)
    printed = capsys.readouterr().out
    assert printed.splitlines()[-1] == WELL + ("" if programs() else WITHOUT), printed
    assert end.value.code == 0, printed


async def test_what_somebody_gave_up_too_early_is_theirs_and_not_doubled(
    http_shop: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws, cards = http_shop.ws, http_shop.escalations
    load = Shop(ws, [http_shop.support], cards, [http_shop.bob], random.Random(1), 1.0)  # noqa: S311
    paste = Paste(http_shop.alice, http_shop.support, AUTHORISED)
    paste.ts = await ws.say(paste.person, paste.channel, paste.text)

    async def sent_without_an_answer(person: str, answers: dict[str, str]) -> bool:
        if ws.modal(person) is not None:
            await ws.submit(person, answers)
        return False

    monkeypatch.setattr(load.client, "_submitted", sent_without_an_answer)
    load._send(load._escalate(paste), "escalate")
    await load.errands()
    assert len(load.in_vain) == 1
    await ws.until(lambda: len(http_shop.replies_to(paste.ts)) == 2)
    world = cast("World", SimpleNamespace(ws=ws, shop=load))
    load.look_again()
    assert (load.unanswered, len(load.asked)) == ([], 1)
    assert escalations(world).wrong == []
    assert escalations(world).expected == 2


async def test_who_is_asked_whether_a_file_may_go_out_says_yes(http_shop: Office) -> None:
    ws, bob, cards = http_shop.ws, http_shop.bob, http_shop.escalations
    case = await escalated(http_shop)
    sheet = {"name": "box-1.pdf", "content": PDF}
    ts = await ws.say(bob, cards, "see the sheet", thread_ts=case.card.ts, files=[sheet])
    ws.api.fail_next("conversations.info", Failure.server_error())
    async with asyncio.timeout(PATIENCE):
        await Client(ws, random.Random(1)).send(bob, cards, ts)  # noqa: S311
    await ws.until(lambda: len(http_shop.replies_to(case.ts)) == 3)


def test_a_take_over_may_last_longer_where_the_survivor_is_slow_at_its_own_jobs() -> None:
    assert not TakeOver(seconds=7.5, run=0.5, last="").is_late
    assert TakeOver(seconds=12.0, run=0.5, last="").is_late
    assert not TakeOver(seconds=12.0, run=2.0, last="").is_late


def test_the_longest_run_is_that_of_one_lease_and_not_of_the_killed_process() -> None:
    def row(number: int, lease: str | None) -> Row:
        return Row(number, "post_reply", number, "waiting", lease, 0.0, None)

    runs = Runs(others={1})
    for at, lease in ((0.0, "a"), (1.0, "a"), (1.5, None), (2.0, "b"), (2.5, "b")):
        runs.seen([row(1, "c"), row(2, lease)], at)
    runs.seen([row(1, "c")], 9.0)
    assert runs.longest == 1.0
