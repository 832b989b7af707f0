"""A small Slack workspace on loopback, for testing and trying out a Slack app in any language."""

from slack_sandbox.blockkit.checks import check_blocks, check_view
from slack_sandbox.blockkit.totals import MAX_BLOCK_CHARACTERS, blocks_length
from slack_sandbox.methods.failures import Failure
from slack_sandbox.mrkdwn import date_faults, effective_mentions, live_texts, rich_text, typed
from slack_sandbox.sandbox import SlackSandbox
from slack_sandbox.state.files import Download
from slack_sandbox.state.models import ApiError, ClientError, Exchange, Message, Refused, User, View
from slack_sandbox.state.signals import PATIENCE

__all__ = [
    "MAX_BLOCK_CHARACTERS",
    "PATIENCE",
    "ApiError",
    "ClientError",
    "Download",
    "Exchange",
    "Failure",
    "Message",
    "Refused",
    "SlackSandbox",
    "User",
    "View",
    "blocks_length",
    "check_blocks",
    "check_view",
    "date_faults",
    "effective_mentions",
    "live_texts",
    "rich_text",
    "typed",
]
