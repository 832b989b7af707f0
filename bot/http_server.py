"""Serving an ASGI application on a bound socket: uvicorn, with the limits that it lacks."""

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
"""What a request under way may still take after the signal to stop."""


@dataclass(frozen=True)
class Limits:
    """What clients may take. Slack needs little of it: a connection for each delivery, and a few at a time."""

    connections: int = 512
    """Open at a time. For one more, the one that has kept us waiting for the longest is closed."""
    backlog: int = 128
    """Connections that the system keeps ready. The event loop accepts so many at once before it looks at any."""
    wait_seconds: float = 15.0
    """For a client to send its next request to the end; longer than the guard waits for a body, which it answers."""

    @classmethod
    def of_this_process(cls) -> Self:
        """Out of files, asyncio would log 70,000 lines a second: at most half of those that this process may open."""
        files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if files == resource.RLIM_INFINITY:
            return cls()
        return cls(
            connections=max(1, min(cls.connections, files // 2)),
            backlog=max(1, min(cls.backlog, files // 8)),
        )


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
    """Serve an ASGI application on a bound socket until `stop`; requests under way are finished."""
    limits = limits or Limits.of_this_process()
    protocol: Any = partial(_Connection, limits)
    config = uvicorn.Config(
        application,
        http=protocol,
        backlog=limits.backlog,
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


class _Connection(H11Protocol):
    """A client that does not finish its request is not waited for.

    uvicorn waits for a first request for ever, and its own limit_concurrency refuses all clients that come after
    those that send nothing: Slack, too.
    """

    def __init__(self, limits: Limits, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._limits = limits
        self.waiting_since = self.loop.time()
        self._timer = self.loop.call_later(limits.wait_seconds, self._close_if_late)

    @property
    def is_waiting(self) -> bool:
        """Whether the client is to send something."""
        return self.cycle is None or self.cycle.response_complete or self.cycle.more_body

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there."""
        super().connection_made(transport)
        here = [
            one
            for one in self.connections
            if isinstance(one, _Connection) and not one.transport.is_closing()
        ]
        if len(here) > self._limits.connections:
            idle = [one for one in here if one.is_waiting]
            min(idle, key=lambda one: one.waiting_since).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """A client is gone."""
        self._timer.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """An answer is sent, and the client may send another request."""
        self.waiting_since = self.loop.time()
        super().on_response_complete()

    def _close_if_late(self) -> None:
        late_at = self.waiting_since + self._limits.wait_seconds
        if self.is_waiting and self.loop.time() >= late_at:
            self.transport.abort()
        else:
            seconds = late_at - self.loop.time() if self.is_waiting else self._limits.wait_seconds
            self._timer = self.loop.call_later(seconds, self._close_if_late)
