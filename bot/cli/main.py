"""The command line. Only `bot/cli/` reads the environment and ends the process."""

import asyncio
import logging
import os
import re
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import typer
from pydantic import ValidationError

from bot.channel_config import channels_file
from bot.cli.console import err, fail, out, warn
from bot.cli.export import check_subject, print_export
from bot.cli.forgetting import forget_person
from bot.cli.log_lines import JSON, log_to_stderr
from bot.cli.moving import move_rows_of
from bot.cli.options import (
    AboutOption,
    All,
    AsJson,
    AsJsonObject,
    BackupFile,
    BatchFile,
    Channel,
    Door,
    FileToRead,
    ForgottenPerson,
    HostName,
    KnowledgeDir,
    Mode,
    ModeOption,
    PastedText,
    Person,
    PostTestCard,
    Retry,
    SqliteFile,
    Thread,
    TryOut,
    Version,
    Why,
    WriteManifests,
    WriteSchema,
    Yes,
)
from bot.cli.reports import print_failed_jobs, print_feedback
from bot.cli.serving import open_try_out, serve
from bot.cli.setting_hints import hints, value_of
from bot.cli.upkeep import back_up, upgrade_tables
from bot.domain.channel_rules import About
from bot.domain.errors import KnowledgeError, UserError
from bot.domain.knowledge import KnowledgeBase
from bot.domain.reports import Hearing, Trigger
from bot.knowledge_base.loader import load
from bot.settings import Settings, faults

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

T = TypeVar("T")

ENV_FILE = Path(".env")
NO_TOKENS = (
    "SLACK_BOT_TOKEN: missing; required to connect to Slack. Looked in the environment and in {file} "
    "({found}). Start the bot in the directory of its .env, or try it out without Slack: "
    "python -m bot run --try-out"
)


@app.callback()
def xero_bot(*, version: Version = False) -> None:
    """Recognises Xero integration errors and answers them in Slack."""


@app.command()
def run(mode: ModeOption = Mode.AUTO, *, try_out: TryOut = False) -> None:
    """Start the bot. Without Slack tokens, a terminal opens the try-out in a local workspace."""
    err.is_json = value_of("LOG_FORMAT", ENV_FILE, os.environ) == JSON
    settings = _settings(warns=True)
    if not settings.connects:
        if mode is not Mode.AUTO or not (try_out or _is_interactive()):
            fail(
                NO_TOKENS.format(
                    file=ENV_FILE.resolve(), found="found" if ENV_FILE.is_file() else "not found"
                )
            )
        open_try_out(settings)
        return
    socket_mode = mode is Mode.SOCKET or (mode is Mode.AUTO and bool(settings.slack_app_token))
    if socket_mode and not settings.slack_app_token:
        fail("SLACK_APP_TOKEN: missing; required for Socket Mode")
    if not socket_mode and not settings.slack_signing_secret:
        fail("SLACK_SIGNING_SECRET: missing; required for HTTP")
    log_to_stderr(settings.log_level, settings.log_format)
    _run(serve(settings, socket_mode=socket_mode))


@app.command()
def sandbox() -> None:
    """Start the bot in a local workspace, even if Slack tokens are set."""
    open_try_out(_settings())


@app.command()
def check(
    knowledge: KnowledgeDir = None, *, write_schema: WriteSchema = False, everything: All = False
) -> None:
    """Check articles, examples and CHANNELS_FILE. Prints a line per fault; exit 1 if any."""
    from bot.cli.check import print_findings  # noqa: PLC0415 - a faster start of the bot
    from bot.knowledge_base import lint  # noqa: PLC0415
    from bot.knowledge_base.schemas import write_schemas  # noqa: PLC0415
    from bot.slack.views.first_view import view_faults  # noqa: PLC0415

    settings = _settings(warns=True)
    directory = knowledge or settings.knowledge_dir
    if write_schema:
        write_schemas(directory)
    found = lint.check(
        directory,
        channels_file(settings.channels_file),
        today=datetime.now(UTC).date(),
        view_faults=view_faults,
    )
    print_findings(found, everything=everything)
    raise typer.Exit(1 if found.faults else 0)


@app.command()
def doctor(*, post: PostTestCard = False, json: AsJsonObject = False) -> None:
    """Check all that the bot needs. Prints a line each with what to do; exit 1 if any fails."""
    from bot.cli.doctor import examination  # noqa: PLC0415 - a faster start of the bot

    # a broken line is among the findings
    logging.getLogger("dotenv").setLevel(logging.ERROR)
    lines = asyncio.run(examination.examine(ENV_FILE, post=post))
    if json:
        examination.print_json(lines)
    else:
        examination.print_lines(lines)
    raise typer.Exit(1 if examination.has_failed(lines) else 0)


@app.command()
def health() -> None:
    """Ask the bot that runs with these settings whether it is alive; exit 1 if it is not."""
    from bot.cli.own_pages import why_not_alive  # noqa: PLC0415 - a faster start of the bot

    why = why_not_alive(_settings())
    out.print(why or "ok", markup=False, soft_wrap=True)
    raise typer.Exit(1 if why else 0)


