"""A shop's workspace with the real bot in it, for the tests of `bot/slack`."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from bot.app import Bot, running_bot
from bot.domain.errors import Fault
from bot.knowledge_base.reload import Reload
from bot.server import answer_http, connected
from bot.settings import Settings
from bot.slack.client.scopes import ALL
from bot.slack.socket_connections import SocketConnections
from bot.storage.interactions import InteractionStore
from bot.storage.votes import VoteStore
from bot.timings import Timings
from slack_sandbox import PATIENCE, Message, SlackSandbox
from tests.empty_database import lay
from tests.recording import record
from tests.sentences import occurs

AUTHORISED = "Payments can only be made against Authorised invoices."
NOT_FOUND = "Invoice could not be found."
QUICK = Timings(
    ack=PATIENCE,
    scan=0.01,
    file_retry=0.2,
    poll=3_600.0,
    pace=0.0,
    first_look=0.1,
    late=0.3,
    card_retry=0.05,
    answered=0.1,
    answer_first=0.2,
    email_look=0.2,
    token_look=0.1,
    channel_look=3_600.0,
    history_call=0.0,
    numbers_wait=0.2,
    missed_message=0.0,
    start_first=0.05,
    vote_count=0.0,
    backlog_keep=0.0,
    max_backoff=0.05,
)
"""Waits; polls of the worker and of moved channels are longer than any test."""
over_http = pytest.mark.parametrize("shop", ["http"], indirect=True)
"""Marks tests of what does not depend on the connection."""


class GivenSettings(Settings):
    """Settings that are only passed: looking for each in the environment takes 2 ms."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic passes it by position
        init_settings: PydanticBaseSettingsSource,
        *_: PydanticBaseSettingsSource,
        **__: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


@dataclass
class Office:
    ws: SlackSandbox
    bot: Bot
    settings: Settings
    alice: str
    bob: str
    support: str
    escalations: str
    running: AsyncExitStack
    readings: asyncio.Queue[Sequence[Fault]]
    """The faults found in each reload of changed articles."""
    timings: Timings

    async def restart(self, **settings: Any) -> None:
        """Stop the bot, and start another one."""
        await self.running.aclose()
        self.settings = self.settings.model_copy(update=settings)
        self.bot = await self.running.enter_async_context(
            listening_bot(self.ws, self.settings, self.readings, self.timings)
        )

    async def reply_to(self, ts: str, channel: str | None = None) -> Message:
        """Wait for the bot's reply in a message's thread, and return it."""
        channel = channel or self.support
        await self.ws.until(lambda: bool(self.replies_to(ts, channel)))
        return self.replies_to(ts, channel)[0]

    def replies_to(self, ts: str, channel: str | None = None) -> list[Message]:
        thread = self.ws.thread(channel or self.support, ts)
        return [message for message in thread if message.bot_id == self.ws.bot_id]

    @property
    def interactions(self) -> InteractionStore:
        """The interactions that the bot has stored."""
        return self.bot.stores.interactions

    @property
    def votes(self) -> VoteStore:
        return self.bot.stores.votes

    async def card(self) -> Message:
        await self.ws.until(lambda: bool(self.ws.messages(self.escalations)))
        return self.ws.messages(self.escalations)[0]

    async def whisper_to(self, user: str, sentence: str, /, **parts: object) -> Message:
        """Wait for the ephemeral message with this sentence and these `{parts}`, and return it."""

        def found() -> list[Message]:
            return [m for m in self.ws.ephemerals(user) if occurs(sentence, words_of(m), **parts)]

        await self.ws.until(lambda: bool(found()))
        return found()[0]

    async def modal(self, user: str) -> Any:
        await self.ws.until(lambda: self.ws.modal(user) is not None)
        return self.ws.modal(user)

    async def escalate(self, user: str, message: Message, **answers: Any) -> dict[str, str]:
        """Press Escalate, fill in the form, and submit it."""
        await self.ws.click(user, message, "escalate")
        await self.modal(user)
        if answers.keys() - {"error", "store", "urgency"}:
            await self.all_fields(user)
        return await self.ws.submit(user, {"store": "Ponsonby", **answers})

    async def all_fields(self, user: str, **typed: Any) -> dict[str, Any]:
        """Press More details; return the elements of the form's inputs by block id."""
        short = await self.modal(user)
        await self.ws.click(user, short, "more_details", typed=typed)
        await self.ws.until(lambda: "record" in elements(self.ws.modal(user)))
        return elements(self.ws.modal(user))


