"""What the bot counts of its work, as it comes in through Slack."""

from __future__ import annotations

from pathlib import Path

import aiohttp

from bot.domain.jobs import JobKind
from bot.domain.reports import Trigger
from bot.metrics import AttemptResult, CallResult, Histogram, RequestOutcome
from bot.slack.bolt_requests import KINDS, OTHER
from slack_sandbox import Failure
from tests.slack_harness import AUTHORISED, Office, office, over_http

POST = "chat.postMessage"
HEARD, ADDRESSED = Trigger.HEARD.value, Trigger.ADDRESSED.value
HOSTILE = ("U0123ABCD", "Kauri Gifts", "message\nx{y=1}", "C" * 100)


async def test_an_answer_is_counted_by_door_area_call_and_job(shop: Office) -> None:
    counts = shop.bot.metrics
    await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
    await shop.running.aclose()
    assert counts.verdicts == {(HEARD, "answer"): 1}
    assert counts.answers == {"payments": 1}
    assert counts.calls[POST, CallResult.OK] == 1
    assert counts.attempts[JobKind.POST_REPLY, AttemptResult.DONE] == 1
    assert counts.requests["message", RequestOutcome.TAKEN] >= 1
    assert sum(counts.request_seconds["message"].counts) == counts.requests.total()


@over_http
async def test_silence_counts_too_and_a_question_by_its_own_door(shop: Office) -> None:
    counts = shop.bot.metrics
    await shop.ws.say(shop.alice, shop.support, "Morning all")
    assert counts.verdicts == {(HEARD, "abstain"): 1}
    await shop.ws.command(shop.alice, shop.support, "/xero-error", AUTHORISED)
    assert counts.verdicts[ADDRESSED, "answer"] == 1
    assert counts.requests["command", RequestOutcome.TAKEN] == 1


@over_http
async def test_refused_limited_and_broken_calls_are_distinguished(shop: Office) -> None:
    counts, ws = shop.bot.metrics, shop.ws
    ws.api.fail_next("chat.postMessage", Failure.rate_limited(0))
    await shop.reply_to(await ws.say(shop.alice, shop.support, AUTHORISED))
    ws.api.fail_next("chat.postMessage", Failure.error("restricted_action"))
    await ws.say(shop.bob, shop.support, AUTHORISED)
    await shop.card()  # the alert about the failed job
    ws.api.fail_next("chat.postMessage", Failure.reset())
    await shop.reply_to(await ws.say(shop.alice, shop.support, "Invoice could not be found."))
    assert counts.calls[POST, CallResult.LIMITED] == 1
    assert counts.calls[POST, CallResult.REFUSED] == 1
    assert counts.calls[POST, CallResult.NO_ANSWER] == 1
    await shop.running.aclose()
    assert counts.attempts[JobKind.POST_REPLY, AttemptResult.WAITING] >= 1
    assert counts.attempts[JobKind.POST_REPLY, AttemptResult.RETRIED] == 1


@over_http
async def test_a_type_that_somebody_made_up_is_counted_as_other(shop: Office) -> None:
    counts = shop.bot.metrics
    for name in HOSTILE:
        await shop.bot.dispatch({"type": "event_callback", "event": {"type": name}})
        await shop.bot.dispatch({"type": name})
        await shop.bot.dispatch({"type": {name: [name]}})
    await shop.bot.dispatch({"type": "event_callback", "event": {"type": {"a": 1}}})
    await shop.bot.dispatch([HOSTILE])
    assert {kind for kind, _ in counts.requests} == {OTHER} == set(counts.request_seconds)
    assert (
        counts.requests[OTHER, RequestOutcome.REFUSED]
        > counts.requests[OTHER, RequestOutcome.TAKEN]
    )
    assert OTHER not in KINDS


@over_http
async def test_a_request_that_fails_is_counted_as_failed(shop: Office) -> None:
    shop.bot.recogniser.judge = None  # type: ignore[assignment, method-assign]
    await shop.ws.say(shop.alice, shop.support, AUTHORISED)
    assert shop.bot.metrics.requests["message", RequestOutcome.FAILED] >= 1


@over_http
async def test_a_request_that_is_not_signed_by_slack_is_counted_as_unverified(shop: Office) -> None:
    url = str(shop.ws.request_url)
    async with aiohttp.ClientSession() as session, session.post(url, json={}) as answer:
        assert answer.status == 401
    assert shop.bot.metrics.requests == {(OTHER, RequestOutcome.UNVERIFIED): 1}


async def test_a_lost_connection_is_counted_until_it_is_there_again(tmp_path: Path) -> None:
    async with office(tmp_path, socket_mode=True) as shop:
        counts = shop.bot.metrics
        for _ in range(2):
            await shop.ws.say(shop.alice, shop.support, "Morning all")
        await shop.ws.until(lambda: len(counts.sockets) == 2)
        before = dict(counts.sockets)
        await shop.ws.events.disconnect_sockets()
        await shop.ws.until(lambda: counts.reconnects == 2)
        await shop.ws.until(lambda: shop.ws.events.open_sockets == 2)
        for _ in before:
            await shop.ws.say(shop.alice, shop.support, "Morning all")
        assert len(counts.sockets) == 2
        assert not counts.sockets.keys() & before.keys()
        await shop.running.aclose()
        assert counts.sockets == {}


class TestAHistogram:
    def test_counts_each_time_below_the_first_bound_that_it_does_not_exceed(self) -> None:
        made = Histogram((1.0, 2.0))
        for seconds in (0.0, 1.0, 1.5, 2.5):
            made.observe(seconds)
        assert (made.counts, made.seconds) == ([2, 1, 1], 5.0)
