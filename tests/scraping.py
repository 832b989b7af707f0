"""Scraping a bot's metrics as Prometheus does."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable

import aiohttp

from bot.http_server import serve
from bot.metrics import lines_counted
from bot.metrics_page import metrics_page
from tests.promql import Labels, Series, series_of
from tests.slack_harness import Office, address

Scrape = Callable[[], Awaitable[Series]]
"""Returns the series of a page, with `up`; no others if the bot does not answer."""
TARGET = {("job", "xero-bot"), ("instance", "127.0.0.1:9108")}


async def fetched(url: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        answer.raise_for_status()
        return await answer.text()


async def scraped(url: str) -> Series:
    """Returns the series of a page as Prometheus stores them."""
    up: Labels = frozenset({("__name__", "up"), *TARGET})
    try:
        page = await fetched(url)
    except aiohttp.ClientError:
        return {up: 0.0}
    return {labels | TARGET: value for labels, value in series_of(page).items()} | {up: 1.0}


async def scraping(shop: Office) -> Scrape:
    """Serve the metrics of a bot until it stops."""
    schedule = shop.settings.reminders(shop.timings.claim_minute)
    stop, listener = asyncio.Event(), socket.create_server(("127.0.0.1", 0))
    serving = asyncio.create_task(serve(metrics_page(shop.bot, schedule), listener, stop))
    url = f"{address(listener)}/metrics"

    async def end() -> None:
        stop.set()
        await serving
        listener.close()

    shop.running.enter_context(lines_counted(shop.bot.metrics))
    shop.running.push_async_callback(end)
    return lambda: scraped(url)
