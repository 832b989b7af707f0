"""Export of what is stored about a person or a conversation, as JSON lines."""

import json
import re
import sys

from bot.cli.console import fail
from bot.settings import Settings


def check_subject(person: str, channel: str, thread: str) -> None:
    """End the process unless the options name one person, or one channel, maybe with a thread."""
    if bool(person) == bool(channel) or (thread and not channel):
        fail("Give either --person, or --channel, which may have a --thread")
    for option, value, pattern, example in (
        ("person", person, r"[UW][A-Z0-9]+", "U0123ABCD"),
        ("channel", channel, r"[CDG][A-Z0-9]+", "C0123ABCD"),
        ("thread", thread, r"\d+\.\d+", "1700000000.000100"),
    ):
        if value and not re.fullmatch(pattern, value):
            fail(f"--{option}: {value} is not the id of a {option} (allowed: such as {example})")


async def print_export(settings: Settings, person: str, channel: str, thread: str) -> None:
    """Print each row about a person, or of the reports in a channel, as a JSON object on a line."""
    from bot.databases import existing_database  # noqa: PLC0415 - a faster start
    from bot.storage.export import rows_about_person, rows_of_conversation  # noqa: PLC0415

    async with existing_database(settings) as database:
        rows = (
            rows_about_person(database, person)
            if person
            else rows_of_conversation(database, channel, thread)
        )
        async for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
