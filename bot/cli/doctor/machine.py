"""Checks of this machine: permissions of files, and ports."""

import asyncio
import stat
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import make_url

from bot.cli.doctor.findings import Finding, NotCheckedError
from bot.cli.doctor.known_settings import KnownSettings
from bot.cli.own_pages import Answer, Owner, answer_at, reachable
from bot.domain.errors import UserError
from bot.http_server import bound
from bot.settings import SECRETS, Settings


async def check_files(given: KnownSettings, env_file: Path) -> list[Finding]:
    """Return which files with secrets or pasted texts somebody else can read."""
    secrets = [getattr(given.settings, f"{name}_file") for name in SECRETS]
    paths = (env_file, *filter(None, secrets), *_database_files(given))
    files = [file for file in dict.fromkeys(paths) if file.is_file()]
    if not files:
        return [Finding.ok("no .env, no file with a secret and no database file here")]
    found = [finding for file in files for finding in _readable(file)]
    names = ", ".join(file.name for file in files)
    return found or [Finding.ok(f"only their owner can read {names}")]


def _database_files(given: KnownSettings) -> Iterator[Path]:
    address = given.settings.database_url
    if "database_url" in given.faulty or not address.startswith("sqlite"):
        return
    name = make_url(address).database or ""
    yield from (Path(f"{name}{end}") for end in ("", "-wal", "-shm"))


def _readable(file: Path) -> Iterator[Finding]:
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o007:
        yield Finding.fail(
            f"{file}: everybody on this machine can read it ({mode:04o}); run: chmod 600 {file}"
        )
    elif mode & 0o070:
        yield Finding.warn(
            f"{file}: its group can read it ({mode:04o}); unless that is meant, run: chmod 600 {file}"
        )


async def check_ports(given: KnownSettings) -> list[Finding]:
    """Return for each port that the bot will listen on whether it is free."""
    given.require("host", "port", "health_port", "metrics_host", "metrics_port")
    if not given.settings.connects:
        raise NotCheckedError("without tokens it is not known which ports are needed")
    found = []
    with ExitStack() as bound_ports:
        for host, port, names in _ports(given.settings):
            try:
                bound_ports.enter_context(bound(host, port, names))
            except UserError as error:
                token = given.settings.slack_bot_token
                answer = await asyncio.to_thread(answer_at, host, port, token)
                found.append(_in_use(f"{names}: {reachable(host)}:{port}", answer, error))
            else:
                found.append(Finding.ok(f"{names}: {host}:{port} is free"))
    return found or [Finding.ok("none is needed: Socket Mode without HEALTH_PORT")]


def _ports(settings: Settings) -> Iterator[tuple[str, int, str]]:
    """Yield host, port and the names of the settings."""
    if not settings.slack_app_token:
        yield settings.host, settings.port, "HOST, PORT"
    elif settings.health_port:
        yield settings.host, settings.health_port, "HOST, HEALTH_PORT"
    if settings.metrics_port:
        yield settings.metrics_host, settings.metrics_port, "METRICS_HOST, METRICS_PORT"


def _in_use(where: str, answer: Answer | None, error: UserError) -> Finding:
    if answer and answer.owner is Owner.THIS_BOT:
        return Finding.ok(f"{where} is in use by this bot, which is running")
    if answer and answer.owner is Owner.ANOTHER_BOT:
        return Finding.fail(
            f"{where} is in use by a bot with another SLACK_BOT_TOKEN; choose another port, or "
            "restart that bot if its token was changed"
        )
    return Finding.fail(f"{error}, or end what answers there")
