"""The Slack app manifest for Socket Mode and for HTTP, built from the ids and scopes in use."""

import json
from typing import Any

import yaml

from bot.slack.client import scopes
from bot.slack.request_verification import PATH
from bot.slack.views import ids, wording

Manifest = dict[str, Any]

PLACEHOLDER = "your-host"
"""Host name in the HTTP manifests of the repository."""
COLOUR = "#0b4f6c"
_SOCKET_MODE_HEADER = """\
# Slack app manifest for Socket Mode. Made by `make manifests` from bot/slack/manifest.py.
# api.slack.com/apps > Create New App > From a manifest.
"""
_HTTP_HEADER = """\
# Slack app manifest for HTTP. Made by `make manifests` from bot/slack/manifest.py.
# Replace {host} three times by the name under which Slack reaches the bot,
# or print the manifest with your name in it: python -m bot manifest --host bot.example.com
# api.slack.com/apps > Create New App > From a manifest.
"""


def manifest(host: str = "") -> Manifest:
    """Return the manifest: for HTTP at `https://<host>/slack/events`, else for Socket Mode."""
    url = f"https://{host}{PATH}" if host else ""
    optional = [one.scope for one in scopes.OPTIONAL]
    return {
        "display_information": {
            "name": wording.BOT_NAME,
            "description": wording.APP_DESCRIPTION,
            "background_color": COLOUR,
        },
        "features": _features(url),
        "oauth_config": {"scopes": {"bot": sorted(scopes.ALL), "bot_optional": sorted(optional)}},
        "settings": {
            "event_subscriptions": {**_at("request_url", url), "bot_events": sorted(scopes.EVENTS)},
            "interactivity": {"is_enabled": True, **_at("request_url", url)},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def _features(url: str) -> Manifest:
    # no prompts: those of a manifest change only with a reinstall; the Messages tab sets its own
    return {
        "bot_user": {"display_name": wording.BOT_NAME, "always_online": True},
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "agent_view": {"agent_description": wording.AGENT_DESCRIPTION},
        "slash_commands": [
            {
                "command": ids.COMMAND,
                **_at("url", url),
                "description": wording.COMMAND_DESCRIPTION,
                "usage_hint": wording.COMMAND_HINT,
                "should_escape": True,
            }
        ],
        "shortcuts": [
            {
                "name": name,
                "type": "message",
                "callback_id": callback_id,
                "description": description,
            }
            for callback_id, (name, description) in wording.SHORTCUTS.items()
        ],
    }


def _at(key: str, url: str) -> Manifest:
    return {key: url} if url else {}


def as_yaml(host: str = "") -> str:
    """Return the manifest as YAML, with a header comment that says how to use it."""
    headers = {"": _SOCKET_MODE_HEADER, PLACEHOLDER: _HTTP_HEADER.format(host=PLACEHOLDER)}
    return headers.get(host, "") + yaml.safe_dump(
        manifest(host), sort_keys=False, allow_unicode=True, width=1_000
    )


def as_json(host: str = "") -> str:
    """Return the manifest as JSON, for the Slack CLI."""
    return json.dumps(manifest(host), indent=2, ensure_ascii=False) + "\n"


def files() -> dict[str, str]:
    """Return the contents of the repository's manifest files, by file name."""
    return {
        "manifest.yaml": as_yaml(),
        "manifest.json": as_json(),
        "manifest.http.yaml": as_yaml(PLACEHOLDER),
        "manifest.http.json": as_json(PLACEHOLDER),
    }
