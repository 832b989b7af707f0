"""The bot as a process: started with `python -m bot run`, and stopped by a signal."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from types import MappingProxyType

import aiohttp
import pytest

from bot.services.answer_log import REPLIED
from slack_sandbox import PATIENCE, Failure, SlackSandbox
from tests.empty_database import lay
from tests.forked import Forked, fork
from tests.imports import PRINTED, imported, imported_modules
from tests.shipped import AUTHORISED_FILE, some_of
from tests.slack_harness import AUTHORISED

ROOT = Path(__file__).resolve().parent.parent
NOTHING_SET: Mapping[str, str] = MappingProxyType({})


@asynccontextmanager
async def process(
    folder: Path,
    *words: str,
    environment: Mapping[str, str] = NOTHING_SET,
    module: str = "bot",
    terminal: int | None = None,
) -> AsyncIterator[Forked]:
    lay(folder / "bot.sqlite3")
    made = await fork(
        module, *words, cwd=folder, env={**clean(folder), **environment}, terminal=terminal
    )
    async with ended(made):
        yield made


@asynccontextmanager
async def interpreter(
    folder: Path,
    *words: str,
    environment: Mapping[str, str] = NOTHING_SET,
) -> AsyncIterator[Process]:
    """The same, started by the system as `python -m bot`."""
    made = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=folder,
        env={**clean(folder), **environment},
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
    )
    async with ended(made):
        yield made


def clean(folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite:///{folder}/bot.sqlite3",
    }


@asynccontextmanager
async def ended(made: Process | Forked) -> AsyncIterator[None]:
    """Kills the process at the end, if it has not ended by itself."""
    try:
        yield
    finally:
        if made.returncode is None:
            made.kill()
        await made.wait()


async def stopped(made: Process | Forked) -> tuple[int | None, str]:
    made.send_signal(signal.SIGTERM)
    _, errors = await asyncio.wait_for(made.communicate(), PATIENCE)
    return made.returncode, errors.decode()


async def lines_to(made: Process | Forked, words: str) -> str:
    """Returns what the process printed on standard error up to the line with these words."""
    assert made.stderr is not None
    printed = ""
    while line := (await asyncio.wait_for(made.stderr.readline(), PATIENCE)).decode():
        printed += line
        if words in line:
            return printed
    raise AssertionError(f"the process ended without saying {words!r}")


async def line_with(made: Process | Forked, words: str) -> str:
    return (await lines_to(made, words)).splitlines(keepends=True)[-1]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class TestRunning:
    @pytest.mark.parametrize("mode", ["auto", "socket"])
    async def test_over_socket_mode_answers_and_stops_at_the_signal(
        self, tmp_path: Path, mode: str
    ) -> None:
        async with SlackSandbox() as ws:
            alice = ws.add_user("Alice")
            support, cards = ws.add_channel("support", [alice]), ws.add_channel("cards")
            tokens = {
                "SLACK_BOT_TOKEN": ws.bot_token,
                "SLACK_APP_TOKEN": ws.app_token,
                "ESCALATION_CHANNEL": cards,
            }
            form = {"LOG_LEVEL": "DEBUG", "LOG_FORMAT": "json"}
            settings = tokens | {"SLACK_API_URL": ws.api_url, **form}
            async with process(tmp_path, "run", "--mode", mode, environment=settings) as made:
                await ws.until(lambda: ws.events.open_sockets == 2)
                ts = await ws.say(alice, support, f"Kauri-Lane-Gifts {AUTHORISED}")
                await ws.until(lambda: len(ws.thread(support, ts)) == 2)
                code, errors = await stopped(made)
            assert code == 0
            lines = [json.loads(line) for line in errors.splitlines()]
            assert {"connecting over Socket Mode", REPLIED % 1} <= {
                line["message"] for line in lines
            }
            assert "Kauri-Lane-Gifts" not in errors
            assert "Authorised invoices" not in errors

    async def test_over_http_answers_and_stops_though_a_request_hangs(self, tmp_path: Path) -> None:
        async with SlackSandbox() as ws:
            alice = ws.add_user("Alice")
            support, cards = ws.add_channel("support", [alice]), ws.add_channel("cards")
            port = free_port()
            ws.deliver_to(f"http://127.0.0.1:{port}/slack/events")
            tokens = {"SLACK_BOT_TOKEN": ws.bot_token, "SLACK_SIGNING_SECRET": ws.signing_secret}
            settings = tokens | {
                "ESCALATION_CHANNEL": cards,
                "SLACK_API_URL": ws.api_url,
                "PORT": str(port),
                "KNOWLEDGE_DIR": str(some_of(tmp_path / "knowledge", AUTHORISED_FILE)),
            }
            async with interpreter(tmp_path, "run", environment={**settings, **PRINTED}) as made:
                errors = await lines_to(made, "listening on")
                ts = await ws.say(alice, support, AUTHORISED)
                await ws.until(lambda: len(ws.thread(support, ts)) == 2)
                _, half = await asyncio.open_connection("127.0.0.1", port)
                half.write(
                    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc"
                )
                await half.drain()
                code, more = await stopped(made)
                half.close()
            assert code == 0
            assert {"aiosqlite", "slack_bolt"} <= imported(errors)
            # no upgrade, PostgreSQL, region or e-mail, and the local Slack is for the try-out only
            unused = {"alembic", "psycopg", "aiosmtplib", "holidays", "jinja2", "slack_sandbox"}
            unused |= {"prometheus_client"}
            assert not imported(errors + more) & unused
            assert [
                name
                for name in imported_modules(errors + more)
                if "postgresql" in name or "sqlalchemy.orm" in name
            ] == []
            # what redacts a paste is imported with the first one that gets an answer
            assert "phonenumbers" in imported(more) - imported(errors)


HANGS = """
import asyncio
from bot.cli.process import stop_at_signals

