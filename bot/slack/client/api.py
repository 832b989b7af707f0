"""The Slack Web API in parts: messages, directory, views, copies of files."""

from dataclasses import dataclass

import aiohttp

from bot.slack.client.directory import Directory
from bot.slack.client.downloads import Hosts
from bot.slack.client.file_copies import FileCopies
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
    file_copies: FileCopies
    token: TokenState

    @classmethod
    def of(
        cls,
        client: SlackClient,
        session: aiohttp.ClientSession,
        workspace: str,
        timings: Timings,
    ) -> "SlackApi":
        """Return the parts on one client. `workspace`: its address, as in `Messages`."""
        return cls(
            Messages(client, workspace, timings),
            Directory(client),
            Views(client),
            FileCopies(client, session, Hosts.of(client.base_url), timings),
            client.token_state,
        )
