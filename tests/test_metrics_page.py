"""The page of metrics: what is on it, what never is, and how it comes about."""

from __future__ import annotations

import asyncio
import re
import socket
from collections import defaultdict
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from prometheus_client import ProcessCollector
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import insert

from bot import __version__
from bot.domain.errors import UserError
from bot.domain.escalations import Status
from bot.domain.jobs import JobKind
from bot.domain.knowledge import Area
from bot.domain.reports import Trigger
from bot.metrics import AttemptResult, CallResult, RequestOutcome
from bot.process_metrics import ThisProcess
from bot.server import serve_http, serve_socket
from bot.services.backlog_watch import BacklogWatch
from bot.services.verdict_counts import VERDICTS
from bot.settings import Settings
from bot.slack.bolt_requests import KINDS, OTHER
from bot.slack.client.scopes import METHODS
from bot.stopping import Stop
from bot.storage.backlog import Backlog, JobState
from bot.storage.job_rows import WAITING
from bot.storage.sql_functions import now
from bot.storage.tables import jobs
from bot.timings import Timings
from slack_sandbox import PATIENCE, SlackSandbox
from tests.empty_database import lay
from tests.promql import Labels, Series
from tests.scraping import TARGET, fetched, scraping
from tests.services.test_readiness import Part
from tests.slack_harness import AUTHORISED, GivenSettings, Office, over_http
from tests.test_process import free_port

DOCUMENT = Path(__file__).parents[1] / "docs" / "operations.md"
REQUEST_KINDS, JOB_KINDS = {*KINDS, OTHER}, {*JobKind, OTHER}
ALLOWED: dict[tuple[str, str], set[str]] = {
    ("xero_bot_info", "version"): {__version__},
    ("xero_bot_requests_total", "kind"): REQUEST_KINDS,
    ("xero_bot_requests_total", "outcome"): {*RequestOutcome},
    ("xero_bot_request_seconds", "kind"): REQUEST_KINDS,
    ("xero_bot_verdicts_total", "door"): {*Trigger},
    ("xero_bot_verdicts_total", "verdict"): {*VERDICTS.values()},
    ("xero_bot_answers_total", "area"): {*Area},
    ("xero_bot_slack_calls_total", "method"): {*METHODS},
    ("xero_bot_slack_calls_total", "result"): {*CallResult},
    ("xero_bot_jobs", "kind"): JOB_KINDS,
    ("xero_bot_jobs", "state"): {*JobState},
    ("xero_bot_jobs_retried", "kind"): {*JobKind},
    ("xero_bot_job_attempts_total", "kind"): {*JobKind},
    ("xero_bot_job_attempts_total", "result"): {*AttemptResult},
    ("xero_bot_escalations", "status"): {*Status},
    ("xero_bot_database_connections", "state"): {"in_use", "idle"},
    ("xero_bot_log_lines_total", "level"): {"warning", "error"},
}
"""Every label of every metric, with all its values; none names a person, a channel or a text."""
SOCKET_MODE_ONLY = "xero_bot_socket_"
HOSTILE = ("U0123ABCD", "Kauri Gifts", 'message"\nx{y="1"} 2', "C" * 120)


def documented() -> dict[str, set[str]]:
    """Returns the labels of each metric of the table in operations.md."""
    section = DOCUMENT.read_text(encoding="utf-8").partition("## Monitoring")[2]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) ?\| ", section.partition("\n## ")[0], re.MULTILINE)
    return {name: set(re.findall(r"`(\w+)`", labels)) for name, labels in rows}


