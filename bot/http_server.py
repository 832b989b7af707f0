"""Serving an ASGI application on a bound socket: uvicorn, as we use it."""

import asyncio
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.domain.errors import UserError

GRACE_SECONDS = 5
"""What a request under way gets to finish when the bot is told to stop."""


def bound(host: str, port: int, setting: str = "PORT") -> socket.socket:
    """A listening socket.

    Raises:
        UserError: it cannot be had; the sentence names HOST and `setting`.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else "no such address"
        raise UserError(f"HOST, {setting}: cannot listen on {host}:{port} ({why}); choose others") from None


class Replaceable:
    """An ASGI application whose place another one can take while it is served."""

    def __init__(self, application: ASGIApp) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI 3)."""
        await self.application(scope, receive, send)


async def serve(application: ASGIApp, listener: socket.socket, stop: asyncio.Event) -> None:
    """Serve an ASGI application on a bound socket until `stop`; requests under way are finished."""
    config = uvicorn.Config(
        application,
        lifespan="off",
        ws="none",
        log_config=None,
        log_level=logging.ERROR,  # anybody can cause its warnings, as often as they like
        access_log=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve([listener]), name="http")
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    server.should_exit = True
    await serving


class _Server(uvicorn.Server):
    """Leaves signals to the command line: uvicorn's own handling ends the process before our work is put away."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
