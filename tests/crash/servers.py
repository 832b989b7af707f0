"""The servers around the bot: a load balancer, and a mail server and a Zendesk that often fail."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from email import message_from_bytes

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.integrations.zendesk_server import Fault
from tests.mail import connection

BAD_MAIL = 0.2
BAD_TICKETS = 0.2


class Door:
    """The address that Slack knows. Each connection goes to the next process, even if killed."""

    def __init__(self) -> None:
        self.port = 0
        self.behind: list[int] = []
        self._turn = itertools.count()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        port = self.behind[next(self._turn) % len(self.behind)]
        try:
            inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            writer.transport.abort()
            return
        await asyncio.gather(_carry(reader, inner_writer), _carry(inner_reader, writer))


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass  # one end is closed, so the other is closed too
    finally:
        writer.close()


@asynccontextmanager
async def door() -> AsyncIterator[Door]:
    made = Door()
    async with await asyncio.start_server(made.take, "127.0.0.1", 0) as server:
        made.port = server.sockets[0].getsockname()[1]
        yield made


class Postbox:
    """Accepts e-mails, or refuses for now, or breaks the connection before or after it has one."""

    def __init__(self, chance: random.Random) -> None:
        self.port = 0
        self.letters: list[bytes] = []
        self.bad = BAD_MAIL
        self._chance = chance

    def _mood(self, *bad: str) -> str:
        return self._chance.choice(bad) if self._chance.random() < self.bad else ""

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        mood = self._mood("not now", "break")
        if mood == "break":
            connection(server).abort()
        envelope.mail_from = address
        return "451 Not now" if mood else "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        mood = self._mood("not now", "break before", "break after")
        if mood in {"", "break after"}:
            self.letters.append(bytes(envelope.original_content or b""))
        if mood.startswith("break"):
            connection(server).abort()
        return "451 Not now" if mood == "not now" else "250 Taken"

    def by_id(self) -> dict[str, list[bytes]]:
        """E-mails by their Message-ID; a mailbox shows one for each."""
        found: dict[str, list[bytes]] = {}
        for data in self.letters:
            found.setdefault(str(message_from_bytes(data)["Message-ID"]).strip(), []).append(data)
        return found


@asynccontextmanager
async def postbox(chance: random.Random) -> AsyncIterator[Postbox]:
    made = Postbox(chance)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(made, hostname="post.example", loop=loop), "127.0.0.1", 0
    )
    async with server:
        made.port = server.sockets[0].getsockname()[1]
        yield made


def bad_tickets(chance: random.Random) -> Iterator[Fault | None]:
    """How Zendesk fails, request by request."""
    while True:
        yield chance.choice(list(Fault)) if chance.random() < BAD_TICKETS else None