def labels_of(page: Series) -> dict[str, set[str]]:
    """Returns the labels of each metric on a page, with histograms as one."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for labels in page:
        known = dict(labels - TARGET)
        name = re.sub(r"(?<=_seconds)_(bucket|sum|count)$", "", known.pop("__name__"))
        found[name] |= known.keys() - {"le"}
    del found["up"]
    return found


async def busy_page(shop: Office) -> Series:
    """Returns the page of a bot that has answered, and been asked."""
    scrape = await scraping(shop)
    await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
    await shop.ws.say(shop.alice, shop.support, "Morning all")
    return await scrape()


async def test_the_table_has_every_metric_with_its_labels_and_no_other(shop: Office) -> None:
    expected = documented()
    if not shop.settings.slack_app_token:
        expected = {
            name: labels
            for name, labels in expected.items()
            if not name.startswith(SOCKET_MODE_ONLY)
        }
    assert labels_of(await busy_page(shop)) == expected


def test_every_label_of_the_table_has_its_values() -> None:
    assert {(name, label) for name, labels in documented().items() for label in labels} == {
        *ALLOWED
    }


@over_http
async def test_no_label_holds_what_somebody_sent(shop: Office) -> None:
    scrape = await scraping(shop)
    for name in HOSTILE:
        await shop.bot.dispatch({"type": "event_callback", "event": {"type": name, "user": name}})
        await shop.bot.dispatch({"type": name, "command": name})
        shop.ws.add_user(name)
    text = f"{AUTHORISED} Kauri Gifts, bob@example.com, U0123ABCD"
    await shop.ws.say(shop.alice, shop.support, text)
    await shop.ws.command(shop.alice, shop.support, "/xero-error", text)
    asked = await shop.ws.say(shop.bob, shop.support, "Invoice could not be found.")
    await shop.escalate(shop.bob, await shop.reply_to(asked), store="Kauri Gifts")
    await shop.card()
    for labels in await scrape():
        known = dict(labels - TARGET)
        name = re.sub(r"(?<=_seconds)_(bucket|sum|count)$", "", known.pop("__name__"))
        known.pop("le", None)
        assert all(value in ALLOWED[name, label] for label, value in known.items()), known


Serve = Callable[[Settings, Stop], Coroutine[Any, Any, None]]


@pytest.mark.parametrize("serving", [serve_http, serve_socket])
async def test_is_served_on_a_port_of_its_own_and_with_the_bots_only(
    serving: Serve, tmp_path: Path
) -> None:
    async with SlackSandbox() as ws:
        settings, stop = connected(ws, tmp_path), Stop()
        url = f"http://127.0.0.1:{settings.metrics_port}/metrics"
        running = asyncio.create_task(serving(settings, stop))
        await ws.until(lambda: bool(ws.transcript.calls("auth.test")))
        page = await once_ready(url)
        families = {one.name: one.type for one in text_string_to_metric_families(page)}
        stop.set()
        await running
        with pytest.raises(aiohttp.ClientConnectionError):
            await fetched(url)
    assert families["xero_bot_request_seconds"] == "histogram"
    assert families["xero_bot_requests"] == "counter"
    assert ("xero_bot_socket_connections" in families) == (serving is serve_socket)


async def test_a_port_that_is_taken_is_named_with_its_settings(tmp_path: Path) -> None:
    async with SlackSandbox() as ws:
        settings = connected(ws, tmp_path)
        port = settings.metrics_port
        assert port is not None
        taken = re.escape(f"METRICS_HOST, METRICS_PORT: cannot listen on 127.0.0.1:{port}")
        with socket.create_server(("127.0.0.1", port)), pytest.raises(UserError, match=taken):
            await serve_http(settings, Stop())


def connected(ws: SlackSandbox, folder: Path) -> Settings:
    lay(folder / "bot.sqlite3")
    return GivenSettings(
        slack_bot_token=ws.bot_token,
        slack_app_token=ws.app_token,
        slack_signing_secret=ws.signing_secret,
        slack_api_url=ws.api_url,
        escalation_channel=ws.add_channel("cards"),
        database_url=f"sqlite:///{folder}/bot.sqlite3",
        port=free_port(),
        metrics_port=free_port(),
    )


async def once_ready(url: str) -> str:
    """Returns the page; while the bot starts, there is none."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                return await fetched(url)
            except aiohttp.ClientResponseError:
                await asyncio.sleep(0.01)


def test_the_process_is_shown_where_only_processes_are_in_proc(tmp_path: Path) -> None:
    (tmp_path / "self").symlink_to("/proc/self")
    shown = {
        one.name: one.samples[0].value
        for one in ThisProcess(proc=f"{tmp_path}", registry=None).collect()
    }
    usual = {one.name: one.samples[0].value for one in ProcessCollector(registry=None).collect()}
    assert shown.keys() == usual.keys()
    assert len(shown) == 6
    start = "process_start_time_seconds"
    assert shown[start] == pytest.approx(usual[start], abs=2)


EMPTY = Backlog({}, {}, {}, 0.0, {}, [], 0.0)


class TestTheCountsOfTheDatabase:
    """Part: works, fails or hangs, as in the tests of readiness."""

    def watch(self, part: Part, **seconds: float) -> tuple[BacklogWatch, list[float]]:
        async def read() -> Backlog:
            return EMPTY

        clock = [0.0]
        timings = Timings(backlog_wait=0.01, **seconds)
        return BacklogWatch(read, part.check, (), timings, lambda: clock[0]), clock

    async def test_are_read_again_only_after_a_while(self) -> None:
        part = Part()
        watch, clock = self.watch(part, backlog_keep=5.0)
        assert [await watch.latest() for _ in range(3)] == [EMPTY] * 3
        assert part.asked == 1
        clock[0] = 5.0
        await watch.latest()
        assert part.asked == 2

    async def test_are_left_out_in_time_while_it_hangs_and_asked_for_once(self) -> None:
        part = Part()
        part.answers.clear()
        watch, _ = self.watch(part, backlog_keep=0.0)
        assert [await watch.latest() for _ in range(3)] == [None] * 3
        assert part.asked == 1
        part.answers.set()
        await watch.latest()
        assert await watch.latest() == EMPTY
        watch.close()

    async def test_that_fail_are_logged_once_without_the_errors_text(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        part = Part()
        part.error = ConnectionError("postgresql://user:hunter2@host")
        watch, _ = self.watch(part, backlog_keep=0.0)
        assert [await watch.latest() for _ in range(3)] == [None] * 3
        assert caplog.text.count("reading what waits") == 1
        assert "hunter2" not in caplog.text


async def test_a_job_of_a_kind_that_nobody_runs_is_counted_but_not_late(http_shop: Office) -> None:
    scrape = await scraping(http_shop)
    for kind in ("sync_ticket", "invented_in_another_version"):
        values = {"team": http_shop.bot.stores.team, "kind": kind, "subject": 99}
        values |= {"state": WAITING, "attempts": 0, "unsure": False}
        async with http_shop.bot.stores.database.begin() as connection:
            times = {"due_at": now() - 900, "created_at": now() - 900}
            await connection.execute(insert(jobs).values(values | times))
    found = {name_of(labels): value for labels, value in (await scrape()).items()}
    assert found["xero_bot_oldest_due_job_seconds"] < 900
    page = [dict(labels) for labels in await scrape()]
    kinds = {one["kind"] for one in page if one["__name__"] == "xero_bot_jobs"}
    assert {"sync_ticket", "other"} <= kinds


def name_of(labels: Labels) -> str:
    return dict(labels)["__name__"]