async def hang():
    stop = stop_at_signals(seconds=0.1)
    print("running", flush=True)
    await stop.wait()
    while True:  # like a database driver that waits for an answer though it is cancelled
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            pass

asyncio.run(hang())
"""


STOPPING = 'print("stopping", flush=True)\n    while'


class TestStopping:
    async def test_ends_in_time_though_something_hangs(self, tmp_path: Path) -> None:
        command = (sys.executable, "-c", HANGS)
        here = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
        made = await asyncio.create_subprocess_exec(
            *command, cwd=tmp_path, env=here, stdout=PIPE, stderr=PIPE
        )
        try:
            assert made.stdout is not None
            assert await asyncio.wait_for(made.stdout.readline(), PATIENCE) == b"running\n"
            code, errors = await stopped(made)
        finally:
            if made.returncode is None:
                made.kill()
        assert code == 1
        assert "shutdown: not finished after 0.1 seconds" in errors

    async def test_that_is_stopped_while_slack_hangs_ends(self, tmp_path: Path) -> None:
        async with SlackSandbox() as ws:
            ws.api.fail_next("auth.test", Failure.slow(300))
            tokens = {"SLACK_BOT_TOKEN": ws.bot_token, "SLACK_SIGNING_SECRET": ws.signing_secret}
            settings = tokens | {
                "ESCALATION_CHANNEL": "C0CARDS",
                "SLACK_API_URL": ws.api_url,
                "PORT": str(free_port()),
            }
            async with process(tmp_path, "run", environment=settings) as made:
                await ws.until(lambda: bool(ws.transcript.calls("auth.test")))
                code, errors = await stopped(made)
        assert (code, errors) == (0, "")

    async def test_is_announced_and_what_hangs_is_done_by_the_next_process(
        self, tmp_path: Path
    ) -> None:
        async with SlackSandbox() as ws:
            alice = ws.add_user("Alice")
            support, cards = ws.add_channel("support", [alice]), ws.add_channel("cards")
            port = free_port()
            base = f"http://127.0.0.1:{port}"
            ws.deliver_to(f"{base}/slack/events")
            settings = {
                "SLACK_BOT_TOKEN": ws.bot_token,
                "SLACK_SIGNING_SECRET": ws.signing_secret,
                "SLACK_API_URL": ws.api_url,
                "ESCALATION_CHANNEL": cards,
                "PORT": str(port),
            }
            short = "tests.crash.bot"
            async with process(tmp_path, environment=settings, module=short) as made:
                await line_with(made, "listening on")
                ws.api.fail_next("chat.postMessage", Failure.slow(300))
                ts = await ws.say(alice, support, AUTHORISED)
                await ws.until(lambda: bool(ws.transcript.calls("chat.postMessage")))
                assert await fetched(f"{base}/readyz") == (200, "ready\n")
                _, half = await asyncio.open_connection("127.0.0.1", port)
                lines = "\r\n".join(
                    f"{name}: {value}" for name, value in ws.events.signed_headers("xx").items()
                )
                half.write(
                    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
                    + f"{lines}\r\n\r\nx".encode()
                )
                made.send_signal(signal.SIGTERM)
                # ready no more, while Slack's requests are still taken; then they are refused
                while (await fetched(f"{base}/readyz"))[0] == 200:
                    pass
                assert await fetched(f"{base}/readyz") == (503, "not ready: stopping\n")
                assert (await ws.events.send_raw("{}"))[0] == 401
                while (await ws.events.send_raw("{}"))[0] == 401:
                    pass
                assert await ws.events.send_raw("{}") == (503, "not ready: stopping\n")
                assert await fetched(f"{base}/readyz") == (503, "not ready: stopping\n")
                _, errors = await asyncio.wait_for(made.communicate(), PATIENCE)
                half.close()
            assert made.returncode == 0
            given_up = [line for line in errors.decode().splitlines() if "given up" in line]
            assert [line.partition("given up: ")[2] for line in given_up] == [
                "1 requests",
                "1 jobs, which run after the next start: post_reply-1",
            ]
            async with process(tmp_path, environment=settings, module=short):
                await ws.until(lambda: len(ws.thread(support, ts)) == 2)

    async def test_a_second_signal_ends_it_at_once(self, tmp_path: Path) -> None:
        command = (sys.executable, "-c", HANGS.replace("0.1", "3600").replace("while", STOPPING))
        here = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
        made = await asyncio.create_subprocess_exec(
            *command, cwd=tmp_path, env=here, stdout=PIPE, stderr=PIPE
        )
        async with ended(made):
            assert made.stdout is not None
            for line in (b"running\n", b"stopping\n"):
                assert await asyncio.wait_for(made.stdout.readline(), PATIENCE) == line
                made.send_signal(signal.SIGTERM)
            await asyncio.wait_for(made.wait(), PATIENCE)
        assert made.returncode == -signal.SIGTERM


async def fetched(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.text()


class TestRefusing:
    async def test_a_wrong_app_token_is_named_and_ends_the_start(self, tmp_path: Path) -> None:
        async with SlackSandbox() as ws:
            cards = ws.add_channel("cards")
            settings = {
                "SLACK_BOT_TOKEN": ws.bot_token,
                "SLACK_APP_TOKEN": "xapp-nope",
                "SLACK_API_URL": ws.api_url,
                "ESCALATION_CHANNEL": cards,
            }
            async with process(tmp_path, "run", environment=settings) as made:
                _, errors = await asyncio.wait_for(made.communicate(), PATIENCE)
        assert made.returncode == 2
        assert (
            errors.decode()
            .splitlines()[-1]
            .startswith("SLACK_APP_TOKEN: Slack refused apps.connections.open")
        )

    @pytest.mark.parametrize(
        ("settings", "sentence"),
        [
            (
                {"SLACK_BOT_TOKEN": "xoxb-wrong"},
                "SLACK_BOT_TOKEN: Slack refused auth.test: invalid_auth; the token is wrong",
            ),
            (
                {"SLACK_API_URL": "http://127.0.0.1:9/"},
                "SLACK_API_URL: auth.test: ClientConnectorError",
            ),
            (
                {"DATABASE_URL": "sqlite:////nowhere/at/all.db"},
                "DATABASE_URL: there is no folder /nowhere/at; make it, or name a file elsewhere",
            ),
            (
                {"DATABASE_URL": "postgresql://u:hunter2@h:abc/db"},
                "DATABASE_URL: the port is not a number from 1 to 65535; allowed are",
            ),
        ],
    )
    async def test_what_cannot_work_is_named_in_one_line(
        self, tmp_path: Path, settings: dict[str, str], sentence: str
    ) -> None:
        async with SlackSandbox() as ws:
            usual = {
                "SLACK_BOT_TOKEN": ws.bot_token,
                "SLACK_API_URL": ws.api_url,
                "ESCALATION_CHANNEL": "C0CARDS",
            }
            given = usual | {"SLACK_SIGNING_SECRET": "0" * 32, "PORT": str(free_port())} | settings
            async with process(tmp_path, "run", environment=given) as made:
                _, errors = await asyncio.wait_for(made.communicate(), PATIENCE)
        assert made.returncode == 2
        assert sentence in errors.decode()
        assert "Traceback" not in errors.decode()
        assert "hunter2" not in errors.decode()

    async def test_a_port_that_is_taken_is_named(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = str(taken.getsockname()[1])
            given = {
                "SLACK_BOT_TOKEN": "xoxb-1",
                "SLACK_SIGNING_SECRET": "0" * 32,
                "ESCALATION_CHANNEL": "C0CARDS",
                "PORT": port,
            }
            async with process(tmp_path, "run", environment=given) as made:
                _, errors = await asyncio.wait_for(made.communicate(), PATIENCE)
        assert made.returncode == 2
        assert (
            f"HOST, PORT: cannot listen on 127.0.0.1:{port} (Address already in use)"
            in errors.decode()
        )

    async def test_a_second_process_on_one_sqlite_file_is_refused_in_words(
        self, tmp_path: Path
    ) -> None:
        async with SlackSandbox() as ws:
            usual = {
                "SLACK_BOT_TOKEN": ws.bot_token,
                "SLACK_API_URL": ws.api_url,
                "ESCALATION_CHANNEL": "C0CARDS",
            }
            usual |= {"SLACK_SIGNING_SECRET": "0" * 32}
            ports = [{"PORT": str(free_port())} for _ in range(3)]
            async with process(tmp_path, "run", environment=usual | ports[0]) as first:
                await line_with(first, "listening on")
                async with process(tmp_path, "run", environment=usual | ports[1]) as second:
                    _, errors = await asyncio.wait_for(second.communicate(), PATIENCE)
                assert second.returncode == 2
                words = (
                    f"bot.sqlite3 is in use by another process of the bot (process id {first.pid})"
                )
                assert words in errors.decode()
                assert "use PostgreSQL for several" in errors.decode()
                first.kill()
                await first.wait()
            async with process(tmp_path, "run", environment=usual | ports[2]) as third:
                await line_with(third, "listening on")


class TestJobs:
    async def test_that_were_given_up_are_listed_and_done_when_asked(self, tmp_path: Path) -> None:
        async with SlackSandbox() as ws:
            alice = ws.add_user("Alice")
            support, cards = ws.add_channel("support", [alice]), ws.add_channel("cards")
            port = free_port()
            ws.deliver_to(f"http://127.0.0.1:{port}/slack/events")
            settings = {
                "SLACK_BOT_TOKEN": ws.bot_token,
                "SLACK_SIGNING_SECRET": ws.signing_secret,
                "SLACK_API_URL": ws.api_url,
                "ESCALATION_CHANNEL": cards,
                "PORT": str(port),
            }
            quick = "tests.crash.bot"  # its worker polls soon for what another process asks
            async with process(tmp_path, environment=settings, module=quick) as made:
                await line_with(made, "listening on")
                ws.api.fail_next("chat.postMessage", Failure.error("restricted_action"))
                ts = await ws.say(alice, support, AUTHORISED)
                await ws.until(lambda: bool(ws.messages(cards)))
                listed = await answered(tmp_path, "jobs")
                assert (
                    f"reply 1: Slack refused chat.postMessage in {support}: restricted_action"
                    in listed
                )
                assert "Requeued 1 failed job." in await answered(tmp_path, "jobs", "--retry")
                await ws.until(lambda: len(ws.thread(support, ts)) == 2)
                assert await answered(tmp_path, "jobs") == "No failed jobs.\n"
                await stopped(made)


async def answered(folder: Path, *words: str) -> str:
    async with process(folder, *words) as made:
        printed, _ = await asyncio.wait_for(made.communicate(), PATIENCE)
    assert made.returncode == 0
    return printed.decode()


class TestTheTryOut:
    async def test_opens_without_tokens_on_this_machine_only(self, tmp_path: Path) -> None:
        for words in (("run", "--try-out"), ("sandbox",)):
            async with process(tmp_path, *words) as made:
                address = await printed_address(made)
                assert address.startswith("http://127.0.0.1:")
                async with aiohttp.ClientSession() as session, session.get(address) as answer:
                    assert answer.status == 200
                code, errors = await stopped(made)
            assert (code, errors) == (0, "")

    async def test_opens_without_tokens_on_a_terminal(self, tmp_path: Path) -> None:
        ours, theirs = pty.openpty()
        async with process(tmp_path, "run", terminal=theirs) as made:
            os.close(theirs)
            printed = b""
            while b"http://127.0.0.1:" not in printed:
                printed += await asyncio.wait_for(asyncio.to_thread(os.read, ours, 1024), PATIENCE)
            assert (await stopped(made))[0] == 0
        os.close(ours)

    @pytest.mark.parametrize(("written", "found"), [(None, "not found"), ("PORT=3001\n", "found")])
    async def test_never_opens_instead_of_a_service(
        self, tmp_path: Path, written: str | None, found: str
    ) -> None:
        if written:
            (tmp_path / ".env").write_text(written)
        for words in (
            ("run",),
            ("run", "--mode", "http"),
            ("run", "--mode", "socket", "--try-out"),
        ):
            async with process(tmp_path, *words) as made:
                printed, errors = await asyncio.wait_for(made.communicate(), PATIENCE)
            assert (made.returncode, printed) == (2, b"")
            assert errors.decode().startswith("SLACK_BOT_TOKEN: missing")
            assert f"in the environment and in {tmp_path}/.env ({found})" in errors.decode()

    async def test_says_so_when_it_can_be_reached_from_outside(self, tmp_path: Path) -> None:
        async with process(tmp_path, "sandbox", environment={"SANDBOX_HOST": "127.0.0.2"}) as made:
            assert "everybody who can reach 127.0.0.2 can use" in await line_with(
                made, "SANDBOX_HOST"
            )
            assert (await printed_address(made)).startswith("http://127.0.0.2:")

    async def test_that_cannot_listen_says_why(self, tmp_path: Path) -> None:
        async with process(
            tmp_path, "sandbox", environment={"SANDBOX_HOST": "203.0.113.9"}
        ) as made:
            _, errors = await asyncio.wait_for(made.communicate(), PATIENCE)
        assert made.returncode == 2
        assert (
            "SANDBOX_HOST: cannot listen on 203.0.113.9 (Cannot assign requested address)"
            in errors.decode()
        )

    async def test_takes_another_port_where_its_own_is_taken(self, tmp_path: Path) -> None:
        async with process(tmp_path, "sandbox") as first, process(tmp_path, "sandbox") as second:
            addresses = {await printed_address(made) for made in (first, second)}
        assert len(addresses) == 2


async def printed_address(made: Process | Forked) -> str:
    assert made.stdout is not None
    while line := await asyncio.wait_for(made.stdout.readline(), PATIENCE):
        if b"http://" in line:
            return line.decode().split()[-1]
    raise AssertionError("the process ended without printing an address")
