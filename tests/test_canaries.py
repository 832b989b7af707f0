"""Secrets and pasted texts on every path: in no log, repr or metric, nor in what `doctor` prints.

Every connection that the bot opens on the way is to a server of `python -m bot hosts`.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.cli.hosts import described, servers
from bot.cli.log_lines import JsonLines, TextLines, _own_or_quiet, add_fields
from bot.settings import SECRETS, Settings, faults
from slack_sandbox import PATIENCE, Failure
from tests.integrations.test_email import PASSWORD, RECIPIENT, SENDER, USER, Postbox, knows, opened
from tests.integrations.zendesk_double import AGENT
from tests.integrations.zendesk_server import TOKEN, Fault, ZendeskServer
from tests.locked import write
from tests.scraping import scraping
from tests.slack_harness import AUTHORISED, Office, office
from tests.test_cli import bot

PASTE = "Canary-Paste-Gifts"
PASSWORDS = "Canary9pastedWord"
TEXT = f"{PASTE} {AUTHORISED} password: {PASSWORDS} canary@example.com"
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


class Lines(logging.Handler):
    """What the process writes to standard error at LOG_LEVEL=DEBUG, in both forms."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.addFilter(_own_or_quiet)
        self.addFilter(add_fields)
        self.forms = (TextLines(), JsonLines())
        self.lines: list[str] = []
        self.crashed = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += [form.format(record) for form in self.forms]
        if "OperationalError in " in self.lines[-1]:
            self.crashed.set()


@pytest.fixture
def lines() -> Iterator[Lines]:
    made, root = Lines(), logging.getLogger()
    before = root.level
    root.addHandler(made)
    root.setLevel(logging.DEBUG)
    yield made
    root.setLevel(before)
    root.removeHandler(made)


class Connections:
    """The addresses that this process connects to, the local Slack's deliveries included."""

    def __init__(self) -> None:
        self.addresses: set[tuple[str, int]] = set()
        self.reached: defaultdict[int, asyncio.Event] = defaultdict(asyncio.Event)
        """By port, set with the first connection."""

    def connect(self, one: socket.socket, to: Any) -> None:
        if one.family in {socket.AF_INET, socket.AF_INET6}:
            self.addresses.add(to[:2])
            self.reached[to[1]].set()
        _connect(one, to)


_connect = socket.socket.connect


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> Connections:
    made = Connections()

    def connect(one: socket.socket, to: Any) -> None:
        made.connect(one, to)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return made


@dataclass
class Everything:
    """A bot with e-mail and tickets switched on."""

    shop: Office
    postbox: Postbox
    connections: Connections
    zendesk: ZendeskServer

    @property
    def secrets(self) -> set[str]:
        settings = self.shop.settings
        values = {str(getattr(settings, name)) for name in SECRETS}
        return {value for value in values if value and not value.startswith("sqlite")}


@pytest.fixture
async def everything(tmp_path: Path, connections: Connections) -> AsyncIterator[Everything]:
    postbox = Postbox()
    async with AsyncExitStack() as running:
        server = running.enter_context(opened(postbox, authenticator=knows, auth_require_tls=False))
        zendesk = await running.enter_async_context(ZendeskServer())
        zendesk.data.settled_seconds = 0.0
        connections.addresses.clear()  # of the server's own start
        connections.reached.clear()
        given: dict[str, Any] = {
            "support_email": RECIPIENT,
            "email_from": SENDER,
            "smtp_host": "127.0.0.1",
            "smtp_port": server.port,
            "smtp_user": USER,
            "smtp_password": PASSWORD,
            "smtp_tls": "none",
            "zendesk_subdomain": "local",
            "zendesk_url": zendesk.url,
            "zendesk_email": AGENT,
            "zendesk_token": TOKEN,
        }
        shop = await running.enter_async_context(office(tmp_path, **given))
        yield Everything(shop, postbox, connections, zendesk)


async def on_every_path(made: Everything) -> None:
    """Paste the canaries wherever something can be typed, while calls fail."""
    shop, ws = made.shop, made.shop.ws
    ws.api.fail_next("chat.postMessage", Failure.server_error())
    file = {"name": f"{PASTE}.txt", "content": TEXT.encode()}
    ts = await ws.say(shop.alice, shop.support, TEXT, files=[file])
    await ws.edit(shop.alice, shop.support, ts, f"{TEXT} again")
    reply = await shop.reply_to(ts)
    await ws.say(shop.alice, shop.support, f"{PASTE} chatter {PASSWORDS}")
    mention = await ws.say(shop.alice, shop.support, f"<@{ws.bot_user_id}> {TEXT} mention")
    await shop.reply_to(mention)
    direct = ws.open_im(shop.alice)
    await shop.reply_to(await ws.say(shop.alice, direct, TEXT), direct)
    await ws.command(shop.alice, shop.support, "/xero-error", TEXT)
    await ws.command(shop.alice, shop.support, "/xero-error", f"status {PASTE}")
    made.zendesk.faults = iter([Fault.ERROR_BEFORE, None])
    made.postbox.answers["DATA"] = f"450 {PASTE} cannot be taken now"
    await shop.escalate(shop.alice, reply, store=PASTE, error=TEXT)
    await shop.card()
    await ws.say(shop.alice, shop.support, f"{TEXT} more", thread_ts=ts)
    await made.zendesk.until(lambda: bool(made.zendesk.data.tickets))
    await asyncio.wait_for(made.connections.reached[shop.settings.smtp_port].wait(), PATIENCE)
    ws.api.fail_next("chat.update", Failure.error("msg_too_long"))
    await ws.edit(shop.alice, shop.support, ts, f"{TEXT} and again")
    await ws.settled()


