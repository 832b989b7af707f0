"""Start of the bot: in Slack, or in the try-out's local workspace."""

import asyncio
import gc
from contextlib import suppress

from bot.cli.console import err, fail, out
from bot.cli.log_lines import log_to_stderr
from bot.cli.process import stop_at_signals
from bot.collection import without_collections
from bot.domain.errors import UserError
from bot.settings import Settings
from bot.timings import Timings


def open_try_out(settings: Settings) -> None:
    """Run the bot in a local workspace until a signal arrives."""
    log_to_stderr("WARNING")
    try:
        asyncio.run(_open_workspace(settings))
    except UserError as error:
        fail(str(error))


async def _open_workspace(settings: Settings) -> None:
    from bot.demo.run import LOOPBACK, workspace  # noqa: PLC0415 - as in serve

    if settings.sandbox_host != LOOPBACK:
        err.print(
            "SANDBOX_HOST: the page has no log-in; "
            f"everybody who can reach {settings.sandbox_host} can use it"
        )
    stop = stop_at_signals()
    async with workspace(settings) as address:
        out.print(f"The bot runs in a local workspace: {address}", soft_wrap=True)
        out.print(
            "Press Ctrl-C to stop it. The README says how to connect it to Slack.", style="dim"
        )
        await stop.wait()


async def serve(settings: Settings, *, socket_mode: bool, timings: Timings | None = None) -> None:
    """Run the bot in Slack until a signal arrives."""
    with without_collections():
        from bot.app import StoppedError  # noqa: PLC0415 - as below
        from bot.server import serve_http, serve_socket  # noqa: PLC0415 - a faster start

        gc.freeze()

    timings = timings or Timings()
    with suppress(StoppedError):
        stop = stop_at_signals(timings.stop_process)
        await (serve_socket if socket_mode else serve_http)(settings, stop, timings)
