"""An HTTP server for an ASGI application: uvicorn, with limits that it lacks."""

import asyncio
import logging
import os
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.domain.errors import UserError
from bot.health_paths import MARK
from bot.stopping import ended

DATE_SECONDS = 1.0
"""The header `Date` is that of a second."""
LOOK_SECONDS = 0.01
"""Time between looks at whether the last requests are answered."""


@dataclass(frozen=True)
class Limits:
    """Limits for all clients together; Slack needs few connections at a time."""

    connections: int = 512
    """Open at a time. For one more, the one that has been idle for the longest is closed."""
    backlog: int = 128
    """Connections that the kernel queues, and that the event loop accepts in one batch."""
    wait_seconds: float = 15.0
    """Time limit of sending a request; longer than the guard's, which answers with 408."""
    grace_seconds: float = 5.0
    """Time limit of running requests after the signal to stop."""

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


def bound(host: str, port: int, settings: str = "HOST, PORT") -> socket.socket:
    """Return a listening socket.

    Raises:
        UserError: the address cannot be used; the text names `settings`.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = reason_of(error)
        raise UserError(
            f"{settings}: cannot listen on {host}:{port} ({why}); choose others"
        ) from None


def reason_of(error: OSError) -> str:
    """Return why an address cannot be listened on."""
    code = error.errno or 0
    if code < 0:  # of getaddrinfo
        return "there is no such host"
    return os.strerror(code) if code else "no such address"


class Replaceable:
    """An ASGI application that can be replaced while it is served."""

    def __init__(self, application: ASGIApp) -> None:
        self.application = application
        self._running: set[asyncio.Task[Any]] = set()
        self._finishing = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI 3)."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a request is served outside a task")
        self._running.add(task)
        try:
            await self.application(scope, receive, send)
        except asyncio.CancelledError:
            if not self._finishing:
                raise
            await self.application(scope, receive, send)
        finally:
            self._running.discard(task)

    async def finish(self, refusing: ASGIApp, seconds: float) -> None:
        """Serve new requests with `refusing`, and wait for those under way.

        After `seconds` these are given up: refused too.
        """
        self.application, self._finishing = refusing, True
        await ended([*self._running], seconds, "requests")


async def serve(
    application: ASGIApp,
    listener: socket.socket,
    stop: asyncio.Event,
    limits: Limits | None = None,
    mark: str = "",
) -> None:
    """Serve an ASGI application on a bound socket until `stop`; finish running requests.

    `mark`: the value of the header `MARK`.
    """
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
        server_header=False,
        headers=[(MARK, mark)] if mark else None,
        proxy_headers=False,  # nobody asks for the client's address
    )
    await _Server(config, stop, limits.grace_seconds).serve([listener])


class _Server(uvicorn.Server):
    """Stops when `stop` is set: uvicorn looks ten times a second, and waits 0.1 s at the end.

    Leaves signals to `bot.cli`: uvicorn's handler would end the process before clean-up.
    """

    def __init__(self, config: uvicorn.Config, stop: asyncio.Event, grace_seconds: float) -> None:
        super().__init__(config)
        self._grace_seconds = grace_seconds
        self._stop = stop

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        """Keep the header `Date` up to date until `stop`."""
        while not self._stop.is_set():
            await self.on_tick(0)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), DATE_SECONDS)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, and close connections once their requests are answered."""
        for listener in sockets or []:
            asyncio.get_running_loop().remove_reader(listener)
        # asyncio (3.11) never closes a connection whose server closes while it is being accepted
        await asyncio.sleep(LOOK_SECONDS)
        for server in self.servers:
            server.close()
        for connection in [*self.server_state.connections]:
            connection.shutdown()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._grace_seconds):
                # uvicorn has no event for it
                while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110
                    await asyncio.sleep(LOOK_SECONDS)
        for task in self.server_state.tasks:
            task.cancel()


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
