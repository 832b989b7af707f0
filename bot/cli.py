"""The command line: the only place that reads the environment, writes to the terminal and ends the process."""

import asyncio
import logging
import signal
import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Never

import typer
from pydantic import ValidationError
from rich.console import Console

from bot.check import check as check_knowledge
from bot.domain.articles import KnowledgeBase
from bot.domain.errors import KnowledgeError, UserError
from bot.domain.reports import Door
from bot.explain import Explainer, batch
from bot.knowledge import SCHEMA_FILE, load, schema
from bot.settings import Settings, faults

app = typer.Typer(
    help="Recognises Xero integration errors and answers them in Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

WRONG_SETTINGS = 2
KnowledgeDir = Annotated[
    Path | None, typer.Option("--knowledge", metavar="DIR", help="Folder of articles, in place of KNOWLEDGE_DIR.")
]


class Mode(StrEnum):
    """How to connect to Slack."""

    AUTO = "auto"
    HTTP = "http"
    SOCKET = "socket"


@app.command()
def run(
    mode: Annotated[Mode, typer.Option(help="auto: Socket Mode when SLACK_APP_TOKEN is set, else HTTP.")] = Mode.AUTO,
) -> None:
    """Start the bot; without Slack tokens, in a workspace of its own that opens in the browser."""
    settings = _settings()
    if not settings.connects:
        if mode is not Mode.AUTO:
            _stop("SLACK_BOT_TOKEN: missing; every connection to Slack needs it")
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
    write_schema: Annotated[bool, typer.Option("--write-schema", help="Write article.schema.json first.")] = False,
) -> None:
    """Validate every article and try its examples; one line per fault, exit 1 if there is any."""
    directory = knowledge or _settings().knowledge_dir
    if write_schema:
        (directory / SCHEMA_FILE).write_text(schema(), encoding="utf-8")
    found = check_knowledge(directory)
    for fault in found.faults:
        out.print(str(fault), markup=False, soft_wrap=True)
    if found.pairs:
        out.print("Closest pairs, and the words that tell them apart:", style="dim")
    for pair in found.pairs:
        out.print(f"  {pair}", markup=False, soft_wrap=True, style="dim")
    out.print(found.summary, markup=False, soft_wrap=True)
    raise typer.Exit(1 if found.faults else 0)


@app.command()
def explain(
    text: Annotated[str | None, typer.Argument(help="The pasted text; - reads it from standard input.")] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    batch_file: Annotated[
        Path | None,
        typer.Option(
            "--batch", metavar="FILE", help='JSON lines {"id", "text"} in, one object a line out; - is stdin.'
        ),
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="Say what decided: words found, words missing, runners-up.")
    ] = False,
    door: Annotated[Door, typer.Option(help="channel: speak only when sure; ask: always reply.")] = Door.ASK,
    knowledge: KnowledgeDir = None,
) -> None:
    """Print the reply to a pasted text."""
    if (text is None) == (batch_file is None):
        _stop("Give either a text (or - for standard input) or --batch FILE")
    explainer = Explainer(_loaded(knowledge), door)
    if batch_file is not None:
        _batch(explainer, batch_file)
        return
    pasted = sys.stdin.buffer.read().decode("utf-8", "replace") if text == "-" else str(text)
    if json:
        sys.stdout.write(explainer.as_json(pasted, why=why) + "\n")
    else:
        out.print(explainer.drawn(pasted))
        if why:
            out.print(explainer.why(pasted))


@app.command()
def jobs(
    *,
    retry: Annotated[bool, typer.Option("--retry", help="Try all of them again; the bot need not be stopped.")] = False,
) -> None:
    """List what the bot could not do, each with its reason."""
    try:
        asyncio.run(_backlog(_settings(), retry=retry))
    except UserError as error:
        _stop(str(error))


def main() -> None:
    """Entry point."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()


def _batch(explainer: Explainer, path: Path) -> None:
    try:
        source = sys.stdin.buffer if str(path) == "-" else path.open("rb")
    except OSError as error:
        _stop(f"--batch: {path} cannot be read ({error.strerror})")
    with source:
        size = path.stat().st_size if path.is_file() else None
        bad = batch(explainer, source, sys.stdout, err if err.is_terminal else None, size)
    raise typer.Exit(1 if bad else 0)


def _try_out(settings: Settings) -> None:
    _log_to_stderr("WARNING")
    try:
        asyncio.run(_open_workspace(settings))
    except UserError as error:
        _stop(str(error))


async def _open_workspace(settings: Settings) -> None:
    from bot.tryout import LOOPBACK, workspace  # noqa: PLC0415 - as in _serve

    if settings.sandbox_host != LOOPBACK:
        err.print(f"SANDBOX_HOST: whoever reaches {settings.sandbox_host} can use this page; it has no log-in.")
    stop = _stop_at_signals()
    async with workspace(settings) as address:
        out.print(f"The bot is at work in a workspace of its own: {address}", soft_wrap=True)
        out.print("Ctrl-C ends it. .env.example says how to connect a Slack workspace.", style="dim")
        await stop.wait()


async def _serve(settings: Settings, *, socket_mode: bool) -> None:
    from bot.serve import serve_http, serve_socket  # noqa: PLC0415 - explain and check start three times as fast without

    await (serve_socket if socket_mode else serve_http)(settings, _stop_at_signals())


def _stop_at_signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop


async def _backlog(settings: Settings, *, retry: bool) -> None:
    from bot.app import backlog  # noqa: PLC0415 - as in _serve

    async with backlog(settings) as kept:
        for job in await kept.given_up():
            at = f"{datetime.fromtimestamp(job.at, UTC):%Y-%m-%d %H:%M} UTC"
            out.print(f"{at}  job {job.id}  {job.kind} {job.subject}: {job.reason}", markup=False, soft_wrap=True)
        if retry:
            out.print(f"{await kept.revive()} tried again")
        elif not await kept.given_up():
            out.print("Nothing was given up.")


def _settings() -> Settings:
    try:
        return Settings(_env_file=".env")
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
