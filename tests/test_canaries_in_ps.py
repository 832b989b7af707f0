"""Secrets and pasted texts in what `ps` shows of the bot and of the processes that read files."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

from slack_sandbox import PATIENCE, SlackSandbox
from tests.attachments.ocr import SCREENS, needs_ocr
from tests.test_canaries import PASSWORDS, PASTE
from tests.test_cli import with_article
from tests.test_process import free_port, interpreter, line_with
from tests.test_stopped_process import children_of


@needs_ocr
async def test_none_is_in_a_command_line_or_in_the_environment_if_secrets_are_in_files(
    tmp_path: Path,
) -> None:
    async with SlackSandbox() as ws:
        alice = ws.add_user("Alice")
        support = ws.add_channel("support", [alice])
        port = free_port()
        ws.deliver_to(f"http://127.0.0.1:{port}/slack/events")
        secrets = {"SLACK_BOT_TOKEN": ws.bot_token, "SLACK_SIGNING_SECRET": ws.signing_secret}
        given = {"SLACK_API_URL": ws.api_url, "ESCALATION_CHANNEL": "C0CARDS", "PORT": str(port)}
        given["KNOWLEDGE_DIR"] = str(with_article(tmp_path / "knowledge"))
        for name, secret in secrets.items():
            (tmp_path / name).write_text(secret, encoding="utf-8")
            given[f"{name}_FILE"] = str(tmp_path / name)
        async with interpreter(tmp_path, "run", environment=given) as made:
            await line_with(made, "listening on")
            picture = {"name": f"{PASTE}.png", "content": (SCREENS / "02-web.png").read_bytes()}
            text = f"<@{ws.bot_user_id}> {PASTE} {PASSWORDS} canary@example.com"
            await ws.say(alice, support, text, files=[picture])
            async with asyncio.timeout(PATIENCE):
                while not any("ocr_worker" in command for command, _ in shown_of(made.pid)):
                    await asyncio.sleep(0.01)
            shown = shown_of(made.pid)
            for pid in (made.pid, *children_of(made.pid)):
                os.kill(pid, signal.SIGKILL)
            await made.wait()
    assert len(shown) == 2
    assert [
        (command, canary)
        for command, environment in shown
        for canary in {PASTE, PASSWORDS, "canary@example.com", *secrets.values()}
        if canary in command + environment
    ] == []


def shown_of(bot: int) -> list[tuple[str, str]]:
    """Returns command line and environment, as `ps` shows them, of the bot and its children."""
    folders = [Path(f"/proc/{pid}") for pid in (bot, *children_of(bot))]
    return [(printable(folder / "cmdline"), printable(folder / "environ")) for folder in folders]


def printable(file: Path) -> str:
    return file.read_bytes().replace(b"\0", b" ").decode()
