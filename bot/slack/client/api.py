"""The Slack Web API in three parts: messages, directory, views."""

from dataclasses import dataclass

from bot.slack.client.directory import Directory
from bot.slack.client.messages import Messages
from bot.slack.client.token_state import TokenState
from bot.slack.client.views import Views
from bot.slack.client.web_client import SlackClient
from bot.timings import Timings


@dataclass(frozen=True)
class SlackApi:
    """Slack's Web API as the bot of one workspace uses it."""

    messages: Messages
    directory: Directory
    views: Views
    token: TokenState

    @classmethod
    def of(cls, client: SlackClient, workspace: str, timings: Timings) -> "SlackApi":
        """Return the three parts on one client. `workspace`: its address, as in `Messages`."""
        return cls(
            Messages(client, workspace, timings),
            Directory(client),
            Views(client),
            client.token_state,
        )
