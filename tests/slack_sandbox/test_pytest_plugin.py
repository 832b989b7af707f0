"""The pytest plug-in, as the author of another app uses it."""

from __future__ import annotations

import pytest

from slack_sandbox import SlackSandbox

pytest_plugins = ["slack_sandbox.pytest_plugin"]


@pytest.fixture
def slack_options() -> dict[str, object]:
    return {"ack_seconds": 0.5}


async def test_yields_a_running_workspace(slack: SlackSandbox) -> None:
    alice = slack.add_user("Alice")
    general = slack.add_channel("general", [alice])
    ts = await slack.say(alice, general, "hello")
    assert slack.message(general, ts).text == "hello"
    assert slack.events.ack_seconds == 0.5
