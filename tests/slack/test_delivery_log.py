"""The log lines of what reaches people besides replies: notes, reminders, tickets and alerts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.escalations import Role, Status, Verb
from bot.domain.jobs import JobKind
from bot.services.delivery_log import DELIVERED, Delivery
from slack_sandbox import Failure
from tests.integrations.zendesk_double import AGENT
from tests.integrations.zendesk_server import TOKEN, ZendeskServer
from tests.logged import Logged
from tests.slack.escalated_case import escalated
from tests.slack_harness import AUTHORISED, QUICK, Office, office, over_http

OF_ESC_1 = {"escalation": "ESC-1", "escalation_id": 1, "interaction": 1}


def of(what: Delivery, name: str = "ESC-1") -> dict[str, Any]:
    """Returns what the line of a delivery has in any case."""
    return {
        "level": "INFO",
        "delivery": what.name.lower(),
        "message": DELIVERED % (name, what.value),
    }


async def test_an_alert_about_a_failed_job_names_that_job(tmp_path: Path, log: Logged) -> None:
    async with office(tmp_path) as shop:
        shop.ws.api.fail_next("chat.postMessage", Failure.error("is_archived"))
        await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.card()  # the alert: no channel is set for the operators
        alert = await log.until(delivery=Delivery.ALERT.name.lower())
        await shop.ws.settled()
    failed = alert["failed_job"]
    assert of(Delivery.ALERT, f"job {failed}").items() <= alert.items()
    assert alert["kind"] == JobKind.ALERT_OPERATORS.value
    assert 0 <= alert["ms"] < 60_000
    assert {line["kind"] for line in log.about(job=failed)} == {JobKind.POST_REPLY.value}
    assert len(log.about(delivery=Delivery.ALERT.name.lower())) == 1


async def test_an_alert_about_a_refused_token_has_a_line(tmp_path: Path, log: Logged) -> None:
    async with office(tmp_path) as shop:
        shop.ws.api.revoke_token()
        await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.ws.until(lambda: len(shop.ws.transcript.calls("auth.test")) > 1)
        shop.ws.api.revoke_token(revoked=False)
        alert = await log.until(delivery=Delivery.ALERT.name.lower())
    assert alert["kind"] == JobKind.ALERT_TOKEN_REFUSED.value
    assert 0 <= alert["ms"] < 60_000


@over_http
async def test_the_requesters_note_has_one_line_and_a_notice_says_whom_it_reached(
    shop: Office, log: Logged
) -> None:
    case = await escalated(shop)
    note = await log.until(**of(Delivery.NOTE))
    assert OF_ESC_1.items() <= note.items()
    assert note["kind"] == JobKind.PUBLISH_ESCALATION.value
    assert note["channel"] == shop.support
    assert 0 <= note["ms"] < 60_000
    await case.press(shop.bob, "claim")
    await case.until_status(Status.CLAIMED)
    assert len(log.about(**of(Delivery.NOTE))) == 1
    await case.resolve(shop.bob)
    await case.until_status(Status.RESOLVED)
    resolved = await log.until(**of(Delivery.NOTICE), step=Verb.RESOLVE.value)
    shop.ws.api.fail_next("chat.postMessage", Failure.error("is_archived"))
    await case.press(shop.alice, "reopen", where=case.note)
    reopened = await log.until(**of(Delivery.NOTICE), step=Verb.REOPEN.value)
    assert resolved["to"] == [Role.REQUESTER.value]
    assert reopened["to"] == [Role.RESPONDER.value], "Slack has refused the requester's"


@pytest.fixture
def soon() -> Any:
    return replace(QUICK, claim_minute=0.001, card_retry=0.05, quiet=0.01)


async def test_a_reminder_and_a_mention_have_lines(tmp_path: Path, log: Logged, soon: Any) -> None:
    async with office(tmp_path, timings=soon) as shop:
        case = await escalated(shop)
        reminder = await log.until(**of(Delivery.REMINDER))
        assert reminder["kind"] == JobKind.REMIND_CLAIM.value
        await case.press(shop.bob, "claim")
        await case.until_status(Status.CLAIMED)
        await shop.ws.say(shop.alice, shop.support, "still the same", thread_ts=case.ts)
        mention = await log.until(**of(Delivery.MENTION))
        assert mention["kind"] == JobKind.MENTION_CLAIMANT.value
    for line in (reminder, mention):
        assert line["escalation_id"] == 1
        assert 0 <= line["ms"] < 60_000


async def test_a_ticket_its_comments_and_the_ticket_after_a_closed_one_have_lines(
    tmp_path: Path, log: Logged
) -> None:
    async with ZendeskServer() as zendesk:
        settings: dict[str, Any] = {
            "zendesk_subdomain": "local",
            "zendesk_url": zendesk.url,
            "zendesk_email": AGENT,
            "zendesk_token": TOKEN,
        }
        async with office(tmp_path, **settings) as shop:
            case = await escalated(shop)
            await case.press(shop.bob, "claim")
            await log.until(**of(Delivery.COMMENT), step=Verb.CLAIM.value)
            (first,) = zendesk.data.tickets
            zendesk.data.close(first)
            await case.press(shop.bob, "release")
            await log.until(**of(Delivery.COMMENT), step=Verb.RELEASE.value)
        lines = log.about(kind=JobKind.SYNC_TICKET.value, level="INFO")
        ticket, comment = Delivery.TICKET.name.lower(), Delivery.COMMENT.name.lower()
        assert [(line["delivery"], line.get("step")) for line in lines] == [
            (ticket, None),
            (comment, Verb.OPEN.value),  # the note for developers
            (comment, Verb.CLAIM.value),
            (ticket, None),
            (comment, Verb.RELEASE.value),
        ]
        assert len(zendesk.data.tickets) == 2
        for line in lines:
            assert OF_ESC_1.items() <= line.items()
        assert AUTHORISED not in log.text
