"""Payloads that the bot sent in tests, recorded in the form of blocks.validate: `make validate`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from slack_sandbox import Exchange

FILE = "RECORD_PAYLOADS"
"""Environment variable with the name of the file to append to, one payload a line."""
Json = dict[str, Any]


def record(transcript: Iterable[Exchange]) -> None:
    """Append the payloads of a workspace's transcript to the file, if one is named."""
    if name := os.environ.get(FILE):
        lines = "".join(
            f"{json.dumps(payload, sort_keys=True)}\n" for payload in payloads(transcript)
        )
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(lines)  # at once: the tests run in several processes


def payloads(transcript: Iterable[Exchange]) -> Iterator[Json]:
    """Yields each message with blocks and each view as {"message": …} or {"view": …}."""
    for exchange in transcript:
        sent = exchange.answer if exchange.direction == "out" else exchange.request
        if not isinstance(sent, dict):
            continue
        if isinstance(sent.get("view"), dict):
            yield {"view": sent["view"]}
        elif sent.get("blocks"):
            yield {
                "message": {key: sent[key] for key in ("blocks", "attachments") if sent.get(key)}
            }