@app.command()
def explain(  # noqa: PLR0913 - an option each
    text: PastedText = None,
    *,
    json: AsJsonObject = False,
    batch_file: BatchFile = None,
    file: FileToRead = None,
    why: Why = False,
    trigger: Door = Trigger.ADDRESSED,
    about: AboutOption = About.ANYTHING,
    knowledge: KnowledgeDir = None,
) -> None:
    """Print the reply to a pasted text or a file."""
    if [text, batch_file, file].count(None) != 2:
        fail(
            "explain: needs exactly one source (allowed: a text, - for standard input, --batch, --file)"
        )
    from bot.cli import explain_command  # noqa: PLC0415 - a faster start of the bot
    from bot.cli.explain import Explainer  # noqa: PLC0415

    hearing = Hearing(trigger, about_xero=about is About.XERO)
    explainer = Explainer(_load_knowledge(knowledge), hearing)
    if batch_file is not None:
        explain_command.print_batch(explainer, batch_file, why=why)
    explain_command.print_explanation(explainer, text, file, json=json, why=why)


@app.command()
def manifest(*, host: HostName = "", json: AsJson = False, write: WriteManifests = False) -> None:
    """Print the Slack app manifest."""
    from bot.slack import manifest as made  # noqa: PLC0415 - as in _serve

    if host and not re.fullmatch(r"[A-Za-z0-9.-]+(:[0-9]+)?", host):
        fail(
            f"--host: {host} is not a host name (allowed: a name without https://, such as bot.example.com)"
        )
    if write:
        for name, text in made.files().items():
            Path(name).write_text(text, encoding="utf-8")
        return
    sys.stdout.write(made.as_json(host) if json else made.as_yaml(host))


@app.command()
def jobs(*, retry: Retry = False) -> None:
    """List the failed jobs, each with its reason."""
    _run(print_failed_jobs(_settings(), retry=retry))


@app.command()
def hosts() -> None:
    """List the servers that the bot connects to with its settings, as for a firewall."""
    from bot.cli.hosts import described  # noqa: PLC0415 - only this command needs it

    for line in described(_settings()):
        out.print(line, markup=False, soft_wrap=True, highlight=False)


@app.command()
def feedback() -> None:
    """Show how often each article helped, the least helpful first, and what people wrote."""
    settings = _settings()
    _run(print_feedback(settings, _load_knowledge(settings.knowledge_dir)))


@app.command()
def export(*, person: Person = "", channel: Channel = "", thread: Thread = "") -> None:
    """Print what is stored about a person or a conversation, as JSON lines. Changes nothing."""
    check_subject(person, channel, thread)
    _run(print_export(_settings(), person, channel, thread))


@app.command()
def migrate() -> None:
    """Upgrade the tables of the database, and start nothing: the first step of an upgrade."""
    _run(upgrade_tables(_settings()))


@app.command()
def backup(file: BackupFile) -> None:
    """Copy a SQLite database to a new file, also while the bot runs."""
    try:
        back_up(_settings(), file)
    except UserError as error:
        fail(str(error))


@app.command()
def move_database(file: SqliteFile) -> None:
    """Copy a SQLite database into the empty PostgreSQL database of DATABASE_URL."""
    _run(move_rows_of(_settings(), file))


@app.command()
def forget(person: ForgottenPerson, *, yes: Yes = False) -> None:
    """Delete what a person wrote from the database, also while the bot runs."""
    check_subject(person, "", "")
    raise typer.Exit(1 if _run(forget_person(_settings(), person, yes=yes)) else 0)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    _have_a_home()
    app()


def _have_a_home() -> None:
    """Set HOME for a user without a name, as in containers: slack_bolt's import asks for it."""
    try:
        Path.home()
    except RuntimeError:
        os.environ["HOME"] = "/"


def _run(command: Coroutine[Any, Any, T]) -> T:
    """Return what the command returns; a fault that the operator can mend ends the process."""
    try:
        return asyncio.run(command)
    except UserError as error:
        fail(str(error))


def _is_interactive() -> bool:
    """Whether there is a terminal, so that somebody can open the try-out; a service has none."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _settings(*, warns: bool = False) -> Settings:
    # a broken line is shown as a hint, with its file
    logging.getLogger("dotenv").setLevel(logging.ERROR)
    try:
        for hint in hints(ENV_FILE, os.environ) if warns else ():
            warn(hint)
        return Settings(_env_file=ENV_FILE)
    except ValidationError as error:
        fail("\n".join(faults(error)))
    except (UnicodeDecodeError, OSError) as error:
        fail(f".env: cannot be read ({type(error).__name__}); save it as UTF-8 text")


def _load_knowledge(knowledge: Path | None) -> KnowledgeBase:
    try:
        return load(knowledge or _settings().knowledge_dir)
    except KnowledgeError as error:
        fail(str(error))
