"""A network between the bot and PostgreSQL that can go silent: it connects, but answers nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import make_url


class Network:
    """`address`: PostgreSQL's, through this network. `reached`: set by the first connection."""

    def __init__(self, behind: str) -> None:
        url = make_url(behind)
        self._behind = (url.host or "", url.port or 0)
        self._url = url
        self._flows = asyncio.Event()
        self._flows.set()
        self._pumps: set[asyncio.Task[None]] = set()
        self.reached = asyncio.Event()
        self.address = ""

    def at(self, port: int) -> str:
        """Returns the address when this network is open on `port`."""
        return self._url.set(port=port).render_as_string(hide_password=False)

    def freeze(self) -> None:
        self._flows.clear()

    def thaw(self) -> None:
        self._flows.set()

    @asynccontextmanager
    async def open(self, port: int = 0) -> AsyncIterator[Network]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", port)
        self.address = self.at(server.sockets[0].getsockname()[1])
        try:
            yield self
        finally:
            server.close()
            for pump in list(self._pumps):
                pump.cancel()
            await asyncio.gather(*self._pumps, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._pumps.add(task)
        self.reached.set()
        try:
            await self._flows.wait()
            far_reader, far_writer = await asyncio.open_connection(*self._behind)
            try:
                pumps = [self._pump(reader, far_writer), self._pump(far_reader, writer)]
                await asyncio.wait(
                    [asyncio.create_task(pump) for pump in pumps], return_when="FIRST_COMPLETED"
                )
            finally:
                far_writer.close()
        except asyncio.CancelledError:
            pass  # the end of the test; asyncio's server would report it as an error
        finally:
            writer.close()
            self._pumps.discard(task)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            await self._flows.wait()
            writer.write(data)
