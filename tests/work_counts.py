"""Counts of what a message without an answer, a reply and an escalation make the bot do."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from rich.console import Console
from slack_bolt.listener.async_listener import AsyncListener
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from sqlalchemy import Engine, event

from bot.domain.matches import Match
from bot.domain.reports import Hearing
from bot.recognition.matcher import Matcher
from bot.recognition.text import Tokens
from bot.timings import Timings
from tests.slack_harness import AUTHORISED, Office, office

EACH = 7
UNANSWERED = "Morning all, the payment terminal at the front is back"
QUIET_SECONDS = 0.4
"""Longer than a job waits for the next one; the worker's own looks for work come less often."""

COUNTED = ("listeners asked", "matcher runs", "statements", "transactions")
"""The first are those of Bolt's listeners that Bolt asks whether a request is theirs."""

Work = Counter[str]


@contextmanager
def counted() -> Iterator[Work]:
    """Counts, while it is open, what the bots of this process do."""
    work: Work = Counter()
    match, asks = Matcher.match_tokens, AsyncListener.async_matches

    def matched(
        matcher: Matcher, tokens: Tokens, text: str, hearing: Hearing | None = None
    ) -> list[Match]:
        work["matcher runs"] += 1
        return match(matcher, tokens, text, hearing)

    async def asked(listener: AsyncListener, *, req: AsyncBoltRequest, resp: BoltResponse) -> bool:
        work["listeners asked"] += 1
        return await asks(listener, req=req, resp=resp)

    def executed(*_: object) -> None:
        work["statements"] += 1

    def begun(_: object) -> None:
        work["transactions"] += 1

    event.listen(Engine, "before_cursor_execute", executed)
    event.listen(Engine, "begin", begun)
    try:
        with (
            mock.patch.object(Matcher, "match_tokens", matched),
            mock.patch.object(AsyncListener, "async_matches", asked),
        ):
            yield work
    finally:
        event.remove(Engine, "before_cursor_execute", executed)
        event.remove(Engine, "begin", begun)


async def least(times: int, work: Work, do: Callable[[int], Awaitable[None]]) -> dict[str, int]:
    """Returns the least of several runs; some include a poll of the worker."""
    found: list[dict[str, int]] = []
    for number in range(times):
        await quiet(work)
        work.clear()
        await do(number)
        await quiet(work)
        found.append(dict(work))
    return {name: min(run.get(name, 0) for run in found) for name in COUNTED}


async def quiet(work: Work) -> None:
    before = None
    while before != work:
        before = work.copy()
        await asyncio.sleep(QUIET_SECONDS)


async def counts() -> dict[str, dict[str, int]]:
    """Returns the counts of messages, and those from Escalate to card, note and updated reply."""
    with tempfile.TemporaryDirectory() as folder, counted() as work:
        async with office(Path(folder), timings=Timings()) as shop:
            pastes: list[str] = []

            async def paste(number: int) -> None:
                person = shop.ws.add_user(f"Person {number}")
                shop.ws.directory.join(shop.support, person)
                pastes.append(await shop.ws.say(person, shop.support, AUTHORISED))
                await shop.reply_to(pastes[-1])

            async def talk(_: int) -> None:
                await shop.ws.say(shop.alice, shop.support, UNANSWERED)

            async def escalate(number: int) -> None:
                await escalated(shop, pastes[number])

            reply = await least(EACH, work, paste)
            return {
                "message without an answer": await least(EACH, work, talk),
                "reply to a paste": reply,
                "escalation, from the button on": await least(EACH, work, escalate),
            }


async def escalated(shop: Office, ts: str) -> None:
    reply = shop.replies_to(ts)[0]
    await shop.escalate(shop.alice, reply)
    await shop.ws.until(
        lambda: len(shop.replies_to(ts)) == 2 and "ESC-" in f"{shop.replies_to(ts)[0].blocks}"
    )


async def report(out: Console) -> None:
    out.print(f"{'least of ' + str(EACH):34}" + "".join(f"{name:>17}" for name in COUNTED))
    for name, found in (await counts()).items():
        out.print(f"{name:34}" + "".join(f"{found[counted]:17}" for counted in COUNTED))


if __name__ == "__main__":
    asyncio.run(report(Console(highlight=False)))
