"""The command line: the only place that reads the environment, writes to the terminal and ends the process."""

import asyncio
import logging
import os
import re
import signal
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Never

import typer
from pydantic import ValidationError
from rich.console import Console

from bot import __version__
from bot.channel_config import channels_file
from bot.cli.explain import PARTLY, Attachments, Explainer, NotReadError, about, batch
from bot.cli.setting_hints import hints
from bot.domain.articles import KnowledgeBase
from bot.domain.attachments import FileText, ReadOutcome
from bot.domain.errors import KnowledgeError, UserError
from bot.domain.feedback import total
from bot.domain.reports import Trigger
from bot.knowledge_base.lint import check as check_everything
from bot.knowledge_base.loader import SCHEMA_FILE, load, schema
from bot.settings import Settings, faults

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
log = logging.getLogger(__name__)
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

WRONG_SETTINGS = 2
ENV_FILE = Path(".env")
NO_TOKENS = (
    "SLACK_BOT_TOKEN: missing, so there is nothing to connect to Slack with. Looked in the environment and in {file} "
    "({found}). Start the bot in the folder that has its .env, or see the try-out with: python -m bot run --try-out"
)
STOP_SECONDS = 20.0
"""From the signal to the end of the process. What is not finished by then is in the database, as after a crash."""
MAX_COMPLAINTS = 200
KnowledgeDir = Annotated[
    Path | None,
    typer.Option(
        "--knowledge", metavar="DIR", help="Folder of articles, in place of KNOWLEDGE_DIR."
    ),
]


class Mode(StrEnum):
    """How to connect to Slack."""

    AUTO = "auto"
    HTTP = "http"
    SOCKET = "socket"


