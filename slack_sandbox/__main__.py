"""The command `python -m slack_sandbox`: a local Slack with a page, for a bot in any process."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import errno
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from slack_sandbox.page import PageSetup, Person, Shortcut, page
from slack_sandbox.sandbox import SlackSandbox

RETRY_CLOCK = 1 / 20
"""Factor for Slack's waits before a retry: 3 s and 15 s instead of one and five minutes."""
MARK = "# Written by slack_sandbox. The tokens are for this run only."
_EPILOG = """\
It prints what the bot needs as NAME=value lines, which a shell, a .env reader and a person can
read; with --env-file it writes them to a file that only you can read. It runs until Ctrl-C."""


class UsageError(Exception):
    """An option that cannot be used; `str(error)` is "option: what is wrong"."""


@dataclass(frozen=True)
class Options:
    """The command line, read and checked."""

    deliver_to: str | None
    port: int
    page_port: int
    env_file: Path | None
    people: Sequence[str]
    channels: Sequence[str]
    bot_name: str
    commands: Sequence[str]
    shortcuts: Sequence[Shortcut]


def read_options(words: Sequence[str]) -> Options:
    """The options of a command line; ends the program if it is wrong or asks for help."""
    parser = argparse.ArgumentParser(
        prog="python -m slack_sandbox",
        description="A local Slack workspace for trying out any bot, in any language.",
        epilog=_EPILOG,
    )
    add = parser.add_argument
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument(
        "--deliver-to", metavar="URL", help="request URL of the bot, on this machine (HTTP)"
    )
    way.add_argument(
        "--socket-mode", action="store_true", help="wait for the bot to connect (Socket Mode)"
    )
    add("--port", type=int, default=0, help="port of the Web API (default: a free one)")
    add("--page-port", type=int, default=0, help="port of the page (default: a free one)")
    add("--env-file", type=Path, metavar="PATH", help="also write the lines to this file")
    add("--person", action="append", metavar="NAME", help="a person (default: Alice and Bob)")
    add("--channel", action="append", metavar="NAME", help="a channel (default: general)")
    add("--bot-name", default="Bot", metavar="NAME", help="the bot's name on the page")
    add("--command", action="append", metavar="/NAME", help="a slash command of the bot")
    add("--shortcut", action="append", metavar="ID=NAME", help="a message shortcut of the bot")
    given = parser.parse_args(words)
    return Options(
        given.deliver_to,
        given.port,
        given.page_port,
        given.env_file,
        given.person or ("Alice", "Bob"),
        given.channel or ("general",),
        given.bot_name,
        [f"/{name.removeprefix('/')}" for name in given.command or ()],
        [Shortcut(*_pair(text)) for text in given.shortcut or ()],
    )


def _pair(text: str) -> tuple[str, str]:
    callback_id, _, name = text.partition("=")
    return callback_id, name or callback_id


async def run(options: Options) -> None:
    """Run the sandbox and its page until SIGINT or SIGTERM.

    Raises:
        UsageError: a port, the URL or the file cannot be used.

    """
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with contextlib.AsyncExitStack() as running:
        sandbox = SlackSandbox(clock=RETRY_CLOCK, port=options.port)
        with _listening("--port", options.port):
            await running.enter_async_context(sandbox)
        if options.deliver_to is not None:
            try:
                sandbox.deliver_to(options.deliver_to)
            except ValueError as error:
                raise UsageError(f"--deliver-to: {error}") from None
        with _listening("--page-port", options.page_port):
            setup = _page_setup(sandbox, options)
            address = await running.enter_async_context(
                page(sandbox, setup, "127.0.0.1", options.page_port)
            )
        lines = variables(sandbox, address)
        if options.env_file is not None:
            write_private(options.env_file, f"{MARK}\n{lines}")
        sys.stdout.write(f"# The local Slack is running. Open SANDBOX_PAGE in a browser.\n{lines}")
        sys.stdout.flush()
        await stop.wait()


@contextlib.contextmanager
def _listening(option: str, port: int) -> Iterator[None]:
    try:
        yield
    except (OSError, OverflowError) as error:
        reason = os.strerror(getattr(error, "errno", 0) or errno.EINVAL)
        raise UsageError(f"{option}: cannot listen on {port} ({reason})") from None


def _page_setup(sandbox: SlackSandbox, options: Options) -> PageSetup:
    people = [sandbox.add_user(name) for name in options.people]
    channels = [sandbox.add_channel(name.removeprefix("#"), people) for name in options.channels]
    return PageSetup(
        people=tuple(Person(user, "member") for user in people),
        channels=tuple(channels),
        bot_name=options.bot_name,
        commands=tuple(options.commands),
        shortcuts=tuple(options.shortcuts),
        status=lambda: connection_status(sandbox),
    )


def connection_status(sandbox: SlackSandbox) -> str:
    """A sentence if the bot cannot be reached; empty if it can, or nothing was delivered yet."""
    if sandbox.request_url is None:
        return "" if sandbox.events.open_sockets else "No bot is connected over Socket Mode yet."
    sent = [one for one in sandbox.transcript if one.direction == "out"]
    if sent and sent[-1].answer == "connection_failed":
        return f"Nothing answered at {sandbox.request_url} the last time. Is the bot running?"
    return ""


def variables(sandbox: SlackSandbox, page_address: str) -> str:
    """What a bot needs, as NAME=value lines."""
    values = {
        "SLACK_API_URL": sandbox.api_url,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_SIGNING_SECRET": sandbox.signing_secret,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SANDBOX_PAGE": page_address,
    }
    return "".join(f"{name}={value}\n" for name, value in values.items())


def write_private(path: Path, text: str) -> None:
    """Write a file with mode 600, at once.

    Raises:
        UsageError: it cannot be written, or exists and is not ours.

    """
    try:
        if path.exists() and not path.read_text(errors="replace").startswith(MARK):
            raise UsageError(f"--env-file: {path}: exists, and slack_sandbox did not write it")
        with NamedTemporaryFile("w", dir=path.parent, prefix=".sandbox-", delete=False) as file:
            file.write(text)
        Path(file.name).replace(path)
    except OSError as error:
        raise UsageError(f"--env-file: {path}: {os.strerror(error.errno or 0)}") from None


def main() -> None:
    """Run the command."""
    try:
        asyncio.run(run(read_options(sys.argv[1:])))
    except UsageError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
