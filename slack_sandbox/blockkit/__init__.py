"""Block Kit's rules, usable alone: which blocks and views Slack refuses, and why."""

from slack_sandbox.blockkit.checks import check_blocks, check_view
from slack_sandbox.blockkit.totals import MAX_BLOCK_CHARACTERS, blocks_length

__all__ = ["MAX_BLOCK_CHARACTERS", "blocks_length", "check_blocks", "check_view"]