def _print_version(wanted: bool) -> None:
    if wanted:
        out.print(f"xero-bot {__version__}", markup=False)
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Recognises Xero integration errors and answers them in Slack."""


@app.command()
def run(
    mode: Annotated[
        Mode, typer.Option(help="auto: Socket Mode when SLACK_APP_TOKEN is set, else HTTP.")
    ] = Mode.AUTO,
    *,
    try_out: Annotated[
        bool,
        typer.Option(
            "--try-out",
            help="Without Slack tokens, open the try-out where there is no terminal too.",
        ),
    ] = False,
) -> None:
    """Start the bot; on a terminal and without Slack tokens, in a workspace of its own that opens in the browser."""
    settings = _settings(warn=True)
    if not settings.connects:
        if mode is not Mode.AUTO or not (try_out or _on_a_terminal()):
            _stop(
                NO_TOKENS.format(
                    file=ENV_FILE.resolve(), found="found" if ENV_FILE.is_file() else "not found"
                )
            )
        _try_out(settings)
        return
    socket_mode = mode is Mode.SOCKET or (mode is Mode.AUTO and bool(settings.slack_app_token))
    if socket_mode and not settings.slack_app_token:
        _stop("SLACK_APP_TOKEN: missing; Socket Mode needs it")
    if not socket_mode and not settings.slack_signing_secret:
        _stop("SLACK_SIGNING_SECRET: missing; HTTP needs it")
    _log_to_stderr(settings.log_level)
    try:
        asyncio.run(_serve(settings, socket_mode=socket_mode))
    except UserError as error:
        _stop(str(error))


@app.command()
def sandbox() -> None:
    """Start the bot in a workspace of its own on this machine, whatever tokens are set."""
    _try_out(_settings())


@app.command()
def check(
    knowledge: KnowledgeDir = None,
    *,
    write_schema: Annotated[
        bool, typer.Option("--write-schema", help="Write article.schema.json first.")
    ] = False,
) -> None:
    """Validate every article, try its examples, validate CHANNELS_FILE; one line per fault, exit 1 if there is any."""
    settings = _settings(warn=True)
    directory = knowledge or settings.knowledge_dir
    if write_schema:
        (directory / SCHEMA_FILE).write_text(schema(), encoding="utf-8")
    found = check_everything(directory, channels_file(settings.channels_file))
    for fault in found.faults:
        out.print(str(fault), markup=False, soft_wrap=True)
    if found.pairs:
        out.print("Closest pairs, and the words that tell them apart:", style="dim")
    for pair in found.pairs:
        out.print(f"  {pair}", markup=False, soft_wrap=True, style="dim")
    out.print(found.summary, markup=False, soft_wrap=True)
    raise typer.Exit(1 if found.faults else 0)


@app.command()
def explain(  # noqa: PLR0913 - an option each
    text: Annotated[
        str | None, typer.Argument(help="The pasted text; - reads it from standard input.")
    ] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    batch_file: Annotated[
        Path | None,
        typer.Option(
            "--batch",
            metavar="FILE",
            help='JSON lines {"id", "text"} or {"id", "file"} in, one object a line out; - is stdin.',
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", metavar="PATH", help="A text file or a picture, read as one in Slack."
        ),
    ] = None,
    why: Annotated[
        bool,
        typer.Option("--why", help="Say what decided: words found, words missing, runners-up."),
    ] = False,
    trigger: Annotated[
        Trigger, typer.Option("--door", help="channel: speak only when sure; ask: always reply.")
    ] = Trigger.ADDRESSED,
    knowledge: KnowledgeDir = None,
) -> None:
    """Print the reply to a pasted text or an attached file."""
    if [text, batch_file, file].count(None) != 2:
        _stop("Give either a text (or - for standard input), or --batch FILE, or --file PATH")
    explainer = Explainer(_loaded(knowledge), trigger)
    if batch_file is not None:
        _batch(explainer, batch_file)
        return
    read = _attached(explainer, file) if file is not None else None
    pasted = (
        read.text
        if read
        else sys.stdin.buffer.read().decode("utf-8", "replace")
        if text == "-"
        else str(text)
    )
    if json:
        sys.stdout.write(
            explainer.as_json(pasted, why=why, **({"file": about(read)} if read else {})) + "\n"
        )
    else:
        if read and read.outcome is ReadOutcome.PARTLY:
            out.print(PARTLY.format(name=file), style="dim", markup=False, soft_wrap=True)
        out.print(explainer.drawn(pasted))
        if why:
            out.print(explainer.why(pasted))


@app.command()
def manifest(
    *,
    host: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="Host that Slack reaches over HTTP; without it, for Socket Mode."
        ),
    ] = "",
    json: Annotated[
        bool, typer.Option("--json", help="JSON, for the Slack CLI, instead of YAML.")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Write the manifest files of the repository here.")
    ] = False,
) -> None:
    """Print the Slack app manifest."""
    from bot.slack import manifest as made  # noqa: PLC0415 - as in _serve

    if host and not re.fullmatch(r"[A-Za-z0-9.-]+(:[0-9]+)?", host):
        _stop(
            f"--host: {host} is no host's name (allowed: a name such as bot.example.com, without https://)"
        )
    if write:
        for name, text in made.files().items():
            Path(name).write_text(text, encoding="utf-8")
        return
    sys.stdout.write(made.as_json(host) if json else made.as_yaml(host))


@app.command()
def jobs(
    *,
    retry: Annotated[
        bool, typer.Option("--retry", help="Try all of them again; the bot need not be stopped.")
    ] = False,
) -> None:
    """List what the bot could not do, each with its reason."""
    try:
        asyncio.run(_backlog(_settings(), retry=retry))
    except UserError as error:
        _stop(str(error))


@app.command()
def feedback() -> None:
    """Show how often each article helped, the least helpful first, and why it did not."""
    try:
        asyncio.run(_feedback(_settings()))
    except UserError as error:
        _stop(str(error))


def main() -> None:
    """Entry point."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()


def _attached(explainer: Explainer, path: Path) -> FileText:
    try:
        with Attachments(explainer) as attachments:
            return attachments.read(path)
    except NotReadError as error:
        _stop(str(error))


def _batch(explainer: Explainer, path: Path) -> None:
    try:
        source = sys.stdin.buffer if str(path) == "-" else path.open("rb")
    except OSError as error:
        _stop(f"--batch: {path} cannot be read ({error.strerror})")
    with source:
        size = path.stat().st_size if path.is_file() else None
        bad = batch(explainer, source, sys.stdout, err if err.is_terminal else None, size)
    raise typer.Exit(1 if bad else 0)


