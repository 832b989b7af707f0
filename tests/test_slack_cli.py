"""Hooks of the Slack CLI in `.slack/hooks.json`, run as in slack-cli's internal/hooks."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path
from typing import Any

import pytest

from bot.slack.manifest import manifest
from slack_sandbox import PATIENCE, SlackSandbox
from tests.shipped import AUTHORISED_FILE, some_of
from tests.slack_harness import AUTHORISED

ROOT = Path(__file__).resolve().parent.parent
HOOKS = json.loads((ROOT / ".slack" / "hooks.json").read_text(encoding="utf-8"))
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
"""The CLI puts the project's virtual environment first."""


def hook(command: str, *arguments: str) -> str:
    """What a hook prints. The CLI hands the words of its command to the shell."""
    script = " ".join([*command.split(), *arguments])
    environment = {"PATH": PATH}
    done = subprocess.run(
        ["sh", "-c", script],  # noqa: S607
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def config() -> dict[str, Any]:
    """The hooks of the SDK, with those of the project over them, as the CLI merges them."""
    found = json.loads(hook(HOOKS["hooks"]["get-hooks"]))
    return {
        "hooks": found["hooks"] | HOOKS["hooks"],
        "config": found["config"]
        | HOOKS["config"]
        | {"watch": found["config"]["watch"] | HOOKS["config"]["watch"]},
    }


class TestTheManifestHook:
    def test_prints_the_manifest_for_socket_mode_between_the_boundaries(
        self, config: dict[str, Any]
    ) -> None:
        assert config["config"]["protocol-version"][0] == "message-boundaries"
        command = config["hooks"]["get-manifest"]
        printed = hook(
            command, f"--source={ROOT}", "--protocol=message-boundaries", "--boundary=b1d2"
        )
        _, made, _ = printed.split("b1d2")
        assert json.loads(made) == manifest()

    def test_watches_what_it_prints_and_the_code(self, config: dict[str, Any]) -> None:
        watched = config["config"]["watch"]
        assert [
            path
            for entry in watched.values()
            for path in entry["paths"]
            if not (ROOT / path).exists()
        ] == []
        assert watched["manifest"]["paths"] == ["manifest.json"]


class TestTheStartHook:
    def test_holds_the_connection_itself(self, config: dict[str, Any]) -> None:
        assert config["config"]["sdk-managed-connection-enabled"] is True

    async def test_starts_the_bot_with_the_tokens_of_the_cli(
        self, config: dict[str, Any], tmp_path: Path
    ) -> None:
        async with SlackSandbox() as ws:
            alice = ws.add_user("Alice")
            support, cards = ws.add_channel("support", [alice]), ws.add_channel("cards")
            given = {"SLACK_CLI_XOXB": ws.bot_token, "SLACK_CLI_XAPP": ws.app_token}
            given |= {"SLACK_BOT_TOKEN": ws.bot_token, "SLACK_APP_TOKEN": ws.app_token}
            own = {
                "SLACK_API_URL": ws.api_url,
                "ESCALATION_CHANNEL": cards,
                "DATABASE_URL": f"sqlite:///{tmp_path}/bot.sqlite3",
                "KNOWLEDGE_DIR": str(some_of(tmp_path / "knowledge", AUTHORISED_FILE)),
            }
            made = await asyncio.create_subprocess_exec(
                "sh",
                "-c",
                f"exec {config['hooks']['start']}",
                cwd=tmp_path,
                env={"PATH": PATH, "PYTHONPATH": str(ROOT)} | given | own,
                stdin=DEVNULL,
                stdout=PIPE,
                stderr=PIPE,
            )
            try:
                await ws.until(lambda: ws.events.open_sockets == 2)
                ts = await ws.say(alice, support, AUTHORISED)
                await ws.until(lambda: len(ws.thread(support, ts)) == 2)
                made.send_signal(signal.SIGTERM)
                await asyncio.wait_for(made.communicate(), PATIENCE)
            finally:
                if made.returncode is None:
                    made.kill()
                    await made.wait()
            assert made.returncode == 0
