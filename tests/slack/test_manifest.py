"""The Slack app manifest: four files from one source, Slack's schema, and the bot's events."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.client.scopes import ALL, EVENTS, FEATURES, OPTIONAL
from bot.slack.manifest import PLACEHOLDER, files, manifest
from bot.slack.registration import register
from bot.slack.request_verification import PATH
from bot.slack.requests import Kind, Request
from tests.test_cli import bot

ROOT = Path(__file__).resolve().parents[2]
SUBTYPES = {"message": {"message.channels", "message.groups", "message.im", "message.mpim"}}
LONGEST = {
    "display_information.name": 35,
    "display_information.description": 140,
    "features.bot_user.display_name": 80,
    "features.agent_view.agent_description": 300,
    "features.slash_commands.*.command": 32,
    "features.slash_commands.*.description": 2_000,
    "features.slash_commands.*.usage_hint": 1_000,
    "features.slash_commands.*.url": 3_000,
    "features.shortcuts.*.name": 24,
    "features.shortcuts.*.description": 150,
    "features.shortcuts.*.callback_id": 255,
    "oauth_config.scopes.bot": 255,
    "oauth_config.scopes.bot_optional": 255,
    "settings.event_subscriptions.bot_events": 100,
    "settings.event_subscriptions.request_url": 3_500,
    "settings.interactivity.request_url": 3_500,
}
"""Slack's limits in characters, of lists in entries (docs.slack.dev/reference/app-manifest)."""


def found(within: Any, path: str) -> Iterator[Any]:
    key, _, rest = path.partition(".")
    inside = (
        within
        if key == "*"
        else [within[key]]
        if isinstance(within, dict) and key in within
        else []
    )
    for value in inside:
        yield from found(value, rest) if rest else [value]


def refused(given: dict[str, Any]) -> list[str]:
    """Returns why Slack would refuse to create an app from it."""
    features, scopes = given["features"], given["oauth_config"]["scopes"]
    settings = given["settings"]
    urls = [
        *found(given, "settings.event_subscriptions.request_url"),
        *found(given, "settings.interactivity.request_url"),
    ]
    urls += list(found(given, "features.slash_commands.*.url"))
    rules = {
        "assistant_view is closed to new apps": "assistant_view" in features,
        "assistant:write needs agent_view": "assistant:write" in scopes["bot"]
        and "agent_view" not in features,
        "an optional scope is missing from bot": bool(
            set(scopes.get("bot_optional", [])) - set(scopes["bot"])
        ),
        "events without a request URL": not settings["socket_mode_enabled"] and len(urls) < 3,
        "an agent needs app_home_opened and message.im": "agent_view" in features
        and not {"app_home_opened", "message.im"}
        <= set(settings["event_subscriptions"]["bot_events"]),
        "assistant_thread events belong to assistant_view": any(
            event.startswith("assistant_thread")
            for event in settings["event_subscriptions"]["bot_events"]
        ),
        "more than 4 prompts": len(features.get("agent_view", {}).get("suggested_prompts", [])) > 4,
    }
    long = [
        f"{path} is too long"
        for path, most in LONGEST.items()
        if any(len(one) > most for one in found(given, path))
    ]
    return [why for why, broken in rules.items() if broken] + long


class TestTheFiles:
    def test_are_what_the_source_makes(self) -> None:
        for name, made in files().items():
            assert (ROOT / name).read_text(encoding="utf-8") == made, f"{name}: run make manifests"

    def test_say_the_same_as_yaml_and_as_json(self) -> None:
        for kind in ("manifest", "manifest.http"):
            text = (ROOT / f"{kind}.yaml").read_text(encoding="utf-8")
            assert yaml.safe_load(text) == json.loads(
                (ROOT / f"{kind}.json").read_text(encoding="utf-8")
            )

    def test_differ_in_the_three_addresses_and_the_mode_alone(self) -> None:
        over_http, over_socket = manifest("bot.example.com"), manifest()
        url = "https://bot.example.com/slack/events"
        assert over_http["settings"].pop("socket_mode_enabled") is False
        assert over_socket["settings"].pop("socket_mode_enabled") is True
        assert over_http["settings"]["event_subscriptions"].pop("request_url") == url
        assert over_http["settings"]["interactivity"].pop("request_url") == url
        assert over_http["features"]["slash_commands"][0].pop("url") == url
        assert over_http == over_socket

    def test_say_which_three_addresses_a_person_fills_in(self) -> None:
        text = files()["manifest.http.yaml"]
        assert text.count(f"https://{PLACEHOLDER}{PATH}") == 3
        assert f"Replace {PLACEHOLDER} three times" in text
        assert PLACEHOLDER not in files()["manifest.yaml"] + files()["manifest.json"]


