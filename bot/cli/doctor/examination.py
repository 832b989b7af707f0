"""All checks in their order, and the output of what they find."""

import json
import logging
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from rich.table import Table
from rich.text import Text

from bot.cli.console import out
from bot.cli.doctor.articles import check_articles, check_pictures
from bot.cli.doctor.channels import check_channels, check_people
from bot.cli.doctor.database import check_database
from bot.cli.doctor.findings import Check, Finding, Level, Line, run_checks
from bot.cli.doctor.integrations import check_mail, check_zendesk
from bot.cli.doctor.known_settings import KnownSettings, check_settings, read_settings
from bot.cli.doctor.machine import check_files, check_ports
from bot.cli.doctor.posting import post_test_card
from bot.cli.doctor.slack import (
    SlackConnection,
    check_app_token,
    check_clock,
    check_scopes,
    check_signing_secret,
    check_token,
)
from bot.slack.client.web_client import session_of
from bot.timings import Timings

_STYLES = {Level.OK: "green", Level.WARN: "yellow", Level.FAIL: "bold red"}
_SUBJECT_COLUMNS = 15


async def examine(env_file: Path, *, post: bool) -> list[Line]:
    """Run all checks, and post the test card if asked; return their lines without secrets."""
    timings = Timings()
    given = read_settings(env_file)
    with _quiet():
        async with session_of(timings) as session:
            slack = SlackConnection(given, session, timings)
            lines = await run_checks(_checks(given, slack, env_file, post=post))
    return [
        Line(one.subject, Finding(one.finding.level, given.without_secrets(one.finding.text)))
        for one in lines
    ]


def _checks(
    given: KnownSettings, slack: SlackConnection, env_file: Path, *, post: bool
) -> list[Check]:
    checks = [
        Check("settings", partial(check_settings, given, env_file)),
        Check("secret files", partial(check_files, given, env_file)),
        Check("token", partial(check_token, slack)),
        Check("scopes", partial(check_scopes, slack)),
        Check("app-level token", partial(check_app_token, given, slack)),
        Check("signing secret", partial(check_signing_secret, given)),
        Check("clock", partial(check_clock, slack)),
        Check("channels", partial(check_channels, given, slack)),
        Check("people", partial(check_people, given, slack)),
        Check("e-mail", partial(check_mail, given)),
        Check("zendesk", partial(check_zendesk, given)),
        Check("database", partial(check_database, given)),
        Check("articles", partial(check_articles, given)),
        Check("pictures", check_pictures),
        Check("ports", partial(check_ports, given)),
    ]
    return [*checks, Check("test card", partial(post_test_card, given, slack))] if post else checks


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep log lines off the terminal: what they say is in the findings."""
    nowhere = logging.NullHandler()
    logging.getLogger().addHandler(nowhere)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(nowhere)


def print_lines(lines: Sequence[Line]) -> None:
    """Print a line for each finding, and how many there are of each level."""
    rows = [
        (Text(f"{one.finding.level:<4}", _STYLES[one.finding.level]), one.subject, one.finding.text)
        for one in lines
    ]
    if out.is_terminal:
        table = Table.grid(padding=(0, 2, 0, 0))
        for row in rows:
            table.add_row(row[0], Text(row[1]), Text(row[2], overflow="fold"))
        out.print(table)
    else:
        for level, subject, text in rows:
            line = f"{level}  {subject:<{_SUBJECT_COLUMNS}}  {text}"
            out.print(line, markup=False, soft_wrap=True)
    counted = _counted(lines)
    out.print(", ".join(f"{counted[level]} {level}" for level in Level), markup=False)


def print_json(lines: Sequence[Line]) -> None:
    """Print one JSON object: the findings, and how many there are of each level."""
    findings = [
        {"level": one.finding.level, "subject": one.subject, "text": one.finding.text}
        for one in lines
    ]
    counted = _counted(lines)
    made = {"findings": findings, **{str(level): counted[level] for level in Level}}
    sys.stdout.write(json.dumps(made, ensure_ascii=False) + "\n")


def has_failed(lines: Sequence[Line]) -> bool:
    """Whether any check has failed."""
    return bool(_counted(lines)[Level.FAIL])


def _counted(lines: Sequence[Line]) -> Counter[Level]:
    return Counter(one.finding.level for one in lines)
