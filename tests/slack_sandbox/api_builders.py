"""Blocks, and the answer of a refused call."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}


def section(text: str = "x", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}} | more


async def refused(call: Any) -> Any:
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response.data
