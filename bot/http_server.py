"""An HTTP server for an ASGI application: uvicorn, with limits that it lacks."""

import asyncio
import logging
import os
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.domain.errors import UserError

GRACE_SECONDS = 5
"""Time limit of running requests after the signal to stop."""


@dataclass(frozen=True)
class Limits:
    """Limits for all clients together; Slack needs few connections at a time."""

    connections: int = 512
    """Open at a time. For one more, the one that has been idle for the longest is closed."""
    backlog: int = 128
    """Connections that the kernel queues, and that the event loop accepts in one batch."""
    wait_seconds: float = 15.0
    """Time limit of sending a request; longer than the guard's, which answers with 408."""

    @classmethod
    def of_this_process(cls) -> Self:
        """Return limits that use at most half of the files that this process may open.

        Out of files, asyncio would log 70,000 lines a second.
        """
        files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if files == resource.RLIM_INFINITY:
            return cls()
        return cls(
            connections=max(1, min(cls.connections, files // 2)),
            backlog=max(1, min(cls.backlog, files // 8)),
        )


def bound(host: str, port: int, setting: str = "PORT") -> socket.socket:
    """Return a listening socket.

    Raises:
        UserError: the address cannot be used; the text names HOST and `setting`.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else "no such address"
        raise UserError(
            f"HOST, {setting}: cannot listen on {host}:{port} ({why}); choose others"
        ) from None


class Replaceable:
    """An ASGI application that can be replaced while it is served."""

    def __init__(self, application: ASGIApp) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI 3)."""
        await self.application(scope, receive, send)


async def serve(
    application: ASGIApp, listener: socket.socket, stop: asyncio.Event, limits: Limits | None = None
) -> None:
    """Serve an ASGI application on a bound socket until `stop`; finish running requests."""
    limits = limits or Limits.of_this_process()
    protocol: Any = partial(_Connection, limits)
    config = uvicorn.Config(
        application,
        http=protocol,
        backlog=limits.backlog,
        lifespan="off",
        ws="none",
        log_config=None,
        log_level=logging.ERROR,  # any client can cause its warnings, without limit
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
    """Leaves signals to `bot.cli`: uvicorn's handler would end the process before clean-up."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Connection(H11Protocol):
    """A connection that is closed if its client does not finish a request in time.

    uvicorn waits for a first request for ever. With its own limit_concurrency, idle clients would
    lock out all others, Slack included.
    """

    def __init__(self, limits: Limits, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._limits = limits
        self.waiting_since = self.loop.time()
        self._timer = self.loop.call_later(limits.wait_seconds, self._close_if_late)

    @property
    def is_waiting(self) -> bool:
        """Whether the server waits for the client to send something."""
        return self.cycle is None or self.cycle.response_complete or self.cycle.more_body

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Count the new connection, and close the longest idle one if there are too many."""
        super().connection_made(transport)
        connections = [
            one
            for one in self.connections
            if isinstance(one, _Connection) and not one.transport.is_closing()
        ]
        if len(connections) > self._limits.connections:
            idle = [one for one in connections if one.is_waiting]
            min(idle, key=lambda one: one.waiting_since).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timer."""
        self._timer.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Restart the time limit: the client may send another request."""
        self.waiting_since = self.loop.time()
        super().on_response_complete()

    def _close_if_late(self) -> None:
        late_at = self.waiting_since + self._limits.wait_seconds
        if self.is_waiting and self.loop.time() >= late_at:
            self.transport.abort()
        else:
            seconds = late_at - self.loop.time() if self.is_waiting else self._limits.wait_seconds
            self._timer = self.loop.call_later(seconds, self._close_if_late)
