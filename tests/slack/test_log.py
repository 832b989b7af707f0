"""What the log says of answers, near misses, steps and deliveries, and what it never says."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.escalations import PAST, Status, Verb
from bot.domain.jobs import JobKind
from bot.domain.relays import RelayKind
from bot.domain.reports import Trigger, Visibility
from bot.domain.verdicts import Doubt
from bot.integrations.email.tls import Tls
from bot.services.answer_log import DELETED, NEAR_MISS, REPLIED, UPDATED, WITHHELD
from bot.services.delivery_log import Delivery
from slack_sandbox import Failure
from tests.integrations.test_email import RECIPIENT, SENDER, Postbox, free_port, opened
from tests.logged import Logged, logged
from tests.slack.escalated_case import Case, escalated
from tests.slack_harness import AUTHORISED, NOT_FOUND, Office, office, over_http

ARTICLE = "payments-only-against-authorised"
OF_STRIPE = f"{NOT_FOUND} says Stripe"
HEARD, ADDRESSED = Trigger.HEARD.value, Trigger.ADDRESSED.value
CANARY = "Kakapo-7316-canary"
MANUAL = (Path(__file__).parents[2] / "docs/operations.md").read_text(encoding="utf-8")


class TestAnAnswer:
    @over_http
    async def test_has_a_line_with_its_article_door_channel_and_time(
        self, shop: Office, log: Logged
    ) -> None:
        await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        line = await log.until(verdict="answer")
        assert line["level"] == "INFO"
        assert line["message"] == REPLIED % line["interaction"]
        assert line["articles"] == [ARTICLE]
        assert (line["door"], line["channel"]) == (HEARD, shop.support)
        assert line["seen_by"] == Visibility.PUBLIC.value
        assert 0 <= line["ms"] < 60_000
        assert line["kind"] == JobKind.POST_REPLY.value
        assert isinstance(line["job"], int)
        await shop.ws.settled()
        assert len(log.about(message=line["message"])) == 1

    @over_http
    async def test_in_an_acknowledgement_has_one_too(self, shop: Office, log: Logged) -> None:
        await shop.ws.command(shop.alice, shop.support, "/xero-error", AUTHORISED)
        (line,) = log.about(verdict="answer")
        assert (line["door"], line["seen_by"]) == (ADDRESSED, Visibility.EPHEMERAL.value)
        assert line["articles"] == [ARTICLE]

    @over_http
    async def test_that_changes_with_its_message_has_a_line_for_each_change(
        self, shop: Office, log: Logged
    ) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.reply_to(ts)
        await log.until(verdict="answer")
        await shop.ws.edit(shop.alice, shop.support, ts, NOT_FOUND)
        line = await log.until(articles=["invoice-not-found"])
        assert line["message"] == UPDATED % line["interaction"]
        assert (line["verdict"], line["channel"]) == ("answer", shop.support)
        await shop.ws.delete(shop.alice, shop.support, ts)
        await log.until(message=DELETED % line["interaction"], channel=shop.support)
        assert len([one for one in log.lines if "interaction" in one and "door" in one]) == 3

    @over_http
    async def test_that_its_thread_has_already_is_logged_as_withheld(
        self, shop: Office, log: Logged
    ) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.reply_to(ts)
        await shop.ws.say(shop.alice, shop.support, AUTHORISED, thread_ts=ts)
        line = await log.until(why="repeated")
        assert line["message"] == WITHHELD % line["interaction"]
        assert line["articles"] == [ARTICLE]


@over_http
class TestAMessageWithoutReply:
    async def test_has_a_line_if_it_was_nearly_answered(self, shop: Office, log: Logged) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, OF_STRIPE)
        (line,) = log.about(door=HEARD)
        assert line["message"] == NEAR_MISS % ts
        assert line["articles"] == ["invoice-not-found"]
        assert (line["doubts"], line["scores"]) == ([Doubt.ORIGIN.value], [100])
        assert line["channel"] == shop.support
        assert "Stripe" not in log.text

    async def test_has_none_if_it_is_chatter(self, shop: Office) -> None:
        made: list[logging.LogRecord] = []
        factory = logging.getLogRecordFactory()

        def record(*args: Any, **values: Any) -> logging.LogRecord:
            made.append(factory(*args, **values))
            return made[-1]

        with logged():
            logging.setLogRecordFactory(record)
            try:
                await shop.ws.say(shop.alice, shop.support, "Morning all, the terminal is back")
            finally:
                logging.setLogRecordFactory(factory)
        assert [one.name for one in made if one.name.startswith("bot")] == []


@over_http
async def test_each_step_has_a_line_and_nobody_s_name(shop: Office, log: Logged) -> None:
    case = await escalated(shop)
    for button, status in (
        ("claim", Status.CLAIMED),
        ("release", Status.OPEN),
        ("claim", Status.CLAIMED),
    ):
        await case.press(shop.bob, button)
        await case.until_status(status)
    await case.resolve(shop.bob)
    await log.until(step=Verb.RESOLVE.value)
    steps = [line for line in log.lines if "by" in line]
    assert [line["message"] for line in steps] == [
        f"ESC-1: {PAST[verb]}"
        for verb in (Verb.OPEN, Verb.CLAIM, Verb.RELEASE, Verb.CLAIM, Verb.RESOLVE)
    ]
    assert {line["by"] for line in steps} == {"person"}
    assert {line["escalation"] for line in steps} == {"ESC-1"}
    assert not re.search(f"{shop.bob}|{shop.alice}|Alice|Bob|Ponsonby", log.text)


@over_http
async def test_every_line_of_a_job_has_its_id_and_that_of_its_escalation(
    shop: Office, log: Logged
) -> None:
    case = await escalated(shop)
    shop.ws.api.fail_next("chat.postMessage", Failure.error("fatal_error"))
    await shop.ws.say(shop.alice, shop.support, "still the same", thread_ts=case.ts)
    failed = await log.until(level="WARNING", kind=JobKind.RELAY_MESSAGE.value)
    assert (failed["escalation"], failed["escalation_id"]) == ("ESC-1", 1)
    copied = await log.until(delivery=Delivery.COPY.name.lower())
    assert copied["job"] == failed["job"]
    assert (copied["of"], copied["escalation"]) == (RelayKind.MESSAGE.value, "ESC-1")


@over_http
async def test_lines_of_libraries_have_the_ids_and_later_jobs_do_not(
    shop: Office, log: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = shop.bot.client.api_call

    async def noisy(*args: Any, **values: Any) -> Any:
        await asyncio.to_thread(logging.getLogger("aiohttp.client").warning, "a call")
        return await send(*args, **values)

    monkeypatch.setattr(shop.bot.client, "api_call", noisy)
    case = await escalated(shop)
    await shop.reply_to(await shop.ws.say(shop.bob, shop.support, NOT_FOUND))
    await shop.ws.settled()
    calls = log.about(logger="aiohttp.client")
    replies = [line for line in calls if line.get("kind") == JobKind.POST_REPLY.value]
    cards = [line for line in calls if line.get("kind") == JobKind.PUBLISH_ESCALATION.value]
    assert {line["interaction"] for line in replies} == {1, 2}
    assert not any("escalation" in line for line in replies)
    assert cards
    assert {line["escalation"] for line in cards} == {"ESC-1"}
    assert case.card


@pytest.fixture
async def mailing(tmp_path: Path) -> AsyncIterator[Office]:
    """A shop whose escalations are sent by e-mail."""
    port = free_port()
    with opened(Postbox(), port=port):
        async with office(tmp_path, **mail(port)) as made:
            yield made


def mail(port: int) -> dict[str, Any]:
    return {
        "support_email": RECIPIENT,
        "email_from": SENDER,
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "smtp_tls": Tls.NONE,
    }


def shape(line: str) -> str:
    """Returns a line of the log without what differs from run to run."""
    line = re.sub(r'("time": )"[^"]*"|^[\d-]+ [\d:,]+', r"\1TIME", line)
    line = re.sub(r"\b[CD]0?[0-9A-Z]{3,}\b", "CHANNEL", line)
    return re.sub(r"\b\d[\d.]*\b", "0", line)


async def test_the_lines_in_the_manual_are_those_that_are_logged(
    mailing: Office, log: Logged
) -> None:
    shop = mailing
    await shop.ws.say(shop.alice, shop.support, OF_STRIPE)
    case = await escalated(shop)
    await case.press(shop.bob, "claim")
    await case.until_status(Status.CLAIMED)
    await shop.ws.say(shop.alice, shop.support, "still the same", thread_ts=case.ts)
    await log.until(delivery=Delivery.COPY.name.lower())
    await log.until(delivery=Delivery.EMAIL.name.lower())
    await case.resolve(shop.bob)
    await log.until(delivery=Delivery.NOTICE.name.lower())
    section = MANUAL.split("\n## Logs\n")[1].split("\n## ")[0]
    text, as_json = re.findall(r"```(?:text|json)\n(.*?)```", section, re.DOTALL)
    kinds = re.findall(r"near miss|replied|opened|claimed|card|e-mail|copied|notice posted", text)
    assert len(set(kinds)) == len(text.splitlines()) == 8
    logged_text = {shape(line) for line in log.text.splitlines()}
    assert [line for line in text.splitlines() if shape(line) not in logged_text] == []
    logged_json = {shape(line) for line in log.json.splitlines()}
    assert [line for line in as_json.splitlines() if shape(line) not in logged_json] == []


async def test_nothing_that_people_wrote_is_in_it(tmp_path: Path) -> None:
    with logged(ours=logging.DEBUG) as log:
        async with office(tmp_path, **mail(free_port())) as shop:
            paste = f"{CANARY} {AUTHORISED} Contact {CANARY}@example.com, token {CANARY}"
            ts = await shop.ws.say(shop.alice, shop.support, paste)
            reply = await shop.reply_to(ts)
            await shop.ws.say(shop.alice, shop.support, f"{OF_STRIPE}: {CANARY}")
            await shop.escalate(shop.alice, reply, store=CANARY, tried=CANARY, callback=CANARY)
            await log.until(kind=JobKind.SEND_EMAIL.value, level="WARNING")
            await shop.ws.until(lambda: len(shop.replies_to(ts)) == 2)
            shop.ws.api.fail_next("chat.postMessage", Failure.error("fatal_error"))
            await shop.ws.say(shop.alice, shop.support, CANARY, thread_ts=ts)
            await log.until(delivery=Delivery.COPY.name.lower())
            case = Case(shop, ts)
            await case.press(shop.bob, "claim")
            await case.until_status(Status.CLAIMED)
            await case.resolve(shop.bob, cause=CANARY, helped=CANARY)
            await log.until(step=Verb.RESOLVE.value, by="person")
            shop.bot.recogniser.judge = None  # type: ignore[assignment, method-assign]
            await shop.ws.say(shop.alice, shop.support, paste)
    assert log.about(step=Verb.OPEN.value)
    assert log.about(level="ERROR")
    for words in (CANARY, "Authorised invoices", "Kakapo", "Alice", "xoxb-", "support@clickpos"):
        assert words not in log.text + log.json
