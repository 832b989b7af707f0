"""The alerts of `docs/alerts.yaml`, each evaluated on the metrics of a bot that is broken so."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import insert, update

from bot.domain.jobs import Job, JobKind
from bot.storage.job_rows import WAITING
from bot.storage.sql_functions import now
from bot.storage.tables import escalations, jobs
from slack_sandbox import PATIENCE, Failure
from tests.promql import Series, evaluate, selectors
from tests.scraping import Scrape, scraping
from tests.slack_harness import AUTHORISED, QUICK, Office, office

FILE = Path(__file__).parents[1] / "docs" / "alerts.yaml"
RULES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text())["groups"][0]["rules"]
EXPRESSIONS: dict[str, str] = {rule["alert"]: rule["expr"] for rule in RULES}


SHARED = [
    f"xero_bot_{name}"
    for name in (
        "oldest_due_job_seconds",
        "jobs_retried",
        "escalations_over_ladder",
        "oldest_unseen_seconds",
    )
]
"""Metrics that come from the database, so that all its instances show the same."""


def firing(scrapes: list[Series]) -> set[str]:
    return {name for name, expression in EXPRESSIONS.items() if evaluate(expression, scrapes)}


async def until_fires(name: str, scrape: Scrape, before: Series) -> set[str]:
    """Scrape until an alert fires; returns all that fire then."""
    async with asyncio.timeout(PATIENCE):
        while name not in (found := firing([before, await scrape()])):
            pass
        return found


async def stop(shop: Office) -> None:
    await shop.running.aclose()


async def cut_off(shop: Office) -> None:
    shop.ws.api.fail_next("apps.connections.open", Failure.error("fatal_error"), times=99)
    await shop.ws.events.disconnect_sockets()


async def revoke(shop: Office) -> None:
    shop.ws.api.revoke_token()
    await shop.ws.say(shop.alice, shop.support, AUTHORISED)


async def lose_the_database(shop: Office) -> None:
    await asyncio.to_thread(Path(shop.settings.database_url.removeprefix("sqlite:///")).unlink)


async def stop_the_worker(shop: Office) -> None:
    """Leave a job that no worker takes."""

    async def nothing(*_: object) -> list[Job]:
        return []

    shop.bot.stores.jobs.claim = nothing  # type: ignore[method-assign, assignment]
    late = {"team": shop.bot.stores.team, "kind": JobKind.POST_REPLY.value, "subject": 99}
    values = late | {"state": WAITING, "attempts": 0, "unsure": False}
    times = {"due_at": now() - 301, "created_at": now() - 301}
    async with shop.bot.stores.database.begin() as connection:
        await connection.execute(insert(jobs).values(values | times))


async def refuse_posts(shop: Office) -> None:
    shop.ws.api.fail_next("chat.postMessage", Failure.error("restricted_action"))
    await shop.ws.say(shop.alice, shop.support, AUTHORISED)


async def escalate(shop: Office) -> None:
    reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
    await shop.escalate(shop.alice, reply)


async def break_the_program(shop: Office) -> None:
    shop.bot.recogniser.judge = None  # type: ignore[assignment, method-assign]
    await shop.ws.say(shop.alice, shop.support, AUTHORISED)


async def lose_the_cards_channel(shop: Office) -> None:
    shop.ws.directory.archive(shop.escalations)
    await escalate(shop)
    earlier = update(escalations).values(created_at=escalations.c.created_at - 121)
    async with shop.bot.stores.database.begin() as connection:
        await connection.execute(earlier)


BREAK: dict[str, Callable[[Office], Awaitable[None]]] = {
    "XeroBotDown": stop,
    "XeroBotSocketDown": cut_off,
    "XeroBotTokenRefused": revoke,
    "XeroBotDatabaseDown": lose_the_database,
    "XeroBotJobsLate": stop_the_worker,
    "XeroBotUnclaimed": lose_the_cards_channel,
    "XeroBotEscalationUnseen": lose_the_cards_channel,
    "XeroBotSupportUnreached": lose_the_cards_channel,
    "XeroBotJobsFailed": refuse_posts,
    "XeroBotDeliveryFailing": escalate,
    "XeroBotRequestsFailing": break_the_program,
    "XeroBotErrors": break_the_program,
}
MAIL = {"support_email": "help@example.com", "email_from": "bot@example.com"}
SETTINGS: dict[str, dict[str, Any]] = {
    "XeroBotSocketDown": {"socket_mode": True},
    "XeroBotUnclaimed": {"timings": replace(QUICK, claim_minute=0.001)},
    "XeroBotDeliveryFailing": MAIL | {"smtp_host": "127.0.0.1", "smtp_port": 9},
}
"""What a bot needs to be broken so."""


def test_each_alert_has_a_bot_that_is_broken_so() -> None:
    assert set(BREAK) == set(EXPRESSIONS)
    assert all(rule["annotations"].keys() == {"summary", "action"} for rule in RULES)


@pytest.mark.parametrize("name", BREAK)
async def test_fires_for_a_bot_that_is_broken_so_and_not_before(name: str, tmp_path: Path) -> None:
    settings = SETTINGS.get(name, {})
    async with office(tmp_path, **settings) as shop:
        scrape = await scraping(shop)
        before = await scrape()
        assert firing([before]) == set()
        await BREAK[name](shop)
        assert name in await until_fires(name, scrape, before)


async def test_none_fires_for_a_bot_that_answers_and_escalates(shop: Office) -> None:
    scrape = await scraping(shop)
    before = await scrape()
    await escalate(shop)
    await shop.ws.click(shop.bob, await shop.card(), "claim")
    assert firing([before, await scrape()]) == set()


@pytest.mark.parametrize("metric", SHARED)
def test_fires_once_for_what_two_instances_share(metric: str) -> None:
    both: Series = {
        frozenset({("__name__", metric), ("kind", "send_email"), ("instance", name)}): 999.0
        for name in ("127.0.0.1:9108", "127.0.0.2:9108")
    }
    found = [evaluate(expression, [both]) for expression in EXPRESSIONS.values()]
    assert [len(series) for series in found if series] == [1]


async def test_names_only_metrics_labels_and_values_that_there_are(shop: Office) -> None:
    page = await (await scraping(shop))()
    for expression in EXPRESSIONS.values():
        for selector in selectors(expression):
            if "socket" in str(selector.name) and not shop.settings.slack_app_token:
                continue
            found = [dict(labels) for labels in page if ("__name__", selector.name) in labels]
            assert found, f"{selector.name}: no such metric"
            for matcher in selector.matchers.matchers:
                values = {labels.get(matcher.name) for labels in found}
                assert not set(matcher.value.split("|")) - values - SWITCHED_OFF, matcher.value


SWITCHED_OFF = {JobKind.SEND_EMAIL.value, JobKind.SYNC_TICKET.value}
"""Kinds of jobs of integrations that are off here; their attempts are shown where they are on."""