def _on_a_terminal() -> bool:
    """Whether somebody is there to open the try-out's address; a service has no terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _try_out(settings: Settings) -> None:
    _log_to_stderr("WARNING")
    try:
        asyncio.run(_open_workspace(settings))
    except UserError as error:
        _stop(str(error))


async def _open_workspace(settings: Settings) -> None:
    from bot.demo.run import LOOPBACK, workspace  # noqa: PLC0415 - as in _serve

    if settings.sandbox_host != LOOPBACK:
        err.print(
            f"SANDBOX_HOST: whoever reaches {settings.sandbox_host} can use this page; it has no log-in."
        )
    stop = _stop_at_signals()
    async with workspace(settings) as address:
        out.print(f"The bot is at work in a workspace of its own: {address}", soft_wrap=True)
        out.print("Ctrl-C ends it. The README says how to connect a Slack workspace.", style="dim")
        await stop.wait()


async def _serve(settings: Settings, *, socket_mode: bool) -> None:
    from bot.app import StoppedError  # noqa: PLC0415 - as below
    from bot.server import serve_http, serve_socket  # noqa: PLC0415 - explain and check start three times as fast without

    with suppress(StoppedError):
        await (serve_socket if socket_mode else serve_http)(settings, _stop_at_signals())


def _stop_at_signals(seconds: float = STOP_SECONDS) -> asyncio.Event:
    """An event that SIGINT and SIGTERM set. The process ends `seconds` later in any case."""
    stop = asyncio.Event()

    def begin_to_stop() -> None:
        if not stop.is_set():
            stop.set()
            # a thread: a database that hangs may keep the event loop from ever ending
            deadline = threading.Timer(seconds, _end, (seconds,))
            deadline.daemon = True
            deadline.start()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, begin_to_stop)
    return stop


def _end(seconds: float) -> None:
    log.error(
        "shutdown: not finished after %g seconds; the process ends, its work is done after the next start",
        seconds,
    )
    os._exit(1)


async def _backlog(settings: Settings, *, retry: bool) -> None:
    from bot.app import kept  # noqa: PLC0415 - as in _serve

    async with kept(settings) as workspaces:
        failed = [job for stores in workspaces for job in await stores.jobs.given_up()]
        for job in failed:
            at = f"{datetime.fromtimestamp(job.at, UTC):%Y-%m-%d %H:%M} UTC"
            out.print(
                f"{at}  job {job.id}  {job.kind} {job.subject}: {job.reason}",
                markup=False,
                soft_wrap=True,
            )
        if retry:
            out.print(f"{sum([await one.jobs.revive() for one in workspaces])} tried again")
        elif not failed:
            out.print("Nothing was given up.")


async def _feedback(settings: Settings) -> None:
    from bot.app import kept  # noqa: PLC0415 - as in _serve
    from bot.cli.terminal import feedback_lines  # noqa: PLC0415

    async with kept(settings) as workspaces:
        ratings = total(
            [await one.votes.ratings() for one in workspaces], _loaded(settings.knowledge_dir)
        )
        complaints = [
            vote for one in workspaces for vote in await one.votes.complaints(MAX_COMPLAINTS)
        ]
    for line in feedback_lines(ratings, complaints):
        out.print(line, markup=False, soft_wrap=True)


def _settings(*, warn: bool = False) -> Settings:
    logging.getLogger("dotenv").setLevel(
        logging.ERROR
    )  # a broken line is a hint, shown once and with its file
    try:
        for hint in hints(ENV_FILE, os.environ) if warn else ():
            err.print(f"WARNING {hint}", markup=False, soft_wrap=True)
        return Settings(_env_file=ENV_FILE)
    except ValidationError as error:
        _stop("\n".join(faults(error)))
    except (UnicodeDecodeError, OSError) as error:
        _stop(f".env: cannot be read ({type(error).__name__}); save it as UTF-8 text")


def _loaded(knowledge: Path | None) -> KnowledgeBase:
    try:
        return load(knowledge or _settings().knowledge_dir)
    except KnowledgeError as error:
        _stop(str(error))


def _stop(why: str) -> Never:
    err.print(why, markup=False, soft_wrap=True)
    raise typer.Exit(WRONG_SETTINGS)


def _log_to_stderr(level: str) -> None:
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(_says_nothing_pasted)


def _says_nothing_pasted(record: logging.LogRecord) -> bool:
    """Other people's loggers print request bodies at their lower levels, and Bolt's set their own level."""
    if record.name.partition(".")[0] == "bot":
        return True
    least = logging.ERROR if record.name.startswith("slack_bolt") else logging.WARNING
    return record.levelno >= least