class TestTheCommand:
    def test_prints_the_manifest_with_the_hosts_name_in_it(self) -> None:
        printed = bot("manifest", "--host", "bot.example.com", "--json")
        assert json.loads(printed.stdout) == manifest("bot.example.com")
        assert bot("manifest").stdout == files()["manifest.yaml"]

    def test_refuses_what_is_no_hosts_name(self) -> None:
        printed = bot("manifest", "--host", "https://bot.example.com")
        assert printed.returncode == 2
        assert "--host: https://bot.example.com is not a host name" in printed.stderr


@pytest.mark.parametrize("given", [manifest(), manifest(PLACEHOLDER)], ids=["socket mode", "http"])
class TestWhatSlackTakes:
    def test_has_no_fault(self, given: dict[str, Any]) -> None:
        assert refused(given) == []

    def test_asks_for_what_methods_events_and_features_need(self, given: dict[str, Any]) -> None:
        assert set(given["oauth_config"]["scopes"]["bot"]) == ALL
        assert set(given["oauth_config"]["scopes"]["bot_optional"]) == {
            optional.scope for optional in OPTIONAL
        }
        features = set(given["features"]) - {"bot_user", "app_home"}
        assert features == set(FEATURES)


class TestAnAppThatSlackRefuses:
    """Slack's own schema lets the first two pass."""

    def test_is_a_new_one_with_assistant_view(self) -> None:
        made = manifest()
        made["features"]["assistant_view"] = {"assistant_description": "x"}
        assert refused(made) == ["assistant_view is closed to new apps"]

    def test_writes_as_an_assistant_and_is_no_agent(self) -> None:
        made = manifest()
        del made["features"]["agent_view"]
        assert refused(made) == ["assistant:write needs agent_view"]

    def test_has_an_optional_scope_that_it_does_not_ask_for(self) -> None:
        made = manifest()
        made["oauth_config"]["scopes"]["bot"].remove("files:read")
        assert refused(made) == ["an optional scope is missing from bot"]

    def test_wants_events_and_does_not_say_where(self) -> None:
        made = manifest(PLACEHOLDER)
        del made["settings"]["event_subscriptions"]["request_url"]
        assert refused(made) == ["events without a request URL"]

    @pytest.mark.parametrize(
        "path", ["display_information.name", "features.agent_view.agent_description"]
    )
    def test_says_more_than_fits(self, path: str) -> None:
        made = manifest()
        *above, last = path.split(".")
        inner = made
        for key in above:
            inner = inner[key]
        inner[last] = "x" * (LONGEST[path] + 1)
        assert refused(made) == [f"{path} is too long"]


@pytest.fixture(scope="module")
def requests() -> Sequence[Request]:
    async def authorize(**_: object) -> AuthorizeResult:
        raise AssertionError("nothing is delivered here")

    app = AsyncApp(client=AsyncWebClient(), authorize=authorize, request_verification_enabled=False)
    return register(app, context=None).requests  # type: ignore[arg-type]


def named(requests: Sequence[Request], kind: Kind) -> set[str]:
    return {request.name for request in requests if request.kind is kind}


class TestWhatTheBotListensTo:
    def test_are_the_events(self, requests: Sequence[Request]) -> None:
        heard = {
            name for event in named(requests, Kind.EVENT) for name in SUBTYPES.get(event, {event})
        }
        assert (
            set(manifest()["settings"]["event_subscriptions"]["bot_events"]) == heard == set(EVENTS)
        )

    def test_are_the_commands(self, requests: Sequence[Request]) -> None:
        assert {entry["command"] for entry in manifest()["features"]["slash_commands"]} == named(
            requests, Kind.COMMAND
        )

    def test_are_the_shortcuts(self, requests: Sequence[Request]) -> None:
        assert {entry["callback_id"] for entry in manifest()["features"]["shortcuts"]} == named(
            requests, Kind.SHORTCUT
        )

    def test_is_no_assistant_of_the_old_kind(self) -> None:
        texts = [path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py")]
        texts += [(ROOT / name).read_text(encoding="utf-8") for name in files()]
        assert [
            text for text in texts if "assistant_thread_" in text or "assistant_view" in text
        ] == []
