"""The command `doctor`, run through the command line against a workspace on loopback."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.cli.doctor import articles
from bot.slack.client.scopes import ALL
from slack_sandbox import SlackSandbox
from tests.test_cli import Done, bot


@dataclass(frozen=True)
class Examined:
    """Exit code, and `(level, text)` of the lines of each subject."""

    exit_code: int
    lines: dict[str, list[tuple[str, str]]]

    def one(self, subject: str) -> tuple[str, str]:
        (line,) = self.lines[subject]
        return line

    def texts(self, subject: str, level: str) -> list[str]:
        return [text for found, text in self.lines[subject] if found == level]


@dataclass
class Clinic:
    """A workspace, and the settings of a bot in Socket Mode there. `folder`: where it runs."""

    ws: SlackSandbox
    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    async def run(self, *words: str, **settings: str) -> Done:
        """Run the command in a thread, as the workspace lives in this event loop."""
        given = {name: value for name, value in (self.settings | settings).items() if value}
        return await asyncio.to_thread(_run, words, self.folder, given)

    async def examine(self, *words: str, **settings: str) -> Examined:
        done = await self.run("--json", *words, **settings)
        assert done.stderr == ""
        lines: dict[str, list[tuple[str, str]]] = {}
        for finding in json.loads(done.stdout)["findings"]:
            lines.setdefault(finding["subject"], []).append((finding["level"], finding["text"]))
        return Examined(done.returncode, lines)


def _run(words: tuple[str, ...], folder: Path, settings: dict[str, str]) -> Done:
    return bot("doctor", *words, cwd=folder, **settings)


@pytest.fixture
async def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Clinic]:
    """A bot that lacks nothing."""
    monkeypatch.setattr(articles, "can_read_pictures", lambda: True)
    async with SlackSandbox() as ws:
        ws.api.scopes.clear()
        ws.api.scopes.update(ALL)
        ws.api.strict = True
        agent = ws.add_user("Bob")
        channel = ws.add_channel("xero-escalations", [agent], private=True)
        made: dict[str, Any] = {
            "SLACK_BOT_TOKEN": ws.bot_token,
            "SLACK_APP_TOKEN": ws.app_token,
            "SLACK_API_URL": ws.api_url,
            "ESCALATION_CHANNEL": channel,
        }
        yield Clinic(ws, tmp_path, made)
