"""A small Slack workspace on loopback that speaks Slack's protocol: the tests and the try-out page stand on it."""

from slack_sandbox.block_limits import check_blocks, check_view
from slack_sandbox.block_totals import MOST_BLOCK_CHARACTERS, blocks_length
from slack_sandbox.failures import Failure
from slack_sandbox.file_store import Download
from slack_sandbox.mrkdwn import date_faults
from slack_sandbox.records import ApiError, Exchange, Message, Refused, Trouble, User, View
from slack_sandbox.workspace import Workspace

__all__ = [
    "MOST_BLOCK_CHARACTERS",
    "ApiError",
    "Download",
    "Exchange",
    "Failure",
    "Message",
    "Refused",
    "Trouble",
    "User",
    "View",
    "Workspace",
    "blocks_length",
    "check_blocks",
    "check_view",
    "date_faults",
]
