"""`python -m slack_sandbox` with bots in other processes, with Slack's library and without."""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import socket
import stat
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, redirect_stdout, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from slack_sandbox import PATIENCE
from slack_sandbox.__main__ import UsageError, main, read_options, run

BOTS = Path(__file__).with_name("bots")


@asynccontextmanager
async def running(*words: str, **environment: str) -> AsyncIterator[Process]:
    started = await asyncio.create_subprocess_exec(
        sys.executable, *words, stdout=PIPE, stderr=PIPE, env=os.environ | environment
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.terminate()
        await started.communicate()


@asynccontextmanager
async def sandbox(*words: str) -> AsyncIterator[dict[str, str]]:
    """The variables that the command prints. It runs here: a process takes 0.3 s to start."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        command = asyncio.create_task(run(read_options(words)))
        async with asyncio.timeout(PATIENCE):
            while "SANDBOX_PAGE=" not in printed.getvalue() and not command.done():
                await asyncio.sleep(0.01)
    try:
        yield as_variables(printed.getvalue())
    finally:
        command.cancel()
        with suppress(asyncio.CancelledError):
            await command


def as_variables(text: str) -> dict[str, str]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return str(listener.getsockname()[1])


class Page:
    """What a browser does: reads the stream of states, posts what a person does."""

    def __init__(self, session: aiohttp.ClientSession, stream: aiohttp.ClientResponse) -> None:
        self._session = session
        self._stream = stream
        self.hello: Any = {}
        self.state: Any = {}

    async def until(self, condition: Callable[[], Any]) -> Any:
        async with asyncio.timeout(PATIENCE):
            event = ""
            while not (found := condition()):
                line = (await self._stream.content.readline()).decode()
                if line.startswith("event: "):
                    event = line.removeprefix("event: ").strip()
                elif line.startswith("data: "):
                    setattr(self, event, json.loads(line.removeprefix("data: ")))
            return found

    async def do(self, action: str, /, **given: Any) -> Any:
        headers = {"X-Page-Token": self.hello["token"]}
        given = {"user": self.state["me"]} | given
        async with self._session.post(f"do/{action}", json=given, headers=headers) as response:
            return await response.json()

    def texts(self, channel: str) -> list[str]:
        return [message["text"] for message in self.state["messages"][channel]]


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Page]:
    async with (
        aiohttp.ClientSession(address, read_bufsize=2**22) as session,
        session.get("events") as stream,
    ):
        page = Page(session, stream)
        await page.until(lambda: page.state)
        yield page


@pytest.mark.parametrize(
    "bot", ["bolt_http", "plain_http", "bolt_socket_mode", "plain_socket_mode"]
)
async def test_a_short_bot_in_its_own_process_answers_a_person(bot: str) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/slack/events"
    way = ["--socket-mode"] if "socket" in bot else ["--deliver-to", url]
    async with AsyncExitStack() as stack:
        variables = await stack.enter_async_context(sandbox(*way, "--channel", "help"))
        await stack.enter_async_context(running(str(BOTS / f"{bot}.py"), port, **variables))
        page = await stack.enter_async_context(opened(variables["SANDBOX_PAGE"]))
        (channel,) = [found["id"] for found in page.state["channels"] if found["name"] == "help"]
        if "socket" in bot:
            await page.until(lambda: not page.state["notices"]["status"])
        else:
            await listening(int(port))
        assert (await page.do("say", channel=channel, text="hello there"))["ok"]
        await page.until(lambda: len(page.texts(channel)) == 2)
        assert page.texts(channel) == ["hello there", f"Hi <@{page.state['me']}>"]


async def listening(port: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except ConnectionError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


async def test_the_lines_are_also_written_to_a_file_that_only_its_owner_reads(
    tmp_path: Path,
) -> None:
    file = tmp_path / "sandbox.env"
    for _ in range(2):
        async with sandbox("--socket-mode", "--env-file", str(file)) as variables:
            assert as_variables(file.read_text()) == variables
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert set(variables) >= {"SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"}


async def test_the_page_says_that_nothing_answers() -> None:
    url = f"http://127.0.0.1:{free_port()}/slack/events"
    async with sandbox("--deliver-to", url) as variables, opened(variables["SANDBOX_PAGE"]) as page:
        channel = page.state["channels"][0]["id"]
        await page.do("say", channel=channel, text="hello")
        await page.until(lambda: url in page.state["notices"]["status"])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--deliver-to", "http://example.com/"], "--deliver-to: http://example.com/"),
        (["--deliver-to", "localhost:3000"], "--deliver-to: localhost:3000"),
        (
            ["--socket-mode", "--env-file", "{folder}/none/x"],
            "--env-file: {folder}/none/x: No such",
        ),
        (["--socket-mode", "--env-file", "{folder}/.env"], "--env-file: {folder}/.env: exists"),
        (["--socket-mode", "--port", "{taken}"], "--port: cannot listen on {taken}"),
        (["--socket-mode", "--page-port", "{taken}"], "--page-port: cannot listen on {taken}"),
    ],
)
async def test_a_wrong_option_is_named(words: list[str], sentence: str, tmp_path: Path) -> None:
    own = tmp_path / ".env"
    own.write_text("SLACK_BOT_TOKEN=mine\n")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        values = {"folder": str(tmp_path), "taken": str(listener.getsockname()[1])}
        options = read_options([word.format(**values) for word in words])
        with pytest.raises(UsageError) as caught:
            await asyncio.wait_for(run(options), PATIENCE)
    assert str(caught.value).startswith(sentence.format(**values))
    assert own.read_text() == "SLACK_BOT_TOKEN=mine\n"


def test_a_wrong_option_ends_the_command_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["slack_sandbox", "--deliver-to", "http://example.com/"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, capsys.readouterr().err.count("\n")) == (2, 1)


async def test_prints_the_lines_and_ends_without_an_error_when_interrupted() -> None:
    async with running("-m", "slack_sandbox", "--socket-mode") as process:
        assert process.stdout is not None
        printed = await asyncio.wait_for(process.stdout.readuntil(b"SANDBOX_PAGE="), PATIENCE)
        process.send_signal(signal.SIGINT)
        _, errors = await asyncio.wait_for(process.communicate(), PATIENCE)
        assert (process.returncode, errors) == (0, b"")
        assert "SLACK_BOT_TOKEN" in as_variables(printed.decode())
