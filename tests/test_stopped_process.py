"""A process that is stopped, or killed, while a database is locked or a picture is being read."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from slack_sandbox import PATIENCE, Failure, SlackSandbox
from tests.attachments.ocr import SCREENS, needs_ocr
from tests.forked import Forked
from tests.slack_harness import AUTHORISED
from tests.soon_stopped_bot import SOON
from tests.test_process import ROOT, free_port, line_with, process, stopped

MODULE = "tests.soon_stopped_bot"


class Shop:
    """A workspace, and the settings of a bot in it."""

    def __init__(self, ws: SlackSandbox) -> None:
        self.ws = ws
        self.alice = ws.add_user("Alice")
        self.support = ws.add_channel("support", [self.alice])
        port = free_port()
        ws.deliver_to(f"http://127.0.0.1:{port}/slack/events")
        self.environment = {
            "SLACK_BOT_TOKEN": ws.bot_token,
            "SLACK_SIGNING_SECRET": ws.signing_secret,
            "SLACK_API_URL": ws.api_url,
            "ESCALATION_CHANNEL": ws.add_channel("cards"),
            "PORT": str(port),
        }

    @asynccontextmanager
    async def bot(self, folder: Path) -> AsyncIterator[Forked]:
        async with process(folder, environment=self.environment, module=MODULE) as made:
            await line_with(made, "listening on")
            yield made


@asynccontextmanager
async def shop() -> AsyncIterator[Shop]:
    async with SlackSandbox() as ws:
        yield Shop(ws)


async def test_a_locked_sqlite_file_does_not_delay_the_stop_and_loses_nothing(
    tmp_path: Path,
) -> None:
    async with shop() as made:
        async with made.bot(tmp_path) as bot:
            made.ws.api.fail_next("chat.postMessage", Failure.slow(300))
            ts = await made.ws.say(made.alice, made.support, AUTHORISED)
            await made.ws.until(lambda: bool(made.ws.transcript.calls("chat.postMessage")))
            with closing(
                sqlite3.connect(tmp_path / "bot.sqlite3", isolation_level=None, timeout=PATIENCE)
            ) as other:
                other.execute("BEGIN IMMEDIATE")
                code, errors = await stopped(bot)
        assert code == 1
        assert f"shutdown: not finished after {SOON.stop_process:g} seconds" in errors
        async with made.bot(tmp_path):
            await made.ws.until(lambda: len(made.ws.thread(made.support, ts)) == 2)
            await made.ws.settled()
        assert len(made.ws.thread(made.support, ts)) == 2


def children_of(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in children.split()]


def is_running(pid: int) -> bool:
    """Whether a process exists and has not ended; one that nobody has waited for is a zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
    except FileNotFoundError:
        return False
    return state.split()[0] not in "ZX"


@needs_ocr
async def test_the_process_that_reads_a_picture_ends_with_the_bot(tmp_path: Path) -> None:
    async with shop() as made, made.bot(tmp_path) as bot:
        picture = {"name": "a.png", "content": (SCREENS / "02-web.png").read_bytes()}
        await made.ws.say(made.alice, made.support, "look", files=[picture])
        async with asyncio.timeout(PATIENCE):
            while not (children := children_of(bot.pid)):
                await asyncio.sleep(0.01)
        code, errors = await stopped(bot)
        assert not any(is_running(child) for child in children)
    assert code == 0
    assert "Traceback" not in errors


BUSY = f"""
import sys, time
from bot.attachments.confinement import confine
answers = confine(1_000_000_000)
answers.write(b"x\\n")
answers.flush()
time.sleep({2 * PATIENCE})
"""
PARENT = f"""
import asyncio, sys
from bot.attachments.child_process import start

async def run():
    child = await start((sys.executable, "-uc", {BUSY!r}))
    await child.stdout.readline()
    print(child.pid, flush=True)
    await asyncio.Event().wait()

asyncio.run(run())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
async def test_a_process_that_reads_a_file_ends_with_a_bot_that_is_killed(tmp_path: Path) -> None:
    here = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    bot = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PARENT), cwd=tmp_path, env=here, stdout=PIPE
    )
    assert bot.stdout is not None
    child = int(await asyncio.wait_for(bot.stdout.readline(), PATIENCE))
    assert is_running(child)
    bot.kill()
    await bot.wait()
    async with asyncio.timeout(PATIENCE):
        while is_running(child):
            await asyncio.sleep(0.01)
