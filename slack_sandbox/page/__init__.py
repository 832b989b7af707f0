"""The page: the workspace in a browser, served on this machine, for trying out the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from slack_sandbox.page.setup import PageSetup, Person, Sample, SampleFile, Shortcut
from slack_sandbox.page.site import Site
from slack_sandbox.sandbox import SlackSandbox

__all__ = ["PageSetup", "Person", "Sample", "SampleFile", "Shortcut", "page"]


@asynccontextmanager
async def page(
    ws: SlackSandbox, setup: PageSetup, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[str]:
    """Serve the page of a running workspace; yields its address.

    Args:
        ws: the workspace; it must be listening.
        setup: the people to act as, what can be tried, and the bot's status.
        host: where to listen.
        port: where to listen; 0 takes a free one.

    Raises:
        OSError: the port is taken.
        ValueError: there is nobody to act as.

    """
    if not setup.people:
        raise ValueError("a page needs somebody to act as")
    site = Site(ws, setup)
    runner = web.AppRunner(site.application(), shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        bound, found = runner.addresses[0][:2]
        yield f"http://[{bound}]:{found}/" if ":" in bound else f"http://{bound}:{found}/"
    finally:
        await site.streams.close()
        await runner.cleanup()
