"""The try-out: the bot in a local Slack workspace of its own, without an account or a network."""

import asyncio
import errno
import socket
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.app import Bot, running_bot
from bot.demo.previews import AUTHOR, CHANNEL, Previews
from bot.demo.seed import add_shop_floor, fill_shop_floor, samples
from bot.domain.errors import Fault, UserError
from bot.domain.reports import Hearing, Trigger
from bot.http_server import reason_of
from bot.knowledge_base.reload import Reload
from bot.recognition.explanation import as_text
from bot.recognition.recogniser import Recogniser
from bot.server import answer_http
from bot.settings import Settings
from bot.slack.request_verification import PATH
from bot.slack.views import ids, wording
from bot.timings import Timings
from slack_sandbox import SlackSandbox
from slack_sandbox.page import PageSetup, Person, Shortcut, page

LOOPBACK = "127.0.0.1"
PORT = 8123
KEPT = 2_000
"""Messages and requests that the workspace keeps."""
TIMINGS = Timings(pace=0.0)
"""The local Slack has no rate limits."""
SHORTCUTS = tuple(
    Shortcut(callback_id, name) for callback_id, (name, _) in wording.SHORTCUTS.items()
)


@dataclass
class _Faults:
    """The faults of the articles, as the page shows them."""

    faults: Sequence[Fault] = ()

    def lines(self) -> list[str]:
        return [str(fault) for fault in self.faults]


@asynccontextmanager
async def workspace(settings: Settings, port: int = PORT) -> AsyncIterator[str]:
    """Run a local workspace with the bot in it; yields the address of its page.

    Raises:
        UserError: the articles or the address cannot be used.
    """
    async with SlackSandbox(keep=KEPT) as ws:
        hana, ben, mia = (
            ws.add_user("Hana"),
            ws.add_user("Ben"),
            ws.add_user("Mia", team_id="T0GUESTS"),
        )
        support = ws.add_channel("support", [hana, ben, mia])
        cards = ws.add_channel("xero-escalations", [ben])
        author = ws.add_user(AUTHOR)
        saved = ws.add_channel(CHANNEL, [hana, ben, author])
        floor, colleagues = add_shop_floor(ws, (hana, ben))
        faults, previews = _Faults(), Previews(ws, saved, author)

        def on_reload(reload: Reload) -> None:
            faults.faults = reload.faults
            previews.add(reload)

        with tempfile.TemporaryDirectory(prefix="xero-help-") as folder:
            made = _settings(settings, ws, cards, folder, (support, saved, floor))
            async with (
                running_bot(made, on_reload, TIMINGS) as bot,
                _listening(bot, ws),
                previews.running(bot, made.knowledge_dir),
            ):
                await fill_shop_floor(ws, floor, colleagues, bot.recogniser.knowledge)
                setup = _setup(bot, (hana, ben, mia), (support, floor, cards, saved), faults)
                async with _page(ws, setup, settings.sandbox_host, port) as address:
                    yield address


def _setup(
    bot: Bot, people: tuple[str, str, str], channels: tuple[str, ...], faults: _Faults
) -> PageSetup:
    roles = ("shop", "support agent", "guest")
    return PageSetup(
        people=tuple(Person(user, role) for user, role in zip(people, roles, strict=True)),
        channels=channels,
        bot_name=wording.BOT_NAME,
        workspace="Kauri Lane",
        commands=(ids.COMMAND,),
        samples=samples(bot.recogniser.knowledge),
        shortcuts=SHORTCUTS,
        why=_why(bot.recogniser),
        faults=faults.lines,
        about=wording.AGENT_DESCRIPTION,
    )


def _settings(
    settings: Settings, ws: SlackSandbox, cards: str, folder: str, about_xero: tuple[str, ...]
) -> Settings:
    """The operator's articles and hours, and nothing that leaves this machine."""
    rules = Path(folder) / "channels.yaml"
    rules.write_text(
        "channels:\n" + "".join(f"  {channel}: {{about: xero}}\n" for channel in about_xero)
    )
    kept = ("knowledge_dir", "claim_within", "business_hours", "time_zone")
    here: dict[str, Any] = {name: getattr(settings, name) for name in kept}
    here |= {
        "slack_bot_token": ws.bot_token,
        "slack_signing_secret": ws.signing_secret,
        "slack_api_url": ws.api_url,
        "escalation_channel": cards,
        "channels_file": rules,
        "database_url": f"sqlite:///{folder}/try.sqlite3",
    }
    return Settings.model_construct(
        **{name: field.default for name, field in Settings.model_fields.items()} | here
    )


@asynccontextmanager
async def _listening(bot: Bot, ws: SlackSandbox) -> AsyncIterator[None]:
    """Deliver the workspace's events to the bot as Slack does: signed, over HTTP."""
    stop = asyncio.Event()
    listener = socket.create_server((LOOPBACK, 0))
    ws.deliver_to(f"http://{LOOPBACK}:{listener.getsockname()[1]}{PATH}")
    serving = asyncio.create_task(answer_http(bot, ws.signing_secret, listener, stop))
    try:
        yield
    finally:
        stop.set()
        await serving


@asynccontextmanager
async def _page(ws: SlackSandbox, setup: PageSetup, host: str, port: int) -> AsyncIterator[str]:
    """Serve the page at the port, or at a free one if that is taken; yields its address."""
    async with AsyncExitStack() as serving:
        try:
            address = await serving.enter_async_context(page(ws, setup, host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise UserError(
                    f"SANDBOX_HOST: cannot listen on {host} ({reason_of(error)})"
                ) from None
            address = await serving.enter_async_context(page(ws, setup, host, 0))
        yield address


def _why(recogniser: Recogniser) -> Callable[[str], str]:
    return lambda text: as_text(recogniser.explain(text, Hearing(Trigger.HEARD, about_xero=True)))
