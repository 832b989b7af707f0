"""Everything in a run: a workspace, its shops, a mail server, a Zendesk and the bot's processes."""

from __future__ import annotations

import random
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from slack_sandbox import Failure, SlackSandbox
from tests.crash import times
from tests.crash.backlog import Backlog
from tests.crash.pastes import Missed
from tests.crash.processes import Bot
from tests.crash.servers import Door, Postbox, bad_tickets, door, postbox
from tests.crash.shop import Shop
from tests.integrations.zendesk_double import AGENT
from tests.integrations.zendesk_server import TOKEN, ZendeskServer

FAILURES = {
    Failure.rate_limited(1): 0.04,
    Failure.server_error(): 0.03,
    Failure.server_error(after=True): 0.04,
    Failure.reset(): 0.03,
    Failure.reset(after=True): 0.06,
    Failure.slow(times.SLOW): 0.02,
    Failure.slow(times.SLOW, after=True): 0.1,
}
METHODS = (
    *(
        "chat.postMessage",
        "chat.update",
        "chat.delete",
        "conversations.replies",
        "conversations.history",
    ),
    *("files.info", "download", "upload"),
    *("files.getUploadURLExternal", "files.completeUploadExternal"),
)
KEEP = 2_000_000


@dataclass
class World:
    ws: SlackSandbox
    door: Door
    post: Postbox
    zendesk: ZendeskServer
    shop: Shop
    bots: list[Bot]
    backlog: Backlog
    operators: str
    chance: random.Random
    late: list[str] = field(default_factory=list)
    """What was missed while every process was down, and found again too late."""
    missed: list[Missed] = field(default_factory=list)
    """What people wrote and changed while every process was down."""

    def storm(self) -> None:
        """Make everything fail at times."""
        self.ws.api.fail_at_random(FAILURES, METHODS, seed=self.chance.randrange(10**9))
        self.post.bad = 0.2
        self.zendesk.faults = bad_tickets(self.chance)

    def calm(self) -> None:
        """Let nothing fail any more."""
        self.ws.api.fail_at_random({})
        self.post.bad = 0.0
        self.zendesk.faults = iter(())


@asynccontextmanager
async def world(
    folder: Path, database: str, processes: int, chance: random.Random
) -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        ws = await stack.enter_async_context(SlackSandbox(clock=times.RETRIES, keep=KEEP))
        way = await stack.enter_async_context(door())
        post = await stack.enter_async_context(postbox(chance))
        zendesk = await stack.enter_async_context(ZendeskServer())
        zendesk.retry_after, zendesk.slow_seconds = 1, times.SLOW
        ws.deliver_to(f"http://127.0.0.1:{way.port}/slack/events")
        shop, operators = _shop(ws, chance), ws.add_channel("operators")
        environment = (
            _environment(ws, shop, operators) | _outside(post, zendesk) | {"DATABASE_URL": database}
        )
        bots = [
            Bot(f"bot-{number}", free_port(), folder, environment)
            for number in range(1, processes + 1)
        ]
        way.behind = [bot.port for bot in bots]
        backlog = await stack.enter_async_context(Backlog(database))
        for bot in bots:
            stack.push_async_callback(bot.stop)
            await bot.start()
        for bot in bots:
            await bot.listening()
        yield World(ws, way, post, zendesk, shop, bots, backlog, operators, chance)


def _shop(ws: SlackSandbox, chance: random.Random) -> Shop:
    responders = [ws.add_user(f"Responder {number}") for number in range(8)]
    channels = [ws.add_channel(f"support-{number}") for number in range(12)]
    return Shop(ws, channels, ws.add_channel("xero-escalations", responders), responders, chance)


def _environment(ws: SlackSandbox, shop: Shop, operators: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": ws.bot_token,
        "SLACK_SIGNING_SECRET": ws.signing_secret,
        "SLACK_API_URL": ws.api_url,
        "ESCALATION_CHANNEL": shop.cards,
        "OPERATORS_CHANNEL": operators,
        "CLAIM_WITHIN": "1",
        "ESCALATION_LADDER": ",".join(shop.responders[:RUNGS]),
        "LOG_LEVEL": "INFO",
    }


def _outside(post: Postbox, zendesk: ZendeskServer) -> dict[str, str]:
    return {
        "SUPPORT_EMAIL": "support@clickpos.example",
        "EMAIL_FROM": "xero-help@clickpos.example",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(post.port),
        "SMTP_TLS": "none",
        "ZENDESK_SUBDOMAIN": "local",
        "ZENDESK_URL": zendesk.url,
        "ZENDESK_EMAIL": AGENT,
        "ZENDESK_TOKEN": TOKEN,
    }


RUNGS = 2


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