WRONG = "Canary7wrongSecret"


async def doctors_words(shop: Office, folder: Path) -> str:
    """Returns what `doctor` prints while the bot runs: of its settings, and of wrong secrets."""
    given = shop.settings.model_dump(exclude_defaults=True, mode="json")
    right = {name.upper(): str(value) for name, value in given.items()}
    wrong = {
        name.upper(): f"xoxb-{WRONG}"
        for name in SECRETS
        if given.get(name) and name != "database_url"
    }
    printed = []
    for words, settings in (
        (("--post",), right),
        ((), right | wrong),
        (("--json",), right | wrong),
    ):
        done = await asyncio.to_thread(bot, "doctor", *words, cwd=folder, **settings)
        printed.append(f"{done.stdout}\n{done.stderr}")
    assert "test card" in printed[0]
    assert "refused the log-in" in printed[1]
    return "\n".join(printed)


async def test_canaries_are_in_no_log_repr_or_metric_and_reach_only_listed_servers(
    everything: Everything, lines: Lines, tmp_path: Path
) -> None:
    shop = everything.shop
    scrape = await scraping(shop)
    await on_every_path(everything)
    examined = await doctors_words(shop, tmp_path)
    reached = set(everything.connections.addresses)
    page = await scrape()
    # jobs and requests crash
    await write(tmp_path / "bot.sqlite3", "DROP TABLE reply_articles")
    await shop.ws.say(shop.bob, shop.support, f"{TEXT} for Bob", in_background=True)
    await asyncio.wait_for(lines.crashed.wait(), PATIENCE)
    shown = {
        "log": "\n".join(lines.lines),
        "metrics": "\n".join(map(str, page)),
        "doctor": examined,
        "repr": f"{shop.settings!r} {shop.settings} {shop.bot!r} {vars(shop.bot)!r}",
    }
    assert len(lines.lines) > 20
    assert len(everything.secrets) >= 4
    assert [
        (where, canary)
        for where, words in shown.items()
        for canary in {PASTE, PASSWORDS, WRONG, "canary@example.com", *everything.secrets}
        if canary in words
    ] == []
    inward = {("127.0.0.1", int((shop.ws.request_url or "").split(":")[2].split("/")[0]))}
    listed = {(one.host, one.port) for one in servers(shop.settings)}
    assert listed == reached - inward


def test_the_list_has_what_is_switched_on_and_no_other_server() -> None:
    """README: nothing leaves the workspace and the database but by e-mail or Zendesk."""
    slack = {f"{below}slack{end}.com" for below in ("", "*.") for end in ("", "-gov", "-files")}
    assert {one.host for one in servers(Settings(_env_file=None))} == slack
    given: dict[str, Any] = {
        "database_url": "postgresql://bot:canary@db.example/bot",
        "support_email": RECIPIENT,
        "email_from": SENDER,
        "smtp_host": "mail.example",
        "zendesk_subdomain": "kauri",
        "zendesk_email": AGENT,
        "zendesk_token": TOKEN,
    }
    settings = Settings(_env_file=None, **given)
    assert {(one.host, one.port) for one in servers(settings) if one.host not in slack} == {
        ("db.example", 5432),
        ("mail.example", 587),
        ("kauri.zendesk.com", 443),
    }
    assert "canary" not in "".join(described(settings))
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    assert "your own database, unless you switch on\n  e-mail or Zendesk" in readme


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("//bot:x@db.example/bot", [("db.example", 5432)]),
        ("//bot:x@/bot?host=db.example&port=6432", [("db.example", 6432)]),
        ("//bot:x@/bot?host=db.example:6432", [("db.example", 6432)]),
        ("///bot?host=one.example,two.example", [("one.example", 5432), ("two.example", 5432)]),
        ("///bot?host=one:5433&host=two:5434", [("one", 5433), ("two", 5434)]),
        ("///bot?host=/var/run/postgresql", []),
    ],
)
def test_the_list_has_each_server_of_a_database(
    address: str, expected: list[tuple[str, int]]
) -> None:
    found = servers(Settings(_env_file=None, database_url=f"postgresql:{address}"))
    assert [(one.host, one.port) for one in found if one.setting == "DATABASE_URL"] == expected


def test_a_refused_start_shows_no_secret() -> None:
    canary = "Canary secret, in each setting"
    given: dict[str, Any] = dict.fromkeys(SECRETS, canary) | {"port": "0"}
    with pytest.raises(ValidationError) as caught:
        Settings(_env_file=None, **given)
    assert len(faults(caught.value)) >= 4
    assert canary not in f"{faults(caught.value)} {caught.value}"