def words_of(message: Message) -> str:
    """Returns all text that a person can read in a message."""
    return " ".join([message.text, *words_in(message.blocks)])


def words_in(blocks: Any) -> list[str]:
    found: list[str] = []
    match blocks:
        case dict():
            for key, value in blocks.items():
                if key in {"text", "title", "label", "placeholder", "hint"} and isinstance(
                    value, str
                ):
                    found.append(value)
                else:
                    found.extend(words_in(value))
        case list():
            for value in blocks:
                found.extend(words_in(value))
    return found


def elements(view: Any) -> dict[str, Any]:
    """Returns the elements of a view's inputs by block id."""
    inputs = (block for block in view.blocks if block["type"] == "input")
    return {block["block_id"]: block["element"] for block in inputs}


def buttons(message: Message) -> list[str]:
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return [element["text"]["text"] for row in rows for element in row["elements"]]


@asynccontextmanager
async def office(
    directory: Path,
    *,
    socket_mode: bool = False,
    timings: Timings | None = None,
    closed: bool = False,
    **settings: Any,
) -> AsyncIterator[Office]:
    """The bot in a workspace; `closed`: it runs from the first `restart` on."""
    # on a busy machine three seconds are short: neither deliveries nor trigger_ids expire
    # to open a connection for each delivery takes as long as the rest of it
    async with SlackSandbox(ack_seconds=PATIENCE, now=lambda: 0.0, reuse_connections=True) as ws:
        ws.api.scopes.clear()
        ws.api.scopes.update(ALL)
        ws.api.strict = True
        alice, bob = ws.add_user("Alice"), ws.add_user("Bob")
        support = ws.add_channel("support", [alice, bob])
        escalations = ws.add_channel("xero-escalations", [bob])
        lay(directory / "bot.sqlite3")
        made = GivenSettings(
            slack_bot_token=ws.bot_token,
            slack_app_token=ws.app_token if socket_mode else "",
            slack_signing_secret=ws.signing_secret,
            slack_api_url=ws.api_url,
            escalation_channel=escalations,
            **{"database_url": f"sqlite:///{directory}/bot.sqlite3"} | settings,
        )
        async with AsyncExitStack() as running:
            readings: asyncio.Queue[Sequence[Fault]] = asyncio.Queue()
            timings = timings or QUICK
            bot: Any = None  # until it runs
            shop = Office(
                ws, bot, made, alice, bob, support, escalations, running, readings, timings
            )
            if not closed:
                await shop.restart()
            yield shop
        record(ws.transcript)


@asynccontextmanager
async def listening_bot(
    ws: SlackSandbox,
    settings: Settings,
    readings: asyncio.Queue[Sequence[Fault]],
    timings: Timings = QUICK,
) -> AsyncIterator[Bot]:
    """A running bot, connected as the settings say."""

    def on_reload(reload: Reload) -> None:
        readings.put_nowait(reload.faults)

    async with (
        running_bot(settings, on_reload, timings) as bot,
        _listening(bot, ws, socket_mode=bool(settings.slack_app_token)),
    ):
        yield bot


@asynccontextmanager
async def _listening(bot: Bot, ws: SlackSandbox, *, socket_mode: bool) -> AsyncIterator[None]:
    if socket_mode:
        both = SocketConnections(bot.dispatch, ws.app_token, bot.client, metrics=bot.metrics)
        async with connected(both):
            await ws.until(lambda: ws.events.open_sockets == 2)
            yield
        return
    stop = asyncio.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    ws.deliver_to(f"{address(listener)}/slack/events")
    serving = asyncio.create_task(answer_http(bot, ws.signing_secret, listener, stop))
    try:
        yield
    finally:
        stop.set()
        await serving


def address(listener: socket.socket) -> str:
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


def as_json(message: str) -> str:
    """Returns a message as in an answer of Xero's API."""
    element = {"ValidationErrors": [{"Message": message}]}
    body = {
        "ErrorNumber": 10,
        "Type": "ValidationException",
        "Message": "A validation exception occurred",
    }
    return json.dumps({**body, "Elements": [element]}, indent=2)
