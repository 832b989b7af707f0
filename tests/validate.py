"""Slack's own judgement of what the bot sends: `make validate`.

Records every payload of tests/slack, and asks Slack's blocks.validate about each, which needs no
token and no scope. If Slack cannot be reached, it prints that and exits with 0, as that is no fault
of the bot, and make reports any other code like that of a refused payload.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.recording import FILE

SLACK = "https://slack.com/api/"
DIVIDER = {"message": {"blocks": [{"type": "divider"}]}}
JUDGED = {"invalid_blocks", "invalid_message", "invalid_view"}
TRIES = 10
Json = dict[str, Any]


class UnreachableError(Exception):
    """Slack cannot be asked; `str(error)` says why."""


async def refusals(address: str, payloads: Iterable[Json]) -> list[str]:
    """Returns a line for each fault that Slack finds, followed by the payload.

    Raises:
        UnreachableError: Slack cannot be reached, or does not check the payload.
    """
    retries: list[AsyncRetryHandler] = [AsyncRateLimitErrorRetryHandler(max_retry_count=TRIES)]
    client = AsyncWebClient(base_url=address, retry_handlers=retries)
    lines: list[str] = []
    for payload in payloads:
        arguments = {name: json.dumps(value) for name, value in payload.items()}
        try:
            await client.api_call("blocks.validate", data=arguments)
        except SlackApiError as error:
            answer = error.response
            if answer.get("error") not in JUDGED:
                raise UnreachableError(f"blocks.validate answers {answer.get('error')}") from None
            lines += [
                f"{e.get('pointer')}: {e.get('message')}: {json.dumps(payload)}"
                for e in answer["errors"]
            ]
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise UnreachableError(type(error).__name__) from None
    return lines


def recorded() -> list[Json]:
    """Returns what the bot sends in tests/slack, each payload once."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "payloads.jsonl"
        command = [sys.executable, "-m", "pytest", "-q", "-n", "4", "tests/slack"]
        subprocess.run(command, env=os.environ | {FILE: str(file)}, check=True)
        return [
            json.loads(line) for line in sorted(set(file.read_text(encoding="utf-8").splitlines()))
        ]


def main(address: str) -> int:
    """Ask about all payloads; returns the exit code."""
    try:
        asyncio.run(refusals(address, [DIVIDER]))  # before the minutes that recording takes
        payloads = recorded()
        lines = asyncio.run(refusals(address, payloads))
    except UnreachableError as error:
        print(f"Nothing was validated: {address} cannot be asked ({error}).")  # noqa: T201
        return 0
    print(*lines, f"{len(payloads)} payloads, {len(lines)} faults found by {address}", sep="\n")  # noqa: T201
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(os.environ.get("SLACK_API_URL", SLACK)))
